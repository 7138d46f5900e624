import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Terraform did its work and found no room for the state: until a person has said what the state is, nothing of the batch
/// is believed, undone or closed.
@Suite struct ErroredStateTests {
    private func approved(
        _ reconciler: Reconciler, _ desired: Desired, _ request: PlanRequest = PlanRequest()
    ) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, request: request, by: "test")
        return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    private func code(_ outcome: StepOutcome?) -> SentenceCode? {
        guard case .failed(let failure)? = outcome else { return nil }
        return failure.sentence.code
    }

    private func entries(in world: World) async -> Set<ServerName> {
        Set(await world.stacks.values.flatMap(\.entries.keys))
    }

    /// Every resource has its entry and every entry its resource: a run by hand has nothing to do.
    private func expectWhole(_ world: World, _ names: Set<ServerName>, _ reconciler: Reconciler) async throws {
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        let held = Set(await world.stacks.values.flatMap { $0.state.resources.map(\.server) })
        #expect(held == names)
        #expect(await entries(in: world) == names)
        #expect(await Set(world.recorded.servers.map(\.name)) == names)
    }

    @Test("what was made keeps its entry and its open batch, and is settled after the push")
    func birth() async throws {
        let (world, reconciler) = try await World.settled(["a"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        await world.edit { $0.losesNextState = true }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "create Server/b")]) == "execution.unsettled")
        #expect(await entries(in: world) == ["a", "b"])
        #expect(await world.openBatches.count == 1)
        // Still there: neither the next start nor the next pass goes on by the old state.
        #expect(try await reconciler.recover().stillOpen.count == 1)
        #expect(await entries(in: world) == ["a", "b"])
        await world.edit { $0.pushErroredStates() }
        try await expectWhole(world, ["a", "b"], reconciler)
        for _ in 0..<2 {
            _ = try await reconciler.apply(try await approved(reconciler, .fleet(["a", "b"])), by: "test")
        }
        #expect(try await reconciler.plan(.fleet(["a", "b"]), by: "test").isInPlumb)
        #expect(await world.pool.guests.values.count { $0.name == "b" && $0.isRunning } == 1)
    }

    @Test("killed while Terraform worked, the next start finds the file and settles nothing by the old state")
    func killedMeanwhile() async throws {
        let (world, reconciler) = try await World.settled(["a"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        await world.edit { world in
            world.callsUntilCrash = 6
            world.terraformOutlivesCrash = true
            world.losesNextState = true
        }
        do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
        await world.edit { $0.callsUntilCrash = nil }
        try #require(await world.openBatches.map(\.phase) == [.applying])
        try #require(await !world.erroredStates.isEmpty)
        #expect(try await reconciler.recover().stillOpen.count == 1)
        #expect(await entries(in: world) == ["a", "b"])
        await world.edit { $0.pushErroredStates() }
        try await expectWhole(world, ["a", "b"], reconciler)
    }

    @Test("a guest that was shut down and is still there has its power back at once, whatever the state says")
    func removal() async throws {
        let (world, reconciler) = try await World.settled(["a", "b", "c"])
        let pass = try await approved(reconciler, .fleet(["c"]))
        await world.edit { world in
            world.failures["a"] = .refused
            world.losesNextState = true
        }
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.openBatches.count == 1)
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
        #expect(await world.destroyed.count == 1)
        #expect(await entries(in: world) == ["a", "b", "c"])
        await world.edit { $0.pushErroredStates() }
        try await expectWhole(world, ["a", "c"], reconciler)
    }

    @Test("a rebuild whose end cannot be settled goes on after the push, and ends one guest")
    func rebuild() async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let desired = Desired.fleet(["a", "b"])
        let request = PlanRequest(rebuilds: ["a"])
        var pass = try await reconciler.plan(desired, targets: ["a"], request: request, by: "test")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        await world.edit { $0.losesNextState = true }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "rebuild Server/a")]) == "execution.unsettled")
        #expect(await world.openBatches.count == 1)
        #expect(await entries(in: world) == ["a", "b"])
        await world.edit { $0.pushErroredStates() }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        for _ in 0..<3 { _ = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test") }
        #expect(await world.destroyed.count == 1)
        try await expectWhole(world, ["a", "b"], reconciler)
        #expect(await world.pool.guests.values.count { $0.name == "a" && $0.isRunning } == 1)
    }

    /// A server whose resource leaves the state and is taken in again, as one is that the provider lost sight of.
    private func takenInAgain() async throws -> (World, Reconciler, Plan) {
        let (world, reconciler) = try await World.settled(["a"])
        let row = try #require(await world.recorded.servers.first)
        let entry = try #require(await world.stacks.values.first?.entries["a"])
        let guest = GuestReference(
            cluster: row.stack.cluster, vmid: row.vmid, type: row.type, node: row.node,
            mark: entry.settings.description.flatMap { OwnershipMark(readingDescription: $0) })
        var step = Step(
            subject: .server("a", row.stack),
            action: .adopt(.init(guest: guest, configuration: entry, record: row)), rule: "follow",
            reason: Sentence("execution.noEvent", "a"))
        step.effect = .restart
        var plan = Plan()
        plan.steps = [step]
        return (world, reconciler, plan)
    }

    @Test("an import that fails after the resource left the state leaves no entry that a run by hand would make")
    func bareEntry() async throws {
        let (world, _, plan) = try await takenInAgain()
        await world.edit { $0.importFailure = StepFailure(Sentence("execution.planFailed", "a")) }
        let outcomes = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        #expect(outcomes.values.allSatisfy { $0 != .done })
        #expect(await world.openBatches.isEmpty)
        #expect(await world.stacks.values.allSatisfy { $0.resources.isEmpty && $0.entries.isEmpty })
    }

    @Test("an adoption whose state could not be written is left open with its entry")
    func adoption() async throws {
        let (world, reconciler, taken) = try await takenInAgain()
        var plan = taken
        // There is something to set, so that the import is applied.
        plan.steps[0].changes = [AttributeChange(path: "cores", before: "4", after: "1")]
        await world.edit { world in
            world.pool.guests[VMID(100)]?.settings.cores = 4
            world.losesNextState = true
        }
        let outcomes = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        #expect(outcomes.values.map(code) == ["execution.unsettled"])
        #expect(await world.openBatches.count == 1)
        #expect(await entries(in: world) == ["a"])
        await world.edit { $0.pushErroredStates() }
        try await expectWhole(world, ["a"], reconciler)
    }
}
