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

    /// A fleet of which one server is to end under a policy that asks nobody, with a plan that somebody said no to while
    /// a window was closed.
    private func closed() async throws -> (World, Reconciler, Desired, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a", "b"])
        var policy = Policy(name: "all")
        policy.apply = .auto
        desired.policies = [policy]
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        desired.servers.removeAll { $0.name == "b" }
        try #require(try await reconciler.plan(desired, by: "test").plan.steps.allSatisfy { $0.disposition == .ready })
        desired.policies[0].pause = Policy.Pause(reason: "the audit")
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(pass.plan.steps.map(\.action.verb) == [.destroy] && pass.awaitingApproval.isEmpty)
        try await reconciler.reject(pass.id, pass.plan, by: "bob")
        desired.policies[0].pause = nil
        return (world, reconciler, desired, pass)
    }

    @Test("a wait that ends makes another plan of it, and does not end the no")
    func waitOver() async throws {
        let (world, reconciler, desired, rejected) = try await closed()
        let pass = try await reconciler.plan(desired, by: "test")
        #expect(pass.id != rejected.id && pass.rejection?.by == "bob")
        #expect(pass.rejectionSentence?.arguments.first == rejected.id.description)
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.destroyed.isEmpty)
    }

    @Test("a plan that does more is another question, and the no to an end holds in it")
    func besideAnother() async throws {
        let (world, reconciler, rest, rejected) = try await closed()
        var desired = rest
        desired.servers[0].cores = 4
        let pass = try await reconciler.plan(desired, by: "test")
        #expect(pass.rejection == nil)
        let end = try #require(pass.plan.steps.first { $0.action.verb == .destroy })
        guard case .blocked(let reason) = end.disposition else { return #expect(Bool(false), "\(end.disposition)") }
        #expect(reason.code == "pass.stepRejected" && reason.arguments[1] == rejected.id.description)
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes.values.contains(.done))
        #expect(await world.destroyed.isEmpty)
        // What the no was to is declared again: the rest is free.
        desired.servers.append(try #require(Desired.fleet(["a", "b"]).servers.last))
        desired.servers[0].cores = 8
        #expect(try await reconciler.plan(desired, by: "test").plan.steps.contains { $0.disposition == .ready })
    }

    @Test("a guest that went down for its removal after all is started once somebody says no to that, and nobody ends")
    func owedStart() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a", "b"])
        var policy = Policy(name: "all")
        policy.apply = .auto
        desired.policies = [policy]
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        await world.tick(.seconds(600))
        desired.servers.removeAll { $0.name == "b" }
        let vmid = try #require(await world.pool.guests.first { $0.value.name == "b" }?.key)
        await world.edit { $0.deaf = [vmid] }
        let end = StepID(rawValue: "destroy Server/b")
        let failed = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test").outcomes
        guard case .failed? = failed[end] else { return #expect(Bool(false), "\(failed)") }
        await world.edit { $0.pool.guests[vmid]?.isRunning = false }
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(pass.plan.steps.map(\.id) == [end])
        try await reconciler.reject(pass.id, pass.plan, by: "bob")
        let held = try await reconciler.plan(desired, by: "test")
        #expect(held.id == pass.id && held.rejection?.by == "bob")
        let outcomes = try await reconciler.apply(held, by: "test").outcomes
        let reason = try #require(held.rejectionSentence)
        #expect(outcomes[end] == .skipped(reason))
        #expect(outcomes[StepID(rawValue: "start Server/b")] == .done)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
        #expect(await world.destroyed.isEmpty)
    }

    @Test("a no is to the whole plan for as long as all is in it that takes a guest down, by its effect as by its verb")
    func restartGone() {
        func step(_ name: ServerName, _ effect: RunningEffect) -> Step {
            var step = Step(
                subject: .server(name, StackID(cluster: "lab", name: "main")), action: .retire(name), rule: "any",
                reason: Sentence("any.reason"))
            step.effect = effect
            return step
        }
        let (restarting, quiet) = (step("a", .restart), step("b", .hotplug))
        let no = RejectedPlan(
            id: PlanID(rawValue: "aa"), rejection: Rejection(by: "bob", at: Timestamp(seconds: 1_790_000_000)),
            of: [restarting, quiet])
        #expect(no.refusedForThemselves == [restarting.id])
        #expect(no.covers(Plan(steps: [restarting, quiet])) && no.covers(Plan(steps: [restarting])))
        #expect(!no.covers(Plan(steps: [quiet])) && !no.covers(Plan(steps: [restarting, step("c", .none)])))
        #expect(no.forbids(restarting) && !no.forbids(quiet))
    }
}
