import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Synchronization
import Testing

/// A cluster whose lanes are full keeps no other cluster waiting.
@Suite struct FullLaneTests {
    /// Two clusters, each a world of its own; the first one's registry is that of both.
    private struct TwoClusters: GuestInventory, GuestPower, Provisioner {
        let worlds: [ClusterName: World]
        let first: World

        private func world(of cluster: ClusterName) -> World { worlds[cluster] ?? first }

        func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
            await world(of: cluster).inventory(of: cluster, details: details)
        }
        func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
            await world(of: inventory.cluster).detailed(inventory, guests: guests)
        }
        func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory { inventory }
        func start(_ guest: GuestReference) async throws(StepFailure) {
            try await world(of: guest.cluster).start(guest)
        }
        func shutDown(_ guest: GuestReference, within limit: Duration) async throws(ShutdownFailure) {
            try await world(of: guest.cluster).shutDown(guest, within: limit)
        }
        func reading(of guest: GuestReference) async throws(StepFailure) -> PowerReading {
            try await world(of: guest.cluster).reading(of: guest)
        }
        func open(_ stack: StackID) async throws(StepFailure) -> any StackSession {
            try await world(of: stack.cluster).open(stack)
        }
    }

    /// The lanes of one cluster are full until something of another one is done; nobody waits for ever.
    private final class Lanes: LaneKeeper {
        let full: ClusterName
        private let isFree = Mutex(false)
        private let gaveUp = Mutex(false)

        init(full: ClusterName) { self.full = full }

        var hasGivenUp: Bool { gaveUp.withLock(\.self) }

        func free() { isFree.withLock { $0 = true } }

        func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
            if demand.cluster == full, !isFree.withLock(\.self) { return nil }
            return LaneGrant(id: "", width: max(1, demand.count))
        }
        func giveBack(_ grant: LaneGrant) async {}
        func giveBack(of batch: BatchID) async {}

        func roomMayBeFree() async {
            // Long after any other cluster's work ends, on a busy machine too.
            let end = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < end {
                if isFree.withLock(\.self) { return }
                await Task.yield()
            }
            gaveUp.withLock { $0 = true }
            free()
        }
    }

    /// The stacks of one cluster are locked by somebody until something of another one is done.
    private struct LockedStacks: Provisioner {
        let base: TwoClusters
        let lock: Lanes

        func open(_ stack: StackID) async throws(StepFailure) -> any StackSession {
            if stack.cluster == lock.full { await lock.roomMayBeFree() }
            return try await base.open(stack)
        }
    }

    private func plan(_ names: [ServerName], in world: World) async throws -> Plan {
        var desired = Desired.fleet(names)
        desired.clusters[0].name = world.cluster
        for index in desired.servers.indices { desired.servers[index].cluster = world.cluster }
        return try await Reconciler(world).plan(desired, by: "test").plan
    }

    @Test("the only turn goes to another cluster's stack while a batch waits for a lane")
    func anotherClusterGoesOn() async throws {
        let (near, far) = (World(markSeed: 7), World(markSeed: 8, cluster: "far"))
        let both = TwoClusters(worlds: [near.cluster: near, far.cluster: far], first: near)
        let lanes = Lanes(full: near.cluster)
        let ports = ExecutionPorts(
            inventory: both, power: both, backup: near, provisioner: both, journal: near, records: near, lanes: lanes)
        let steps = try await plan(["a"], in: near).steps + plan(["z"], in: far).steps
        let last = StepID(rawValue: "create Server/z")
        let outcomes = await PlanExecutor(ports: ports, stacksAtOnce: 1).execute(
            Plan(steps: steps),
            report: { event in if event == ExecutionEvent.ended(last, StepOutcome.done) { lanes.free() } })
        #expect(steps.map { outcomes[$0.id] } == [StepOutcome.done, .done])
        #expect(!lanes.hasGivenUp)
    }

    @Test("the only turn goes to another cluster's stack while a batch waits for its stack's lock")
    func nobodyWaitsForALockWithATurn() async throws {
        let (near, far) = (World(markSeed: 7), World(markSeed: 8, cluster: "far"))
        let both = TwoClusters(worlds: [near.cluster: near, far.cluster: far], first: near)
        let lock = Lanes(full: near.cluster)
        let ports = ExecutionPorts(
            inventory: both, power: both, backup: near, provisioner: LockedStacks(base: both, lock: lock),
            journal: near, records: near)
        let steps = try await plan(["a"], in: near).steps + plan(["z"], in: far).steps
        let last = StepID(rawValue: "create Server/z")
        let outcomes = await PlanExecutor(ports: ports, stacksAtOnce: 1).execute(
            Plan(steps: steps),
            report: { event in if event == ExecutionEvent.ended(last, StepOutcome.done) { lock.free() } })
        #expect(steps.map { outcomes[$0.id] } == [StepOutcome.done, .done])
        #expect(!lock.hasGivenUp)
    }
}
