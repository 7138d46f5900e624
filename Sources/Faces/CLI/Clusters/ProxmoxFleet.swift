import Execution
import Model
import Proxmox

/// The clusters of one configuration through Proxmox's API: the inventory, the power and the backups of their guests.
struct ProxmoxFleet: GuestInventory, GuestPower, GuestBackup {
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
        let offline = Set(inventory.nodes.filter { !$0.isOnline }.map(\.name))
        detailed.details.merge(await client.configurations(of: listed, offline: offline)) { $1 }
        if inventory.canProveAbsence {
            let missing = guests.filter { inventory.guest($0) == nil }
            detailed.details.merge(await client.absences(of: missing, in: inventory.cluster)) { $1 }
        }
        return detailed
    }

    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory {
        guard inventory.distrust == nil, case .success(let client) = client(of: inventory.cluster) else {
            return inventory
        }
        var complete = inventory
        await client.addHistory(since: moment, to: &complete)
        return complete
    }

    func start(_ guest: GuestReference) async throws(StepFailure) {
        do throws(ShutdownFailure) {
            try await bring(guest, to: .running, by: .start, within: .seconds(300))
        } catch {
            throw error.failure
        }
    }

    func shutDown(_ guest: GuestReference, within limit: Duration) async throws(ShutdownFailure) {
        let seconds = Int(limit.components.seconds)
        try await bring(
            guest, to: .stopped, by: .shutdown(timeout: seconds), within: limit + .seconds(30))
    }

    func reading(of guest: GuestReference) async throws(StepFailure) -> PowerReading {
        let askedAt = clock()
        let status = try await asking(guest) { client, address throws(ProxmoxFailure) in
            try await client.status(of: address)
        }
        // Proxmox counts whole seconds, rounded down, so that this moment is never before the true one.
        let since = status.status == .running ? clock() + .seconds(-status.uptime) : nil
        return PowerReading(status: status.status, askedAt: askedAt, runningSince: since)
    }

    func backUp(
        _ guest: GuestReference, to storage: String, note: String, within limit: Duration
    ) async throws(StepFailure) -> String {
        try await asking(guest) { client, address throws(ProxmoxFailure) in
            try await client.backUp(address, to: storage, note: note, within: limit)
        }
    }

    private func client(of cluster: ClusterName) -> Result<ProxmoxClient, StepFailure> {
        clients[cluster] ?? .failure(StepFailure(Sentence("edge.clusterUndeclared", cluster.text)))
    }

    private func bring(
        _ guest: GuestReference, to status: ObservedGuest.Status, by action: PowerAction, within limit: Duration
    ) async throws(ShutdownFailure) {
        let client: ProxmoxClient
        switch self.client(of: guest.cluster) {
        case .success(let found): client = found
        case .failure(let failure): throw ShutdownFailure(failure, wasAsked: false)
        }
        do throws(BringingFailure) {
            try await client.bring(address(of: guest), to: status, by: action, within: limit)
        } catch {
            throw ShutdownFailure(error.cause.stepFailure(about: subject(guest)), wasAsked: error.wasAsked)
        }
    }

    private func address(of guest: GuestReference) -> GuestAddress {
        GuestAddress(node: guest.node, type: guest.type, vmid: guest.vmid)
    }

    private func subject(_ guest: GuestReference) -> String { "\(guest.cluster)/\(guest.vmid)" }

    private func asking<Value>(
        _ guest: GuestReference, _ body: (ProxmoxClient, GuestAddress) async throws(ProxmoxFailure) -> Value
    ) async throws(StepFailure) -> Value {
        let client = try client(of: guest.cluster).get()
        do throws(ProxmoxFailure) {
            return try await body(client, address(of: guest))
        } catch {
            throw error.stepFailure(about: subject(guest))
        }
    }
}
