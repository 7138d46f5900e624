import Execution
import Model
import Reconciliation
import Simulation
import Testing

/// A no that comes while what touches no guest waits for its stack, or for others of its kind, holds that back too.
@Suite struct StateOrdersTests {
    private let world = World(markSeed: 7)
    private var reconciler: Reconciler { Reconciler(world) }

    /// What is done to the server `b` of two.
    enum Deed: CaseIterable {
        case forget, untaint, repair, move

        var verb: Action.Verb {
            switch self {
            case .forget: .forget
            case .untaint: .untaint
            case .repair: .repairEntry
            case .move: .move
            }
        }
    }

    private func fleet(_ names: [ServerName], in label: String) -> Desired {
        var desired = Desired.fleet(names) { server in
            server.metadata.labels = [.init("env", label)]
            server.onRemove = .forget
        }
        desired.clusters[0].terraform.stacks = .byLabel("env")
        return desired
    }

    /// The plan in which that is to be done.
    private func plan(for deed: Deed) async throws -> PlannedPass {
        var desired = fleet(["a", "b"], in: "one")
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        switch deed {
        case .forget: desired = fleet(["a"], in: "one")
        case .untaint: await editStacks { $0.resources["b"]?.isTainted = true }
        case .repair: await editStacks { $0.entries["b"] = nil }
        case .move: desired = fleet(["a", "b"], in: "two")
        }
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(pass.plan.steps.contains { $0.action.verb == deed.verb && $0.disposition == .ready })
        return pass
    }

    private func editStacks(_ edit: @Sendable (inout TerraformDouble) -> Void) async {
        await world.edit { world in
            for id in world.stacks.keys { edit(&world.stacks[id, default: TerraformDouble()]) }
        }
    }

    private func held(_ step: StepID, _ outcomes: [StepID: StepOutcome]) -> Bool {
        guard case .skipped(let reason)? = outcomes[step] else { return false }
        return reason.code == "execution.planRejected"
    }

    @Test(
        "a plan that is rejected while such a step waits for its stack changes no state and no entry",
        arguments: Deed.allCases)
    func rejected(deed: Deed) async throws {
        let pass = try await plan(for: deed)
        let before = await world.stacks
        await world.edit { $0.interruptions[.opened] = { $0.rejectedBy = "bob" } }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        for step in pass.plan.steps where step.action.verb == deed.verb {
            #expect(held(step.id, outcomes), "\(outcomes)")
        }
        let after = await world.stacks
        for (stack, double) in after {
            #expect(double.entries == before[stack]?.entries ?? [:], "entries of \(stack)")
            #expect(double.resources == before[stack]?.resources ?? [:], "resources of \(stack)")
        }
        #expect(await world.openBatches.isEmpty)
    }

    @Test("a plan that is rejected during the first of two moves moves nobody else")
    func rejectedBetweenMoves() async throws {
        let pass = try await plan(for: .move)
        await world.edit { $0.interruptions[.written] = { $0.rejectedBy = "bob" } }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "move Server/a")] == .done)
        #expect(held(StepID(rawValue: "move Server/b"), outcomes), "\(outcomes)")
        let stacks = await world.stacks
        for (id, double) in stacks where double.resources["b"] != nil || double.entries["b"] != nil {
            #expect(id.name == "one")
        }
        #expect(await world.openBatches.isEmpty)
    }
}
