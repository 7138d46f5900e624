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
    /// The nodes of a cluster because of which no absence is believed: those that whoever looked knew of, and those
    /// that the registry's rows show, or the states where there is no row.
    ///
    /// - Returns: in ascending order, with those that are declared to be gone and are listed.
    func doubtedNodes(of inventory: ClusterInventory) -> [NodeName] {
        let removed = removedNodes(of: inventory.cluster)
        let rows = recordedPlaces(in: inventory.cluster).lazy.map { (vmid: $0.vmid, node: $0.node) }
        let strays = strayPlaces(besides: inventory).map { (vmid: $0.vmid, node: $0.node) }
        let shown = inventory.lostNodes(lastSeen: rows, removed: removed)
        let stated = inventory.lostNodes(lastSeen: strays, removed: removed)
        return Set(inventory.lostNodes + shown + stated).sorted()
    }

    /// What ``planFleet(_:)`` rests on of these, with whom each took along; those that are declared to be gone and are
    /// listed are not among them.
    ///
    /// - Returns: in ascending order.
    package func lostNodes(of inventory: ClusterInventory) -> [LostNode] {
        let returned = inventory.returnedNodes(removed: removedNodes(of: inventory.cluster))
        let unlisted = lastPlaces(besides: inventory).filter { inventory.guest($0.vmid) == nil }
        return doubtedNodes(of: inventory).filter { !returned.contains($0) }.map { node in
            let there = unlisted.filter { $0.node == node }.sorted { $0.server < $1.server }
            return LostNode(name: node, guests: there.map { "\($0.server) (\($0.vmid))" })
        }
    }

    /// Nodes that are declared to be gone for good, are not in the cluster, and are no place where a server on record
    /// was last seen; in ascending order.
    package func needlesslyRemovedNodes(of inventory: ClusterInventory) -> [NodeName] {
        guard inventory.distrust == nil, !inventory.nodes.isEmpty else { return [] }
        let known = Set(inventory.nodes.map(\.name) + lastPlaces(besides: inventory).map(\.node))
        return removedNodes(of: inventory.cluster).filter { !known.contains($0) }.sorted()
    }

    private func removedNodes(of cluster: ClusterName) -> [NodeName] {
        desired.clusters.first { $0.name == cluster }?.removedNodes ?? []
    }

    private struct LastPlace {
        var server: ServerName
        var vmid: VMID
        var node: NodeName
    }

    /// Where the registry last had the servers of a cluster, and the states those without a row, of which the ones on
    /// listed nodes are left out.
    private func lastPlaces(besides inventory: ClusterInventory) -> [LastPlace] {
        Array(recordedPlaces(in: inventory.cluster)) + strayPlaces(besides: inventory)
    }

    private func recordedPlaces(in cluster: ClusterName) -> some Sequence<LastPlace> {
        // To read a field of a large value would copy the value.
        let rows = recorded.servers
        return rows.indices.lazy.filter { rows[$0].stack.cluster == cluster }
            .map { LastPlace(server: rows[$0].name, vmid: rows[$0].vmid, node: rows[$0].node) }
    }

    private func strayPlaces(besides inventory: ClusterInventory) -> [LastPlace] {
        let listed = Set(inventory.nodes.map(\.name))
        var places: [LastPlace] = []
        for stack in observed.stacks where stack.id.cluster == inventory.cluster {
            let resources = stack.state.value?.resources ?? []
            var latest: NodeName?
            for position in resources.indices where resources[position].node.key != latest?.key {
                if listed.contains(resources[position].node) {
                    latest = resources[position].node
                    continue
                }
                let resource = resources[position]
                places.append(LastPlace(server: resource.server, vmid: resource.vmid, node: resource.node))
            }
        }
        if places.isEmpty { return [] }
        let known = Set(recorded.servers.map(\.name))
        return places.filter { !known.contains($0.server) }
    }
}
