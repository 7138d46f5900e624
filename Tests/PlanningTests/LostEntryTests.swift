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

    /// A guest that somebody else made, taken in by a cluster that has an account for all its servers.
    private func adopted(hasDrive: Bool) throws -> World {
        var world = World.adoptable()
        world.desired.clusters[0].defaults.user = "debian"
        world.editGuest("web-01") { _, configuration in configuration.hasCloudInitDrive = hasDrive }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        return world
    }

    @Test func noAccountIsMadeUpForAGuestWithoutACloudInitDrive() throws {
        var world = try adopted(hasDrive: false)
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        let plan = world.plan()
        #expect(plan.lines == ["repair Server/web-01 [ready]"])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        let birth = try #require(world.stacks[main]?.tfvars.entries["web-01"]?.birth)
        #expect(birth.user == nil)
        #expect(world.plan().steps.isEmpty)
        #expect(world.plan().findings.isEmpty)
    }

    @Test func norWhereAnUpdateFollows() throws {
        var world = try adopted(hasDrive: false)
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        world.edit("web-01") { $0.cores = 4 }
        let plan = world.plan()
        #expect(plan.lines == ["repair Server/web-01 [ready]", "update Server/web-01 [ready]"])
        guard case .repairEntry(let entry) = try #require(plan.step("repair Server/web-01")).action,
            case .update(let change) = try #require(plan.step("update Server/web-01")).action
        else {
            Issue.record("\(plan.steps)")
            return
        }
        #expect(entry.birth.user == nil)
        #expect(change.configuration.birth.user == nil)
    }

    @Test func anAccountThatIsOnRecordAndThatTheGuestCannotHaveIsTakenOffIt() throws {
        var world = try adopted(hasDrive: false)
        world.stacks[main]?.tfvars.entries["web-01"]?.birth.user = "debian"
        world.edit("web-01") { $0.cores = 4 }
        guard case .update(let change) = try #require(world.plan().step("update Server/web-01")).action else {
            Issue.record("\(world.plan().steps)")
            return
        }
        #expect(change.configuration.birth.user == nil)
    }

    @Test func aDriveOrAnAccountOfItsOwnKeepsTheAccount() throws {
        for hasDrive in [true, false] {
            var world = try adopted(hasDrive: hasDrive)
            if !hasDrive { world.editGuest("web-01") { $1.account = .init(user: "debian", sshKeys: []) } }
            world.stacks[main]?.tfvars.entries["web-01"] = nil
            world.execute(world.plan())
            #expect(world.stacks[main]?.tfvars.entries["web-01"]?.birth.user == "debian", "\(hasDrive)")
        }
    }
}
