import Model

/// A server of which nobody can say whether it drifted: its guest, or the guest's own configuration, could not be read.
package struct UnreadServer: Hashable, Sendable {
    package var name: ServerName
    package var stack: StackID
    package var reason: Sentence
}

/// The declared servers that Plumb knows a guest of and that a look at full depth could not read, in ascending order.
package func unreadServers(_ input: PlanningInput) -> [UnreadServer] {
    var planner = FleetPlanner(input)
    planner.matchGuests()
    var unread: [UnreadServer] = []
    for position in planner.view.servers.indices {
        let one = planner.makeCase(position)
        guard one.server != nil, !one.facts.isClaimed, one.recorded != nil || one.resource != nil else { continue }
        switch planner.observation(of: one) {
        case .absent: continue
        case .unknown(let reason): unread.append(UnreadServer(name: one.name, stack: one.stack, reason: reason))
        case .present(let guest):
            guard one.detail == nil else { continue }
            let reason = Sentence(.unreadDetail, guest.vmid.description)
            unread.append(UnreadServer(name: one.name, stack: one.stack, reason: reason))
        }
    }
    return unread
}
