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
                && !removed.contains(row.node) && inventory.guest(row.vmid) == nil
        }
        if let row { return row.node }
        let resources = input.observed.stacks.filter { $0.id.cluster == inventory.cluster }
            .flatMap { $0.state.value?.resources ?? [] }
        return resources.first { resource in
            recorded[resource.server] == nil && !inventory.nodes.contains { $0.name == resource.node }
                && !removed.contains(resource.node) && inventory.guest(resource.vmid) == nil
        }?.node
    }
}
