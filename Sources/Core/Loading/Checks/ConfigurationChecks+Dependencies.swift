import Model

extension ConfigurationChecks {
    /// `dependsOn` must name servers and never come round to where it began.
    mutating func checkDependencies() {
        let shared = SharedLists(draft.servers.values.count) { draft.servers.values[$0].dependsOn }
        guard !shared.lists.isEmpty else { return }
        var targets: [[Int32]] = []
        var hasUnknown: [Bool] = []
        for list in shared.lists {
            let (known, isWhole) = servers(named: draft.servers.values[list.owner].dependsOn, list)
            targets.append(known)
            hasUnknown.append(!isWhole)
        }
        let members = targets.map(Set.init)
        for position in shared.numbers.indices where shared.numbers[position] >= 0 {
            let list = Int(shared.numbers[position])
            if hasUnknown[list] { draft.servers.refused.insert(position) }
            if let own = names[.server]?[draft.servers.keys[position]], members[list].contains(own) {
                refuseItself(position)
            }
        }
        reportRings(in: DependencyGraph(lists: shared.numbers, targets: targets))
    }

    /// The servers of a list, each reported that is none.
    private mutating func servers(
        named list: [ServerName], _ shared: SharedLists.List
    ) -> (known: [Int32], isWhole: Bool) {
        let place = draft.servers.places[shared.owner]
        let owner = draft.servers.keys[shared.owner]
        var known: [Int32] = []
        var isWhole = true
        for (index, name) in list.enumerated() {
            let isKnown = check(
                name, is: .server, in: place, member: owner, "spec.dependsOn[\(index)]", mayStay: true,
                times: shared.count)
            if !isKnown { isWhole = false }
            if let target = names[.server]?[name.key] { known.append(target) }
        }
        return (known, isWhole)
    }

    private mutating func refuseItself(_ position: Int) {
        draft.servers.refused.insert(position)
        guard mayShow("reference.itself") else { return }
        let server = draft.servers.values[position]
        let index = server.dependsOn.firstIndex(of: server.name) ?? 0
        report(
            "reference.itself", [server.dependsOn[index].text],
            at: span(draft.servers.places[position], member: server.name.key, "spec.dependsOn[\(index)]"))
    }

    private mutating func reportRings(in graph: DependencyGraph) {
        for group in DependencyRings(graph).groups {
            draft.servers.refused.formUnion(group)
            guard mayShow("reference.cycle") else { continue }
            let first = group[0]
            let ring = graph.ring(from: first) + [first]
            let words = ring.prefix(12).map { draft.servers.values[$0].name.text }
            let text = words.joined(separator: " → ") + (ring.count > 12 ? " → …" : "")
            let place = draft.servers.places[first]
            report(
                "reference.cycle", [text],
                at: span(place, member: draft.servers.values[first].name.key, "spec.dependsOn"))
        }
    }
}
