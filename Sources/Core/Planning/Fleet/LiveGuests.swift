import Model

/// What the inventories say of each server that is declared, recorded, in a state or in tfvars: its guest, that it is
/// provably not there, or why neither can be said. The planner's own matching, so that no list says something else.
package func liveGuests(_ input: PlanningInput) -> [ServerName: Observation<ObservedGuest>] {
    var planner = FleetPlanner(input)
    planner.matchGuests()
    var live: [ServerName: Observation<ObservedGuest>] = [:]
    for position in planner.view.servers.indices {
        live[planner.view.servers[position].name] = planner.observation(of: planner.makeCase(position))
    }
    return live
}

extension FleetPlanner {
    func observation(of one: ServerCase) -> Observation<ObservedGuest> {
        switch one.facts.live {
        case .present: one.guest.map(Observation.present) ?? .unknown(unknownReason(one))
        case .absent: .absent
        case .unknown: .unknown(unknownReason(one))
        case .unread: .unknown(Sentence(.detail, one.name.text, one.guest?.vmid.description ?? ""))
        case .ambiguous: .unknown(ambiguityReason(one))
        case .foreign:
            // Who only wished for the VMID has no guest; of who had it, the listing cannot say what became of it.
            one.resource == nil && one.recorded?.mark == nil ? .absent : .unknown(ambiguityReason(one))
        }
    }
}
