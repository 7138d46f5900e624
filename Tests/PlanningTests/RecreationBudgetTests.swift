import Model
import Planning
import Testing

/// Servers that would be made again, all in one plan.
@Suite struct RecreationBudgetTests {
    private func world(gone names: [ServerName], _ budget: Policy.Budget?) throws -> World {
        var world = try MainRoadTests.fleet((1...9).map { "web-0\($0)" })
        for name in names {
            world.removeGuest(name)
            guard let row = world.recorded.servers.firstIndex(where: { $0.name == name }) else { continue }
            world.recorded.servers[row].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        }
        var policy = Policy(name: "p")
        policy.apply = .auto
        policy.recreate = .auto
        policy.destroyBudget = budget
        world.desired.policies = [policy]
        return world
    }

    @Test func overBudgetNoneIsMadeAgain() throws {
        let world = try world(gone: ["web-01", "web-02"], nil)
        let sentence = Sentence(.budgetRecreate, "lab", "2", "1", "9")
        let plan = world.plan()
        #expect(plan.steps.map(\.action.verb) == [.recreate, .recreate])
        #expect(plan.steps.map(\.disposition) == [.blocked(sentence), .blocked(sentence)])
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func noApprovalOverridesIt() throws {
        var world = try world(gone: ["web-01", "web-02"], .count(1))
        world.desired.policies[0].recreate = .approve
        world.approveAll()
        #expect(world.plan().steps.allSatisfy { $0.disposition.word == "blocked budgetRecreate" })
    }

    @Test func withinItTheyAreMadeAgainAndARemovalIsCountedByItself() throws {
        var world = try world(gone: ["web-01", "web-02"], .count(2))
        world.undeclare("web-03")
        world.undeclare("web-04")
        let plan = world.plan()
        #expect(plan.steps.count == 4 && plan.steps.allSatisfy { $0.disposition == .ready })
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func aRemovalIsNotHeldUpByThoseThatAreTooMany() throws {
        var world = try world(gone: ["web-01", "web-02"], .count(1))
        world.undeclare("web-03")
        #expect(world.plan().lines.contains("destroy Server/web-03 [ready]"))
    }

    @Test func theCheckCountsThemByItself() throws {
        var world = try world(gone: ["web-01", "web-02"], .count(2))
        let plan = world.plan()
        world.desired.policies[0].destroyBudget = .count(1)
        #expect(checkPlan(plan, world.withDetails().input).map(\.invariant) == [.budget])
    }

    /// Its old stack lets go of it first, and then it looks like one that never lived.
    @Test func whoChangesItsStackMeanwhileIsCountedByTheCheckToo() {
        var world = World()
        world.desired.clusters[0].terraform.stacks = .byLabel("team")
        let names: [ServerName] = ["web-01", "web-02"]
        for name in names { world.declare(name.text) { $0.metadata.labels = [.init("team", "a")] } }
        world.execute(world.plan())
        for name in names {
            world.edit(name) { $0.metadata.labels = [.init("team", "b")] }
            world.removeGuest(name)
        }
        for index in world.recorded.servers.indices {
            world.recorded.servers[index].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        }
        var policy = Policy(name: "p")
        policy.apply = .auto
        policy.recreate = .auto
        policy.destroyBudget = .count(2)
        world.desired.policies = [policy]
        let plan = world.plan()
        #expect(plan.lines.count { $0.hasPrefix("create") && $0.hasSuffix("[ready]") } == 2)
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.desired.policies[0].destroyBudget = .count(1)
        #expect(checkPlan(plan, world.withDetails().input).map(\.invariant) == [.budget])
    }
}
