import Model

/// A node that is in the cluster no more and that nobody declared to be gone, with the guests that it took along.
package struct LostNode: Hashable, Sendable {
    package var name: NodeName
    /// Servers that were last seen there and whose guests are not listed: `web-2 (101)`, in ascending order of names.
    package var guests: [String]

    package init(name: NodeName, guests: [String]) {
        self.name = name
        self.guests = guests
    }
}

extension PlanningInput {
    /// The nodes of a cluster because of which no absence is believed, as ``planFleet(_:)`` sees them; those that are
    /// declared to be gone and are listed are not among them.
    ///
    /// - Returns: in ascending order.
    package func lostNodes(of inventory: ClusterInventory) -> [LostNode] {
        let declaration = declaration(of: inventory.cluster)
        let returned = inventory.returnedNodes(removed: declaration?.removedNodes ?? [])
        let places = lastPlaces(in: inventory.cluster).filter { inventory.guest($0.vmid) == nil }
        return FleetView.lostNodes(of: inventory, declaration, self).filter { !returned.contains($0) }.map { node in
            let there = places.filter { $0.node == node }.sorted { $0.server < $1.server }
            return LostNode(name: node, guests: there.map { "\($0.server) (\($0.vmid))" })
        }
    }

    /// Nodes that are declared to be gone for good, are not in the cluster, and are no place where a server on record was
    /// last seen; in ascending order.
    package func needlesslyRemovedNodes(of inventory: ClusterInventory) -> [NodeName] {
        guard inventory.distrust == nil, !inventory.nodes.isEmpty else { return [] }
        let known = Set(inventory.nodes.map(\.name) + lastPlaces(in: inventory.cluster).map(\.node))
        return (declaration(of: inventory.cluster)?.removedNodes ?? []).filter { !known.contains($0) }.sorted()
    }

    private func declaration(of cluster: ClusterName) -> Cluster? { desired.clusters.first { $0.name == cluster } }

    private struct LastPlace {
        var server: ServerName
        var vmid: VMID
        var node: NodeName
    }

    /// Where the registry, and the states for servers without a row, last had the servers of a cluster.
    private func lastPlaces(in cluster: ClusterName) -> [LastPlace] {
        let rows = recorded.servers.filter { $0.stack.cluster == cluster }
            .map { LastPlace(server: $0.name, vmid: $0.vmid, node: $0.node) }
        let known = Set(recorded.servers.map(\.name))
        let stated = observed.stacks.filter { $0.id.cluster == cluster }.flatMap { $0.state.value?.resources ?? [] }
        return rows
            + stated.filter { !known.contains($0.server) }
            .map { LastPlace(server: $0.server, vmid: $0.vmid, node: $0.node) }
    }
}
