import Model
import Planning
import Testing

/// What `drift` says of servers as a whole, and that plan, status and drift name the same ones.
@Suite struct DriftPresenceTests {
    private func read(_ world: World) -> PlanningInput {
        var world = world
        for need in detailsOfAll(world.input) + detailNeeds(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        return world.input
    }

    private func task(_ type: String, _ vmid: VMID, _ world: World) -> ObservedTask {
        var task = ObservedTask(
            upid: "UPID:\(type)", node: "pve1", type: type, vmid: vmid, user: "bob@pam", startedAt: world.now)
        task.exitStatus = "OK"
        return task
    }

    @Test func aStrangerOnTheVMIDIsNamedWithWhoMadeIt() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.addForeignGuest(100, "rival")
        let (end, birth) = (task("qmdestroy", 100, world), task("qmcreate", 100, world))
        world.inventory.pastTasks = [birth, end]
        let input = read(world)
        let found = try #require(driftReport(input).first)
        #expect(found.kind == .replaced && found.server == "web-01")
        #expect([found.desired, found.recorded, found.state] == ["web-01", "web-01", "web-01"])
        #expect(found.live == "another guest, rival" && found.disagreeing == [.live])
        #expect(found.culprit == .tasks([end, birth]) || found.culprit == .tasks([birth, end]))
        guard case .stays(let sentence) = found.outlook else {
            Issue.record("\(found.outlook)")
            return
        }
        #expect(sentence.short == "foreignGuest")
        #expect(unreadServers(input) == [])
    }

    @Test func aServerOfAnotherClusterIsMisplacedAndNotDeleted() throws {
        var world = try MainRoadTests.fleet()
        var other = Cluster(name: "other", source: .simulated(.init(nodes: ["x"])))
        other.defaults = world.desired.clusters[0].defaults
        world.desired.clusters.append(other)
        world.edit("web-01") { $0.cluster = "other" }
        var input = read(world)
        input.observed.inventories.append(ClusterInventory(cluster: "other", readAt: world.now))
        let items = driftReport(input)
        let found = try #require(items.first)
        #expect(items.map(\.kind) == [.misplaced] && found.path == "cluster")
        #expect([found.desired, found.recorded, found.state, found.live] == ["other", "lab", "lab", "lab"])
        #expect(found.disagreeing == [.desired] && found.culprit == .declaration)
        guard case .stays(let sentence) = found.outlook else {
            Issue.record("\(found.outlook)")
            return
        }
        #expect(sentence.short == "otherCluster")
    }

    @Test func aTemplateThatWasAServerIsBlockedAndNeverDestroyed() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, _ in
            guest.status = .stopped
            guest.isTemplate = true
        }
        let made = task("qmtemplate", 100, world)
        world.inventory.pastTasks = [made]
        let found = try #require(driftReport(read(world)).first)
        #expect(found.kind == .template && found.live == "a template" && found.culprit == .tasks([made]))
        #expect(world.plan().finding("ambiguous")?.sentence.short == "becameTemplate")
        world.undeclare("web-01")
        #expect(world.plan().lines == [])
        #expect(planFleet(read(world)).plan.steps.isEmpty)
    }

    @Test func anotherTemplateOnTheVMIDIsAStranger() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.addForeignGuest(100, "golden")
        let at = try #require(world.inventory.guests.firstIndex { $0.name == "golden" })
        world.inventory.guests[at].isTemplate = true
        #expect(driftReport(read(world)).map(\.kind) == [.replaced])
    }

    @Test func aFollowedGuestIsSaidAndDoesNotCount() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.node = "pve1" }
        world.editGuest("web-01") { guest, _ in guest.node = "pve2" }
        let moved = try #require(driftReport(read(world)).first)
        #expect(moved.kind == .moved && moved.outlook == .heals && moved.disagreeing == [.live])
        #expect(world.plan().finding("followed")?.kind == .notice)
        world.execute(world.plan())
        let followed = try #require(driftReport(read(world)).first)
        #expect(followed.kind == .moved && !followed.counts)
        #expect([followed.desired, followed.recorded, followed.live] == ["pve1", "pve2", "pve2"])
        #expect(followed.disagreeing.contains(.desired) && !followed.disagreeing.contains(.live))
        #expect(driftingServers(read(world)).isEmpty)
        #expect(world.plan().steps.isEmpty && world.plan().finding("followed") != nil)
        world.edit("web-01") { $0.ignore = ["spec.node"] }
        #expect(world.plan().finding("followed") == nil && driftReport(read(world)) == [])
    }

    @Test func whatIsNotMadeYetAndWhatIsNotDeclaredAnyMoreIsSaid() throws {
        var world = try MainRoadTests.fleet()
        world.declare("web-04")
        world.undeclare("web-02")
        let items = driftReport(read(world))
        #expect(items.map(\.server) == ["web-02", "web-04"])
        #expect(items.map(\.kind) == [.undeclared, .unborn])
        #expect(items.map(\.culprit) == [.declaration, .declaration])
        #expect(items[1].outlook == .heals)
        guard case .waits(let sentence) = items[0].outlook else {
            Issue.record("\(items[0].outlook)")
            return
        }
        #expect(sentence.short == "approveDestroy")
    }

    @Test func whatOnlyTheRegistryHasOtherwiseIsSaid() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.onRemove = .forget }
        world.recorded.servers.removeAll { $0.name == "web-02" }
        let items = driftReport(read(world))
        #expect(items.map(\.path) == ["onRemove", "record"])
        #expect([items[0].desired, items[0].recorded] == ["forget", "destroy"])
        #expect(items.allSatisfy { $0.outlook == .heals })
    }

    @Test func aRebuildThatIsNeededIsOutOfPlumb() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.disks[0].size = .gibibytes(10) }
        let found = try #require(driftReport(read(world)).first)
        #expect([found.desired, found.recorded, found.state, found.live] == ["10GiB", "20GiB", "20GiB", "20GiB"])
        #expect(found.disagreeing == [.desired] && found.counts)
        #expect(world.plan().findings.contains { $0.tellsDifference })
    }

    @Test func aPausedGuestThatShouldRunIsSaidByPlanAndDrift() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.power = .running }
        world.editGuest("web-01") { guest, _ in guest.status = .paused }
        let found = try #require(driftReport(read(world)).first)
        #expect(found.kind == .power && found.live == "paused" && found.outlook.reason == "guestPaused")
        #expect(world.plan().lines == [] && world.plan().finding("guestPaused")?.tellsDifference == true)
    }

    @Test func whatIsOnlyObservedIsNeitherStartedNorCalledInPlumb() throws {
        var world = World()
        world.addForeignGuest(500, "theirs")
        world.declare("theirs") { server in
            server.manage = .observe
            server.vmid = 500
            server.power = .stopped
        }
        world.execute(world.plan())
        let found = try #require(driftReport(read(world)).first)
        #expect(found.kind == .power && found.outlook.reason == "observedPower")
        #expect(world.plan().lines == [])
        world.removeGuest("theirs")
        let gone = try #require(driftReport(read(world)).first)
        #expect(gone.kind == .deleted && gone.outlook.reason == "missing")
    }

    @Test func theAccountOfAGuestThatSomebodyElseMadeIsLeftAlone() throws {
        var world = try MainRoadTests.fleet()
        let stack = StackID(cluster: "lab", name: "main")
        world.stacks[stack]?.tfvars.entries["web-01"]?.birth.template = nil
        world.edit("web-01") { server in
            server.cloudInit = .init()
            server.cloudInit?.user = "ops"
        }
        world.stacks[stack]?.tfvars.entries["web-01"]?.birth.user = "ops"
        world.editGuest("web-01") { $1.account = .init(user: "root", sshKeys: []) }
        #expect(!driftReport(read(world)).contains { $0.path == "cloudInit.user" })
    }
}

extension DriftItem.Outlook {
    /// The code of what it stays for.
    fileprivate var reason: String? {
        switch self {
        case .heals: nil
        case .waits(let sentence), .stays(let sentence), .accepted(let sentence): sentence.short
        }
    }
}
