import Model
import Planning
import Testing

/// A guest that was nobody's is taken in unasked only where nothing of it changes but the mark.
@Suite struct AdoptionTests {
    @Test func whoLivesAlreadyWaitsForNobodyWhoIsToBeBorn() {
        var world = World.adoptable { $0.dependsOn = ["db-01"] }
        world.declare("db-01") { $0.dependsOn = ["gone"] }
        let (detailed, result) = world.settled()
        #expect(
            result.plan.lines == [
                "adopt Server/web-01 [ready]", "create Server/db-01 [waiting dependencyMissing]",
            ])
        #expect(result.plan.steps[0].after.isEmpty)
        #expect(checkPlan(result.plan, detailed.input) == [])
    }

    @Test func nothingButTheMarkNeedsNoQuestion() {
        let plan = World.adoptable().plan()
        #expect(plan.lines == ["adopt Server/web-01 [ready]"])
        #expect(plan.steps[0].changes.map(\.path) == ["tags", "description"])
        #expect(plan.steps[0].changesBeyondMark == [])
    }

    @Test func whatElseChangesIsAskedFor() {
        var world = World.adoptable { $0.cores = 4 }
        #expect(world.plan().lines == ["adopt Server/web-01 [approval approveAdoption]"])
        #expect(world.plan().steps[0].changesBeyondMark.map(\.path) == ["cores"])
        world.approveAll()
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aPolicyCanAllowIt() {
        var world = World.adoptable { $0.cores = 4 }
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
    }

    @Test func aTagOrADescriptionOfTheGuestCountsToo() {
        var world = World.adoptable()
        world.configurations[VMID(200)]?.settings.tags = ["shop"]
        world.configurations[VMID(200)]?.settings.description = "the shop"
        let step = world.plan().steps.first
        #expect(step?.changesBeyondMark.map(\.path) == ["tags", "description"])
        world.edit("web-01") { server in
            server.tags = ["shop"]
            server.description = "the shop"
        }
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
    }

    @Test func aClustersAccountIsNotGivenToAGuestWithoutADrive() throws {
        var world = World.adoptable()
        world.desired.clusters[0].defaults.user = "debian"
        let plan = world.plan()
        #expect(plan.lines == ["adopt Server/web-01 [ready]"])
        guard case .adopt(let adoption) = try #require(plan.steps.first).action else { return }
        #expect(adoption.configuration.birth.user == nil)
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
        #expect(world.plan().findings.map(\.rule) == [])
    }

    @Test func anAccountWithoutADriveIsInTheWayAndTheWayOutIsSaid() throws {
        var world = World.adoptable()
        world.editGuest("web-01") { _, configuration in
            configuration.hasCloudInitDrive = false
            configuration.account = .init(user: "ops", sshKeys: [])
        }
        let plan = world.plan()
        #expect(plan.steps.isEmpty)
        let finding = try #require(plan.findings.first { $0.kind == .blocked })
        #expect(finding.sentence == Sentence(.adoptAccountWithoutDrive, "web-01", "200", "ciuser: ops"))
        world.editGuest("web-01") { $1.hasCloudInitDrive = true }
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
        world.editGuest("web-01") { _, configuration in
            configuration.hasCloudInitDrive = false
            configuration.account = .init(user: nil, sshKeys: [])
        }
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
    }

    @Test func aTemplateIsNotTakenOverAndSaidToBeOne() throws {
        for adopts in [false, true] {
            var world = World()
            world.declare("web-01") { server in
                server.vmid = 9000
                server.adopt = adopts
            }
            let plan = world.plan()
            #expect(plan.steps.isEmpty)
            let finding = try #require(plan.findings.first { $0.kind == .blocked })
            #expect(finding.sentence == Sentence(.vmidOfTemplate, "web-01", "9000", "debian-12", "lab"))
        }
    }
}
