import Model

/// What a plan holds of the policies over servers whose rebuild is asked for: all that was over them at their last apply,
/// for as long as a yes to it counts. Empty where that is so already; it is written anew once a day.
package func policiesToHold(for plan: Plan, _ input: PlanningInput) -> [ServerName: [KeptPolicy]] {
    let until = input.now + .seconds(86_400 * ApprovalBook.lifetimeDays)
    let stale = input.now + .seconds(86_400 * (ApprovalBook.lifetimeDays - 1))
    var held: [ServerName: [KeptPolicy]] = [:]
    for step in plan.steps {
        guard case .server(let name, _) = step.subject, step.action.verb == .rebuild,
            let kept = input.recorded.servers.first(where: { $0.name == name })?.policies,
            kept.contains(where: { $0.heldUntil.map { $0 < stale } ?? true })
        else { continue }
        held[name] = kept.map { one in
            var one = one
            one.heldUntil = until
            return one
        }
    }
    return held
}

/// What is written down where a rebuild is given up: the same policies, which go with their documents again.
package func policiesToRelease(for plan: Plan, _ recorded: Recorded) -> [ServerName: [KeptPolicy]] {
    var released: [ServerName: [KeptPolicy]] = [:]
    for step in plan.steps {
        guard case .server(let name, _) = step.subject, step.action.verb == .rebuild,
            let kept = recorded.servers.first(where: { $0.name == name })?.policies,
            kept.contains(where: { $0.heldUntil != nil })
        else { continue }
        released[name] = kept.map(\.released)
    }
    return released
}

/// What an apply writes down of the policies over declared servers, where the registry has something else: empty for a
/// server that no policy has a word about any more.
package func policiesToKeep(_ input: PlanningInput) -> [ServerName: [KeptPolicy]] {
    let planner = FleetPlanner(input)
    var changed: [ServerName: [KeptPolicy]] = [:]
    for known in planner.view.servers {
        guard let declared = known.declared, let recorded = known.recorded else { continue }
        let server = input.desired.servers[declared]
        if let targets = planner.targets, !targets.contains(server.name) { continue }
        let row = input.recorded.servers[recorded]
        let present = planner.keptPolicies(over: server, row) ?? []
        if present != row.policies ?? [] { changed[row.name] = present }
    }
    return changed
}
