import Model
import Planning
import Testing

/// The road that every fleet walks: declared, made, left alone, changed, removed.
@Suite struct MainRoadTests {
    /// Three servers that were planned and made, and a plan that is clean and empty after it.
    static func fleet(_ names: [String] = ["web-01", "web-02", "web-03"]) throws -> World {
        var world = World()
        for name in names { world.declare(name) }
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input).isEmpty)
        world.execute(plan)
        try #require(world.plan().steps.isEmpty)
        return world
    }

    @Test func declaredServersAreCreatedWithTheLowestFreeNumbers() throws {
        var world = World()
        world.addForeignGuest(101, "somebody")
        world.declare("web-02")
        world.declare("web-01")
        world.declare("db-01") { $0.vmid = 100 }
        let plan = world.plan()
        #expect(
            plan.lines == [
                "create Server/db-01 [ready]", "create Server/web-01 [ready]", "create Server/web-02 [ready]",
            ])
        let vmids = plan.steps.compactMap { step -> Int? in
            guard case .create(let creation) = step.action else { return nil }
            return creation.configuration.birth.vmid.rawValue
        }
        #expect(vmids == [100, 102, 103])
        #expect(checkPlan(plan, world.input) == [])
        #expect(plan.findings.map(\.rule) == ["unmanaged"])
    }

    @Test func theSecondPlanIsEmpty() throws {
        let world = try Self.fleet()
        let plan = world.plan()
        #expect(plan.steps.isEmpty)
        #expect(plan.findings.isEmpty)
        #expect(detailNeeds(world.input).isEmpty)
    }

    @Test func aChangeOfCoresIsAnUpdateThatWaitsForARestart() throws {
        var world = try Self.fleet()
        world.edit("web-02") { $0.cores = 4 }
        #expect(planFleet(world.input).plan.lines == ["update Server/web-02 [waiting detail]"])
        #expect(detailNeeds(world.input) == [DetailNeed(cluster: "lab", vmid: 101)])
        let plan = world.plan()
        #expect(plan.lines == ["update Server/web-02 [ready]"])
        let step = try #require(plan.steps.first)
        #expect(step.changes == [AttributeChange(path: "cores", before: "2", after: "4", effect: .pendingRestart)])
        #expect(step.effect == .pendingRestart)
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aRemovedDocumentDestroysExactlyThatServerAfterApproval() throws {
        var world = try Self.fleet()
        world.undeclare("web-02")
        #expect(world.plan().lines == ["destroy Server/web-02 [approval approveDestroy]"])
        world.approveAll()
        let plan = world.plan()
        #expect(plan.lines == ["destroy Server/web-02 [ready]"])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        #expect(world.guest("web-01") != nil && world.guest("web-02") == nil && world.guest("web-03") != nil)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func oneRemovedWhileAnotherChanges() throws {
        var world = try Self.fleet()
        world.undeclare("web-02")
        world.edit("web-03") { $0.memory = .gibibytes(4) }
        #expect(
            world.plan().lines == [
                "update Server/web-03 [ready]", "destroy Server/web-02 [approval approveDestroy]",
            ])
    }

    @Test func aMigratedGuestIsFollowed() throws {
        var world = try Self.fleet()
        world.editGuest("web-01") { guest, _ in guest.node = "pve2" }
        let plan = world.plan()
        #expect(plan.lines == ["repair Server/web-01 [ready]", "record Server/web-01 [ready]"])
        #expect(plan.steps[0].changes == [AttributeChange(path: "node", before: "pve1", after: "pve2")])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func theSameInputGivesTheSamePlan() throws {
        var world = try Self.fleet()
        world.undeclare("web-02")
        world.declare("new-01")
        world.edit("web-03") { $0.memory = .gibibytes(4) }
        #expect(world.plan() == world.plan())
        #expect("\(world.plan())" == "\(world.plan())")
    }
}
