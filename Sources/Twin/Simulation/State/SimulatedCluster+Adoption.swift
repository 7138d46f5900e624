import Model

extension SimulatedCluster {
    /// Takes up what its blueprint says now, after the blueprint's author changed it: the latency, the faults, and
    /// whatever is new (nodes, storages, templates, pools, users, tokens). Nothing that exists goes away.
    package mutating func adopt(_ changed: Blueprint) {
        let merged = merging(changed)
        guard merged != blueprint else { return }
        if changed.faults != blueprint.faults { faults = FaultTable(changed.faults, seed: blueprint.seed) }
        for node in changed.nodes where !nodes.contains(where: { $0.name == node.name }) && !hasLeft(node.name) {
            nodes.append(
                Node(
                    name: node.name, processors: node.processors, memory: node.memory.bytes,
                    bootedAt: now.milliseconds, lastProcess: 1000 + nodes.count * 17))
        }
        for pool in changed.pools where pools[pool] == nil { pools[pool] = "" }
        for user in changed.users where access.users[user.id] == nil { access.add(user) }
        for token in changed.tokens where access.tokens[token.id] == nil { access.add(token) }
        blueprint = merged
        furnish()
        revision += 1
    }

    /// What is declared, with what is there besides.
    private func merging(_ changed: Blueprint) -> Blueprint {
        var merged = changed
        merged.seed = blueprint.seed
        merged.storages += blueprint.storages.filter { old in !changed.storages.contains { $0.name == old.name } }
        return merged
    }

    /// What is there although it is not declared, or not like that, any more: `node pve3`, `template 9000`, `seed 1`.
    package func kept(beside declared: Blueprint) -> [String] {
        let nodes = nodes.map(\.name).filter { name in !declared.nodes.contains { $0.name == name } }
        let storages = blueprint.storages.map(\.name).filter { name in
            !declared.storages.contains { $0.name == name }
        }
        let templates = guests.values.filter(\.isTemplate).map(\.vmid).sorted().filter { vmid in
            !declared.templates.contains { $0.vmid == vmid }
        }
        return nodes.map { "node \($0)" } + storages.map { "storage \($0)" } + templates.map { "template \($0)" }
            + (blueprint.seed == declared.seed ? [] : ["seed \(blueprint.seed)"])
    }

    /// Whether that caller is root, who alone says what the cluster is.
    package func isRoot(_ caller: Caller) -> Bool {
        (try? access.identity(of: caller, now: now.milliseconds))?.user == "root@pam"
    }
}
