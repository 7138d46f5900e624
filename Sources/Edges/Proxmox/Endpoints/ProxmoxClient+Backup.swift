import JSONArena
import Model

extension ProxmoxClient {
    /// `POST /nodes/{node}/vzdump` of one guest. Without a word on it Proxmox would prune older backups of the guest by the
    /// storage's rule: `remove=0` leaves them alone.
    ///
    /// - Parameters:
    ///   - storage: one that takes backups.
    ///   - note: one line of at most 1024 characters.
    func startBackup(
        of guest: GuestAddress, to storage: String, note: String
    ) async throws(ProxmoxFailure) -> UPID {
        let parameters: Parameters = [
            "vmid": guest.vmid.rawValue, "storage": storage, "mode": "stop", "compress": "zstd", "remove": false,
            "notes-template": note.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"),
        ]
        return try Self.upid(in: try await post(["nodes", guest.node.text, "vzdump"], parameters))
    }

    /// `GET /nodes/{node}/storage/{storage}/content?content=backup&vmid=…`: the backups of a guest, latest first.
    func backups(of guest: GuestAddress, in storage: String) async throws(ProxmoxFailure) -> [BackupVolume] {
        let data = try await get(
            ["nodes", guest.node.text, "storage", storage, "content"],
            ["content": "backup", "vmid": guest.vmid.rawValue])
        guard data.kind == .array else { throw .unreadable("a storage's content is not a list") }
        var found: [BackupVolume] = []
        for entry in data.elements {
            guard let volume = entry["volid"]?.string else { throw .unreadable("a volume without \"volid\"") }
            found.append(BackupVolume(volume: volume, createdAt: entry["ctime"]?.wholeNumber ?? 0))
        }
        return found.sorted { ($0.createdAt, $0.volume) > ($1.createdAt, $1.volume) }
    }

    /// Backs a guest up, waits for the task, and sees that the storage has a backup which it did not have before.
    ///
    /// - Returns: the volume.
    package func backUp(
        _ guest: GuestAddress, to storage: String, note: String, within limit: Duration
    ) async throws(ProxmoxFailure) -> String {
        let known = Set(try await backups(of: guest, in: storage).map(\.volume))
        let task = try await startBackup(of: guest, to: storage, note: note)
        switch try await wait(for: task, atMost: limit) {
        case .ok, .warnings: break
        case .failed(let failure): throw failure
        }
        guard let made = try await backups(of: guest, in: storage).first(where: { !known.contains($0.volume) }) else {
            throw .unreadable("the backup task ended well, and storage \(storage) lists no new backup of \(guest.vmid)")
        }
        return made.volume
    }
}

/// A backup on a storage.
package struct BackupVolume: Hashable, Sendable {
    /// `backups:backup/vzdump-qemu-100-2026_11_28-04_10_00.vma.zst`
    package var volume: String
    /// Seconds since 1970.
    package var createdAt: Int
}
