import Execution
import Model
import Proxmox

/// The clusters of one configuration through Proxmox's API: the inventory and the power of their guests.
struct ProxmoxFleet: GuestInventory, GuestPower {
    /// A client for each cluster, or why there is none.
    let clients: [ClusterName: Result<ProxmoxClient, StepFailure>]
    let clock: @Sendable () -> Timestamp

    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
        switch client(of: cluster) {
        case .failure(let failure): return .unreadable(cluster, at: clock(), because: failure.sentence)
        case .success(let client):
            let inventory = await client.inventory(of: cluster)
            return details.isEmpty ? inventory : await detailed(inventory, guests: details)
        }
    }

    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
        guard inventory.distrust == nil, case .success(let client) = client(of: inventory.cluster) else {
            return inventory
        }
        var detailed = inventory
        let listed = guests.sorted().compactMap { inventory.guest($0) }
        detailed.details.merge(await client.configurations(of: listed)) { $1 }
        for vmid in guests where inventory.guest(vmid) == nil { detailed.details[vmid] = .absent }
        return detailed
    }

    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory {
        guard inventory.distrust == nil, case .success(let client) = client(of: inventory.cluster) else {
            return inventory
        }
        var complete = inventory
        let online = inventory.nodes.filter(\.isOnline).map(\.name)
        let past = await client.pastTasks(on: online, since: moment)
        let known = Set(past.map(\.upid))
        complete.pastTasks = past + inventory.pastTasks.filter { !known.contains($0.upid) }
        complete.pastTasks.sort { $0.startedAt > $1.startedAt }
        return complete
    }

    func start(_ guest: GuestReference) async throws(StepFailure) {
        try await change(guest, .start, within: .seconds(300))
    }

    func shutDown(_ guest: GuestReference, within limit: Duration) async throws(StepFailure) {
        let seconds = Int(limit.components.seconds)
        try await change(guest, .shutdown(timeout: seconds, forceStop: false), within: limit + .seconds(30))
    }

    private func client(of cluster: ClusterName) -> Result<ProxmoxClient, StepFailure> {
        clients[cluster] ?? .failure(StepFailure(Sentence("edge.clusterUndeclared", cluster.text)))
    }

    private func change(
        _ guest: GuestReference, _ action: PowerAction, within limit: Duration
    ) async throws(StepFailure) {
        let client = try client(of: guest.cluster).get()
        let address = GuestAddress(node: guest.node, type: guest.type, vmid: guest.vmid)
        do throws(ProxmoxFailure) {
            let task = try await client.power(address, action)
            switch try await client.wait(for: task, atMost: limit) {
            case .ok, .warnings: return
            case .failed(let failure): throw failure
            }
        } catch {
            // Both say that the guest already is what was asked for.
            switch (action, error) {
            case (.start, .alreadyRunning), (.shutdown, .notRunning): return
            default: throw error.stepFailure(about: "\(guest.cluster)/\(guest.vmid)")
            }
        }
    }
}
