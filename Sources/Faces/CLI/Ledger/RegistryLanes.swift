import Execution
import Foundation
import Model
import Processes
import Registry
import Synchronization

/// The lanes of every cluster, kept in the registry, so that all processes that work on it keep its limits together.
final class RegistryLanes: LaneKeeper {
    private let registry: FleetRegistry
    private let clusters: [ClusterName: Cluster]
    private let clock: @Sendable () -> Timestamp
    /// Those of this process who wait for room.
    private let waiting = Mutex<[UUID: AsyncStream<Void>.Continuation]>([:])

    init(registry: FleetRegistry, clusters: [Cluster], clock: @escaping @Sendable () -> Timestamp) {
        self.registry = registry
        self.clusters = Dictionary(clusters.map { ($0.name, $0) }) { first, _ in first }
        self.clock = clock
    }

    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        let cluster = clusters[demand.cluster]
        let limits = cluster?.limits ?? Cluster.Limits()
        // What is Terraform's own limit is none for what Plumb does itself.
        let cap = batch == nil ? Int.max : cluster?.terraform.parallelism ?? Cluster.TerraformSettings().parallelism
        let process = try RegistryLedger.thisProcess()
        let id = UUID().uuidString
        let width = Mutex(0)
        do throws(RegistryFailure) {
            try await releaseLeftOvers()
            let isTaken = try await registry.takeLanes(
                id, of: demand.cluster, for: batch, by: process, at: clock(), isAlive: { $0.identity.isAlive }
            ) { used in
                let free = demand.width(limits, beside: used, atMost: cap)
                width.withLock { $0 = free }
                return free > 0 ? demand.slots(atWidth: free) : nil
            }
            return isTaken ? LaneGrant(id: id, width: width.withLock { $0 }) : nil
        } catch {
            throw StepFailure(error.sentence)
        }
    }

    func giveBack(_ grant: LaneGrant) async {
        do throws(RegistryFailure) {
            try await registry.releaseLanes(grant.id)
        } catch {
            Self.unreleased.withLock { _ = $0.insert(grant.id) }
        }
        wake()
    }

    /// Room that this process gave back and that could not be written down, on a full disk perhaps: a process that lives on
    /// would hold it for ever. The next one who takes room writes it.
    private static let unreleased = Mutex<Set<String>>([])

    private func releaseLeftOvers() async throws(RegistryFailure) {
        for id in Self.unreleased.withLock({ $0 }) {
            try await registry.releaseLanes(id)
            Self.unreleased.withLock { _ = $0.remove(id) }
        }
    }

    func giveBack(of batch: BatchID) async {
        try? await registry.releaseLanes(of: batch)
        wake()
    }

    private func wake() {
        for signal in waiting.withLock({ Array($0.values) }) { signal.yield() }
    }

    func roomMayBeFree() async {
        let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        waiting.withLock { $0[id] = signal }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { return } }
            group.addTask { try? await Task.sleep(for: Self.glance) }
            await group.next()
            group.cancelAll()
        }
        waiting.withLock { $0[id] = nil }
    }

    func otherHolders(in cluster: ClusterName) async -> Set<Int32> {
        let holders = (try? await registry.laneHolders(of: cluster)) ?? []
        // One that died while its Terraform works on is named too: that number stands in the journal.
        return Set(holders.filter { $0.identity != ProcessIdentity.current }.map(\.pid))
    }

    /// How often it is looked whether another process gave room back.
    private static let glance: Duration = .milliseconds(250)
}
