import Chance
import Model
import Planning
import Reconciliation
import Simulation
import Synchronization
import Testing

@testable import Execution

@Suite("Lanes")
struct LaneTests {
    private static func limits(_ clones: Int, node: Int = 4, cluster: Int = 8) -> Cluster.Limits {
        var limits = Cluster.Limits()
        limits.clonesPerTemplate = clones
        limits.perNode = node
        limits.concurrentTasks = cluster
        return limits
    }

    @Test("Whichever of the works run, no lane holds more than it has room for, and where there is room some run")
    func widthIsSafe() {
        for seed in UInt64(0)..<2000 {
            var random = Dice(seed: seed)
            let limits = Self.limits(
                .random(in: 1...4, using: &random), node: .random(in: 1...5, using: &random),
                cluster: .random(in: 1...9, using: &random))
            let nodes: [NodeName] = ["pve1", "pve2", "pve3"]
            let works = (0..<Int.random(in: 1...30, using: &random)).map { _ -> Set<Lane> in
                var lanes: Set<Lane> = [.cluster]
                if let node = nodes.randomElement(using: &random) { lanes.insert(.node(node)) }
                if Bool.random(using: &random) {
                    lanes.insert(.template(VMID(9000 + .random(in: 0...2, using: &random))))
                }
                return lanes
            }
            var used: [String: Int] = [:]
            for lane in works.reduce(into: Set<Lane>(), { $0.formUnion($1) }) {
                used[lane.text] = Int.random(in: 0...limits.room(in: lane), using: &random)
            }
            let demand = LaneDemand("lab", works: works)
            let width = demand.width(limits, beside: used, atMost: 10)
            #expect(width <= min(10, works.count), "seed \(seed)")
            // The worst choice takes as many works of one lane as it can.
            for (lane, count) in demand.counts {
                #expect(
                    used[lane.text, default: 0] + min(width, count) <= limits.room(in: lane), "seed \(seed) \(lane)")
            }
            let isFull = demand.counts.keys.contains { used[$0.text] == limits.room(in: $0) }
            #expect((width == 0) == isFull, "seed \(seed)")
            #expect(demand.slots(atWidth: width).values.allSatisfy { $0 <= width }, "seed \(seed)")
        }
    }

    private func made(_ count: Int, stacks: Int, _ limits: Cluster.Limits) async throws -> (World, MemoryLanes) {
        let world = World(markSeed: 3)
        await world.edit { $0.isUnhurried = true }
        let lanes = MemoryLanes(limits)
        var ports = ExecutionPorts(world)
        ports.lanes = lanes
        let reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { Timestamp(seconds: 1_790_000_000) }, pause: {})
        var desired = Desired.fleet((1...count).map { ServerName("s\($0)") })
        desired.clusters[0].terraform.stacks = .hashed(stacks)
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 == .done })
        return (world, lanes)
    }

    @Test("Stacks side by side make no more clones of one template at a time than its lane has room for")
    func clonesAcrossStacks() async throws {
        let (world, lanes) = try await made(30, stacks: 6, Self.limits(2))
        #expect(await world.mostApplying == 2)
        #expect(await lanes.most["template/9000"] == 2)
        #expect(await lanes.isEmpty)
        #expect(await world.pool.guests.count == 31)
    }

    @Test("Without lanes the same stacks make many at a time: the bound is the lanes' doing")
    func openRoad() async throws {
        let world = World(markSeed: 3)
        await world.edit { $0.isUnhurried = true }
        let reconciler = Reconciler(world)
        var desired = Desired.fleet((1...30).map { ServerName("s\($0)") })
        desired.clusters[0].terraform.stacks = .hashed(6)
        _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(await world.mostApplying > 2)
    }

    @Test("Starts of newborn guests keep the limit of their node")
    func startsPerNode() async throws {
        let (world, lanes) = try await made(12, stacks: 1, Self.limits(4, node: 2, cluster: 3))
        #expect(await world.mostStarting == 2)
        #expect(await (lanes.most["node/pve1"] ?? 0) <= 2)
        #expect(await world.pool.guests.values.filter(\.isRunning).count == 12)
    }

    @Test(
        "A Terraform that was left keeps its room, and whoever finds out how it ended gives it back before anything else"
    )
    func leftAndResolved() async throws {
        let world = World(markSeed: 3)
        let lanes = MemoryLanes(Self.limits(1, node: 1, cluster: 1))
        var ports = ExecutionPorts(world)
        ports.lanes = lanes
        let reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { Timestamp(seconds: 1_790_000_000) }, pause: {})
        let pass = try await reconciler.plan(.fleet(["a"]), by: "test")
        await world.edit {
            $0.terraformOutlivesCrash = true
            $0.leavesNextApply = true
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes[StepID(rawValue: "create Server/a")] != .done)
        #expect(await !lanes.isEmpty)
        // One lane of one place: the start of the newborn would wait for ever for what its own batch holds.
        let recovery = try await reconciler.recover()
        #expect(recovery.stillOpen.isEmpty && recovery.batches.count == 1)
        #expect(await world.pool.guests.values.contains { $0.name == "a" && $0.isRunning })
        #expect(await lanes.isEmpty)
    }

    @Test("What waits for a lane when the run is asked to stop is not begun, and its entries are taken back")
    func stoppedWhileWaiting() async throws {
        let world = World(markSeed: 3)
        let lanes = MemoryLanes(Self.limits(1))
        let foreign = LaneDemand("lab", works: [[.cluster, .template(VMID(9000))]])
        let held = try #require(try await lanes.take(foreign, for: nil))
        let stop = StopFlag()
        var ports = ExecutionPorts(world)
        ports.lanes = WatchedLanes(lanes: lanes) { stop.raise() }
        let reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { Timestamp(seconds: 1_790_000_000) }, pause: {})
        let pass = try await reconciler.plan(.fleet(["a"]), by: "test")
        let applied = try await reconciler.apply(pass, by: "test", shouldStop: { stop.isRaised })
        #expect(applied.outcomes[StepID(rawValue: "create Server/a")] == .skipped(Sentence("execution.cancelled")))
        #expect(await world.stacks.values.allSatisfy { $0.entries.isEmpty })
        #expect(await world.openBatches.isEmpty)
        await lanes.giveBack(held)
    }
}

/// Lanes that say when somebody waits.
private struct WatchedLanes: LaneKeeper {
    let lanes: MemoryLanes
    let onWait: @Sendable () -> Void

    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        try await lanes.take(demand, for: batch)
    }

    func giveBack(_ grant: LaneGrant) async { await lanes.giveBack(grant) }
    func giveBack(of batch: BatchID) async { await lanes.giveBack(of: batch) }
    func roomMayBeFree() async { onWait() }
}

private final class StopFlag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock(\.self) }

    func raise() { state.withLock { $0 = true } }
}
