import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A no is to the whole plan.
@Suite struct RejectedPlanTests {
    /// A fleet in which one server is to be made, and of another one something is only to be written down.
    private func stage() async throws -> (World, Reconciler, Desired, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a"])
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        desired = Desired.fleet(["a", "b"])
        for index in desired.servers.indices where desired.servers[index].name == "a" {
            desired.servers[index].metadata.displayName = "The first"
        }
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(Set(pass.plan.steps.map(\.action.verb)) == [.create, .record])
        try #require(pass.plan.steps.allSatisfy { $0.disposition == .ready })
        return (world, reconciler, desired, pass)
    }

    @Test("nothing of a plan that was rejected is ready or can be approved, and nothing of it is carried out")
    func nothing() async throws {
        let (world, reconciler, desired, pass) = try await stage()
        try await reconciler.reject(pass.id, pass.plan, by: "bob")
        let again = try await reconciler.plan(desired, by: "test")
        #expect(again.id == pass.id)
        #expect(again.rejection?.by == "bob")
        let reason = try #require(again.rejectionSentence)
        #expect(again.plan.steps.allSatisfy { $0.disposition == .blocked(reason) })
        #expect(again.awaitingApproval.isEmpty)
        let applied = try await reconciler.apply(again, by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 == .skipped(reason) } && applied.outcomes.count == 2)
        #expect(applied.exitCode == 3)
        #expect(await world.pool.guests.values.map(\.name).contains("b") == false)
        #expect(await world.recorded.servers.first { $0.name == "a" }?.displayName == nil)
        // Another plan is another question.
        let other = try await reconciler.plan(.fleet(["a", "b", "c"]), by: "test")
        #expect(other.rejection == nil && other.plan.steps.allSatisfy { $0.disposition == .ready })
    }

    @Test("a no that comes between the plan and its run holds back what only writes something down, too")
    func meanwhile() async throws {
        let (world, reconciler, _, pass) = try await stage()
        try await reconciler.reject(pass.id, pass.plan, by: "bob")
        let applied = try await reconciler.apply(pass, by: "test")
        for step in pass.plan.steps {
            let reason = Sentence("execution.planRejected", step.subject.description, "bob")
            #expect(applied.outcomes[step.id] == .skipped(reason))
        }
        #expect(await world.recorded.servers.first { $0.name == "a" }?.displayName == nil)
    }

    @Test("a no ends the yes to its steps that was given under the id of an earlier plan")
    func earlierYes() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let whole = Desired.fleet(["a", "b"])
        try #require(
            try await reconciler.apply(try await reconciler.plan(whole, by: "test"), by: "test").outcomes.values
                .allSatisfy { $0 == .done })
        var rest = whole
        rest.servers.removeAll { $0.name == "b" }
        let first = try await reconciler.plan(rest, by: "test")
        let agreed = try await reconciler.approve(first, steps: first.awaitingApproval, by: "test")
        try #require(agreed.plan.steps.allSatisfy { $0.disposition == .ready })
        try await reconciler.reject(agreed.id, agreed.plan, by: "boss")
        // Another plan, in which the same end stands.
        rest.servers[0].cores = 2
        let next = try await reconciler.plan(rest, by: "test")
        let end = try #require(next.plan.steps.first { $0.action.verb == .destroy })
        #expect(end.disposition != .ready)
        _ = try await reconciler.apply(next, by: "test")
        #expect(await world.destroyed.isEmpty)
    }
}
