import Model

extension FleetPlanner {
    /// What stands, and what has ended and still stands in a file: a pause that was forgotten looks like a Plumb that
    /// does nothing, and an ignore rule that ended makes a drift come back.
    mutating func reportPolicies() {
        for policy in input.desired.policies {
            let subject = Subject.object(ObjectName(.policy, policy.name.text))
            if let pause = policy.pause { report(pause, of: policy, subject) }
            for rule in policy.ignore {
                guard let until = rule.until, until <= input.now else { continue }
                let sentence = Sentence(
                    .ignoreEnded, policy.name.text, rule.path, until.description, rule.reason ?? "–")
                findings.append(Finding(.notice, subject, rule: "ignoreEnded", sentence))
            }
        }
    }

    /// Policies that are over a removal only because they were over the server at its last apply: who deleted one with
    /// the server, or gave it milder words, learns how it is lifted.
    mutating func reportKeptPolicies() {
        var held: [PolicyName: Set<ServerName>] = [:]
        for draft in drafts {
            let ends =
                draft.consequence == .rebuilds || draft.consequence == .destroys || draft.consequence == .releases
            guard ends, let server = draft.server,
                view.servers[server].declared == nil || draft.consequence == .rebuilds,
                let row = view.servers[server].recorded.map({ input.recorded.servers[$0] })
            else { continue }
            let declared = view.servers[server].declared.map { input.desired.servers[$0] }
            let labels = declared.map(\.metadata.labels) ?? row.labels
            let now = policies.merged(name: row.name.text, labels: labels, roles: declared?.roles ?? row.roles)
            for kept in row.policiesThatCount(beside: input.desired.policies, over: declared)
            where now.tightened(by: [kept], now: input.now) != now {
                held[kept.name, default: []].insert(row.name)
            }
        }
        for (policy, servers) in held.sorted(by: { $0.key < $1.key }) {
            let names = servers.sorted().prefix(3).map(\.text).joined(separator: ", ")
            let more = servers.count > 3 ? ", …" : ""
            findings.append(
                Finding(
                    .notice, .object(ObjectName(.policy, policy.text)), rule: "policyKept",
                    Sentence(.policyKept, policy.text, String(servers.count), names + more)))
        }
    }

    private mutating func report(_ pause: Policy.Pause, of policy: Policy, _ subject: Subject) {
        let name = policy.name.text
        guard let until = pause.until else {
            let sentence = Sentence(.pauseStands, name, pause.reason)
            return findings.append(Finding(.notice, subject, rule: "pauseStands", sentence))
        }
        let hasEnded = until <= input.now
        let sentence = Sentence(hasEnded ? .pauseEnded : .pauseStandsUntil, name, pause.reason, until.description)
        findings.append(Finding(.notice, subject, rule: hasEnded ? "pauseEnded" : "pauseStands", sentence))
    }
}
