import JSONArena
import Model

extension StackDirectory {
    /// A file of the root module that held something else than what Plumb writes there.
    package struct ReplacedFile: Hashable, Sendable {
        package var path: String
        /// Where what it held is now: beside it, under a name that Terraform does not read.
        package var kept: String

        package var sentence: Sentence { Sentence("terraform.rootFileReplaced", path, kept) }
    }

    /// Makes the directory, brings the root module's files up to date, and initialises Terraform where the module, or
    /// the way to its provider, is not that of the last time. What a person wrote into one of the files is set aside.
    ///
    /// - Parameter replaced: gets each file that was set aside, at once: what comes after may fail.
    package func prepare(
        _ root: RootModule, with runner: TerraformRunner, replaced: (ReplacedFile) -> Void = { _ in }
    ) async throws(TerraformFailure) {
        try makeIfMissing()
        let wanted = root.digest + (runner.environment.reattachedProviders == nil ? "" : Self.reattached)
        let manifest = try Manifest(PrivateFile.read(manifestPath))
        if manifest.digest == wanted, manifest.isInitialised, PrivateFile.exists(path + "/.terraform"),
            try holds(root)
        {
            return
        }
        let files = root.files.keys.sorted()
        let shipped = Set(root.files.values.map { PrivateFile.digest($0) })
        // Of the old ones too until they are gone: a file of which nobody knows would count as somebody else's, and
        // contents of which nobody knows as a person's.
        let all = Set(files + manifest.files).sorted()
        let own = try contents(of: manifest).union(shipped)
        try PrivateFile.write(
            Manifest(digest: wanted, files: all, contents: own, isInitialised: false).bytes, to: manifestPath)
        for old in manifest.files where root.files[old] == nil {
            try setAside(old, unlessOneOf: own, replaced)
            PrivateFile.remove(path + "/" + old)
        }
        for (name, content) in root.files.sorted(by: { $0.key < $1.key }) {
            if let slash = name.lastIndex(of: "/") { try PrivateFile.makeDirectory(path + "/" + name[..<slash]) }
            try setAside(name, unlessOneOf: own, replaced)
            try PrivateFile.write(content, to: path + "/" + name)
        }
        try await runner.initialise()
        try PrivateFile.write(
            Manifest(digest: wanted, files: files, contents: shipped, isInitialised: true).bytes, to: manifestPath)
    }

    /// Whether the module's files are as they should be: what somebody changed in one of them by hand would go into every
    /// plan, and nobody would see from where.
    private func holds(_ root: RootModule) throws(TerraformFailure) -> Bool {
        for (name, content) in root.files {
            guard let found = try PrivateFile.read(path + "/" + name) else { return false }
            if found != content, name != Self.providerLockName { return false }
        }
        return true
    }

    /// Terraform itself writes it anew: what stands there is no person's.
    private static let providerLockName = ".terraform.lock.hcl"

    /// Puts a file of the module away whose contents are none of those.
    private func setAside(
        _ name: String, unlessOneOf own: Set<String>, _ replaced: (ReplacedFile) -> Void
    ) throws(TerraformFailure) {
        let file = path + "/" + name
        guard name != Self.providerLockName, let found = try PrivateFile.read(file),
            !own.contains(PrivateFile.digest(found))
        else { return }
        let kept = try PrivateFile.setAside(file, as: "replaced-")
        replaced(ReplacedFile(path: file, kept: kept))
    }

    /// The digests of what Plumb wrote into the files of the module that may be here. An earlier Plumb noted only one over
    /// all files: where that is theirs still, nobody changed any of them.
    private func contents(of manifest: Manifest) throws(TerraformFailure) -> Set<String> {
        if let contents = manifest.contents { return contents }
        var found: [String: [UInt8]] = [:]
        for name in manifest.files { found[name] = try PrivateFile.read(path + "/" + name) }
        let digest = RootModule(files: found).digest
        guard [digest, digest + Self.reattached].contains(manifest.digest) else { return [] }
        return Set(found.values.map { PrivateFile.digest($0) })
    }

    private static let reattached = "+reattached"

    /// The root module's files as they were last written here; empty where they never were.
    var rootFiles: [String] { Manifest((try? PrivateFile.read(manifestPath)) ?? nil).files }

    private var manifestPath: String { path + "/.plumb-root.json" }

    /// Which root module is there.
    private struct Manifest {
        var digest = ""
        var files: [String] = []
        /// The digest of each content that Plumb wrote into one of the files; nil: an earlier Plumb did not note them.
        var contents: Set<String>?
        var isInitialised = false

        init(digest: String, files: [String], contents: Set<String>, isInitialised: Bool) {
            (self.digest, self.files, self.isInitialised) = (digest, files, isInitialised)
            self.contents = contents
        }

        init(_ bytes: [UInt8]?) {
            guard let root = bytes.flatMap({ try? JSONDocument(parsing: $0).root }) else { return }
            digest = root["digest"]?.string ?? ""
            // Only paths below the directory: these files are removed when the module drops them.
            files =
                root["files"]?.elements.compactMap(\.string).filter { !$0.hasPrefix("/") && !$0.contains("..") } ?? []
            contents = root["contents"].map { Set($0.elements.compactMap(\.string)) }
            isInitialised = root["initialised"]?.bool ?? false
        }

        var bytes: [UInt8] {
            let value: JSONValue = [
                "digest": .string(digest), "files": .array(files.map(JSONValue.string)),
                "contents": .array((contents ?? []).sorted().map(JSONValue.string)),
                "initialised": .bool(isInitialised),
            ]
            return value.bytes(indent: 2) + [UInt8(ascii: "\n")]
        }
    }
}
