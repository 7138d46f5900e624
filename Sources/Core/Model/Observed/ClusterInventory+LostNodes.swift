extension ClusterInventory {
    /// The nodes on which guests were last seen that are not listed, where the node is not listed either: it left the
    /// cluster, or the node that answered did. What ran there may run on, with its address and its number.
    ///
    /// - Parameters:
    ///   - places: where each recorded guest of the cluster was last seen.
    ///   - removed: nodes that are declared to be gone for good.
    /// - Returns: in ascending order, with those that are declared to be gone and are listed, of which one of the two is
    ///   untrue; nothing for a listing that is not believed, which proves no absence as it is.
    package func lostNodes(
        lastSeen places: some Sequence<(vmid: VMID, node: NodeName)>, removed: [NodeName]
    ) -> [NodeName] {
        guard distrust == nil, !nodes.isEmpty else { return [] }
        let accounted = Set(nodes.map(\.name) + removed)
        var lost = Set(returnedNodes(removed: removed))
        var latest: NodeName?
        for (vmid, node) in places {
            // Thousands of guests are on a few nodes.
            if latest?.text == node.text { continue }
            if accounted.contains(node) { latest = node } else if guest(vmid) == nil { lost.insert(node) }
        }
        return lost.sorted()
    }

    /// Nodes that are declared to be gone for good and are in the cluster, in ascending order.
    package func returnedNodes(removed: [NodeName]) -> [NodeName] {
        nodes.map(\.name).filter(removed.contains).sorted()
    }
}
