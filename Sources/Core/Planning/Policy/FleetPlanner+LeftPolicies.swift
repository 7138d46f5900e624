import Model

extension FleetPlanner {
    /// Servers that a changed label takes from under a policy that was over them at their last apply. The next apply writes
    /// the new labels down, and nothing else would ever say it: a label that is mistyped reads like one that is meant.
    mutating func reportLeftPolicies() {
        if input.desired.policies.isEmpty { return }
        var left: [LeftPolicy: [ServerName]] = [:]
        for known in view.servers {
            // Labels are compared before anything is copied: nearly all are as they were.
            guard let declared = known.declared, let recorded = known.recorded,
                let then = input.recorded.servers[recorded].labels,
                then != input.desired.servers[declared].metadata.labels, targets?.contains(known.name) ?? true
            else { continue }
            let (server, row) = (input.desired.servers[declared], input.recorded.servers[recorded])
            for policy in leftPolicies(of: server, row) { left[policy, default: []].append(server.name) }
        }
        if left.isEmpty { return }
        var familiar = Set(input.recorded.servers.flatMap { $0.labels ?? [] })
        familiar.formUnion(input.desired.policies.flatMap { $0.selector.matchLabels })
        for (policy, servers) in left.sorted(by: { $0.key < $1.key }) {
            let isFamiliar = policy.present.map { familiar.contains($0) } ?? true
            findings.append(finding(policy, servers, isFamiliar ? .policyLeft : .policyLeftUnknown))
        }
    }

    private func leftPolicies(of server: Server, _ row: RecordedServer) -> [LeftPolicy] {
        let labels = server.metadata.labels
        guard let then = row.labels, then != labels, let kept = row.policies else { return [] }
        let name = server.name.text
        return input.desired.policies.compactMap { policy in
            let selector = policy.selector
            guard kept.contains(where: { $0.name == policy.name }),
                selector.matches(name: row.name.text, labels: then, roles: row.roles),
                let former = selector.matchLabels.first(where: { !labels.contains($0) })
            else { return nil }
            let others = input.desired.policies.filter {
                $0.selector.matches(name: name, labels: labels, roles: server.roles)
            }
            return LeftPolicy(
                name: policy.name, former: former, present: labels.first { $0.key == former.key },
                others: others.map(\.name))
        }
    }

    private func finding(_ policy: LeftPolicy, _ servers: [ServerName], _ code: PlanCode) -> Finding {
        let names = servers.sorted().prefix(3).map(\.text).joined(separator: ", ")
        let others = policy.others.map(\.text).joined(separator: ", ")
        let sentence = Sentence(
            code, policy.name.text, String(servers.count), names + (servers.count > 3 ? ", …" : ""),
            policy.former.text, policy.present?.text ?? "–", others.isEmpty ? "–" : others)
        return Finding(
            .notice, .object(ObjectName(.policy, policy.name.text)), rule: "policyLeft", sentence)
    }
}

/// A policy that is not over servers any more because of one of their labels.
private struct LeftPolicy: Hashable, Comparable {
    let name: PolicyName
    /// Which it selects, and which they had.
    let former: Metadata.Label
    /// Which they have by that key now; nil: none.
    let present: Metadata.Label?
    /// The policies that are over them now.
    let others: [PolicyName]

    static func < (one: Self, other: Self) -> Bool { one.order.lexicographicallyPrecedes(other.order) }

    private var order: [String] { [name.text, former.text, present?.text ?? ""] + others.map(\.text) }
}

extension Metadata.Label {
    /// `tier=prod`.
    fileprivate var text: String { "\(key)=\(value)" }
}
