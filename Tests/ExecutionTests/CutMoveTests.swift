import Execution
import Model
import Reconciliation
import Simulation
import Testing

/// A Terraform that is killed at the end of a move, while Plumb lives on.
@Suite struct CutMoveTests {
    private let world = World(markSeed: 7)
    private var reconciler: Reconciler { Reconciler(world) }

    private func fleet(_ names: [ServerName], in label: String) -> Desired {
        var desired = Desired.fleet(names) { $0.metadata.labels = [.init("env", label)] }
        desired.clusters[0].terraform.stacks = .byLabel("env")
        return desired
    }

    private func apply(_ desired: Desired) async throws -> [StepID: StepOutcome] {
        try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test").outcomes
    }

    private func expectOnly(_ server: ServerName, in stack: String) async {
        let stacks = await world.stacks
        for (id, double) in stacks {
            let isThere = id.name == stack
            #expect((double.entries[server] != nil) == isThere, "entry of \(server) in \(id)")
            #expect((double.resources[server] != nil) == isThere, "resource of \(server) in \(id)")
        }
        #expect(await world.recorded.servers.first { $0.name == server }?.stack.name == stack)
    }

    @Test("A move between two states that was done is finished, and its first stack keeps no entry")
    func betweenStacks() async throws {
        let born = try await apply(fleet(["a", "b"], in: "one"))
        try #require(born.values.allSatisfy { $0 == .done })
        await world.edit { $0.movesCutAtEnd = 1 }
        let outcomes = try await apply(fleet(["a", "b"], in: "two"))
        #expect(outcomes[StepID(rawValue: "move Server/a")] == .done)
        for server: ServerName in ["a", "b"] { await expectOnly(server, in: "two") }
        #expect(await world.openBatches.isEmpty)
        #expect(await world.destroyed.isEmpty)
        let next = try await reconciler.plan(fleet(["a", "b"], in: "two"), by: "test")
        #expect(next.plan.steps.isEmpty)
    }

    @Test("A rename within a state that was done is finished")
    func rename() async throws {
        try #require(try await apply(fleet(["a"], in: "one")).values.allSatisfy { $0 == .done })
        var renamed = fleet(["c"], in: "one")
        renamed.servers[0].metadata.formerName = "a"
        await world.edit { $0.movesCutAtEnd = 1 }
        let outcomes = try await apply(renamed)
        #expect(outcomes.filter { $0.key.rawValue.hasPrefix("move") }.values.allSatisfy { $0 == .done })
        await expectOnly("c", in: "one")
        #expect(await world.stacks.values.allSatisfy { $0.entries["a"] == nil && $0.resources["a"] == nil })
        #expect(await world.recorded.servers.map(\.name) == ["c"])
        #expect(await world.openBatches.isEmpty)
    }
}
