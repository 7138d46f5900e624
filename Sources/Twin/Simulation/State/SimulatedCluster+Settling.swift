import Model

/// Guests that are there before anything is asked of the cluster.
extension SimulatedCluster {
    /// Puts the blueprint's guests in place, with the volumes that their configurations name. Once, at the beginning: one
    /// that was destroyed does not come back.
    mutating func settle() {
        for inhabitant in blueprint.guests ?? [] where guests[inhabitant.vmid] == nil {
            for (key, value) in inhabitant.configuration.merging(
                inhabitant.pending, uniquingKeysWith: { old, _ in old }
            )
            .sorted(by: { $0.key < $1.key })
            where ConfigurationKey.isVolume(key, of: inhabitant.kind) || ConfigurationKey.isUnused(key) {
                settleVolume(value, of: inhabitant)
            }
            guests[inhabitant.vmid] = guest(inhabitant)
            if let pool = inhabitant.pool, pools[pool] == nil { pools[pool] = "" }
        }
    }

    private func guest(_ inhabitant: Blueprint.Inhabitant) -> Guest {
        var guest = Guest(
            vmid: inhabitant.vmid, kind: inhabitant.kind, node: inhabitant.node,
            configuration: inhabitant.configuration)
        guest.pending = inhabitant.pending
        guest.pendingDeletion = inhabitant.pendingDeletion
        // What runs on a node that is lost is not known to run.
        guest.power = isOnline(node: inhabitant.node) ? inhabitant.power : .stopped
        guest.startedAt = seconds - inhabitant.uptime.wholeMilliseconds / 1000
        guest.lock = inhabitant.lock
        guest.pool = inhabitant.pool
        // Whether one answers inside cannot be seen from outside; where none does, the agent is mostly not enabled.
        guest.hasAgent = true
        return guest
    }

    /// `local-lvm:vm-100-disk-0,size=20G`; nothing for a directory of the host, an empty drive, a storage that is not
    /// there.
    private mutating func settleVolume(_ text: String, of inhabitant: Blueprint.Inhabitant) {
        let drive = PropertyString(text)
        guard let identifier = drive.bare ?? drive.values["volume"] ?? drive.values["file"],
            let name = identifier.split(separator: ":").first.map(String.init), let storage = storage(name),
            identifier.contains(":")
        else { return }
        let node = storage.isShared ? nil : inhabitant.node
        guard volumes.isFree(identifier, node: node) else { return }
        let isImage = identifier.hasSuffix(".iso")
        let isDrive = drive.values["media"] == "cdrom" && !isImage
        volumes.insert(
            VolumeStore.Volume(
                identifier: identifier, storage: name, node: node,
                size: drive.values["size"].flatMap { DiskSize.bytes($0) } ?? (isDrive ? 4 << 20 : 0),
                owner: isImage ? nil : inhabitant.vmid,
                content: isImage ? "iso" : inhabitant.kind == .qemu ? "images" : "rootdir",
                format: ["qcow2", "vmdk"].first { identifier.hasSuffix("." + $0) } ?? "raw", createdAt: seconds))
    }
}
