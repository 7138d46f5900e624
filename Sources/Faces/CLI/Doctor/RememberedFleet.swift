import Execution
import Model
import Registry

/// The clusters' listings, judged by what the registry remembers: which cluster answered before, and where servers were
/// last seen. Planning, execution and recovery all look through it.
struct RememberedFleet: GuestInventory {
    let base: any GuestInventory
    let registry: FleetRegistry
    /// Nodes that are declared to be gone for good.
    let removedNodes: [ClusterName: [NodeName]]
    /// Whether who answers is compared with who answered before; a twin is never the cluster that it is a twin of.
    let knowsIdentity: Bool

    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
        var inventory = await base.inventory(of: cluster, details: details)
        guard inventory.distrust == nil else { return inventory }
        do throws(RegistryFailure) {
            if let doubt = try await doubt(about: inventory) {
                inventory.distrust = doubt
                inventory.guests = []
                inventory.details = [:]
                return inventory
            }
            let places = try await registry.lastSeen(in: cluster, besides: inventory.nodes.map(\.name))
            inventory.lostNodes = inventory.lostNodes(lastSeen: places, removed: removedNodes[cluster] ?? [])
            return inventory
        } catch {
            return .unreadable(cluster, at: inventory.readAt, because: error.sentence)
        }
    }

    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
        await base.detailed(inventory, guests: guests)
    }

    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory {
        await base.withHistory(inventory, since: moment)
    }

    /// Whoever answers first is written down.
    private func doubt(about inventory: ClusterInventory) async throws(RegistryFailure) -> Sentence? {
        guard knowsIdentity, let now = inventory.identity else { return nil }
        let key = MetaKey.identity(of: inventory.cluster)
        guard let text = try await registry.value(of: key) else {
            try await registry.set(key, to: now.text)
            return nil
        }
        return now.doubt(about: inventory.cluster, knownAs: AnsweringCluster(text: text))
    }
}
