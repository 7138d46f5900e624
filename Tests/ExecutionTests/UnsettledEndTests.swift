import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A guest that is gone has ended, also where that cannot be written down, and one that a task is ending has not been
/// spared: the batch stays open until it is settled, and the day counts it meanwhile.
@Suite struct UnsettledEndTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let vmid: VMID
    }

    private let destroy = StepID(rawValue: "destroy Server/a")

    /// Servers of which `c` has a stack of its own; one of them may end in a day, and nobody is asked.
    private func fleet(_ names: [ServerName]) -> Desired {
        var desired = Desired.fleet(names) { server in
            server.metadata.labels = [.init("env", server.name == "c" ? "two" : "one")]
        }
        desired.clusters[0].terraform.stacks = .byLabel("env")
        desired.policies[0].apply = .auto
        desired.policies[0].dailyDestroyBudget = .count(1)
        return desired
    }

    private func stage() async throws -> Stage {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let born = try await reconciler.plan(fleet(["a", "b", "c", "d"]), by: "test")
        let applied = try await reconciler.apply(born, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        return Stage(world: world, reconciler: reconciler, vmid: vmid)
    }

    /// Carries out the end of `a`.
    private func end(_ stage: Stage) async throws -> StepOutcome? {
        let pass = try await stage.reconciler.plan(fleet(["b", "c", "d"]), targets: ["a"], by: "test")
        try #require(pass.plan.steps.first { $0.id == destroy }?.disposition == .ready)
        return try await stage.reconciler.apply(pass, by: "test").outcomes[destroy]
    }

    /// The day of one is spent, also for another stack.
    private func expectDaySpent(_ stage: Stage) async throws {
        #expect(await stage.world.endings.map(\.server) == ["a"])
        let pass = try await stage.reconciler.plan(fleet(["b", "d"]), targets: ["c"], by: "test")
        let other = try #require(pass.plan.steps.first { $0.id.rawValue == "destroy Server/c" })
        #expect(other.disposition != .ready)
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[other.id] != .done)
        #expect(await stage.world.pool.guests.values.contains { $0.name == "c" && $0.isRunning })
    }

    /// Nothing of it is left, and its end is counted.
    private func expectSettled(_ stage: Stage) async throws {
        #expect(await stage.world.openBatches.isEmpty)
        #expect(await stage.world.recorded.servers.map(\.name) == ["b", "c", "d"])
        #expect(await stage.world.stacks.values.allSatisfy { $0.entries["a"] == nil && $0.resources["a"] == nil })
        #expect(await stage.world.pool.guests[stage.vmid] == nil)
        try await expectDaySpent(stage)
    }

    @Test(
        "an end of which something could not be written down leaves its batch open, and counts, until it is written",
        arguments: World.Writing.allCases)
    func unwritten(writing: World.Writing) async throws {
        let stage = try await stage()
        await stage.world.edit { world in
            // What Terraform itself took out of the state needs no writing.
            if writing == .state { world.failures["a"] = .lostAnswer }
            world.interruptions[.applied] = { $0.unwritable = [writing] }
        }
        let outcome = try await end(stage)
        guard case .failed(let failure)? = outcome else {
            Issue.record("it came to \(String(describing: outcome))")
            return
        }
        let sentence = Sentence(
            StepOutcome.endUnsettled, "a", stage.vmid.description, reason: World.noRoom.sentence)
        #expect(failure.sentence == sentence)
        #expect(await stage.world.destroyed == [stage.vmid])
        let batch = try #require(await stage.world.openBatches.first?.id)
        try await expectDaySpent(stage)
        // Whoever starts next cannot write it either, and says so.
        guard case .open(let reason)? = try await stage.reconciler.recover().stillOpen.first?.end else {
            Issue.record("it was closed")
            return
        }
        #expect(reason == sentence)
        await stage.world.edit { $0.unwritable = [] }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        #expect(await stage.world.closed[batch] == [destroy: .done])
        try await expectSettled(stage)
    }

    @Test("a task that ends the guest after Terraform gave up on it is waited for while the run lasts")
    func lateEnd() async throws {
        let stage = try await stage()
        let vmid = stage.vmid
        await stage.world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.lateEnds[vmid] = 5 }
        }
        #expect(try await end(stage) == .done)
        try await expectSettled(stage)
    }

    @Test("one that takes longer leaves the batch open: nobody starts the guest, and its end counts")
    func endlessEnd() async throws {
        let stage = try await stage()
        let vmid = stage.vmid
        await stage.world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.lateEnds[vmid] = 10_000 }
        }
        let outcome = try await end(stage)
        guard case .failed(let failure)? = outcome else {
            Issue.record("it came to \(String(describing: outcome))")
            return
        }
        #expect(failure.sentence.code == "recovery.taskRuns")
        #expect(await stage.world.openBatches.count == 1)
        #expect(await stage.world.pool.guests[vmid]?.isRunning == false)
        try await expectDaySpent(stage)
        await stage.world.edit { $0.lateEnds[vmid] = 0 }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        try await expectSettled(stage)
    }

    @Test("a task that did not end it after all leaves a guest that has its power back")
    func sparedAfterAll() async throws {
        let stage = try await stage()
        let vmid = stage.vmid
        await stage.world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.lateEnds[vmid] = 10_000 }
        }
        _ = try await end(stage)
        try #require(await stage.world.openBatches.count == 1)
        await stage.world.edit { world in
            world.lateEnds = [:]
            world.tasks = []
        }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        #expect(await stage.world.pool.guests[vmid]?.isRunning == true)
        #expect(await stage.world.endings.isEmpty)
    }
}
