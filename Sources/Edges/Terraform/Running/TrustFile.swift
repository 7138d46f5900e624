/// A file of certificates that Terraform's provider is to trust.
package enum TrustFile {
    /// Writes it, mode 0600, with the directories above it, unless it holds these bytes already.
    package static func write(_ bytes: [UInt8], to path: String) throws(TerraformFailure) {
        guard try PrivateFile.read(path) != bytes else { return }
        if let slash = path.lastIndex(of: "/") { try PrivateFile.makeDirectory(String(path[..<slash])) }
        try PrivateFile.write(bytes, to: path)
    }
}
