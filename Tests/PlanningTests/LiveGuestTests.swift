import Model
import Planning
import Testing

/// What lists say of a server's guest: absent only where that is proven.
@Suite struct LiveGuestTests {
    private func live(_ world: World, _ name: ServerName = "web-01") -> Observation<ObservedGuest>? {
        liveGuests(world.input)[name]
    }

    @Test func aGuestThatIsListedIsPresent() throws {
        let world = try MainRoadTests.fleet()
        #expect(live(world)?.value?.vmid == 100)
    }

    @Test func whatACompleteListingLacksIsAbsent() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        #expect(live(world) == .absent)
        world.declare("new")
        #expect(live(world, "new") == .absent)
    }

    @Test func withoutAnInventoryNothingIsAbsent() throws {
        let world = try MainRoadTests.fleet()
        var input = world.input
        input.observed.inventories = []
        #expect(liveGuests(input)["web-01"] == .unknown(Sentence(.unreadCluster, "lab")))
    }

    @Test func whatMayBeOnANodeThatIsOfflineIsUnknown() throws {
        var world = try MainRoadTests.fleet()
        world.inventory.nodes[0].isOnline = false
        #expect(live(world) == .unknown(Sentence(.offlineNode, "100", "pve1")))
        world.removeGuest("web-01")
        #expect(live(world) == .unknown(Sentence(.unlistedOffline, "lab", "pve1")))
    }

    @Test func aListingWithoutQuorumProvesNoAbsence() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.inventory.isQuorate = false
        #expect(live(world) == .unknown(Sentence(.unlistedNoQuorum, "lab")))
    }

    @Test func anEmptyListingProvesNoAbsence() throws {
        var world = try MainRoadTests.fleet()
        world.inventory.guests = []
        #expect(live(world) == .unknown(Sentence(.emptyListing, "lab")))
        world.inventory.details[100] = .absent
        #expect(world.inventory.isFree(100) && !world.inventory.provesAbsence(of: 100))
        #expect(world.inventory.provesAbsence(of: 100, isReported: true))
        var task = ObservedTask(
            upid: "UPID:1", node: "pve1", type: "qmdestroy", vmid: 100, user: "root@pam",
            startedAt: Timestamp(seconds: 1))
        task.exitStatus = "OK"
        world.inventory.pastTasks = [task]
        #expect(world.inventory.provesAbsence(of: 100))
        #expect(!world.inventory.provesAbsence(of: 101))
    }

    @Test func aGuestThatIsHiddenFromTheListingIsUnknown() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        let hidden = Sentence("proxmox.hiddenGuest", "100", "lab")
        world.inventory.details[100] = .unknown(hidden)
        #expect(live(world) == .unknown(hidden))
        #expect(!world.inventory.provesAbsence(of: 100, isReported: true))
        world.undeclare("web-01")
        #expect(world.plan().lines == [])
    }

    @Test func aStrangerOnTheServersNumberSaysNothingOfTheServer() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.addForeignGuest(100, "stranger")
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        let mark = try #require(world.recorded.servers[0].mark)
        let line = "plumb: lab/main/web-01 \(mark)"
        #expect(live(world) == .unknown(Sentence(.foreignGuest, "web-01", "100", "stranger", line, "lab/main")))
    }

    @Test func whatABirthThatBrokeOffLeftIsKnownByItsDescription() throws {
        var world = try MainRoadTests.fleet()
        // A clone bears the template's tags until it is configured.
        world.addForeignGuest(300, "new")
        world.declare("new")
        world.recorded.leases = [VMIDLease(cluster: "lab", vmid: 300, server: "new")]
        world.editGuest("new") { _, detail in detail.settings.description = "plumb: lab/main/new 0123456789abcdef" }
        #expect(world.plan().lines == ["adopt Server/new [approval approveTakeOver]"])
        world.editGuest("new") { guest, detail in
            guest.lock = "clone"
            detail.settings.description = " qmclone temporary file\n"
        }
        #expect(world.plan().lines == [])
        world.inventory.details[300] = world.configurations[300].map { .present($0) }
        #expect(live(world, "new") == .unknown(Sentence(.locked, "300", "clone")))
    }

    @Test func aNumberThatWasOnlyLeasedIsNotGivenUpWhileANodeIsOffline() throws {
        var world = try MainRoadTests.fleet()
        world.addForeignGuest(300, "stranger")
        world.declare("new")
        world.recorded.leases = [VMIDLease(cluster: "lab", vmid: 300, server: "new")]
        #expect(world.plan().lines == ["create Server/new [ready]"])
        world.inventory.nodes[1].isOnline = false
        #expect(world.plan().lines == [])
        // Whose it is shows only in its own configuration, which a plan reads.
        #expect(live(world, "new") == .unknown(Sentence(.detail, "new", "300")))
        world.inventory.details[300] = world.configurations[300].map { .present($0) }
        #expect(live(world, "new") == .unknown(Sentence(.unlistedOffline, "lab", "pve2")))
    }
}
