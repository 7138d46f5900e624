import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Guests that Plumb asks to shut down are to run afterwards, whatever happens in between.
@Suite struct OwedStartTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        var desired: Desired
        let vmid: VMID

        func apply() async throws -> AppliedPass {
            try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        }

        /// Servers that nobody may restart any more: every pass only looks.
        mutating func forbidRestarts() { desired.policies[0].restarts = .approve }

        func goDown() async { await world.edit { [vmid] in $0.pool.guests[vmid]?.isRunning = false } }
        var isRunning: Bool { get async { await world.pool.guests[vmid]?.isRunning ?? false } }
        var owed: OwedStart? { get async { await world.recorded.servers.first?.owedStart } }
    }

    /// A server of unmanaged power whose four cores wait for a restart, which is allowed.
    private func stage() async throws -> Stage {
        let world = World(markSeed: 7)
        var desired = Desired.fleet(["a"])
        desired.policies[0].restarts = .allow
        var stage = Stage(world: world, reconciler: Reconciler(world), desired: desired, vmid: VMID(100))
        for cores in [1, 4] {
            stage.desired.servers[0].cores = cores
            try #require(try await stage.apply().outcomes.values.allSatisfy { $0 == .done })
        }
        // It has been running for longer than a listing can be old.
        await world.tick(.seconds(600))
        return stage
    }

    private let restart = StepID(rawValue: "restart Server/a")

    private func code(_ outcome: StepOutcome?) -> SentenceCode? {
        switch outcome {
        case .failed(let failure): failure.sentence.code
        case .refused(let sentence), .stale(let sentence), .skipped(let sentence): sentence.code
        case .done, nil: nil
        }
    }

    @Test(
        "one that Proxmox refused to shut down is said to be refused, is owed nothing, and stays down where somebody stops it"
    )
    func refused() async throws {
        var stage = try await stage()
        await stage.world.edit { $0.refusedShutdowns = [VMID(100)] }
        #expect(code(try await stage.apply().outcomes[restart]) == "execution.noEvent")
        #expect(await stage.owed == nil)
        stage.forbidRestarts()
        await stage.goDown()
        _ = try await stage.apply()
        #expect(await stage.isRunning == false)
    }

    @Test("one that ignored its shutdown and goes down after passes that saw it running is started")
    func goesDownLate() async throws {
        var stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        #expect(code(try await stage.apply().outcomes[restart]) == "execution.shutdownIgnored")
        stage.forbidRestarts()
        for _ in 0..<3 {
            await stage.world.tick(.seconds(60))
            _ = try await stage.apply()
        }
        await stage.goDown()
        let applied = try await stage.apply()
        #expect(applied.outcomes[StepID(rawValue: "start Server/a")] == .done)
        #expect(await stage.isRunning)
        #expect(await stage.owed == nil)
        // Whoever stops it after that is left alone.
        await stage.goDown()
        #expect(try await stage.apply().outcomes.isEmpty)
    }

    @Test("one that was started by others meanwhile is owed nothing")
    func startedByOthers() async throws {
        var stage = try await stage()
        await stage.world.edit { $0.unstartable = [VMID(100)] }
        #expect(code(try await stage.apply().outcomes[restart]) == "execution.leftDown")
        await stage.world.edit { world in
            world.unstartable = []
            world.tick(.seconds(5))
            try? world.power(world.reference(to: VMID(100)), on: true)
        }
        stage.forbidRestarts()
        await stage.world.tick(.seconds(60))
        _ = try await stage.apply()
        #expect(await stage.owed == nil)
        await stage.goDown()
        #expect(try await stage.reconciler.plan(stage.desired, by: "test").plan.steps.isEmpty)
    }

    @Test("one that somebody stopped before its restart stays down")
    func stoppedByHand() async throws {
        let stage = try await stage()
        let pass = try await stage.reconciler.plan(stage.desired, by: "test")
        // After the look at the listing, which is some seconds old.
        await stage.world.edit { $0.stoppedBeforeReading = [VMID(100)] }
        #expect(code(try await stage.reconciler.apply(pass, by: "test").outcomes[restart]) == "execution.stepStale")
        #expect(await stage.isRunning == false)
        #expect(await stage.owed == nil)
        #expect(try await stage.reconciler.plan(stage.desired, by: "test").plan.steps.isEmpty)
    }

    @Test("what cannot be written down is not done")
    func unwritten() async throws {
        let stage = try await stage()
        let failure = StepFailure(Sentence("execution.noEvent", "a"))
        await stage.world.edit { $0.owingFailure = failure }
        #expect(try await stage.apply().outcomes[restart] == .failed(failure))
        #expect(await stage.world.switchedOff.isEmpty)
        #expect(await stage.isRunning)
    }

    @Test("one whose lock was busy was not asked, and is owed nothing")
    func busyLock() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.busyShutdowns = 100 }
        _ = try await stage.apply()
        #expect(await stage.owed == nil)
        #expect(await stage.isRunning)
        // What an earlier attempt left owed stays so.
        await stage.world.edit { world in
            world.busyShutdowns = 0
            world.deaf = [VMID(100)]
        }
        _ = try await stage.apply()
        let owed = try #require(await stage.owed)
        await stage.world.edit { $0.busyShutdowns = 100 }
        _ = try await stage.apply()
        #expect(await stage.owed == owed)
    }

    @Test("one that ignored the shutdown of its rebuild and goes down later is started")
    func rebuildIgnored() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [VMID(100)] }
        let request = PlanRequest(rebuilds: ["a"])
        var pass = try await stage.reconciler.plan(stage.desired, targets: ["a"], request: request, by: "test")
        pass = try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        #expect(try await stage.reconciler.apply(pass, by: "test").outcomes.values.contains { $0 != .done })
        // One attempt was agreed to.
        await stage.world.edit { $0.endApprovals(of: [StepID(rawValue: "rebuild Server/a")]) }
        var calm = stage
        calm.forbidRestarts()
        for _ in 0..<2 {
            await stage.world.tick(.seconds(60))
            _ = try await calm.apply()
        }
        await stage.goDown()
        _ = try await calm.apply()
        #expect(await stage.isRunning)
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.owed == nil)
    }

    @Test("killed while it was down, and unmarked meanwhile, it is started by the next start of Plumb")
    func markTakenOff() async throws {
        let stage = try await stage()
        await stage.world.edit { world in
            world.interruptions[.shutDown] = { $0.callsUntilCrash = 0 }
        }
        _ = try? await stage.apply()
        #expect(await stage.isRunning == false)
        await stage.world.edit { world in
            world.callsUntilCrash = nil
            world.pool.guests[VMID(100)]?.settings.description = "by hand"
            world.pool.guests[VMID(100)]?.runningSettings?.description = "by hand"
        }
        _ = try await stage.reconciler.recover()
        #expect(await stage.isRunning)
        #expect(await stage.world.openBatches.isEmpty)
    }

    @Test("a rebuild whose end cannot be seen stays open until it can, and the new guest is made unasked")
    func unseenEnd() async throws {
        var stage = try await stage()
        stage.forbidRestarts()
        await stage.world.edit { world in
            world.interruptions[.applied] = { $0.offline = ["pve3"] }
        }
        let request = PlanRequest(rebuilds: ["a"])
        var pass = try await stage.reconciler.plan(stage.desired, targets: ["a"], request: request, by: "test")
        pass = try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        let applied = try await stage.reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "rebuild Server/a")]) == StepOutcome.endUnseen)
        #expect(await stage.world.openBatches.count == 1)
        #expect(try await stage.reconciler.recover().stillOpen.count == 1)
        await stage.world.edit { $0.offline = [] }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        let next = try await stage.apply()
        #expect(next.outcomes == [StepID(rawValue: "create Server/a"): .done])
        #expect(await stage.isRunning)
    }

    /// What is declared between the plan and its being carried out.
    enum Word: CaseIterable {
        case pause, manual, window, stopped

        func edit(_ desired: inout Desired) {
            switch self {
            case .pause: desired.policies[0].pause = Policy.Pause(reason: "inventory")
            case .manual: desired.policies[0].apply = .manual
            case .window:
                // Opens half a day away from the clock of these tests.
                let minutes = (1_790_000_000 / 60 + 720) % 1440
                desired.policies[0].windows =
                    CronTimes("\(minutes % 60) \(minutes / 60) * * *")
                    .map { [Policy.Window(opening: $0, duration: .seconds(1800))] } ?? []
            case .stopped: desired.servers = Desired.fleet(["a"]) { $0.power = .stopped }.servers
            }
        }
    }

    /// A guest that ignored the shutdown of its restart or its removal and went down later, with the plan to start it.
    private func late(
        removed: Bool
    ) async throws -> (world: World, reconciler: Reconciler, outside: Outside, pass: PlannedPass) {
        let world = World(markSeed: 7)
        var desired = Desired.fleet(["a"])
        desired.policies[0].restarts = .allow
        let outside = Outside(desired)
        var reconciler = Reconciler(
            ports: ExecutionPorts(world), stacks: world, ledger: world, clock: { outside.now }, pause: {})
        reconciler.declared = { outside.desired }
        for cores in removed ? [1] : [1, 4] {
            outside.edit { $0.servers[0].cores = cores }
            let applied = try await reconciler.apply(
                try await reconciler.plan(outside.desired, by: "test"), by: "test")
            try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        }
        await world.tick(.seconds(600))
        await world.edit { $0.deaf = [VMID(100)] }
        if removed { outside.edit { $0.servers = [] } }
        var attempt = try await reconciler.plan(outside.desired, by: "test")
        if removed { attempt = try await reconciler.approve(attempt, steps: attempt.awaitingApproval, by: "test") }
        _ = try await reconciler.apply(attempt, by: "test")
        // One attempt was agreed to.
        await world.edit { world in
            world.endApprovals(of: [StepID(rawValue: "destroy Server/a")])
            world.pool.guests[VMID(100)]?.isRunning = false
        }
        try #require(await world.recorded.servers.first?.owedStart != nil)
        return (world, reconciler, outside, try await reconciler.plan(outside.desired, by: "test"))
    }

    @Test(
        "a pause, a closed window and `apply: manual` since the plan hold no owed start; `power: stopped` does",
        arguments: Word.allCases, [false, true])
    func saidMeanwhile(word: Word, removed: Bool) async throws {
        let (world, reconciler, outside, pass) = try await late(removed: removed)
        let start = StepID(rawValue: "start Server/a")
        try #require(pass.plan.steps.first { $0.id == start }?.disposition == .ready)
        outside.pass(.seconds(600))
        outside.edit { word.edit(&$0) }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        let isRunning = await world.pool.guests[VMID(100)]?.isRunning
        if word == .stopped {
            #expect(code(outcomes[start]) == "execution.redeclaredMeanwhile")
            #expect(isRunning == false)
        } else {
            #expect(outcomes[start] == .done)
            #expect(isRunning == true)
            #expect(await world.recorded.servers.first?.owedStart == nil)
        }
        #expect(await world.destroyed.isEmpty)
    }

    @Test("a no to its plan holds an owed start")
    func rejectedMeanwhile() async throws {
        let (world, reconciler, _, pass) = try await late(removed: false)
        try await reconciler.reject(pass.id, pass.plan, by: "bob")
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(code(outcomes[StepID(rawValue: "start Server/a")]) == "execution.planRejected")
        #expect(await world.pool.guests[VMID(100)]?.isRunning == false)
    }
}
