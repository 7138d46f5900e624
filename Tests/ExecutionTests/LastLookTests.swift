import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Whoever is started by hand after the plan was made is neither cut off nor restarted, however late that is.
@Suite struct LastLookTests {
    private static func change(_ name: ServerName) -> StepID { StepID(rawValue: "update Server/\(name)") }
    private static func end(_ name: ServerName) -> StepID { StepID(rawValue: "destroy Server/\(name)") }

    /// Servers that run, but for those that somebody stopped since.
    private func settled(_ desired: Desired, stopped: [ServerName]) async throws -> (World, Reconciler) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        await world.edit { world in for name in stopped { world.change(name) { $0.isRunning = false } } }
        return (world, reconciler)
    }

    private func approved(_ reconciler: Reconciler, _ desired: Desired) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, by: "test")
        return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    private func code(_ outcome: StepOutcome?) -> SentenceCode? {
        switch outcome {
        case .refused(let reason)?, .stale(let reason)?: reason.code
        case .done?, .failed?, .skipped?, nil: nil
        }
    }

    // MARK: Ends

    enum Moment: CaseIterable {
        /// Before its batch begins.
        case beforeItsBatch
        /// While the plan was made, and nobody has to be shut down.
        case whilePlanned
        /// While another guest of the batch was shut down.
        case whileAnotherShutsDown
        /// While the plan was made anew without a guest that was protected meanwhile.
        case whilePlannedAnew
    }

    @Test("a guest that was off and is started before its end keeps its power and stays", arguments: Moment.allCases)
    func startedBeforeItsEnd(moment: Moment) async throws {
        let (world, reconciler) = try await settled(.fleet(["a", "b", "c", "d"]), stopped: ["a"])
        let desired = Desired.fleet(
            moment == .whilePlanned || moment == .beforeItsBatch ? ["b", "c", "d"] : ["d"])
        let pass = try await approved(reconciler, desired)
        let starts: @Sendable (isolated World) -> Void = { $0.change("a") { $0.isRunning = true } }
        await world.edit { world in
            switch moment {
            case .beforeItsBatch: world.interruptions[.opened] = starts
            case .whilePlanned: world.interruptions[.planned] = starts
            case .whileAnotherShutsDown: world.interruptions[.shutDown] = starts
            case .whilePlannedAnew:
                world.interruptions[.shutDown] = { world in
                    world.change("b") { $0.settings.protection = true }
                    world.interruptions[.planned] = starts
                }
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[Self.end("a")]) == "execution.powerMoved")
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
        #expect(await world.pool.powerCuts.isEmpty)
        // The others go their way.
        if !desired.servers.contains(where: { $0.name == "c" }) {
            #expect(applied.outcomes[Self.end("c")] == .done)
        }
        if moment == .whilePlannedAnew {
            #expect(code(applied.outcomes[Self.end("b")]) == "execution.protectedAtShutdown")
            #expect(await world.pool.guests.values.first { $0.name == "b" }?.isRunning == true)
        }
        #expect(await world.openBatches.isEmpty)
    }

    @Test("a guest that was shut down for its end and is started again by somebody stays")
    func startedAgain() async throws {
        let (world, reconciler) = try await settled(.fleet(["a", "b"]), stopped: [])
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.shutDown] = { $0.change("a") { $0.isRunning = true } }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[Self.end("a")]) == "execution.powerMoved")
        #expect(await world.destroyed.isEmpty)
        #expect(await world.pool.powerCuts.isEmpty)
    }

    @Test("a guest that was shut down and is held back runs again, although the listing still has it as running")
    func listedAsRunning() async throws {
        let (world, reconciler) = try await settled(.fleet(["a", "b"]), stopped: [])
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.shutDown] = { world in
                world.change("a") { $0.settings.protection = true }
                world.listedAsRunning = Set(world.pool.guests.keys)
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[Self.end("a")]) == "execution.protectedAtShutdown")
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
        #expect(await world.openBatches.isEmpty)
    }

    @Test("the double cuts the power of a guest that runs, so that a look too few is found")
    func theDoubleCutsPower() async throws {
        let (world, _) = try await settled(.fleet(["a", "b"]), stopped: ["b"])
        let cuts = await world.edit { world in
            var pool = world.pool
            guard var double = world.stacks.values.first else { return [VMID]() }
            let plan = double.plan(targets: ["a", "b"], dropping: ["a", "b"], pool: pool)
            _ = double.apply(plan, to: &pool, failing: { _ in nil })
            return pool.powerCuts
        }
        let running = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        #expect(cuts == [running])
    }

    // MARK: Changes

    private static func containers(memory: Int) -> Desired {
        Desired.fleet(["a", "b"]) { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            server.memory = .mebibytes(memory)
        }
    }

    @Test(
        "a container that was off when its change was planned and runs now is not restarted, and is asked about",
        arguments: [World.Call.opened, .planned])
    func startedBeforeItsChange(call: World.Call) async throws {
        let (world, reconciler) = try await settled(Self.containers(memory: 512), stopped: ["a", "b"])
        let desired = Self.containers(memory: 1024)
        let pass = try await reconciler.plan(desired, by: "test")
        let step = try #require(pass.plan.steps.first { $0.id == Self.change("a") })
        try #require(step.effect == .none && step.disposition == .ready)
        await world.edit { world in
            world.interruptions[call] = { $0.change("a") { $0.isRunning = true } }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[Self.change("a")]) == "execution.stepStale")
        #expect(applied.outcomes[Self.change("b")] == .done)
        #expect(await world.pool.reboots.isEmpty)
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.settings.memory == 512)
        let next = try await reconciler.plan(desired, by: "test")
        #expect(next.awaitingApproval.map(\.id) == [Self.change("a")])
        #expect(next.awaitingApproval.first?.effect == .restart)
        let agreed = try await reconciler.approve(next, steps: next.awaitingApproval, by: "test")
        #expect(try await reconciler.apply(agreed, by: "test").outcomes[Self.change("a")] == .done)
        #expect(await world.pool.reboots.count == 1)
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
    }

    @Test("a container that was off when its adoption was planned and runs now is not restarted by it")
    func startedBeforeItsAdoption() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let vmid = VMID(120)
        await world.edit { world in
            var settings = GuestSettings()
            settings.cores = 1
            settings.memory = 256
            world.pool.guests[vmid] = GuestPool.PooledGuest(
                type: .container, name: "a", node: "pve1", settings: settings, isRunning: false)
        }
        var desired = Self.containers(memory: 512)
        desired.servers.removeAll { $0.name == "b" }
        desired.servers[0].vmid = vmid
        desired.servers[0].adopt = true
        let pass = try await approved(reconciler, desired)
        let step = try #require(pass.plan.steps.first { $0.action.verb == .adopt })
        try #require(step.effect == .none && step.disposition == .ready)
        await world.edit { world in
            world.interruptions[.planned] = { $0.pool.guests[vmid]?.isRunning = true }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[step.id]) == "execution.stepStale")
        #expect(await world.pool.reboots.isEmpty)
        #expect(await world.pool.guests[vmid]?.settings.memory == 256)
        #expect(await world.stacks.values.allSatisfy { $0.resources.isEmpty && $0.entries.isEmpty })
    }
}
