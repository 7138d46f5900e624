import Glibc
import JSONArena

/// A state that is missing, empty or damaged.
extension LockedStack {
    /// Puts Terraform's own backup in its place. What is there is kept under another name, and so is the backup.
    ///
    /// - Returns: the path of the file that was kept; nil where there was none.
    /// - Throws: where the present state can be read and holds something, or there is no backup that can.
    package func restoreBackup() throws(TerraformFailure) -> String? {
        try refuseReadableState()
        guard let bytes = try PrivateFile.read(directory.backupPath), (try? StateFile(parsing: bytes)) != nil else {
            throw .malformed(path: directory.backupPath, reason: "it cannot be read")
        }
        let kept = PrivateFile.exists(directory.statePath) ? try PrivateFile.setAside(directory.statePath) : nil
        try PrivateFile.write(bytes, to: directory.statePath)
        return kept
    }

    /// Begins the state anew: an empty one takes its place, and what is there is kept under another name. The entries of
    /// tfvars go too, because an apply by hand would make every server of them a second time; what is taken in again
    /// writes its entry first.
    ///
    /// - Returns: the path of the file that was kept; nil where there was none.
    /// - Throws: where the present state can be read and holds something.
    package func beginStateAnew() throws(TerraformFailure) -> String? {
        try refuseReadableState()
        // First the entries: without a state they are what would do harm.
        let servers = try directory.readTfvars().servers
        try restoreEntries(Dictionary(servers.map { ($0, String?.none) }) { first, _ in first })
        let kept = PrivateFile.exists(directory.statePath) ? try PrivateFile.setAside(directory.statePath) : nil
        try PrivateFile.write(emptyState.bytes(indent: 2), to: directory.statePath)
        return kept
    }

    /// A file that cannot be read now is not lost: only a missing, an empty and a damaged one are.
    private func refuseReadableState() throws(TerraformFailure) {
        let found: StateFile?
        do throws(TerraformFailure) {
            found = try directory.readState()
        } catch {
            if case .malformed = error { return }
            throw error
        }
        guard let found else { return }
        throw .malformed(path: directory.statePath, reason: "it can be read: serial \(found.serial)")
    }

    /// One that Terraform wrote and that holds nothing; of a lineage of its own, so that no older file passes for it.
    private var emptyState: JSONValue {
        let lineage = (0..<4).map { _ in
            let text = String(UInt32.random(in: 0 ... .max), radix: 16)
            return String(repeating: "0", count: 8 - text.count) + text
        }
        return [
            "version": .int(4), "terraform_version": .string(runner.binary.version), "serial": .int(1),
            "lineage": .string(lineage.joined(separator: "-")), "outputs": .object([]), "resources": .array([]),
            "check_results": .null,
        ]
    }
}
