import Model

/// What became of one guest between two moments.
package struct GuestChange: Hashable, Sendable {
    package var vmid: Int
    package var name: String
    package var node: String
    package var kind: Kind
    /// Settings that differ, ascending; of a guest that was made, made anew or is gone, none.
    package var settings: [Setting] = []

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case made, changed, gone
        /// The guest that was there is gone, and another has its number.
        case remade
        /// Ran before and does not run now.
        case down
        case started
        /// Runs as before, and was off in between.
        case restarted
    }

    package struct Setting: Hashable, Sendable {
        package var key: String
        package var before: String?
        package var after: String?
        /// Whether the guest runs on without it until its next start.
        package var isPending = false
    }
}

extension [Int: Guest] {
    /// What differs from how the guests were before, in ascending order of numbers; a guest may be changed and down.
    package func changes(since before: [Int: Guest]) -> [GuestChange] {
        Set(keys).union(before.keys).sorted().flatMap { vmid in
            GuestChange.between(before[vmid], self[vmid])
        }
    }
}

extension GuestChange {
    fileprivate static func between(_ before: Guest?, _ after: Guest?) -> [GuestChange] {
        guard let guest = after ?? before else { return [] }
        func change(_ kind: Kind) -> GuestChange {
            GuestChange(vmid: guest.vmid, name: guest.name, node: guest.node, kind: kind)
        }
        guard let before else { return [change(.made)] + (guest.isRunning ? [change(.started)] : []) }
        guard let after else { return [change(.gone)] }
        if after.isAnother(than: before) {
            if after.isRunning { return [change(.remade), change(.started)] }
            return [change(.remade)] + (before.isRunning ? [change(.down)] : [])
        }
        var changes: [GuestChange] = []
        let settings = Setting.between(before, after)
        if !settings.isEmpty {
            var changed = change(.changed)
            changed.settings = settings
            changes.append(changed)
        }
        switch (before.isRunning, after.isRunning) {
        case (true, false): changes.append(change(.down))
        case (false, true): changes.append(change(.started))
        case (true, true) where before.startedAt != after.startedAt: changes.append(change(.restarted))
        case (true, true), (false, false): break
        }
        return changes
    }
}

extension Guest {
    /// Whether it has the number of that guest and is another machine: a VM gets an id of its own at its birth, and
    /// whatever Plumb makes gets a mark of its own, which stays the same through all other changes of one server.
    fileprivate func isAnother(than former: Guest) -> Bool {
        if kind != former.kind { return true }
        if let own = configuration["smbios1"], let other = former.configuration["smbios1"], own != other { return true }
        guard let own = mark, let other = former.mark else { return false }
        return own.id != other.id && own.stack == other.stack && own.server == other.server
    }

    private var mark: OwnershipMark? {
        configuration["description"].flatMap { OwnershipMark(readingDescription: $0) }
    }
}

extension GuestChange.Setting {
    /// Of what cloud-init gets only the name: a report is no place for keys and passwords.
    private static let hidden: Set = ["cipassword", "sshkeys", "cicustom"]

    fileprivate static func between(_ before: Guest, _ after: Guest) -> [GuestChange.Setting] {
        var old = before.desiredConfiguration
        var new = after.desiredConfiguration
        (old["node"], new["node"]) = (before.node, after.node)
        (old["lock"], new["lock"]) = (before.lock, after.lock)
        (old["pool"], new["pool"]) = (before.pool, after.pool)
        return Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map { key in
            let isPending = after.isRunning && (after.pending[key] != nil || after.pendingDeletion.contains(key))
            return hidden.contains(key)
                ? Self(key: key, before: nil, after: nil, isPending: isPending)
                : Self(key: key, before: old[key], after: new[key], isPending: isPending)
        }
    }
}
