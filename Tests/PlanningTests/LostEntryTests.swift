import Model
import Planning
import Testing

/// An entry that is lost, or that nobody can read, is written anew whatever becomes of the server's update.
@Suite struct LostEntryTests {
    private let main = StackID(cluster: "lab", name: "main")

    @Test func anEntryIsWrittenAnewAsTheGuestIsWhileTheUpdateWaits() throws {
        var world = try MainRoadTests.fleet()
        let before = try #require(world.stacks[main]?.tfvars.entries["web-01"]?.settings)
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        world.edit("web-01") { $0.cores = 4 }
        var policy = Policy(name: "careful")
        policy.apply = .manual
        world.desired.policies = [policy]
        let plan = world.plan()
        #expect(plan.lines == ["repair Server/web-01 [ready]", "update Server/web-01 [approval approveManual]"])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        let found = try #require(world.stacks[main]?.tfvars.entries["web-01"]?.settings)
        #expect(found.cores == 2 && found.disks == before.disks && found.description == before.description)
        #expect(world.plan().lines == ["update Server/web-01 [approval approveManual]"])
        world.approveAll()
        world.execute(world.plan())
        #expect(world.stacks[main]?.tfvars.entries["web-01"]?.settings.cores == 4)
    }

    @Test func bothAreDoneInOnePlanAndTheUpdateComesLast() throws {
        var world = try MainRoadTests.fleet()
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        world.edit("web-01") { $0.cores = 4 }
        let plan = world.plan()
        #expect(plan.lines == ["repair Server/web-01 [ready]", "update Server/web-01 [ready]"])
        #expect(plan.steps.last?.after == plan.steps.first.map { [$0.id] })
        world.execute(plan)
        #expect(world.stacks[main]?.tfvars.entries["web-01"]?.settings.cores == 4)
    }

    @Test func ofAGuestWithoutItsMarkNoEntryIsMadeUp() throws {
        var world = try MainRoadTests.fleet()
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        world.editGuest("web-01") { _, configuration in configuration.settings.description = "by hand" }
        world.edit("web-01") { $0.cores = 4 }
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
    }
}
