import Model
import Planning
import Testing

/// Removals in the reverse order of dependencies, by what was recorded: the documents are gone.
@Suite struct RemovalOrderTests {
    /// Three servers that live: `a` needs `c`, `c` needs `b`.
    private func chain() -> World {
        var world = World()
        world.declare("a") { $0.dependsOn = ["c"] }
        world.declare("b")
        world.declare("c") { $0.dependsOn = ["b"] }
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].destroyBudget = .count(9)
        world.execute(world.plan())
        return world
    }

    @Test func aDependentGoesBeforeWhatItNeeds() {
        var world = chain()
        #expect(world.recorded.servers.map(\.dependsOn) == [["c"], nil, ["b"]])
        #expect(world.plan().lines == [])
        for name in ["a", "b", "c"] { world.undeclare(ServerName(name)) }
        world.approveAll()
        let plan = world.plan()
        #expect(plan.steps.map(\.id.rawValue) == ["destroy Server/a", "destroy Server/c", "destroy Server/b"])
        #expect(plan.step("destroy Server/b")?.after == [StepID(rawValue: "destroy Server/c")])
        #expect(plan.step("destroy Server/a")?.after == [])
        #expect(plan.steps.map(\.disposition) == [.ready, .ready, .ready])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        #expect(world.plan().lines == [])
    }

    @Test func whatAProtectedDependentNeedsWaits() {
        var world = chain()
        world.edit("c") { $0.protect = true }
        world.edit("a") { $0.dependsOn = [] }
        world.execute(world.plan())
        for name in ["b", "c"] { world.undeclare(ServerName(name)) }
        world.approveAll()
        let plan = world.plan()
        #expect(plan.lines == ["destroy Server/c [blocked protected]", "destroy Server/b [waiting follows]"])
    }

    @Test func whatADependentNeedsThatNothingTakesAwayWaits() {
        var world = chain()
        world.edit("a") { $0.dependsOn = [] }
        world.execute(world.plan())
        for name in ["b", "c"] { world.undeclare(ServerName(name)) }
        world.removeGuest("c")
        world.approveAll()
        let plan = world.plan()
        #expect(plan.finding("confirmation") != nil)
        #expect(plan.lines == ["destroy Server/b [blocked inUse]"])
        #expect(plan.steps.first?.disposition == .blocked(Sentence(.inUse, "Server/b", "1", "Server/c")))
    }

    @Test func aRingOfRecordsStopsNobody() {
        var world = chain()
        world.recorded.servers[1].dependsOn = ["a"]
        for name in ["a", "b", "c"] { world.undeclare(ServerName(name)) }
        world.approveAll()
        let plan = world.plan()
        #expect(plan.steps.map(\.id.rawValue) == ["destroy Server/a", "destroy Server/b", "destroy Server/c"])
        #expect(plan.steps.flatMap(\.after) == [])
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func aChangedDependencyIsRecorded() {
        var world = chain()
        world.edit("a") { $0.dependsOn = [] }
        let plan = world.plan()
        #expect(plan.lines == ["record Server/a [ready]"])
        world.execute(plan)
        #expect(world.recorded.servers[0].dependsOn == nil)
        #expect(world.plan().lines == [])
    }
}
