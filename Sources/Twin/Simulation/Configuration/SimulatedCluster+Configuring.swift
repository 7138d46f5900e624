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

    /// What a change touches of a guest, put back as a whole: each assignment to a guest's configuration has what its
    /// listings show computed anew.
    private struct Settings {
        let guest: Guest
        var configuration: [String: String]
        var pending: [String: String]
        var pendingDeletion: [String]

        init(_ guest: Guest) {
            self.guest = guest
            configuration = guest.configuration
            pending = guest.pending
            pendingDeletion = guest.pendingDeletion
        }
    }

    /// Makes every new value first, because that is what can be refused; then nothing can fail any more.
    private mutating func carryOut(_ change: Change, on guest: Guest) throws(Refusal) {
        let vmid = guest.vmid
        let desired = guest.desiredConfiguration
        var made: [(key: String, value: String)] = []
        for (key, value) in change.set.sorted(by: { $0.key < $1.key }) {
            let place = Place(vmid: vmid, kind: guest.kind, node: guest.node, old: desired[key])
            made.append((key, try canonical(key, value, place)))
        }
        var settings = Settings(guest)
        for key in change.revert {
            settings.pending[key] = nil
            settings.pendingDeletion.removeAll { $0 == key }
        }
        for key in change.delete { takeOut(key, of: &settings) }
        // `qm unlock`: what is left to do about a lock whose task is no more.
        if change.delete.contains("lock") { guests[vmid]?.lock = nil }
        for (key, value) in made {
            if key == "lock" { guests[vmid]?.lock = value } else { put(key, value, into: &settings) }
        }
        guests[vmid]?.configuration = settings.configuration
        guests[vmid]?.pending = settings.pending
        guests[vmid]?.pendingDeletion = settings.pendingDeletion
    }

    private mutating func put(_ key: String, _ value: String, into settings: inout Settings) {
        let guest = settings.guest
        let old = settings.configuration[key]
        settings.pendingDeletion.removeAll { $0 == key }
        if !guest.isRunning || ConfigurationKey.isHotPluggable(key, guest.kind, old: old, new: value) {
            settings.pending[key] = nil
            if let old, old != value { release(old, key: key, of: &settings, unlessIn: value) }
            settings.configuration[key] = value.isEmpty ? nil : value
        } else if old == value {
            settings.pending[key] = nil
        } else {
            settings.pending[key] = value
        }
    }

    private mutating func takeOut(_ key: String, of settings: inout Settings) {
        let guest = settings.guest
        if let waiting = settings.pending.removeValue(forKey: key), settings.configuration[key] == nil {
            release(waiting, key: key, of: &settings, unlessIn: nil)
            return
        }
        guard let old = settings.configuration[key] else { return }
        if !guest.isRunning || ConfigurationKey.isHotPluggable(key, guest.kind, old: old, new: nil) {
            settings.configuration[key] = nil
            release(old, key: key, of: &settings, unlessIn: nil)
        } else if !settings.pendingDeletion.contains(key) {
            settings.pendingDeletion = (settings.pendingDeletion + [key]).sorted()
        }
    }

    /// A disk that leaves its place stays as `unusedN`; one that was unused, and a cloud-init drive, go for good.
    private mutating func release(
        _ value: String, key: String, of settings: inout Settings, unlessIn kept: String?
    ) {
        let guest = settings.guest
        guard ConfigurationKey.isVolume(key, of: guest.kind) || ConfigurationKey.isUnused(key) else { return }
        let drive = PropertyString(value)
        guard let identifier = drive.bare, volumes[identifier, node: guest.node]?.owner == guest.vmid,
            kept.map({ PropertyString($0).bare != identifier }) ?? true
        else { return }
        if ConfigurationKey.isUnused(key) || drive.values["media"] == "cdrom" {
            volumes.remove(identifier, node: guest.node)
            return
        }
        let free = (0..<256).first { settings.configuration["unused\($0)"] == nil }
        if let free { settings.configuration["unused\(free)"] = identifier }
    }
}
