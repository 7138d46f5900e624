import Model

extension StackDirectory {
    /// Files here that Terraform or OpenTofu reads with every plan and that Plumb did not write, as absolute paths in
    /// ascending order: what they declare, or the variables that they set, would go into plans of which nobody who reads
    /// the YAML knows.
    ///
    /// Read are all of a module's own files, and beside the root's those with values for its variables (Terraform's
    /// language reference, "Files and Directories" and "Input Variables"). Nothing is said of a directory that was never
    /// prepared, or whose list of files was lost: the next run writes that list first.
    package var foreignFiles: [String] {
        let own = Set(rootFiles)
        guard !own.isEmpty else { return [] }
        let folders = Set(own.map(Self.folder)).union([""]).sorted()
        let found = folders.flatMap { folder in
            PrivateFile.names(in: folder.isEmpty ? path : "\(path)/\(folder)")
                .filter { Self.isModuleFile($0) || (folder.isEmpty && Self.isVariableFile($0)) }
                .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        }
        return found.map { (name: $0, path: "\(path)/\($0)") }
            .filter { !own.contains($0.name) && $0.path != importPath && !PrivateFile.isDirectory($0.path) }
            .map(\.path)
    }

    /// `server` of `server/vm.tf`; empty for a file of the root.
    private static func folder(of file: String) -> String {
        file.split(separator: "/").dropLast().joined(separator: "/")
    }

    private static func isModuleFile(_ name: String) -> Bool {
        // What editors leave behind is passed over.
        if name.hasPrefix(".") || name.hasPrefix("#") || name.hasSuffix("~") { return false }
        return [".tf", ".tf.json", ".tofu", ".tofu.json"].contains { name.hasSuffix($0) }
    }

    private static func isVariableFile(_ name: String) -> Bool {
        name == "terraform.tfvars" || name.hasSuffix(".auto.tfvars") || name.hasSuffix(".auto.tfvars.json")
    }

    /// - Throws: ``TerraformFailure/foreignFiles(_:)`` where there is one.
    func demandOwnFiles() throws(TerraformFailure) {
        let foreign = foreignFiles
        guard foreign.isEmpty else { throw .foreignFiles(foreign) }
    }
}
