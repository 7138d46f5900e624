import JSONArena
import Model

/// `POST /nodes/N/vzdump`
extension SimulatedCluster {
    /// Backs one guest up. What is wrong with guest or storage fails the task, as with Proxmox; the guest is locked until
    /// it has ended.
    mutating func backUp(on node: Node, _ call: Call) throws(Refusal) -> JSONValue {
        try call.allow([
            "vmid", "storage", "mode", "compress", "remove", "notes-template", "protected", "quiet", "stdexcludes",
        ])
        try requireQuorum()
        let vmid = try call.guestNumber("vmid")
        let storage = try call.requiredText("storage")
        for (name, words) in Self.words {
            if let word = call.text(name), !words.contains(word) {
                throw .parameter(
                    name, "value '\(word)' does not have a value in the enumeration '\(words.joined(separator: ", "))'")
            }
        }
        for flag in ["remove", "protected", "quiet", "stdexcludes"] { _ = try call.flag(flag) }
        try require("VM.Backup", onGuest: vmid, call)
        try require("Datastore.AllocateSpace", on: "/storage/\(storage)", call)
        var effect = TaskEffect.backup(vmid, storage: storage)
        if let obstacle = obstacle(toBackupOf: vmid, on: node, to: storage) {
            effect = .fail(obstacle, undoing: nil)
        } else {
            guests[vmid]?.lock = "backup"
        }
        return begin(
            "vzdump", on: node.name, id: String(vmid), of: call, effect: effect,
            lines: ["INFO: starting new backup job: vzdump \(vmid) --storage \(storage)"])
    }

    private static let words = [
        ("mode", ["snapshot", "suspend", "stop"]), ("compress", ["0", "1", "gzip", "lzo", "zstd"]),
    ]

    private func obstacle(toBackupOf vmid: Int, on node: Node, to name: String) -> String? {
        guard let storage = storage(name) else {
            return "could not get storage information for '\(name)': storage '\(name)' does not exist"
        }
        guard storage.content.contains("backup") else {
            return "can't use storage '\(name)' for backup - wrong content type"
        }
        guard let guest = guests[vmid], guest.node == node.name else { return "unable to find VM '\(vmid)'" }
        return guest.lock.map { "\(guest.kind.title) is locked (\($0))" }
    }

    /// The backup is whole: a volume that does not go with the guest.
    mutating func finishBackup(of vmid: Int, to storage: String) throws(Refusal) {
        guests[vmid]?.lock = nil
        guard let guest = guests[vmid], let place = self.storage(storage) else {
            throw .failed("unable to find VM '\(vmid)'")
        }
        let bytes = volumes.volumes(of: vmid).map(\.size).reduce(0, +) / 4
        try checkSpace(storage, node: guest.node, bytes: bytes)
        let format = guest.kind == .qemu ? "vma.zst" : "tar.zst"
        volumes.insert(
            VolumeStore.Volume(
                identifier: "\(storage):backup/vzdump-\(guest.kind.rawValue)-\(vmid)-\(backupMoment).\(format)",
                storage: storage, node: place.isShared ? nil : guest.node, size: bytes, owner: vmid,
                content: "backup", format: format, createdAt: seconds))
    }

    /// `2026_11_28-04_10_00`
    private var backupMoment: String {
        let text = String(now.description.dropLast())
        return text.replacing("-", with: "_").replacing(":", with: "_").replacing("T", with: "-")
    }
}
