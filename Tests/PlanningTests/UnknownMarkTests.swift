import Model
import Planning
import Testing

/// Guests that look like ours and are nobody's.
@Suite struct UnknownMarkTests {
    /// `web-01` was taken in or made, and nothing but its mark is left of that.
    private func leftover() throws -> World {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.undeclare("web-01")
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources.removeAll { $0.server == "web-01" }
        world.stacks[main]?.state = .present(state)
        world.stacks[main]?.tfvars.entries["web-01"] = nil
        world.recorded.servers.removeAll { $0.name == "web-01" }
        return world
    }

    @Test func aMarkOfThisRegistryThatNobodyKnowsIsSaid() throws {
        var world = try leftover()
        #expect(world.plan().steps.isEmpty)
        #expect(
            world.plan().finding("markUnknown")?.sentence
                == Sentence(.markUnknown, "100", "web-01", "pve1", "lab", "web-01"))
        // What the sentence advises takes it in again.
        world.declare("web-01") {
            $0.adopt = true
            $0.vmid = 100
        }
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
    }

    /// `web-01` was let go of, its guest runs on, and a document takes another name for it.
    private func letGo() throws -> World {
        var world = try MainRoadTests.fleet(["web-01", "web-02"])
        world.edit("web-01") { $0.onRemove = .forget }
        world.execute(world.plan())
        world.undeclare("web-01")
        world.execute(world.plan())
        try #require(world.guest("web-01") != nil && world.recorded.servers.map(\.name) == ["web-02"])
        world.declare("web-09") { $0.metadata.formerName = "web-01" }
        return world
    }

    @Test("what was let go of gets no second guest by a former name, and the way that is said leads to the rename")
    func aFormerNameOfOneThatWasLetGoOf() throws {
        var world = try letGo()
        let sentence = Sentence(.formerNameLetGo, "web-09", "web-01", "100 (web-01, pve1)", "lab", "100")
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("nameTaken")?.sentence == sentence)
        #expect(world.plan().finding("perhapsRenamed") == nil)
        // Whatever the document says of its address, its number or the guest's.
        var other = world
        other.edit("web-09") {
            $0.networks = [Server.Network()]
            $0.networks[0].address = "10.0.0.11/24"
        }
        #expect(other.plan().finding("nameTaken")?.sentence == sentence && other.plan().lines == [])
        other = world
        other.edit("web-09") {
            $0.vmid = 100
            $0.adopt = true
        }
        #expect(other.plan().finding("vmidTaken")?.sentence == sentence && other.plan().lines == [])
        other = world
        other.editGuest("web-01") { guest, _ in guest.name = "web-09" }
        let named = Sentence(.formerNameLetGo, "web-09", "web-01", "100 (web-09, pve1)", "lab", "100")
        #expect(other.plan().finding("nameTaken")?.sentence == named && other.plan().lines == [])
        // Another Plumb's mark says nothing of this one's servers.
        other = world
        other.recorded.markSeed = 43
        #expect(other.plan().lines == ["create Server/web-09 [ready]"])
        // As the sentence says.
        world.undeclare("web-09")
        world.declare("web-01") {
            $0.adopt = true
            $0.vmid = 100
        }
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
        world.execute(world.plan())
        world.undeclare("web-01")
        world.declare("web-09") { $0.metadata.formerName = "web-01" }
        #expect(world.plan().lines == ["rename Server/web-09 [ready]", "update Server/web-09 [ready]"])
    }

    @Test("a guest with the former name and the tag is read before anything is made, however little a sweep reads")
    func aFormerNameThatIsNotReadYet() throws {
        var world = try letGo()
        world.desired.clusters[0].poll.detailSweep = 0
        #expect(detailNeeds(world.input) == [DetailNeed(cluster: "lab", vmid: 100)])
        #expect(planFleet(world.input).plan.lines == [])
        #expect(world.plan().finding("nameTaken")?.sentence.short == "formerNameLetGo")
        world.unread = [100]
        #expect(world.plan().finding("nameTaken")?.sentence == Sentence(.unreadDetail, "100"))
    }

    @Test func aMarkOfAnotherRegistryIsSomebodyElses() throws {
        var world = try leftover()
        world.recorded.markSeed = 43
        #expect(world.plan().finding("markUnknown") == nil)
        #expect(world.plan().finding("unmanaged") != nil)
    }

    @Test func noMoreTaggedStrangersAreReadThanTheSweepHas() throws {
        var world = World()
        world.desired.clusters[0].poll.detailSweep = 2
        for number in 500..<505 {
            world.addForeignGuest(number, "stranger-\(number)")
            world.inventory.guests[world.inventory.guests.count - 1].tags = [OwnershipMark.tag]
        }
        let first = detailNeeds(world.input).map(\.vmid)
        #expect(first.count == 2)
        let read = world.withDetails()
        #expect(read.inventory.details.count == 2)
        #expect(world.plan().finding("taggedUnread")?.sentence == Sentence(.taggedUnread, "lab", "3", "5"))
        // The next ones after a while.
        world.now = Timestamp(seconds: world.now.seconds + 30)
        #expect(Set(detailNeeds(world.input).map(\.vmid)) != Set(first))
        world.desired.clusters[0].poll.detailSweep = 50
        #expect(world.plan().finding("taggedUnread") == nil)
    }
}
