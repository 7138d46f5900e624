import Model

/// A server of which nobody can say whether it drifted: its guest, or the guest's own configuration, could not be read.
package struct UnreadServer: Hashable, Sendable {
    package var name: ServerName
    package var stack: StackID
    package var reason: Sentence
}

/// The declared servers that Plumb knows a guest of and that a look at full depth could not read, in ascending order.
/// Who is known not to have a guest of its own (a stranger has its VMID, it was turned into a template) is none of them.
package func unreadServers(_ input: PlanningInput) -> [UnreadServer] {
    var planner = FleetPlanner(input)
    planner.matchGuests()
    var unread: [UnreadServer] = []
    for position in planner.view.servers.indices {
        let one = planner.makeCase(position)
        guard one.server != nil, !one.facts.isClaimed else { continue }
        guard one.recorded != nil || one.resource != nil || one.entry != nil else { continue }
        if let reason = planner.unreadReason(of: one) {
            unread.append(UnreadServer(name: one.name, stack: one.stack, reason: reason))
        }
    }
    return unread
}

extension FleetPlanner {
    /// Why nobody can say all of a server; nil: somebody can.
    fileprivate mutating func unreadReason(of one: ServerCase) -> Sentence? {
        // Where it is declared it is not, whatever that cluster's listing says.
        if one.facts.isMisplaced, view.clusters[one.cluster].declaration != nil { return nil }
        if one.facts.state == .unknown { return unknownReason(one) }
        if one.facts.state == .twoStacks, one.facts.live != .foreign { return ambiguityReason(one) }
        switch one.facts.live {
        case .absent, .foreign: return nil
        case .present:
            guard one.detail == nil, let guest = one.guest else { return nil }
            return Sentence(.unreadDetail, guest.vmid.description)
        case .ambiguous: return one.guest?.isTemplate ?? false ? nil : ambiguityReason(one)
        case .unknown: return unknownReason(one)
        case .unread: return Sentence(.detail, one.name.text, one.guest?.vmid.description ?? "")
        }
    }
}
