import Model
import Planning
import Testing

/// Guests and states that are found rather than made: adoption, what an interruption left, and what was lost.
@Suite struct FoundGuestTests {
    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    @Test func adoptTakesTheGuestOfThatNumberOrOfThatName() {
        var world = World()
        world.addForeignGuest(200, "old-name")
        world.addForeignGuest(201, "web-02")
        world.declare("web-01") {
            $0.vmid = 200
            $0.adopt = true
            $0.disks = []
        }
        world.declare("web-02") {
            $0.adopt = true
            $0.disks = []
        }
        let asked = "[approval approveAdoption]"
        #expect(lines(world) == ["adopt Server/web-01 \(asked)", "adopt Server/web-02 \(asked)"])
        world.approveAll()
        #expect(lines(world) == ["adopt Server/web-01 [ready]", "adopt Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        #expect(world.guest("web-01")?.vmid == 200)
    }

    @Test func adoptSaysWhatItPointsAt() {
        var world = World()
        world.addForeignGuest(200, "billing")
        world.addForeignGuest(201, "web-02")
        for (name, vmid) in [("web-01", 200), ("web-02", 300), ("web-03", 301)] as [(String, VMID)] {
            world.declare(name) {
                $0.vmid = vmid
                $0.adopt = true
                $0.disks = []
            }
        }
        let plan = world.plan()
        #expect(plan.lines == ["adopt Server/web-01 [approval approveAdoption]", "create Server/web-03 [ready]"])
        #expect(plan.finding("adoptOtherName")?.sentence == Sentence(.adoptOtherName, "web-01", "200", "billing"))
        #expect(
            plan.finding("nameTaken")?.sentence == Sentence(.adoptOtherNumber, "web-02", "300", "201", "lab"))
        #expect(plan.finding("adoptNothing")?.sentence == Sentence(.adoptNothing, "web-03", "lab"))
        world.execute(plan)
        #expect(world.plan().finding("adoptNothing") == nil)
    }

    @Test func aGuestWithAMarkIsNotOfferedForAdoption() {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.editGuest("web-01") { _, configuration in
            configuration.settings.description = "plumb: lab/other/web-09 0123456789abcdef"
        }
        world.declare("web-01") {
            $0.vmid = 200
            $0.adopt = true
        }
        #expect(world.plan().steps.isEmpty)
        #expect(world.plan().finding("vmidTaken")?.sentence.short == "vmidMarked")
    }

    @Test func anAdoptionThatGotAsFarAsTheStateIsContinued() throws {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.declare("web-01") {
            $0.vmid = 200
            $0.adopt = true
            $0.disks = []
        }
        world.approveAll()
        world.execute(world.plan())
        let row = world.recorded.servers
        world.recorded.servers = []
        world.editGuest("web-01") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
            configuration.settings.description = "by hand"
        }
        #expect(lines(world) == ["update Server/web-01 [ready]"])
        var stranger = world
        stranger.recorded.servers = row
        #expect(stranger.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
        stranger = world
        stranger.edit("web-01") { $0.adopt = false }
        #expect(stranger.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
        world.execute(world.plan())
        #expect(world.recorded.servers[0].mark == world.configurations[200]?.mark?.id)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aNumberHeldForAServerThatNobodyKnowsIsFree() throws {
        var world = World()
        let lease = VMIDLease(cluster: "lab", vmid: 150, server: "never-made")
        world.recorded.leases = [lease]
        world.declare("web-01") { $0.vmid = 150 }
        #expect(lines(world) == ["create Server/web-01 [ready]"])
        #expect(strayLeases(world.input) == [lease])
        // While a document is unreadable it may be the one that declares the server.
        var broken = world
        broken.desired.completeness = .broken(.init(documents: ["a.yaml:1"], claims: []))
        #expect(lines(broken) == [])
        #expect(strayLeases(broken.input) == [])
        world.declare("never-made")
        #expect(world.plan().finding("create")?.sentence.short == "vmidDeclaredTwice")
        #expect(strayLeases(world.input) == [])
    }

    @Test func adoptOfSeveralGuestsOfOneNameIsAmbiguous() {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.addForeignGuest(201, "web-01")
        world.declare("web-01") { $0.adopt = true }
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence == Sentence(.adoptAmbiguous, "web-01", "200, 201"))
    }

    @Test func aGuestWithOurMarkIsTakenBackAfterStateAndRegistryAreLost() throws {
        var world = try MainRoadTests.fleet()
        world.stacks = [:]
        world.recorded.servers = []
        #expect(
            lines(world) == [
                "adopt Server/web-01 [ready]", "adopt Server/web-02 [ready]", "adopt Server/web-03 [ready]",
            ])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aMarkThatThisRegistryNeverGaveIsTakenOverOnlyAfterApproval() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        // A fresh clone with a state directory of its own.
        world.stacks = [:]
        world.recorded = Recorded()
        world.recorded.markSeed = 43
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        #expect(lines(world) == ["adopt Server/web-01 [approval approveTakeOver]"])
        world.approveAll()
        #expect(lines(world) == ["adopt Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    /// A fleet whose `web-01` was just born again while the row and the count of births are of the life before.
    private func interruptedRecreation() throws -> World {
        var world = try MainRoadTests.fleet()
        let before = world.recorded
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        world.approveAll()
        world.execute(world.plan())
        try #require(world.recorded.servers[0].mark != before.servers[0].mark)
        world.recorded = before
        return world
    }

    @Test func anInterruptedRecreationIsFinishedByRepairingTheRow() throws {
        var world = try interruptedRecreation()
        let born = world.configurations[100]?.mark?.id
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.recorded.servers[0].mark == born)
        #expect(world.plan().steps.isEmpty)
        // And its next life does not bear the mark of this one.
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        world.approveAll()
        world.execute(world.plan())
        #expect(world.configurations[100]?.mark?.id != born)
    }

    @Test func aNewbornThatTheStateMissedIsKnownByTheIdThatWouldBeDrawnNext() throws {
        var world = try interruptedRecreation()
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources[0].settings.description = "plumb: lab/main/web-01 00000000000000aa"
        world.stacks[main]?.state = .present(state)
        world.stacks[main]?.tfvars.entries["web-01"]?.settings.description =
            "plumb: lab/main/web-01 00000000000000aa"
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world).last == "record Server/web-01 [ready]")
        // Any other id is another guest's.
        world.recorded.markSeed = 43
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
    }

    @Test func aMissingStateFileIsNotAnEmptyState() throws {
        var world = try MainRoadTests.fleet()
        let main = StackID(cluster: "lab", name: "main")
        world.stacks[main]?.state = .absent
        world.declare("new-01")
        world.undeclare("web-01")
        world.removeGuest("web-02")
        world.recorded.servers[1].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        #expect(lines(world) == [])
        let findings = world.plan().findings
        #expect(findings.map(\.kind) == [.blocked, .blocked, .blocked, .blocked])
        #expect(findings.first?.sentence == Sentence(.lostState, "new-01", "lab/main", "3"))
        // The same where the whole directory is gone.
        world.stacks = [:]
        #expect(lines(world) == [])
        #expect(world.plan().findings.map(\.sentence.short) == Array(repeating: "lostState", count: 4))
    }

    @Test func aStateThatNothingWasWrittenIntoIsLostWhereItsServersOnceRan() throws {
        var world = try MainRoadTests.fleet()
        let main = StackID(cluster: "lab", name: "main")
        world.stacks[main]?.state = .present(.unwritten)
        #expect(Set(world.plan().findings.map(\.sentence.short)) == ["lostState"])
        #expect(world.plan().steps.isEmpty)
        for index in world.recorded.servers.indices { world.recorded.servers[index].wasStarted = false }
        // A server that nobody started was in it all the same.
        #expect(Set(world.plan().findings.map(\.sentence.short)) == ["lostState"])
        world.recorded.unstated = Set(world.recorded.servers.map(\.name))
        #expect(!world.plan().findings.contains { $0.sentence.short == "lostState" })
    }

    @Test func aStateThatCannotBeReadSaysItselfWhy() throws {
        var world = try MainRoadTests.fleet()
        let reason = Sentence("terraform.stateBroken", "/fleet/lab/main/terraform.tfstate")
        world.stacks[StackID(cluster: "lab", name: "main")]?.state = .unknown(reason)
        #expect(world.plan().findings.map(\.sentence) == [reason, reason, reason])
    }

    @Test func aClusterWhoseDocumentIsGoneIsSaidToBeMissing() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.desired.clusters = []
        world.desired.servers = []
        let missing = Sentence(.undeclaredCluster, "web-01", "lab")
        #expect(world.plan().findings.map(\.sentence).contains(missing))
        world.desired.completeness = .broken(
            .init(documents: ["web.yaml:1"], claims: [ObjectName(.server, "web-01")]))
        #expect(world.plan().findings.map(\.sentence).contains(missing))
        world.desired.completeness = .broken(
            .init(documents: ["lab.yaml:1"], claims: [ObjectName(.cluster, "lab")]))
        #expect(world.plan().findings.map(\.sentence).contains(Sentence(.claimed, "web-01", "lab.yaml:1")))
    }
}
