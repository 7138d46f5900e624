import JSONArena
import Model
import Synchronization

extension ProxmoxClient {
    /// The whole cluster at depth `listed`, from four calls side by side. Never empty by mistake: a listing that
    /// cannot be trusted says so in `distrust`, and holds no guest.
    ///
    /// - Parameter pastTasksSince: also reads what each node that is online has done since then; nil: only what
    ///   `/cluster/tasks` still holds.
    package func inventory(of cluster: ClusterName, pastTasksSince: Timestamp? = nil) async -> ClusterInventory {
        let readAt = clock.timestamp()
        async let listing = result { () throws(ProxmoxFailure) in try GuestListing.read(try await self.guestResources())
        }
        async let status = result { () throws(ProxmoxFailure) in try await self.clusterStatus() }
        async let tasks = result { () throws(ProxmoxFailure) in try await self.clusterTasks() }
        async let permissions = result { () throws(ProxmoxFailure) in try await self.permissions() }
        let reading = await Reading(listing: listing, status: status, tasks: tasks, permissions: permissions)
        var inventory = reading.inventory(of: cluster, readAt: readAt)
        if let pastTasksSince { await addHistory(since: pastTasksSince, to: &inventory) }
        return inventory
    }

    /// Adds what each node that is online has done since a moment.
    package func addHistory(since moment: Timestamp, to inventory: inout ClusterInventory) async {
        guard inventory.distrust == nil else { return }
        let online = inventory.nodes.filter(\.isOnline).map(\.name)
        var history = await taskHistory(of: online, since: moment)
        inventory.tasksAreWholeSince = online.count == inventory.nodes.count ? history.isWholeSince : nil
        history.join(TaskHistory(tasks: inventory.pastTasks, isWholeSince: nil))
        inventory.pastTasks = history.tasks
    }

    /// One guest at depth `detailed`.
    ///
    /// - Returns: `unknown` also where the guest is not on that node any more: it may have been deleted or have moved
    ///   since it was listed, and only a new listing can tell which.
    package func configuration(of guest: ObservedGuest) async -> Observation<GuestConfiguration> {
        let address = GuestAddress(guest)
        let readAt = clock.timestamp()
        do throws(ProxmoxFailure) {
            // PVE names digest and lock among the settings. From a peer that does not, they come with the
            // configuration, which is read first: a digest newer than the settings would let a change pass that
            // nobody looked at.
            var data = pendingLacksDigest.load(ordering: .relaxed) ? try await configurationData(of: address) : nil
            var pending = try await pendingData(of: address)
            if data == nil, !pending.elements.contains(where: { $0["key"]?.string == "digest" }) {
                pendingLacksDigest.store(true, ordering: .relaxed)
                data = try await configurationData(of: address)
                pending = try await pendingData(of: address)
            }
            return .present(
                try GuestConfiguration(
                    readingPending: pending, beside: data, of: guest.vmid, type: guest.type, pool: guest.pool,
                    readAt: readAt))
        } catch {
            if case .gone = error { return .unknown(Sentence("proxmox.goneSinceListing", "\(guest.vmid)")) }
            return .unknown(error.sentence(about: "\(guest.vmid)"))
        }
    }

    /// Many guests at depth `detailed`, side by side as far as the client's concurrency allows.
    ///
    /// - Parameter offline: nodes that are known to be down; their guests are `unknown` without being asked for,
    ///   because each would cost the time that a connection takes to fail. A node that turns out to be down is treated
    ///   so from then on.
    package func configurations(
        of guests: [ObservedGuest], offline: Set<NodeName> = []
    ) async -> [VMID: Observation<GuestConfiguration>] {
        let down = DownNodes(offline)
        return await withTaskGroup(of: (VMID, Observation<GuestConfiguration>).self) { group in
            for guest in guests {
                group.addTask {
                    if down.contains(guest.node) {
                        return (guest.vmid, .unknown(Sentence("proxmox.nodeOffline", "\(guest.vmid)", "\(guest.node)")))
                    }
                    let observation = await self.configuration(of: guest)
                    if case .unknown(let reason) = observation, reason.code == "proxmox.nodeUnreachable" {
                        down.insert(guest.node)
                    }
                    return (guest.vmid, observation)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func result<Value: Sendable>(
        _ body: @Sendable () async throws(ProxmoxFailure) -> Value
    ) async -> Result<Value, ProxmoxFailure> {
        do throws(ProxmoxFailure) { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// The nodes that were found not to answer while details are read.
private final class DownNodes: Sendable {
    private let names: Mutex<Set<NodeName>>

    init(_ names: Set<NodeName>) { self.names = Mutex(names) }

    func contains(_ name: NodeName) -> Bool { names.withLock { $0.contains(name) } }
    func insert(_ name: NodeName) { names.withLock { _ = $0.insert(name) } }
}

/// What the four calls of an inventory brought, judged together.
private struct Reading {
    var listing: Result<[ObservedGuest], ProxmoxFailure>
    var status: Result<ClusterStatus, ProxmoxFailure>
    var tasks: Result<[ObservedTask], ProxmoxFailure>
    var permissions: Result<Permissions, ProxmoxFailure>

    func inventory(of cluster: ClusterName, readAt: Timestamp) -> ClusterInventory {
        var inventory = ClusterInventory(cluster: cluster, readAt: readAt)
        do throws(ProxmoxFailure) {
            let status = try status.get()
            inventory.isQuorate = status.isQuorate
            inventory.nodes = status.nodes
            inventory.identity = status.name.map(AnsweringCluster.named) ?? .single
            let guests = try listing.get()
            let tasks = try tasks.get()
            guard status.isQuorate else {
                inventory.distrust = Sentence("proxmox.noQuorum", "\(cluster)")
                return inventory
            }
            if let doubt = try auditDoubt(cluster, isEmpty: guests.isEmpty) {
                inventory.distrust = doubt
                return inventory
            }
            inventory.guests = guests
            inventory.runningTasks = tasks.filter { $0.endedAt == nil }
            inventory.pastTasks = tasks.filter { $0.endedAt != nil }
            return inventory
        } catch {
            inventory.distrust = error.sentence(about: "\(cluster)")
            inventory.isQuorate = inventory.isQuorate && !inventory.nodes.isEmpty
            return inventory
        }
    }

    /// A guest that the token may not see is missing from the listing without a word, as if it had been deleted.
    private func auditDoubt(_ cluster: ClusterName, isEmpty: Bool) throws(ProxmoxFailure) -> Sentence? {
        switch permissions {
        case .success(let permissions):
            if permissions.showsEveryGuest { return nil }
            if permissions.holds("VM.Audit", below: "/vms"), let path = permissions.narrowedGuest {
                return Sentence("proxmox.narrowedGuest", "\(cluster)", path)
            }
            return Sentence(isEmpty ? "proxmox.noAudit" : "proxmox.partialAudit", "\(cluster)")
        case .failure(let failure): throw failure
        }
    }
}
