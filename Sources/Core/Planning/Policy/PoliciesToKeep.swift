import Model

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
