import Model

/// What changes a guest as a whole.
extension SimulatedCluster {
    func checkDestroyable(_ guest: Guest, force: Bool) throws(Refusal) {
        let title = guest.kind.title
        if let lock = guest.lock { throw .failed("\(title) is locked (\(lock))") }
        if guest.isProtected { throw .failed("can't remove \(title) \(guest.vmid) - protection mode enabled") }
        guard guest.isRunning, !force else { return }
        switch guest.kind {
        case .qemu: throw .failed("VM \(guest.vmid) is running - destroy failed")
        case .lxc: throw .failed("unable to destroy CT \(guest.vmid) - container is running")
        }
    }

    /// Takes a guest out, with the volumes that its configuration names, or with all that bear its number.
    mutating func remove(_ vmid: Int, unreferenced: Bool = false) {
        guard let guest = guests.removeValue(forKey: vmid) else { return }
        let referenced = Set(
            (guest.unborn ?? guest.configuration).values.compactMap { $0.split(separator: ",").first.map(String.init) })
        for volume in volumes.volumes(of: vmid) {
            let isNamed =
                referenced.contains(volume.identifier)
                || guest.snapshots.contains { snapshot in
                    snapshot.configuration.values.contains { $0.hasPrefix(volume.identifier) }
                }
            guard unreferenced || isNamed, volume.node == nil || volume.node == guest.node else { continue }
            volumes.remove(volume.identifier, node: guest.node)
        }
    }

    mutating func resize(_ vmid: Int, disk: String, size text: String) throws(Refusal) {
        guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
        guard let value = guest.configuration[disk] else { throw .failed("disk '\(disk)' does not exist") }
        var drive = PropertyString(value)
        guard let identifier = drive.bare, let old = volumes[identifier, node: guest.node] else {
            throw .failed("disk '\(disk)' has no associated volume")
        }
        if drive.values["media"] == "cdrom" { throw .failed("you can't resize a cdrom") }
        guard old.owner == vmid else {
            throw .failed("can't resize volume '\(identifier)' owned by another guest (\(old.owner ?? 0))")
        }
        guard let amount = DiskSize.bytes(text.drop { $0 == "+" }) else { throw .failed("invalid size string") }
        let wanted = text.hasPrefix("+") ? old.size + amount : amount
        if wanted < old.size {
            throw .failed(guest.kind == .qemu ? "shrinking disks is not supported" : "unable to shrink disk size")
        }
        if wanted == old.size {
            if guest.kind == .lxc { throw .failed("disk is already at specified size") }
            return
        }
        try checkSpace(old.storage, node: guest.node, bytes: wanted - old.size)
        volumes.grow(identifier, node: guest.node, to: wanted)
        drive.values["size"] = DiskSize.text(bytes: wanted)
        guests[vmid]?.configuration[disk] = drive.text(first: identifier)
    }

    func checkSpace(_ storage: String, node: String, bytes: Int) throws(Refusal) {
        guard let place = self.storage(storage) else { throw .failed("storage '\(storage)' does not exist") }
        let used = volumes.used(storage: storage, node: place.isShared ? nil : node)
        // Thin storages promise more than they have; only what could never fit is refused.
        if used + bytes > place.size.bytes {
            throw .failed("storage '\(storage)' has not enough free space")
        }
    }

    mutating func move(_ vmid: Int, to target: String, restart: Bool) throws(Refusal) {
        guests[vmid]?.lock = nil
        guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
        guard isOnline(node: target) else { throw .failed("migration aborted: node '\(target)' is not online") }
        for volume in volumes.volumes(of: vmid) where volume.node == guest.node {
            volumes.remove(volume.identifier, node: guest.node)
            var moved = volume
            moved.node = target
            volumes.insert(moved)
        }
        let moment = startingMoment
        guests[vmid]?.node = target
        if restart { guests[vmid]?.startedAt = moment }
    }

    mutating func makeTemplate(_ vmid: Int) throws(Refusal) {
        guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
        for key in guest.configuration.keys.sorted() where ConfigurationKey.isVolume(key, of: guest.kind) {
            guard let value = guest.configuration[key] else { continue }
            let drive = PropertyString(value)
            guard let identifier = drive.bare, drive.values["media"] != "cdrom",
                let volume = volumes[identifier, node: guest.node]
            else { continue }
            let renamed = identifier.replacing("vm-\(vmid)-", with: "base-\(vmid)-")
            volumes.remove(identifier, node: guest.node)
            var base = volume
            base.identifier = renamed
            volumes.insert(base)
            guests[vmid]?.configuration[key] = drive.text(first: renamed)
        }
        guests[vmid]?.configuration["template"] = "1"
    }

    mutating func deleteSnapshot(_ vmid: Int, name: String) {
        guests[vmid]?.lock = nil
        guard let snapshots = guests[vmid]?.snapshots, let gone = snapshots.first(where: { $0.name == name }) else {
            return
        }
        guests[vmid]?.snapshots = snapshots.filter { $0.name != name }.map { snapshot in
            var snapshot = snapshot
            if snapshot.parent == name { snapshot.parent = gone.parent }
            return snapshot
        }
        if guests[vmid]?.configuration["parent"] == name { guests[vmid]?.configuration["parent"] = gone.parent }
    }

    mutating func rollBack(_ vmid: Int, to name: String) {
        guests[vmid]?.lock = nil
        guard let snapshot = guests[vmid]?.snapshots.first(where: { $0.name == name }) else { return }
        guests[vmid]?.configuration = snapshot.configuration
        guests[vmid]?.configuration["parent"] = name
        guests[vmid]?.pending = [:]
        guests[vmid]?.pendingDeletion = []
        guests[vmid]?.power = snapshot.withMemory ? .running : .stopped
    }
}
