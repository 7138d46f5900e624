import Execution
import Model
import Reconciliation
import Simulation
import Testing

/// The budget of a day is counted once more right before an end, with what other runs did since the plan was made.
@Suite struct DayBudgetAtWorkTests {
    private let world = World(markSeed: 7)
    private var reconciler: Reconciler { Reconciler(world) }

    /// Servers of which `c` has a stack of its own, under a policy that asks nobody.
    private func fleet(_ names: [ServerName], perDay limit: Int) -> Desired {
        var desired = Desired.fleet(names) { server in
            server.metadata.labels = [.init("env", server.name == "c" ? "two" : "one")]
        }
        desired.clusters[0].terraform.stacks = .byLabel("env")
        desired.policies[0].apply = .auto
        desired.policies[0].dailyDestroyBudget = .count(limit)
        return desired
    }

    private func bear(_ desired: Desired) async throws {
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
    }

    /// The plan in which that server alone ends.
    private func end(of name: ServerName, leaving desired: Desired) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, targets: [name], by: "test")
        let step = pass.plan.steps.first { $0.id == self.end(name) }
        try #require(step?.disposition == .ready)
        return pass
    }

    private func end(_ name: ServerName) -> StepID { StepID(rawValue: "destroy Server/\(name)") }

    private func isHeld(_ outcome: StepOutcome?) -> Bool {
        guard case .skipped(let reason)? = outcome else { return false }
        return reason.code == "execution.daySpent"
    }

    @Test(
        "of two plans that were made before either was carried out no more end than a day allows, in one stack or in two",
        arguments: ["b", "c"] as [ServerName])
    func plannedTogether(second: ServerName) async throws {
        try await bear(fleet(["a", "b", "c", "d"], perDay: 1))
        let rest = fleet(["d"], perDay: 1)
        let one = try await end(of: "a", leaving: rest)
        let other = try await end(of: second, leaving: rest)
        #expect(try await reconciler.apply(one, by: "test").outcomes[end("a")] == .done)
        let outcomes = try await reconciler.apply(other, by: "test").outcomes
        #expect(isHeld(outcomes[end(second)]), "\(outcomes)")
        #expect(await world.destroyed.count == 1)
        #expect(await world.switchedOff.count == 1)
    }

    @Test("an end that an open batch of another stack has set out to do counts, and no more once that is settled")
    func openBatch() async throws {
        try await bear(fleet(["a", "c", "d"], perDay: 1))
        let rest = fleet(["d"], perDay: 1)
        let one = try await end(of: "a", leaving: rest)
        let other = try await end(of: "c", leaving: rest)
        await world.edit { $0.interruptions[.shutDown] = { $0.callsUntilCrash = 0 } }
        _ = try? await reconciler.apply(one, by: "test")
        await world.edit { $0.callsUntilCrash = nil }
        try #require(await world.openBatches.map { $0.phase < .applying } == [true])
        let outcomes = try await reconciler.apply(other, by: "test").outcomes
        #expect(isHeld(outcomes[end("c")]), "\(outcomes)")
        #expect(await world.destroyed.isEmpty)
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        let again = try await end(of: "c", leaving: rest)
        #expect(try await reconciler.apply(again, by: "test").outcomes[end("c")] == .done)
        #expect(await world.destroyed.count == 1)
    }

    @Test("what a plan has ended already is not counted twice: two rebuilds, one after another, fit into a day of two")
    func ownEnds() async throws {
        let desired = fleet(["a", "b"], perDay: 2)
        try await bear(desired)
        let request = PlanRequest(rebuilds: ["a", "b"])
        var pass = try await reconciler.plan(desired, targets: ["a", "b"], request: request, by: "test")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        for name in ["a", "b"] { #expect(outcomes[StepID(rawValue: "rebuild Server/\(name)")] == .done, "\(outcomes)") }
        #expect(await world.destroyed.count == 2)
    }
}
