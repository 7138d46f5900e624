import Model

/// That nothing is made again because of a listing that may be another cluster's, or of a part of one.
extension PlanCheck {
    /// A node on which a guest that is not listed was last seen, that is not in the cluster, and that nobody declared to be
    /// gone; found here by itself, row by row.
    func lostNode(in inventory: ClusterInventory) -> NodeName? {
        if inventory.nodes.isEmpty { return nil }
        let removed = input.desired.clusters.first { $0.name == inventory.cluster }?.removedNodes ?? []
        if let node = inventory.nodes.first(where: { removed.contains($0.name) }) { return node.name }
        let row = input.recorded.servers.first { row in
            row.stack.cluster == inventory.cluster && !inventory.nodes.contains { $0.name == row.node }
                && !removed.contains(row.node) && !inventory.guests.contains { $0.vmid == row.vmid }
        }
        if let row { return row.node }
        let resources = input.observed.stacks.filter { $0.id.cluster == inventory.cluster }
            .flatMap { $0.state.value?.resources ?? [] }
        return resources.first { resource in
            recorded[resource.server] == nil && !inventory.nodes.contains { $0.name == resource.node }
                && !removed.contains(resource.node) && !inventory.guests.contains { $0.vmid == resource.vmid }
        }?.node
    }

    /// Of each cluster no more are made again in one plan than the smallest budget over one of them allows to end.
    mutating func checkRecreations() {
        var counts: [ClusterName: [ServerName]] = [:]
        for step in plan.steps where step.mayRun && step.action.verb == .recreate {
            guard case .server(let name, let stack) = step.subject else { continue }
            counts[stack.cluster, default: []].append(name)
        }
        for (cluster, names) in counts {
            var known = Set(
                input.recorded.servers.filter {
                    $0.stack.cluster == cluster && ($0.manage == .full || inState.contains($0.name))
                }.map(\.name))
            for stack in input.observed.stacks where stack.id.cluster == cluster {
                known.formUnion((stack.state.value?.resources ?? []).map(\.server))
            }
            let limits = names.map { name in
                MergedPolicy(words(over: name, endsGuest: false), now: input.now).destroyBudget(of: known.count)
            }
            let limit = limits.min() ?? 0
            if names.count > limit {
                report(.budget, nil, "\(names.count) are made again in \(cluster), and \(limit) are allowed")
            }
        }
    }
}
