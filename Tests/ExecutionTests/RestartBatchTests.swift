import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Clean restarts, by what is there afterwards.
@Suite struct RestartBatchTests {
    /// Running servers whose four cores wait for a restart; restarts are allowed.
    private func pending(
        _ names: [ServerName], maxUnavailable: Policy.Budget? = nil
    ) async throws -> (World, Reconciler, Desired) {
        func desired(cores: Int) -> Desired {
            var desired = Desired.fleet(names) {
                $0.cores = cores
                $0.roles = ["web"]
            }
            var role = Role(name: "web")
            role.maxUnavailable = maxUnavailable
            desired.roles = [role]
            desired.policies[0].restarts = .allow
            return desired
        }
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        for cores in [1, 4] {
            let pass = try await reconciler.plan(desired(cores: cores), by: "test")
            let applied = try await reconciler.apply(pass, by: "test")
            try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        }
        return (world, reconciler, desired(cores: 4))
    }

    private func vmid(of name: ServerName, in world: World) async throws -> VMID {
        try #require(await world.recorded.servers.first { $0.name == name }?.vmid)
    }

    private func lines(_ plan: Plan) -> [String] { plan.steps.map(\.id.rawValue) }

    @Test("a restarted guest runs with what is written, and nothing is left to do")
    func done() async throws {
        let (world, reconciler, desired) = try await pending(["a", "b"])
        let pass = try await reconciler.plan(desired, by: "test")
        #expect(lines(pass.plan) == ["restart Server/a", "restart Server/b"])
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 == .done })
        #expect(await world.switchedOff == [VMID(100), VMID(101)])
        #expect(await world.pool.guests.values.allSatisfy { $0.runningSettings == nil })
        let journal = await world.journal
        #expect(journal.suffix(2).map(\.intent.verb) == [.restart, .restart])
        #expect(await world.openBatches.isEmpty)
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
    }

    @Test("a restart that cannot be made any more, while the guest runs on with old values, is not said to be needless")
    func outstanding() async throws {
        let (world, reconciler, desired) = try await pending(["a"])
        let pass = try await reconciler.plan(desired, by: "test")
        let restart = StepID(rawValue: "restart Server/a")
        #expect(pass.plan.steps.map(\.id) == [restart])
        // What it is owed while it is down is written into its row, which has to be there.
        await world.edit { $0.recorded.servers.removeAll() }
        let again = PlanRequest(again: pass.plan)
        let fresh = try await reconciler.plan(desired, request: again, by: "test")
        let gone = reconciler.confine(fresh, to: pass.plan).gone
        #expect(gone == [GoneStep(restart, .outstanding)])
        #expect(gone.map(\.sentence.code) == ["pass.goneOutstanding"])
    }

    @Test("a guest that follows no shutdown runs on, and the others are restarted")
    func deaf() async throws {
        let (world, reconciler, desired) = try await pending(["a", "b"])
        let deaf = try await vmid(of: "a", in: world)
        await world.edit { $0.deaf = [deaf] }
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        guard case .failed(let failure)? = applied.outcomes[StepID(rawValue: "restart Server/a")] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == "execution.shutdownIgnored")
        #expect(failure.sentence.arguments == ["a", deaf.description, "180"])
        #expect(applied.outcomes[StepID(rawValue: "restart Server/b")] == .done)
        #expect(await world.pool.guests[deaf]?.isRunning == true)
        #expect(await world.switchedOff == [VMID(101)])
        // Should it go down after all, the next plan that finds it so starts it.
        #expect(lines(try await reconciler.plan(desired, by: "test").plan).contains("restart Server/a"))
        await world.edit { $0.pool.guests[deaf]?.isRunning = false }
        #expect(lines(try await reconciler.plan(desired, by: "test").plan).contains("start Server/a"))
    }

    @Test("one that does not start again is started by the next plan, and takes nobody else of its role down with it")
    func leftDown() async throws {
        let (world, reconciler, desired) = try await pending(["a", "b", "c"], maxUnavailable: .count(1))
        let broken = try await vmid(of: "a", in: world)
        await world.edit { $0.unstartable = [broken] }
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        guard case .failed(let failure)? = applied.outcomes[StepID(rawValue: "restart Server/a")],
            case .refused(let refusal)? = applied.outcomes[StepID(rawValue: "restart Server/b")]
        else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == "execution.leftDown")
        #expect(refusal == Sentence("execution.disruptionBusy", "b", "Role/web", "1", "a"))
        #expect(await world.switchedOff == [broken])
        await world.edit { $0.unstartable = [] }
        let next = try await reconciler.plan(desired, by: "test")
        #expect(lines(next.plan).contains("start Server/a"))
        #expect(next.plan.steps.filter { $0.action.verb == .restart }.allSatisfy { $0.disposition != .ready })
        for _ in 0..<2 { _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test") }
        #expect(await world.pool.guests.values.filter { !$0.isTemplate }.allSatisfy(\.isRunning))
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
    }

    @Test("who went down since the plan was made counts")
    func wentDownMeanwhile() async throws {
        let (world, reconciler, desired) = try await pending(["a", "b"], maxUnavailable: .count(1))
        let pass = try await reconciler.plan(desired, by: "test")
        let other = try await vmid(of: "b", in: world)
        await world.edit { $0.pool.guests[other]?.isRunning = false }
        let applied = try await reconciler.apply(pass, by: "test")
        guard case .refused(let refusal)? = applied.outcomes[StepID(rawValue: "restart Server/a")] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(refusal.code == "execution.disruptionBusy")
        #expect(await world.switchedOff.isEmpty)
    }

    @Test("what was brought about by hand since the plan was made is not restarted again")
    func restartedByHand() async throws {
        let (world, reconciler, desired) = try await pending(["a"])
        let pass = try await reconciler.plan(desired, by: "test")
        await world.edit { $0.pool.guests[VMID(100)]?.runningSettings = nil }
        let applied = try await reconciler.apply(pass, by: "test")
        guard case .stale? = applied.outcomes[StepID(rawValue: "restart Server/a")] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(await world.switchedOff.isEmpty)
    }

    private func failure(of outcomes: [StepID: StepOutcome]) -> SentenceCode? {
        guard case .failed(let failure)? = outcomes[StepID(rawValue: "restart Server/a")] else { return nil }
        return failure.sentence.code
    }

    @Test("a task that ended well is not believed: the uptime must have begun anew, and nothing may be pending")
    func verified() async throws {
        let (world, reconciler, desired) = try await pending(["a"])
        await world.edit { $0.frozen = [VMID(100)] }
        var applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(failure(of: applied.outcomes) == "execution.notRestarted")
        await world.edit { world in
            world.frozen = []
            world.interruptions[.started] = { world in
                var other = world.pool.guests[VMID(100)]?.settings
                other?.cores = 1
                world.pool.guests[VMID(100)]?.runningSettings = other
            }
        }
        applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(failure(of: applied.outcomes) == "execution.stillPending")
        _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
    }

    @Test("a lock that is busy is waited for, because the guest is down meanwhile")
    func busyLock() async throws {
        let (world, reconciler, desired) = try await pending(["a"])
        await world.edit { $0.busyStarts = 3 }
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        #expect(applied.outcomes[StepID(rawValue: "restart Server/a")] == .done)
        #expect(await world.switchedOff == [VMID(100)])
    }

    @Test("stacks side by side keep to the bound that their servers share", arguments: [1, 2])
    func twoStacks(limit: Int) async throws {
        let names: [ServerName] = ["a", "b", "c", "d", "e", "f"]
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(names) { $0.roles = ["web"] }
        desired.clusters[0].terraform.stacks = .hashed(3)
        var role = Role(name: "web")
        role.maxUnavailable = .count(limit)
        desired.roles = [role]
        desired.policies[0].restarts = .allow
        for cores in [1, 4] {
            for index in desired.servers.indices { desired.servers[index].cores = cores }
            _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        }
        let pass = try await reconciler.plan(desired, by: "test")
        #expect(pass.plan.steps.count == 6)
        await world.edit { world in
            let guests = Set(world.pool.guests.filter { !$0.value.isTemplate }.keys)
            world.watched = (guests, guests, limit)
            world.isUnhurried = true
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 == .done })
        #expect(await world.crowdedMoments.isEmpty)
        // Without the order, the count just before each step alone keeps to it.
        for index in desired.servers.indices { desired.servers[index].cores = 2 }
        _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        var careless = try await reconciler.plan(desired, by: "test")
        for index in careless.plan.steps.indices { careless.plan.steps[index].behind = nil }
        let refused = try await reconciler.apply(careless, by: "test").outcomes.values.count { $0 != .done }
        #expect(await world.crowdedMoments.isEmpty)
        #expect(refused > 0)
    }

    @Test("cut off, and not to be read afterwards, a guest is not said to run with what was pending")
    func unreadAfterwards() async throws {
        let id = StepID(rawValue: "restart Server/a")
        var isReached = false
        for calls in 0..<20 where !isReached {
            let (world, reconciler, desired) = try await pending(["a"])
            var plan = try await reconciler.plan(desired, by: "test").plan
            for index in plan.steps.indices {
                guard case .restart(var restart) = plan.steps[index].action else { continue }
                // One that bears a mark is not known at all while that cannot be read.
                restart.guest.beKnownWithoutMark(as: nil)
                plan.steps[index].action = .restart(restart)
            }
            await world.edit { $0.callsUntilCrash = calls }
            _ = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
            await world.edit { $0.callsUntilCrash = nil }
            guard let batch = await world.openBatches.first, batch.phase == .applying else { continue }
            isReached = true
            try #require(await world.pool.guests[VMID(100)]?.isRunning == true)
            await world.edit { $0.unread = [VMID(100)] }
            #expect(try await reconciler.recover().stillOpen.isEmpty)
            let outcomes = await world.closed[batch.id] ?? [:]
            #expect(failure(of: outcomes) == "execution.guestNotRead")
            #expect(await world.switchedOff.isEmpty)
            await world.edit { $0.unread = [] }
            let next = try await reconciler.plan(desired, by: "test")
            #expect(lines(next.plan) == [id.rawValue])
        }
        #expect(isReached)
    }

    @Test("killed at every call, the next start brings every guest back that was shut down")
    func everyCall() async throws {
        var shutDown = 0
        for calls in 0..<60 {
            let (world, reconciler, desired) = try await pending(["a", "b"])
            let pass = try await reconciler.plan(desired, by: "test")
            await world.edit { $0.callsUntilCrash = calls }
            do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
            let hasCrashed = await world.edit { $0.callsUntilCrash == 0 }
            await world.edit { $0.callsUntilCrash = nil }
            if await world.pool.guests.values.contains(where: { !$0.isTemplate && !$0.isRunning }) { shutDown += 1 }
            _ = try await reconciler.recover()
            #expect(await world.openBatches.isEmpty, "call \(calls)")
            let running = await world.pool.guests.values.filter { !$0.isTemplate && $0.isRunning }.count
            #expect(running == 2, "call \(calls)")
            for _ in 0..<2 {
                _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
            }
            #expect(try await reconciler.plan(desired, by: "test").isInPlumb, "call \(calls)")
            if !hasCrashed {
                #expect(calls > 10)
                break
            }
        }
        #expect(shutDown > 0)
    }
}
