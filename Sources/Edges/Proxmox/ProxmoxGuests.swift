import Model
import Transport

/// The guests of all clusters, behind the shapes that the core asks for: inventories that never throw, and power that
/// has happened when the call returns.
package struct ProxmoxGuests: Sendable {
    private let clients: [ClusterName: ProxmoxClient]
    private let unavailable: [ClusterName: Sentence]
    private let history: Duration?

    /// - Parameters:
    ///   - unavailable: why a cluster has no client, for instance a token that could not be resolved.
    ///   - history: how far back each listing also reads the nodes' task logs; nil: only what `/cluster/tasks` holds.
    package init(
        clients: [ClusterName: ProxmoxClient], unavailable: [ClusterName: Sentence] = [:], history: Duration? = nil
    ) {
        self.clients = clients
        self.unavailable = unavailable
        self.history = history
    }

    /// The cluster's listing, with the own configuration of the guests in `details`.
    package func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
        guard let client = clients[cluster] else {
            return .unreadable(cluster, at: ClientClock.system.timestamp(), because: reason(cluster))
        }
        let since = history.map {
            Timestamp(milliseconds: client.clock.timestamp().milliseconds - $0.wholeMilliseconds)
        }
        return await detailed(client.inventory(of: cluster, pastTasksSince: since), guests: details)
    }

    /// The same inventory with the own configuration of these guests read as well; the listing is not read again.
    /// A number that the listing lacks stays without details.
    package func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
        guard let client = clients[inventory.cluster], !guests.isEmpty else { return inventory }
        var inventory = inventory
        let wanted = inventory.guests.filter { guests.contains($0.vmid) }
        let online = Set(inventory.nodes.filter(\.isOnline).map(\.name))
        // A node that is down would cost each of its guests the whole time to connect.
        for guest in wanted where !online.contains(guest.node) {
            inventory.details[guest.vmid] = .unknown(Sentence("proxmox.nodeOffline", "\(guest.vmid)", "\(guest.node)"))
        }
        let read = await client.configurations(of: wanted.filter { online.contains($0.node) })
        inventory.details.merge(read) { _, new in new }
        return inventory
    }

    /// Starts a guest and returns when it runs.
    package func start(_ guest: GuestReference) async throws(StepFailure) {
        try await power(guest, .start, until: .running, within: Self.startLimit)
    }

    /// A clean shutdown with the guest's help; fails when the guest still runs after `limit`, and never cuts power.
    package func shutDown(_ guest: GuestReference, within limit: Duration) async throws(StepFailure) {
        let seconds = max(1, Int(limit.components.seconds))
        try await power(guest, .shutdown(timeout: seconds), until: .stopped, within: limit)
    }

    /// A start waits for storage and for Proxmox's own lock; it has no limit of its own.
    private static var startLimit: Duration { .seconds(300) }

    private func power(
        _ guest: GuestReference, _ action: PowerAction, until goal: ObservedGuest.Status, within limit: Duration
    ) async throws(StepFailure) {
        guard let client = clients[guest.cluster] else { throw StepFailure(reason(guest.cluster)) }
        let address = GuestAddress(node: guest.node, type: guest.type, vmid: guest.vmid)
        do throws(ProxmoxFailure) {
            try await client.bring(address, to: goal, by: action, within: limit)
        } catch {
            if case .deadline = error {
                throw StepFailure(Sentence("proxmox.powerDeadline", "\(guest.vmid)", action.command, "\(limit)"))
            }
            throw error.stepFailure(about: "\(guest.vmid)")
        }
    }

    private func reason(_ cluster: ClusterName) -> Sentence {
        unavailable[cluster] ?? Sentence("proxmox.noClient", "\(cluster)")
    }
}

extension ProxmoxClient {
    /// Does something to a guest's power and returns when its status is the wanted one.
    ///
    /// The status decides, not the task: a task of the HA manager ends when the request is noted, and an answer that
    /// was lost may have been to a call that was carried out.
    ///
    /// - Throws: `deadline` when the task or the status take longer than `limit`.
    package func bring(
        _ guest: GuestAddress, to goal: ObservedGuest.Status, by action: PowerAction, within limit: Duration
    ) async throws(ProxmoxFailure) {
        let end = clock.now() + limit + Self.grace
        let task: UPID
        do throws(ProxmoxFailure) {
            task = try await power(guest, action)
        } catch {
            if try await isSettled(guest, at: goal, despite: error) { return }
            throw error
        }
        switch try await wait(for: task, atMost: end - clock.now()) {
        case .ok, .warnings: break
        case .failed(let failure):
            if try await isSettled(guest, at: goal, despite: failure) { return }
            throw failure
        }
        while try await status(of: guest).status != goal {
            guard clock.now() < end else { throw .deadline(task) }
            do { try await clock.sleep(.seconds(1)) } catch { throw .transport(.cancelled) }
        }
    }

    /// Proxmox ends a shutdown task some seconds after the guest's own time is over.
    private static var grace: Duration { .seconds(20) }

    /// Whether the guest is where it should be although the call failed: it was there before, or the call did its work.
    private func isSettled(
        _ guest: GuestAddress, at goal: ObservedGuest.Status, despite failure: ProxmoxFailure
    ) async throws(ProxmoxFailure) -> Bool {
        switch failure {
        case .alreadyRunning: return goal == .running
        case .notRunning: return goal == .stopped
        case .answerLost(.cancelled): return false
        case .answerLost, .nodeUnreachable, .unreadable, .other:
            guard let status = try? await status(of: guest) else { return false }
            return status.status == goal
        case .unauthorized, .permission, .parameters, .gone, .collision, .locked, .protected, .changed, .noQuorum,
            .transport, .deadline:
            return false
        }
    }
}
