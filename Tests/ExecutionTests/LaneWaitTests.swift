import Model
import Planning
import Reconciliation
import Simulation
import Testing

@testable import Execution

/// What was read before a long wait for a lane is not believed after it.
@Suite struct LaneWaitTests {
    /// Lanes in which the first one who asks waits for an hour; what happens meanwhile is told.
    private actor SlowLanes: LaneKeeper {
        let pace: Pace
        let meanwhile: @Sendable () async -> Void
        private let lanes = MemoryLanes(Cluster.Limits())
        private var hasWaited = false

        init(pace: Pace, meanwhile: @escaping @Sendable () async -> Void) {
            self.pace = pace
            self.meanwhile = meanwhile
        }

        func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
            hasWaited ? try await lanes.take(demand, for: batch) : nil
        }

        func giveBack(_ grant: LaneGrant) async { await lanes.giveBack(grant) }
        func giveBack(of batch: BatchID) async { await lanes.giveBack(of: batch) }

        func roomMayBeFree() async {
            hasWaited = true
            await pace.sleep(.seconds(3600))
            await meanwhile()
        }
    }

    private static let start = Timestamp(seconds: 1_790_000_000)

    /// Two servers that run; then `desired` is applied, and `meanwhile` happens while its first batch waits for a lane.
    /// - Parameter isPutBack: whether the machine's clock shows the same time before and after.
    private func apply(
        isPutBack: Bool, _ change: (inout Desired) -> Void, meanwhile: @escaping @Sendable (isolated World) -> Void
    ) async throws -> (World, AppliedPass) {
        let world = World(markSeed: 7)
        let first = Reconciler(world)
        let made = try await first.apply(try await first.plan(.fleet(["a", "b"]), by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        let pace = Pace.virtual(from: Self.start, seed: 1)
        var ports = ExecutionPorts(world)
        ports.pace = pace
        if isPutBack { ports.pace.now = { Self.start } }
        ports.lanes = SlowLanes(pace: pace) { await meanwhile(world) }
        let reconciler = Reconciler(ports: ports, stacks: world, ledger: world, clock: pace.now, pause: {})
        var desired = Desired.fleet(["a", "b"])
        change(&desired)
        var pass = try await reconciler.plan(desired, by: "test")
        if !pass.awaitingApproval.isEmpty {
            pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        }
        return (world, try await reconciler.apply(pass, by: "test"))
    }

    @Test(arguments: [false, true])
    func aGuestThatWasStoppedWhileItsEndWaitedStays(isPutBack: Bool) async throws {
        let (world, applied) = try await apply(isPutBack: isPutBack, { $0.servers.removeAll { $0.name == "a" } }) {
            world in
            for (vmid, guest) in world.pool.guests where guest.name == "a" {
                world.pool.guests[vmid]?.isRunning = false
            }
        }
        let vmid = try #require(await world.pool.guests.first { $0.value.name == "a" }?.key)
        #expect(
            applied.outcomes[StepID(rawValue: "destroy Server/a")]
                == .refused(Sentence("execution.powerMoved", vmid.description)))
        // Somebody stopped it: it is not started either.
        #expect(await world.pool.guests[vmid]?.isRunning == false)
        #expect(await world.destroyed.isEmpty)
        #expect(await world.openBatches.isEmpty)
    }

    @Test(arguments: [false, true])
    func aGuestThatBecameAnotherOnesWhileItsStopWaitedRunsOn(isPutBack: Bool) async throws {
        let (world, applied) = try await apply(
            isPutBack: isPutBack,
            { desired in
                for index in desired.servers.indices where desired.servers[index].name == "a" {
                    desired.servers[index].power = .stopped
                }
            }
        ) { world in
            for (vmid, guest) in world.pool.guests where guest.name == "a" {
                world.pool.guests[vmid]?.settings.description = "another team's"
            }
        }
        let outcome = try #require(applied.outcomes[StepID(rawValue: "stop Server/a")])
        guard case .failed(let failure) = outcome else {
            Issue.record("it came to \(outcome)")
            return
        }
        #expect(failure.sentence.code == "execution.markMoved")
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
    }
}
