import Model

extension SimulatedCluster {
    /// Takes up what its blueprint says now, after the blueprint's author changed it: the latency, the faults, and
    /// whatever is new (nodes, storages, templates, pools, users, tokens). Nothing that exists goes away.
    package mutating func adopt(_ changed: Blueprint) {
        guard changed != blueprint else { return }
        if changed.faults != blueprint.faults { faults = FaultTable(changed.faults, seed: changed.seed) }
        for node in changed.nodes where !nodes.contains(where: { $0.name == node.name }) {
            nodes.append(
                Node(
                    name: node.name, processors: node.processors, memory: node.memory.bytes,
                    bootedAt: now.milliseconds, lastProcess: 1000 + nodes.count * 17))
        }
        for pool in changed.pools where pools[pool] == nil { pools[pool] = "" }
        for user in changed.users where access.users[user.id] == nil { access.add(user) }
        for token in changed.tokens where access.tokens[token.id] == nil { access.add(token) }
        var merged = changed
        merged.storages += blueprint.storages.filter { old in !changed.storages.contains { $0.name == old.name } }
        blueprint = merged
        furnish()
        revision += 1
    }
}
