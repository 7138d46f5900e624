import Model

extension GuestConfiguration {
    /// Why a backup that is made before a rebuild would not be whole; nil: it would be.
    package func refusalOfBackup(of server: ServerName, _ vmid: VMID, to storage: String) -> Sentence? {
        guard !leftOutOfBackups.isEmpty else { return nil }
        let leftOut = leftOutOfBackups.joined(separator: ", ")
        guard !backedUpFromNextStart.isEmpty else {
            return Sentence(.rebuildBackupPartial, server.text, vmid.description, storage, leftOut)
        }
        let waiting = backedUpFromNextStart.joined(separator: ", ")
        return Sentence(
            .rebuildBackupWaits, server.text, vmid.description, storage, leftOut, waiting, type == .vm ? "qm" : "pct")
    }
}
