import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A guest that Plumb asks to shut down for its removal, and that stays, is to run: also where it goes down when the
/// removal has failed long ago.
@Suite struct OwedRemovalTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let desired: Desired
        let vmid = VMID(100)

        /// One attempt that people said yes to, which is used up by it.
        func remove() async throws -> StepOutcome? {
            var pass = try await reconciler.plan(desired, by: "test")
            pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
            let step = StepID(rawValue: "destroy Server/a")
            let applied = try? await reconciler.apply(pass, by: "test")
            await world.edit { $0.endApprovals(of: [step]) }
            return applied?.outcomes[step]
        }

        /// What is done where nobody says yes to the removal.
        func passBy() async throws -> [StepID: StepOutcome] {
            await world.tick(.seconds(60))
            let outcomes = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
                .outcomes
            return outcomes.filter { $0.key.rawValue != "destroy Server/a" }
        }

        func goDown() async { await world.edit { [vmid] in $0.pool.guests[vmid]?.isRunning = false } }
        var isRunning: Bool { get async { await world.pool.guests[vmid]?.isRunning ?? false } }
        var owed: OwedStart? { get async { await world.recorded.servers.first?.owedStart } }
    }

    /// A server that has run for a while, and is not declared any more.
    private func stage(power: Server.Power = .unmanaged) async throws -> Stage {
        let world = World(markSeed: 7)
        var desired = Desired.fleet(["a"]) { $0.power = power }
        let reconciler = Reconciler(world)
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        await world.tick(.seconds(600))
        desired.servers = []
        return Stage(world: world, reconciler: reconciler, desired: desired)
    }

    private let started: [StepID: StepOutcome] = [
        StepID(rawValue: "start Server/a"): .done, StepID(rawValue: "record Server/a"): .done,
    ]

    @Test("one that ignored its shutdown and goes down after passes that saw it running is started, once")
    func goesDownLate() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        guard case .failed? = try await stage.remove() else {
            Issue.record("it was removed")
            return
        }
        #expect(await stage.owed != nil)
        for _ in 0..<2 { #expect(try await stage.passBy().isEmpty) }
        await stage.goDown()
        #expect(try await stage.passBy() == started)
        #expect(await stage.isRunning)
        #expect(await stage.owed == nil)
        await stage.goDown()
        #expect(try await stage.passBy().isEmpty)
        #expect(await stage.isRunning == false)
    }

    @Test("where people say yes to its removal then, it is not started for that")
    func removedAtLast() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        _ = try await stage.remove()
        await stage.goDown()
        #expect(try await stage.remove() == .done)
        #expect(await stage.world.destroyed == [VMID(100)])
        #expect(await stage.world.recorded.servers.isEmpty)
    }

    @Test("one that runs anew is owed nothing, and whoever stops it after that is left alone")
    func runsAnew() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        _ = try await stage.remove()
        await stage.world.edit { world in
            world.tick(.seconds(300))
            world.togglePower(VMID(100))
            world.togglePower(VMID(100))
        }
        #expect(try await stage.passBy() == [StepID(rawValue: "record Server/a"): .done])
        #expect(await stage.owed == nil)
        await stage.goDown()
        #expect(try await stage.passBy().isEmpty)
    }

    @Test("one that is declared again is owed it still")
    func declaredAgain() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        _ = try await stage.remove()
        let again = Stage(world: stage.world, reconciler: stage.reconciler, desired: Desired.fleet(["a"]))
        #expect(try await again.passBy().isEmpty)
        await again.goDown()
        #expect(try await again.passBy() == started)
    }

    @Test("one that somebody stopped before Plumb came to it is not removed by a plan that saw it running, nor started")
    func stoppedByHand() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.stoppedBeforeReading = [VMID(100)] }
        #expect(try await stage.remove() == .refused(Sentence("execution.powerMoved", "100")))
        #expect(await stage.isRunning == false)
        #expect(await stage.owed == nil)
        #expect(try await stage.passBy().isEmpty)
        #expect(try await stage.remove() == .done)
    }

    @Test("one that Proxmox refused to shut down was not asked, and whoever stops it later is left alone")
    func refusedShutdown() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.refusedShutdowns = [VMID(100)] }
        guard case .failed? = try await stage.remove() else {
            Issue.record("it was removed")
            return
        }
        #expect(await stage.owed == nil)
        await stage.goDown()
        #expect(try await stage.passBy().isEmpty)
        #expect(await stage.isRunning == false)
    }

    @Test("one whose lock was busy was not asked, and is owed nothing")
    func busyLock() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.busyShutdowns = 100 }
        _ = try await stage.remove()
        #expect(await stage.owed == nil)
        #expect(await stage.isRunning)
    }

    @Test("what cannot be written down is not done")
    func unwritten() async throws {
        let stage = try await stage()
        let failure = StepFailure(Sentence("execution.noEvent", "a"))
        await stage.world.edit { $0.owingFailure = failure }
        #expect(try await stage.remove() == .failed(failure))
        #expect(await stage.world.switchedOff.isEmpty)
        #expect(await stage.isRunning)
    }

    /// However late the guest follows: while Plumb waits for it, between its death and its next start, or after that.
    @Test("killed at any call, whoever was asked runs again", arguments: [true, false])
    func everyCall(followsBeforeRecovery: Bool) async throws {
        var asked = 0
        var calls = 0
        while calls < 60 {
            let stage = try await stage()
            await stage.world.edit { [calls] world in
                world.deaf = [VMID(100)]
                world.callsUntilCrash = calls
            }
            _ = try await stage.remove()
            let (isOver, wasAsked) = await stage.world.edit { world in
                let isOver = world.callsUntilCrash != 0
                world.callsUntilCrash = nil
                return (isOver, world.ignoredShutdown.contains(VMID(100)))
            }
            if wasAsked { asked += 1 }
            if followsBeforeRecovery, wasAsked { await stage.goDown() }
            _ = try await stage.reconciler.recover()
            if !followsBeforeRecovery {
                _ = try await stage.passBy()
                if wasAsked { await stage.goDown() }
            }
            _ = try await stage.passBy()
            #expect(await stage.isRunning, "after \(calls) calls")
            #expect(await stage.world.openBatches.isEmpty)
            if isOver { break }
            calls += 1
        }
        #expect(asked > 3 && calls < 60)
    }
}
