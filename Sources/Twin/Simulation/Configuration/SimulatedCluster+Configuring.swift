/// `PUT config` and `POST config`.
extension SimulatedCluster {
    /// What a caller wants changed.
    struct Change {
        var set: [String: String] = [:]
        var delete: [String] = []
        var revert: [String] = []
        var digest: String?
        var skipsLock = false
    }

    /// Carries a change out, on a running guest as far as that takes it at once; the rest is pending.
    mutating func configure(_ vmid: Int, _ change: Change) throws(Refusal) {
        guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
        if change.set.isEmpty && change.delete.isEmpty && change.revert.isEmpty {
            throw .failed("no options specified")
        }
        for (key, value) in change.set.sorted(by: { $0.key < $1.key }) {
            try check(key, value, guest.kind)
            if change.delete.contains(key) {
                throw .parameter("delete", "you can't use '-\(key)' and -delete \(key)' at the same time")
            }
        }
        for key in change.delete where ConfigurationKey.form(of: key, guest.kind) == nil {
            throw .parameter("delete", "unknown option '\(key)'")
        }
        if let lock = guest.lock, !change.skipsLock { throw .failed("\(guest.kind.title) is locked (\(lock))") }
        if let digest = change.digest, digest != guest.digest {
            throw .failed("detected modified configuration - file changed by other user? Try again.")
        }
        for key in change.delete where guest.isProtected && guest.configuration[key] != nil {
            if ConfigurationKey.isVolume(key, of: guest.kind) {
                throw .failed("can't remove drive '\(key)' - protection mode enabled")
            }
        }
        let known = Set(volumes.volumes(of: vmid).map(\.identifier))
        do throws(Refusal) {
            try carryOut(change, on: guest)
        } catch {
            for volume in volumes.volumes(of: vmid) where !known.contains(volume.identifier) {
                volumes.remove(volume.identifier, node: guest.node)
            }
            throw error
        }
        revision += 1
    }

    /// Makes every new value first, because that is what can be refused; then nothing can fail any more.
    private mutating func carryOut(_ change: Change, on guest: Guest) throws(Refusal) {
        let vmid = guest.vmid
        var made: [(key: String, value: String)] = []
        for (key, value) in change.set.sorted(by: { $0.key < $1.key }) {
            let place = Place(vmid: vmid, kind: guest.kind, node: guest.node, old: guest.desiredConfiguration[key])
            made.append((key, try canonical(key, value, place)))
        }
        for key in change.revert {
            guests[vmid]?.pending[key] = nil
            guests[vmid]?.pendingDeletion.removeAll { $0 == key }
        }
        for key in change.delete { takeOut(key, of: vmid) }
        // `qm unlock`: what is left to do about a lock whose task is no more.
        if change.delete.contains("lock") { guests[vmid]?.lock = nil }
        for (key, value) in made {
            if key == "lock" { guests[vmid]?.lock = value } else { put(key, value, into: vmid) }
        }
    }

    private mutating func put(_ key: String, _ value: String, into vmid: Int) {
        guard let guest = guests[vmid] else { return }
        let old = guest.configuration[key]
        guests[vmid]?.pendingDeletion.removeAll { $0 == key }
        if !guest.isRunning || ConfigurationKey.isHotPluggable(key, guest.kind, old: old, new: value) {
            guests[vmid]?.pending[key] = nil
            if let old, old != value { release(old, key: key, of: vmid, unlessIn: value) }
            guests[vmid]?.configuration[key] = value.isEmpty ? nil : value
        } else if old == value {
            guests[vmid]?.pending[key] = nil
        } else {
            guests[vmid]?.pending[key] = value
        }
    }

    private mutating func takeOut(_ key: String, of vmid: Int) {
        guard let guest = guests[vmid] else { return }
        if let waiting = guests[vmid]?.pending.removeValue(forKey: key), guest.configuration[key] == nil {
            release(waiting, key: key, of: vmid, unlessIn: nil)
            return
        }
        guard let old = guest.configuration[key] else { return }
        if !guest.isRunning || ConfigurationKey.isHotPluggable(key, guest.kind, old: old, new: nil) {
            guests[vmid]?.configuration[key] = nil
            release(old, key: key, of: vmid, unlessIn: nil)
        } else if !guest.pendingDeletion.contains(key) {
            guests[vmid]?.pendingDeletion = (guest.pendingDeletion + [key]).sorted()
        }
    }

    /// A disk that leaves its place stays as `unusedN`; one that was unused, and a cloud-init drive, go for good.
    private mutating func release(_ value: String, key: String, of vmid: Int, unlessIn kept: String?) {
        guard let guest = guests[vmid],
            ConfigurationKey.isVolume(key, of: guest.kind) || ConfigurationKey.isUnused(key)
        else { return }
        let drive = PropertyString(value)
        guard let identifier = drive.bare, volumes[identifier, node: guest.node]?.owner == vmid,
            kept.map({ PropertyString($0).bare != identifier }) ?? true
        else { return }
        if ConfigurationKey.isUnused(key) || drive.values["media"] == "cdrom" {
            volumes.remove(identifier, node: guest.node)
            return
        }
        let free = (0..<256).first { guests[vmid]?.configuration["unused\($0)"] == nil }
        if let free { guests[vmid]?.configuration["unused\(free)"] = identifier }
    }
}
