import Model

extension ConfigurationChecks {
    /// A role that applies to servers by a selector is theirs as if they named it. Selectors look at what a server
    /// itself names, so that the order of roles says nothing.
    mutating func giveRoles() {
        let applying = draft.roles.values.compactMap { role in role.appliesTo.map { (role.name, $0) } }
        guard !applying.isEmpty else { return }
        for position in draft.servers.values.indices {
            let server = draft.servers.values[position]
            let given = applying.filter { name, selector in
                !server.roles.contains(name)
                    && selector.matches(name: server.name.text, labels: server.metadata.labels, roles: server.roles)
            }
            if !given.isEmpty { draft.servers.values[position].roles += given.map(\.0).sorted() }
        }
    }

    /// What is wrong with one list of roles.
    private struct Verdict {
        var isRefused = false
        /// Positions in the list of two roles that exclude each other, the later one first.
        var conflicts: [(index: Int, other: Int)] = []
    }

    mutating func checkRoles() {
        let shared = SharedLists(draft.servers.values.count) { draft.servers.values[$0].roles }
        guard !shared.lists.isEmpty else { return }
        let conflicts = roleConflicts()
        var verdicts: [Verdict] = []
        for list in shared.lists { verdicts.append(verdict(on: list, conflicts)) }
        for position in shared.numbers.indices where shared.numbers[position] >= 0 {
            let verdict = verdicts[Int(shared.numbers[position])]
            if verdict.isRefused { draft.servers.refused.insert(position) }
            for conflict in verdict.conflicts where mayShow("conflict.roles") {
                let server = draft.servers.values[position]
                let arguments = [
                    server.name.text, server.roles[conflict.other].text, server.roles[conflict.index].text,
                ]
                report(
                    "conflict.roles", arguments,
                    at: span(
                        draft.servers.places[position], member: server.name.key, "spec.roles[\(conflict.index)]"))
            }
        }
    }

    private mutating func verdict(on list: SharedLists.List, _ conflicts: [String: Set<String>]) -> Verdict {
        let roles = draft.servers.values[list.owner].roles
        let (place, key) = (draft.servers.places[list.owner], draft.servers.keys[list.owner])
        var verdict = Verdict()
        var positions: [String: Int] = [:]
        for (index, role) in roles.enumerated() {
            let isKnown = check(
                role, is: .role, in: place, member: key, "spec.roles[\(index)]", mayStay: true, times: list.count)
            // A role that cannot be read brings unknown tags: better nothing than half of them.
            if !isKnown || isClaimed(.role, role.key) { verdict.isRefused = true }
            guard !conflicts.isEmpty else { continue }
            if let other = conflicts[role.key]?.lazy.compactMap({ positions[$0] }).min() {
                verdict.isRefused = true
                // More of them are not shown.
                if verdict.conflicts.count < Self.mostOfOneRule { verdict.conflicts.append((index, other)) }
            }
            if positions[role.key] == nil { positions[role.key] = index }
        }
        return verdict
    }

    /// Pairs of roles that exclude each other, both ways.
    private func roleConflicts() -> [String: Set<String>] {
        var conflicts: [String: Set<String>] = [:]
        for role in draft.roles.values {
            for other in role.conflictsWith {
                conflicts[role.name.key, default: []].insert(other.key)
                conflicts[other.key, default: []].insert(role.name.key)
            }
        }
        return conflicts
    }
}
