import Chance

/// What people do to the configuration between two runs.
enum WorldEdit: String, CaseIterable, Sendable {
    case remove, add, change, rename, move, exclude, spoil, empty, restore, pause
    case renameSilently = "rename without a word"

    /// How often each is drawn: what ends a guest is what the worlds are about.
    static let lots: [WorldEdit] = [
        .remove, .remove, .remove, .remove, .add, .change, .change, .rename, .renameSilently, .move, .exclude, .exclude,
        .spoil, .empty, .restore, .restore, .pause,
    ]
}

extension WorldFleet {
    /// - Parameter known: the servers that are on record: a new name of one that is not needs no word on the old one.
    /// - Returns: what was done, for people; nil: nothing, because there is nobody to do it to.
    mutating func edit(_ edit: WorldEdit, _ dice: inout Dice, known: Set<String>) -> String? {
        let done: String?
        switch edit {
        case .remove: done = remove(&dice)
        case .add: done = add(&dice)
        case .change: done = change(&dice)
        case .rename: done = rename(&dice, known: known, saysSo: true)
        case .renameSilently: done = rename(&dice, known: known, saysSo: false)
        case .move: done = move(&dice)
        case .exclude: done = exclude(&dice)
        case .spoil: done = spoil(&dice)
        case .empty:
            isEmptied = true
            done = ""
        case .restore: done = restore(&dice)
        case .pause:
            policy.isPaused.toggle()
            done = policy.isPaused ? "on" : "off"
        }
        return done.map { "\(edit.rawValue) \($0)" }
    }

    /// Every file is there again and whole.
    mutating func heal() {
        spoiled = [:]
        isEmptied = false
    }

    /// - Parameter isMortal: whether only one is taken out whose guest may end by it.
    mutating func remove(_ dice: inout Dice, isMortal: Bool = false) -> String? {
        let places = servers.indices.filter { index in
            let server = servers[index]
            return !isMortal || !(server.isProtected || server.isForgotten || server.isObserved)
        }
        guard let index = dice.pick(places) else { return nil }
        let server = servers.remove(at: index)
        spoiled["\(server.name).yaml"] = nil
        removed.append(server)
        return server.name
    }

    private mutating func add(_ dice: inout Dice) -> String? {
        guard servers.count < 8 else { return nil }
        let server = drawn(with: &dice)
        servers.append(server)
        return server.name
    }

    private mutating func change(_ dice: inout Dice) -> String? {
        let own = servers.indices.filter { !servers[$0].isObserved }
        if let index = dice.pick(Array(groups.indices)), own.isEmpty || dice.chance(0.2) {
            groups[index].model.cores = groups[index].model.cores % 4 + 1
            return groups[index].name
        }
        guard let index = dice.pick(own) else { return nil }
        if dice.chance(0.6) { servers[index].cores = servers[index].cores % 4 + 1 }
        if dice.chance(0.5) { servers[index].memory = 1536 - servers[index].memory }
        if dice.chance(0.2) { servers[index].power = dice.pick(["running", "stopped"]) }
        return servers[index].name
    }

    private mutating func rename(_ dice: inout Dice, known: Set<String>, saysSo: Bool) -> String? {
        guard let index = dice.pick(servers.indices.filter { !servers[$0].isObserved }) else { return nil }
        let former = servers[index].name
        spoiled["\(former).yaml"] = nil
        servers[index].name = nextName()
        if !saysSo {
            servers[index].formerName = nil
        } else if known.contains(former) {
            servers[index].formerName = former
        }
        return "\(former) to \(servers[index].name)"
    }

    private mutating func move(_ dice: inout Dice) -> String? {
        guard let index = dice.pick(servers.indices.filter { !servers[$0].isObserved }) else { return nil }
        servers[index].env = servers[index].env == "a" ? "b" : "a"
        return servers[index].name
    }

    private mutating func exclude(_ dice: inout Dice) -> String? {
        guard let index = dice.pick(Array(groups.indices)) else { return nil }
        if let back = groups[index].excluded.sorted().first, groups[index].members.count < 2 || dice.chance(0.3) {
            groups[index].excluded.remove(back)
            return "no more \(back)"
        }
        guard groups[index].members.count > 1, let name = dice.pick(groups[index].members) else { return nil }
        groups[index].excluded.insert(name)
        return name
    }

    /// A file that was cut off while it was written, or that a merge left in the middle of a line.
    private mutating func spoil(_ dice: inout Dice) -> String? {
        guard let name = dice.pick(serverFiles.keys.sorted()) else { return nil }
        spoiled[name] = dice.chance(0.5) ? "" : "apiVersion: plumb/v1\nkind: Server\nmetadata: {name: [\n"
        return name
    }

    private mutating func restore(_ dice: inout Dice) -> String? {
        if !isReadable {
            heal()
            return "all files"
        }
        guard let index = dice.pick(Array(removed.indices)) else { return nil }
        let server = removed.remove(at: index)
        // Its number may be declared by another one by now.
        if let vmid = server.vmid, claims(vmid, in: server.cluster) { return nil }
        servers.append(server)
        return server.name
    }
}
