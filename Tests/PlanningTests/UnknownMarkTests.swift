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
