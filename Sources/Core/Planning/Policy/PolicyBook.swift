import Model

/// The declared policies, and what they say together of one thing. Merging is remembered by which of them apply.
struct PolicyBook {
    private let policies: [Policy]
    private let now: Timestamp
    private var merged: [[Int]: MergedPolicy] = [:]
    private let nobody: MergedPolicy
    /// What each policy says of the end of what it is over; nil: nothing.
    private let keepable: [KeptPolicy?]
    /// Policies with ignore rules that have not ended.
    private let ignoring: [Int]

    var hasIgnoreRules: Bool { !ignoring.isEmpty }

    init(_ policies: [Policy], now: Timestamp) {
        self.policies = policies
        self.now = now
        nobody = MergedPolicy([], now: now)
        keepable = policies.map(KeptPolicy.init)
        ignoring = policies.indices.filter { position in
            policies[position].ignore.contains { $0.until.map { now < $0 } ?? true }
        }
    }

    /// - Parameter labels: nil where nobody knows them: then the more careful of what holds whether or not the policies
    ///   that select by labels mean it.
    mutating func merged(name: String, labels: [Metadata.Label]?, roles: [RoleName]) -> MergedPolicy {
        if policies.isEmpty { return nobody }
        let certain = merged(
            policies.indices.filter {
                policies[$0].selector.matches(name: name, labels: labels ?? [], roles: roles)
            })
        guard labels == nil else { return certain }
        let possible = merged(
            policies.indices.filter {
                policies[$0].selector.matches(name: name, labels: nil, roles: roles)
            })
        return certain.moreCareful(with: possible)
    }

    private mutating func merged(_ applying: [Int]) -> MergedPolicy {
        if let known = merged[applying] { return known }
        let made = MergedPolicy(applying.map { policies[$0] }, now: now)
        merged[applying] = made
        return made
    }

    /// What the registry keeps of the policies over a declared server; nil: nothing.
    func kept(over server: Server) -> [KeptPolicy]? {
        if policies.isEmpty { return nil }
        var kept: [KeptPolicy] = []
        for position in policies.indices {
            guard let one = keepable[position],
                policies[position].selector.matches(
                    name: server.name.text, labels: server.metadata.labels, roles: server.roles)
            else { continue }
            kept.append(one)
        }
        return kept.isEmpty ? nil : kept
    }

    /// The attribute paths that a server and the policies over it leave alone.
    func ignoredPaths(of server: Server) -> [String] {
        if ignoring.isEmpty { return server.ignore }
        var paths = server.ignore
        for position in ignoring {
            let policy = policies[position]
            let (name, labels) = (server.name.text, server.metadata.labels)
            guard policy.selector.matches(name: name, labels: labels, roles: server.roles) else { continue }
            for rule in policy.ignore where rule.until.map({ now < $0 }) ?? true {
                if rule.selector.matches(name: name, labels: labels, roles: server.roles) { paths.append(rule.path) }
            }
        }
        return paths
    }
}
