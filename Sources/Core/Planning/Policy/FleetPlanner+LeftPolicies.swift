import Model

extension FleetPlanner {
    /// Servers that a changed label, a new name or a role that was taken away takes from under a policy that was over them
    /// at their last apply. The next apply writes that down, and nothing else would ever say it: a label that is mistyped
    /// reads like one that is meant.
    mutating func reportLeftPolicies() {
        if input.desired.policies.isEmpty { return }
        var left: [LeftPolicy: [ServerName]] = [:]
        for known in view.servers {
            // What selects is compared before anything is copied: nearly all are as they were.
            guard let declared = known.declared, let recorded = known.recorded,
                selects(otherwise: input.desired.servers[declared], than: input.recorded.servers[recorded]),
                targets?.contains(known.name) ?? true
            else { continue }
            let (server, row) = (input.desired.servers[declared], input.recorded.servers[recorded])
            for policy in leftPolicies(of: server, row) { left[policy, default: []].append(server.name) }
        }
        if left.isEmpty { return }
        var familiar = Set(input.recorded.servers.flatMap { $0.labels ?? [] })
        familiar.formUnion(input.desired.policies.flatMap { $0.selector.matchLabels })
        for (policy, servers) in left.sorted(by: { $0.key < $1.key }) {
            findings.append(finding(policy, servers, familiar))
        }
    }

    private func selects(otherwise server: Server, than row: RecordedServer) -> Bool {
        if let labels = row.labels, labels != server.metadata.labels { return true }
        return row.name != server.name || row.roles != server.roles
    }

    private func leftPolicies(of server: Server, _ row: RecordedServer) -> [LeftPolicy] {
        guard let kept = row.policies else { return [] }
        let (now, then) = (PolicySubject.Side(server), PolicySubject.Side(row, beside: server))
        let over = input.desired.policies.filter(now.isUnder)
        return input.desired.policies.compactMap { policy in
            guard kept.contains(where: { $0.name == policy.name }), !now.isUnder(policy), then.isUnder(policy) else {
                return nil
            }
            let cause: LeftPolicy.Cause
            if let missing = now.missingLabel(of: policy.selector) {
                cause = .label(missing.asked, missing.own)
            } else if let role = policy.selector.roles.first(where: {
                row.roles.contains($0) && !server.roles.contains($0)
            }) {
                cause = .role(role)
            } else {
                cause = .name
            }
            return LeftPolicy(name: policy.name, cause: cause, others: over.map(\.name))
        }
    }

    private func finding(_ policy: LeftPolicy, _ servers: [ServerName], _ familiar: Set<Metadata.Label>) -> Finding {
        let names = servers.sorted().prefix(3).map(\.text).joined(separator: ", ") + (servers.count > 3 ? ", …" : "")
        let others = policy.others.isEmpty ? "–" : policy.others.map(\.text).joined(separator: ", ")
        let (name, count) = (policy.name.text, String(servers.count))
        let sentence: Sentence
        switch policy.cause {
        case .label(let former, let present):
            let isFamiliar = present.map { familiar.contains($0) } ?? true
            sentence = Sentence(
                isFamiliar ? .policyLeft : .policyLeftUnknown, name, count, names, former.text, present?.text ?? "–",
                others)
        case .role(let role): sentence = Sentence(.policyLeftRole, name, count, names, role.text, others)
        case .name: sentence = Sentence(.policyLeftName, name, count, names, others)
        }
        return Finding(.notice, .object(ObjectName(.policy, name)), rule: "policyLeft", sentence)
    }
}

/// A policy that is not over servers any more.
private struct LeftPolicy: Hashable, Comparable {
    let name: PolicyName
    let cause: Cause
    /// The policies that are over them now.
    let others: [PolicyName]

    enum Cause: Hashable {
        /// Which it selects and they had, and which they have by that key now; nil: none.
        case label(Metadata.Label, Metadata.Label?)
        /// Which it selects and they had.
        case role(RoleName)
        /// They were renamed.
        case name
    }

    static func < (one: Self, other: Self) -> Bool { one.order.lexicographicallyPrecedes(other.order) }

    private var order: [String] {
        switch cause {
        case .label(let former, let present): [name.text, "0", former.text, present?.text ?? ""] + others.map(\.text)
        case .role(let role): [name.text, "1", role.text] + others.map(\.text)
        case .name: [name.text, "2"] + others.map(\.text)
        }
    }
}

extension Metadata.Label {
    /// `tier=prod`.
    fileprivate var text: String { "\(key)=\(value)" }
}
