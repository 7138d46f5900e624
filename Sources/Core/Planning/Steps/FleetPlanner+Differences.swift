import Model

/// What differs and no step changes, said with the way out of each.
extension FleetPlanner {
    mutating func report(_ resolution: Resolution, _ one: ServerCase) {
        let groups = RebuildGroups(resolution)
        if !groups.larger.isEmpty {
            let texts = groups.larger.map { "\($0.path): \($0.before ?? "–") (YAML \($0.after ?? "–"))" }
            let lines = groups.larger.map { "`\($0.path)` \($0.before ?? "")" }
            reportRebuild(one, .diskLarger, groups.larger, texts.joined(separator: ", "), lines.joined(separator: ", "))
        }
        if !groups.undeclaredDisks.isEmpty {
            let texts = groups.undeclaredDisks.map { "\($0.path) (\($0.before ?? ""))" }
            reportRebuild(one, .diskUndeclared, groups.undeclaredDisks, texts.joined(separator: ", "))
        }
        if !groups.byHand.isEmpty {
            let vmid = one.guest?.vmid.description ?? ""
            reportRebuild(one, .accountChanged, groups.byHand, groups.byHand.map(\.path).joined(separator: ", "), vmid)
        }
        if !groups.others.isEmpty {
            reportRebuild(one, .needsRebuild, groups.others, groups.others.map(\.path).joined(separator: ", "))
        }
        for held in resolution.held { report(held, one) }
        if !resolution.ignored.isEmpty {
            let paths = resolution.ignored.map(\.path).joined(separator: ", ")
            find(.notice, one, "ignored", Sentence(.ignored, one.name.text, paths), resolution.ignored)
        }
    }

    private mutating func reportRebuild(
        _ one: ServerCase, _ code: PlanCode, _ changes: [AttributeChange], _ arguments: String...
    ) {
        find(.notice, one, "needsRebuild", Sentence(code.code, [one.name.text] + arguments), changes)
    }

    /// Whether the guest is where its declaration does not have it by name.
    func livesElsewhere(_ server: Server, _ guest: ObservedGuest) -> Bool {
        guard let node = server.node, node != guest.node else { return false }
        return !policies.ignoredPaths(of: server).contains { IgnoredPath($0).root == "node" }
    }

    func followed(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) -> Sentence {
        Sentence(.followed, one.name.text, server.node?.text ?? "", guest.node.text)
    }

    mutating func reportPlace(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) {
        guard livesElsewhere(server, guest) else { return }
        find(.notice, one, "followed", followed(one, server, guest))
    }

    /// What the guest does against its declaration; what Proxmox does not know contradicts nothing, nor does what is left
    /// alone.
    func isPoweredOtherwise(_ server: Server, _ guest: ObservedGuest) -> Bool {
        switch (declaredPower(of: server), guest.status) {
        case (.running, .stopped), (.running, .paused), (.stopped, .running), (.stopped, .paused): true
        case (.running, _), (.stopped, _), (.unmanaged, _): false
        }
    }

    /// A guest is paused by a person or by a task of Proxmox, and either resumes it.
    mutating func reportPaused(_ one: ServerCase, _ guest: ObservedGuest) {
        let change = AttributeChange(path: "power", before: guest.status.rawValue, after: "running")
        find(
            .notice, one, "guestPaused", Sentence(.guestPaused, one.name.text, guest.vmid.description, guest.node.text),
            [change])
    }

    /// Plumb starts and stops nothing that it only observes.
    mutating func reportObservedPower(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) {
        guard isPoweredOtherwise(server, guest) else { return }
        let change = AttributeChange(path: "power", before: guest.status.rawValue, after: server.power.rawValue)
        find(
            .notice, one, "observedPower",
            Sentence(.observedPower, one.name.text, server.power.rawValue, guest.status.rawValue), [change])
    }
}

/// What a rebuild would change, by what an operator can do instead.
private struct RebuildGroups {
    /// Disks that grew: before the size that they have, after the declared one.
    var larger: [AttributeChange] = []
    /// Disks that only the guest has.
    var undeclaredDisks: [AttributeChange] = []
    /// Of an account that was changed in Proxmox.
    var byHand: [AttributeChange] = []
    var others: [AttributeChange] = []

    init(_ resolution: Resolution) {
        let changes = resolution.rebuilds
        // A disk gone here and a new one there is one that moved, and one that is to shrink while another is to grow may
        // be two in another order.
        let isMoved = changes.contains { SettingPath($0.path).isWholeDisk && $0.before == nil }
        let isReordered = changes.contains { $0.isDiskSize && !$0.isLarger }
        let byHand = Set(resolution.births.filter(\.isByHand).map(\.path))
        for change in changes {
            if byHand.contains(change.path) {
                self.byHand.append(change)
            } else if SettingPath(change.path).isWholeDisk, change.after == nil, !isMoved {
                undeclaredDisks.append(change)
            } else if change.isDiskSize, change.isLarger, !isReordered {
                larger.append(change)
            } else {
                others.append(change)
            }
        }
    }
}

extension SettingPath {
    fileprivate var isWholeDisk: Bool { root == "disks" && leaf == nil }
}

extension AttributeChange {
    fileprivate var isDiskSize: Bool {
        let path = SettingPath(path)
        return path.root == "disks" && path.leaf == "size"
    }

    /// Whether the guest has more than is declared, both in GiB.
    fileprivate var isLarger: Bool {
        guard let before = before?.gibibytes, let after = after?.gibibytes else { return false }
        return before > after
    }
}

extension String {
    fileprivate var gibibytes: Int? { hasSuffix("GiB") ? Int(dropLast(3)) : nil }
}
