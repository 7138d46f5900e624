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
///
/// Nothing was applied to a server that could not be read, so that nothing is taken from what was over it at its last
/// apply: what is over it now comes to that.
package func policiesToKeep(_ input: PlanningInput) -> [ServerName: [KeptPolicy]] {
    var planner = FleetPlanner(input)
    var changed: [ServerName: [KeptPolicy]] = [:]
    for position in planner.view.servers.indices {
        let known = planner.view.servers[position]
        guard let declared = known.declared, let recorded = known.recorded else { continue }
        let server = input.desired.servers[declared]
        if let targets = planner.targets, !targets.contains(server.name) { continue }
        let row = input.recorded.servers[recorded]
        let former = row.policies ?? []
        var present = planner.keptPolicies(over: server, row) ?? []
        if present == former { continue }
        // To look who can be read is dear, and hardly ever anything changes.
        if planner.matches.isEmpty { planner.matchGuests() }
        if planner.isUnread(known, row, at: position) {
            let names = present.map(\.released)
            present += former.filter { !names.contains($0.released) }
        }
        if present != former { changed[row.name] = present }
    }
    return changed
}

extension FleetPlanner {
    /// Whether nothing can be said of the guest of a server, or of the state that it should be in, or which guest it is.
    fileprivate func isUnread(_ known: KnownServer, _ row: RecordedServer, at position: Int) -> Bool {
        [.unknown, .ambiguous, .foreign].contains(matches[position].presence)
            || view.clusters[known.cluster].distrust != nil
            || unknownState(of: row.stack) != nil || replacedStates[row.stack] != nil
    }
}
