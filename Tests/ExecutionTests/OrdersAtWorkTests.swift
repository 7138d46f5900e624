import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What people say while a batch waits for its stack, its lanes or its shutdowns holds back what was let through before.
@Suite struct OrdersAtWorkTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let outside: Outside

        /// Plans what the documents say now, with every approval.
        func plan() async throws -> PlannedPass {
            let pass = try await reconciler.plan(outside.desired, by: "test")
            return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        }

        func running() async -> [String] {
            await world.edit { $0.pool.guests.values.filter { !$0.isTemplate && $0.isRunning }.map(\.name).sorted() }
        }
    }

    /// Two servers that run; one piece of work at a time.
    private func stage(_ names: [ServerName] = ["a", "b"]) async throws -> Stage {
        let world = World(markSeed: 7)
        var ports = ExecutionPorts(world)
        var limits = Cluster.Limits()
        limits.concurrentTasks = 1
        ports.lanes = MemoryLanes(limits)
        var desired = Desired.fleet(names)
        desired.policies[0].apply = .auto
        let outside = Outside(desired)
        var reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { outside.now }, pause: {})
        reconciler.declared = { outside.read }
        let stage = Stage(world: world, reconciler: reconciler, outside: outside)
        let born = try await reconciler.apply(try await stage.plan(), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        return stage
    }

    private func code(_ outcome: StepOutcome?) -> SentenceCode? {
        switch outcome {
        case .skipped(let reason): reason.code
        case .failed, .refused, .stale, .done, nil: nil
        }
    }

    private func apply(
        _ stage: Stage, _ call: World.Call, _ said: @escaping @Sendable (isolated World) -> Void
    ) async throws -> [StepID: StepOutcome] {
        let pass = try await stage.plan()
        await stage.world.edit { $0.interruptions[call] = said }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(await stage.world.openBatches.isEmpty)
        return outcomes
    }

    // MARK: Removals

    @Test("a plan that is rejected while a removal waits for its stack destroys and shuts down nobody")
    func rejectedRemoval() async throws {
        let stage = try await stage()
        stage.outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .opened) { $0.rejectedBy = "bob" }
        for name in ["a", "b"] {
            #expect(code(outcomes[StepID(rawValue: "destroy Server/\(name)")]) == "execution.planRejected")
        }
        #expect(await stage.world.switchedOff.isEmpty)
        #expect(await stage.world.destroyed.isEmpty)
    }

    @Test("a pause of one of two removals leaves the other one to be done, and the yes to it holds")
    func pausedRemoval() async throws {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .opened) { _ in outside.pause(["b"]) }
        #expect(outcomes[StepID(rawValue: "destroy Server/a")] == .done)
        #expect(code(outcomes[StepID(rawValue: "destroy Server/b")]) == "execution.pausedMeanwhile")
        #expect(await stage.world.destroyed == [VMID(100)])
        #expect(await stage.world.switchedOff == [VMID(100)])
        #expect(await stage.running() == ["b"])
        outside.edit { $0.policies.removeLast() }
        let next = try await stage.reconciler.plan(outside.desired, by: "test").plan
        #expect(next.steps.first { $0.id.rawValue == "destroy Server/b" }?.disposition == .ready)
    }

    @Test("a no during the first shutdown asks nobody else to shut down, and gives the first one its power back")
    func rejectedBetweenShutdowns() async throws {
        let stage = try await stage()
        stage.outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .shutDown) { $0.rejectedBy = "bob" }
        guard case .skipped(let first)? = outcomes[StepID(rawValue: "destroy Server/a")] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(first.code == "execution.heldAtShutdown")
        #expect(first.arguments.prefix(2) == ["a", "100"])
        #expect(code(outcomes[StepID(rawValue: "destroy Server/b")]) == "execution.planRejected")
        #expect(await stage.world.switchedOff == [VMID(100)])
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.running() == ["a", "b"])
        #expect(await stage.world.recorded.servers.allSatisfy { $0.owedStart == nil })
    }

    @Test("removals whose servers are declared again while the first one shuts down end nobody, and power comes back")
    func takenBackRemovals() async throws {
        let stage = try await stage()
        let (outside, whole) = (stage.outside, stage.outside.desired)
        outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .shutDown) { _ in outside.restore(whole) }
        guard case .skipped(let first)? = outcomes[StepID(rawValue: "destroy Server/a")] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(first.code == "execution.heldAtShutdown")
        #expect(code(outcomes[StepID(rawValue: "destroy Server/b")]) == "execution.declaredMeanwhile")
        #expect(await stage.world.switchedOff == [VMID(100)])
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.running() == ["a", "b"])
    }

    @Test("a server that is declared again a moment before its end stays, however fresh the last reading is")
    func takenBackAtOnce() async throws {
        let stage = try await stage(["a"])
        let (outside, whole) = (stage.outside, stage.outside.desired)
        outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .shutDown) { _ in outside.edit { $0 = whole } }
        guard case .skipped(let reason)? = outcomes[StepID(rawValue: "destroy Server/a")] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(reason.code == "execution.heldAtShutdown")
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.running() == ["a"])
    }

    @Test("a removal whose server goes on under another name is not carried out")
    func renamedMeanwhile() async throws {
        let stage = try await stage(["a"])
        let outside = stage.outside
        var heir = outside.desired
        heir.servers[0].name = "c"
        heir.servers[0].metadata.formerName = "a"
        outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .opened) { [heir] _ in outside.restore(heir) }
        #expect(code(outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.declaredMeanwhile")
        #expect(await stage.world.destroyed.isEmpty)
    }

    @Test("a configuration that cannot be read any more ends nobody")
    func unreadableMeanwhile() async throws {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { $0.servers = [] }
        let outcomes = try await apply(stage, .opened) { _ in outside.vanish() }
        for name in ["a", "b"] {
            #expect(code(outcomes[StepID(rawValue: "destroy Server/\(name)")]) == "execution.brokenMeanwhile")
        }
        #expect(await stage.world.switchedOff.isEmpty)
        #expect(await stage.world.destroyed.isEmpty)
    }

    /// The rebuild of a server that somebody protects while Plumb is at that call.
    private func rebuild(_ stage: Stage, protectedAt call: World.Call) async throws -> SentenceCode? {
        let outside = stage.outside
        var pass = try await stage.reconciler.plan(
            outside.desired, targets: ["a"], request: PlanRequest(rebuilds: ["a"]), by: "test")
        pass = try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        var kept = outside.desired
        kept.servers[0].protect = true
        await stage.world.edit { [kept] world in world.interruptions[call] = { _ in outside.restore(kept) } }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(await stage.world.destroyed.isEmpty)
        return code(outcomes[StepID(rawValue: "rebuild Server/a")])
    }

    @Test("a server that is protected while its guest is shut down for its rebuild is not rebuilt, and runs again")
    func protectedAtShutdown() async throws {
        let stage = try await stage(["a"])
        #expect(try await rebuild(stage, protectedAt: .shutDown) == "execution.redeclaredMeanwhile")
        #expect(await stage.world.switchedOff == [VMID(100)])
        #expect(await stage.running() == ["a"])
        #expect(await stage.world.recorded.servers.allSatisfy { $0.owedStart == nil })
    }

    @Test("a server that is protected while its rebuild waits is not rebuilt")
    func protectedMeanwhile() async throws {
        let stage = try await stage(["a"])
        #expect(try await rebuild(stage, protectedAt: .opened) == "execution.redeclaredMeanwhile")
        #expect(await stage.world.switchedOff.isEmpty)
    }

    @Test("a server that no document declares any more by then is not changed, and the others are")
    func undeclaredMeanwhile() async throws {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { for index in $0.servers.indices { $0.servers[index].cores = 4 } }
        var rest = outside.desired
        rest.servers.removeAll { $0.name == "b" }
        let outcomes = try await apply(stage, .opened) { [rest] _ in outside.restore(rest) }
        #expect(outcomes[StepID(rawValue: "update Server/a")] == .done)
        #expect(code(outcomes[StepID(rawValue: "update Server/b")]) == "execution.undeclaredMeanwhile")
        let cores = await stage.world.edit { world in
            world.pool.guests.values.filter { !$0.isTemplate }.sorted { $0.name < $1.name }.map(\.settings.cores)
        }
        #expect(cores == [4, 1])
    }

    @Test("a server that is made while a pause begins is not started, and the next apply after the pause starts it")
    func pausedBirth() async throws {
        let stage = try await stage(["a"])
        let outside = stage.outside
        outside.edit { desired in
            desired.servers = Desired.fleet(["a", "n"]) { $0.power = .running }.servers
        }
        let outcomes = try await apply(stage, .applied) { _ in outside.pause(["n"]) }
        #expect(code(outcomes[StepID(rawValue: "create Server/n")]) == "execution.startHeld")
        #expect(await stage.running() == ["a"])
        outside.edit { $0.policies.removeLast() }
        let next = try await stage.reconciler.apply(
            try await stage.reconciler.plan(outside.desired, by: "test"), by: "test")
        #expect(next.outcomes[StepID(rawValue: "start Server/n")] == .done)
        #expect(await stage.running() == ["a", "n"])
    }

    /// A process that dies when Terraform has made a server, with the plan that it carried out.
    private func birthCutOff() async throws -> (Stage, PlannedPass) {
        let stage = try await stage(["a"])
        stage.outside.edit { desired in
            desired.servers = Desired.fleet(["a", "n"]) { $0.power = .running }.servers
        }
        let pass = try await stage.plan()
        await stage.world.edit { $0.interruptions[.applied] = { $0.callsUntilCrash = 0 } }
        _ = try? await stage.reconciler.apply(pass, by: "test")
        try #require(await stage.world.openBatches.count == 1)
        await stage.world.edit { $0.callsUntilCrash = nil }
        return (stage, pass)
    }

    /// What a recovery says of the server that was made.
    private func recovered(_ stage: Stage) async throws -> StepOutcome? {
        let recovery = try await stage.reconciler.recover()
        guard case .closed(let outcomes)? = recovery.batches.first?.end else { return nil }
        return outcomes[StepID(rawValue: "create Server/n")]
    }

    @Test("a server that was made by a process that died is not started by a recovery once its plan was rejected")
    func rejectedLateBirth() async throws {
        let (stage, pass) = try await birthCutOff()
        try await stage.reconciler.reject(pass.id, pass.plan, by: "bob")
        #expect(code(try await recovered(stage)) == "execution.startHeld")
        #expect(await stage.running() == ["a"])
        #expect(await stage.world.openBatches.isEmpty)
    }

    @Test("a server that was made by a process that died is started by a recovery where the no was taken back")
    func lateBirthAfterAll() async throws {
        let (stage, pass) = try await birthCutOff()
        try await stage.reconciler.reject(pass.id, pass.plan, by: "bob")
        let yes = Approval(plan: pass.id, by: "bob", at: stage.outside.now, steps: [])
        try await stage.world.approve(yes, isEnough: true)
        #expect(try await recovered(stage) == .done)
        #expect(await stage.running() == ["a", "n"])
    }

    @Test(
        "a server that was made by a process that died is started by nobody in a pause, and after it by the next apply")
    func lateBirth() async throws {
        let (stage, _) = try await birthCutOff()
        let outside = stage.outside
        outside.pause(["n"])
        _ = try await stage.reconciler.recover()
        #expect(await stage.running() == ["a"])
        _ = try await stage.reconciler.apply(try await stage.reconciler.plan(outside.desired, by: "test"), by: "test")
        #expect(await stage.running() == ["a"])
        outside.edit { $0.policies.removeLast() }
        _ = try await stage.reconciler.apply(try await stage.reconciler.plan(outside.desired, by: "test"), by: "test")
        #expect(await stage.running() == ["a", "n"])
    }

    /// A server that is to be made again by itself, and whose budget is taken away at a moment of its run.
    private func remadeWithoutBudget(at moment: World.Call) async throws -> (outcome: StepOutcome?, stage: Stage) {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { desired in
            desired.policies[0].recreate = .auto
            desired.policies[0].absenceConfirmations = 1
        }
        await stage.world.edit { $0.pool.guests[VMID(100)] = nil }
        let outcomes = try await apply(stage, moment) { _ in
            outside.pass(.seconds(3600))
            outside.edit { $0.policies[0].destroyBudget = .count(0) }
        }
        return (outcomes[StepID(rawValue: "recreate Server/a")], stage)
    }

    @Test("a server that is made again is started although the budget is taken away meanwhile: it has spent its own")
    func budgetGoneAfterBirth() async throws {
        let (outcome, stage) = try await remadeWithoutBudget(at: .applied)
        #expect(outcome == .done)
        #expect(await stage.running() == ["a", "b"])
    }

    @Test("a server that is to be made again is not, where the budget is taken away before")
    func budgetGoneBeforeBirth() async throws {
        let (outcome, stage) = try await remadeWithoutBudget(at: .opened)
        #expect(code(outcome) == "execution.policyTightened")
        #expect(await stage.running() == ["b"])
    }

    // MARK: The others

    @Test("a pause that begins while an update waits for its stack changes no guest, and takes back what was written")
    func pausedUpdate() async throws {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { for index in $0.servers.indices { $0.servers[index].cores = 4 } }
        let outcomes = try await apply(stage, .opened) { _ in outside.pause(["b"]) }
        #expect(outcomes[StepID(rawValue: "update Server/a")] == .done)
        #expect(code(outcomes[StepID(rawValue: "update Server/b")]) == "execution.pausedMeanwhile")
        let cores = await stage.world.edit { world in
            (
                world.pool.guests.values.filter { !$0.isTemplate }.sorted { $0.name < $1.name }.map(\.settings.cores),
                world.stacks.values.first?.entries["b"]?.settings.cores
            )
        }
        #expect(cores.0 == [4, 1])
        #expect(cores.1 == 1)
    }

    @Test("a plan that is rejected while a birth waits for its stack makes nobody")
    func rejectedBirth() async throws {
        let stage = try await stage()
        stage.outside.edit { $0 = Desired.fleet(["a", "b", "c"]) }
        let outcomes = try await apply(stage, .opened) { $0.rejectedBy = "bob" }
        #expect(code(outcomes[StepID(rawValue: "create Server/c")]) == "execution.planRejected")
        #expect(await stage.running() == ["a", "b"])
        #expect(await stage.world.stacks.values.allSatisfy { $0.entries["c"] == nil })
    }

    @Test("a pause that begins during the first stop leaves the second guest running")
    func pausedStop() async throws {
        let stage = try await stage()
        let outside = stage.outside
        outside.edit { for index in $0.servers.indices { $0.servers[index].power = .stopped } }
        let outcomes = try await apply(stage, .shutDown) { _ in outside.pause(["a", "b"]) }
        #expect(outcomes[StepID(rawValue: "stop Server/a")] == .done)
        #expect(code(outcomes[StepID(rawValue: "stop Server/b")]) == "execution.pausedMeanwhile")
        #expect(await stage.running() == ["b"])
    }
}
