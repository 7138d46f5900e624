/// The files of the root module that every stack gets: the same for real and simulated clusters.
package struct RootModule: Hashable, Sendable {
    /// By path below the stack's directory: `main.tf`, `server/main.tf`.
    package var files: [String: [UInt8]]
    /// Of the VM's resource below `module.server["NAME"]`, as an import needs it.
    package var vmResource: String
    package var containerResource: String

    package init(
        files: [String: [UInt8]], vmResource: String = "\(GuestResource.vm).vm[0]",
        containerResource: String = "\(GuestResource.container).container[0]"
    ) {
        self.files = files
        self.vmResource = vmResource
        self.containerResource = containerResource
    }

    /// Reads the module from a directory: `*.tf`, `*.tf.json` and the provider lock file, at every depth.
    package static func files(in directory: String) throws(TerraformFailure) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        var pending = [""]
        while let prefix = pending.popLast() {
            for name in PrivateFile.names(in: directory + "/" + prefix) where name != ".terraform" {
                let path = prefix + name
                if name.hasSuffix(".tf") || name.hasSuffix(".tf.json") || name == ".terraform.lock.hcl" {
                    files[path] = try PrivateFile.read(directory + "/" + path)
                } else if !PrivateFile.names(in: directory + "/" + path).isEmpty {
                    pending.append(path + "/")
                }
            }
        }
        guard files.keys.contains(where: { !$0.contains("/") && $0.contains(".tf") }) else {
            throw .file(path: directory, reason: "there is no .tf file")
        }
        return files
    }

    /// Hexadecimal SHA-256 over paths and contents.
    package var digest: String {
        var bytes: [UInt8] = []
        for (path, content) in files.sorted(by: { $0.key < $1.key }) {
            bytes += Array("\(path) \(content.count)\n".utf8) + content
        }
        return PrivateFile.digest(bytes)
    }
}
