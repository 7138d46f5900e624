import Model
import Planning
import Testing

/// A guest that is not listed, last seen on a node that the cluster does not have any more.
@Suite struct LostNodeTests {
    /// Of three servers `web-01` was last seen on a node that is not listed, and is not listed itself; as often missed as
    /// it takes.
    private func losing() throws -> World {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.recorded.servers[0].node = "pve3"
        world.recorded.servers[0].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        return world
    }

    private func listing(of world: World) -> ClusterInventory { world.input.observed.inventories[0] }

    private func isClean(_ world: World) -> Bool { checkPlan(world.plan(), world.withDetails().input).isEmpty }

    @Test func whatWasOnItIsNotMadeAgain() throws {
        let world = try losing()
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("unknown")?.sentence == Sentence(.unlistedLostNode, "lab", "pve3"))
        #expect(isClean(world))
    }

    @Test func whatWasOnItIsNotForgotten() throws {
        var world = try losing()
        world.undeclare("web-01")
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("unknown")?.sentence.short == "unlistedLostNode")
    }

    @Test func nothingIsBornWhileItsNumberMayBeInUseThere() throws {
        var world = try losing()
        world.declare("new-01")
        #expect(world.plan().lines == [])
    }

    @Test func whatIsListedCanBeChangedAllTheSame() throws {
        var world = try losing()
        world.edit("web-02") { $0.cores = 4 }
        #expect(world.plan().lines == ["update Server/web-02 [ready]"])
    }

    @Test func aNodeThatIsDeclaredToBeGoneHidesNobody() throws {
        var world = try losing()
        world.desired.clusters[0].removedNodes = ["PVE3"]
        #expect(world.plan().lines == ["recreate Server/web-01 [approval approveRecreate]"])
        #expect(isClean(world))
        world.undeclare("web-01")
        #expect(world.plan().lines == ["forget Server/web-01 [ready]"])
        #expect(isClean(world))
    }

    @Test func aNodeThatIsDeclaredToBeGoneAndIsListedHidesEverybody() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        let listed = world.recorded.servers[1].node
        #expect(world.plan().lines == ["recreate Server/web-01 [approval approveRecreate]"])
        world.desired.clusters[0].removedNodes = [listed]
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("unknown")?.sentence == Sentence(.removedNodeListed, "lab", listed.text))
        #expect(isClean(world))
    }

    @Test func whoAsksIsToldTheNodeAndWhoWasOnIt() throws {
        var world = try losing()
        #expect(world.input.lostNodes(of: listing(of: world)) == [LostNode(name: "pve3", guests: ["web-01 (100)"])])
        #expect(world.input.needlesslyRemovedNodes(of: listing(of: world)) == [])
        // A slip in its name leaves it lost, and is a name that nothing knows.
        world.desired.clusters[0].removedNodes = ["pve33"]
        #expect(world.input.lostNodes(of: listing(of: world)).map(\.name) == ["pve3"])
        #expect(world.input.needlesslyRemovedNodes(of: listing(of: world)) == ["pve33"])
        // Given up with somebody on record there, it is neither.
        world.desired.clusters[0].removedNodes = ["PVE3"]
        #expect(world.input.lostNodes(of: listing(of: world)) == [])
        #expect(world.input.needlesslyRemovedNodes(of: listing(of: world)) == [])
        // One that is in the cluster has a word of its own.
        world.desired.clusters[0].removedNodes = ["pve1", "pve3"]
        #expect(world.input.lostNodes(of: listing(of: world)) == [])
        #expect(world.input.needlesslyRemovedNodes(of: listing(of: world)) == [])
    }

    @Test func whoAsksIsToldOfThoseThatOnlyAStateKnows() throws {
        var world = try losing()
        world.recorded.servers.removeFirst()
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources[0].node = "pve3"
        world.stacks[main]?.state = .present(state)
        #expect(world.input.lostNodes(of: listing(of: world)) == [LostNode(name: "pve3", guests: ["web-01 (100)"])])
    }

    @Test func aPlanAndWhoAsksNameTheSameNodes() throws {
        var world = try losing()
        world.removeGuest("web-02")
        world.recorded.servers.removeAll { $0.name == "web-02" }
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        let stray = try #require(state.resources.firstIndex { $0.server == "web-02" })
        state.resources[stray].node = "pve4"
        world.stacks[main]?.state = .present(state)
        world.inventory.lostNodes = ["pve5"]
        let lost = world.input.lostNodes(of: listing(of: world))
        #expect(
            lost == [
                LostNode(name: "pve3", guests: ["web-01 (100)"]), LostNode(name: "pve4", guests: ["web-02 (101)"]),
                LostNode(name: "pve5", guests: []),
            ])
        let names = lost.map(\.name.text).joined(separator: ", ")
        #expect(world.plan().finding("unknown")?.sentence == Sentence(.unlistedLostNode, "lab", names))
    }

    @Test func theEndOfAGuestThatIsListedWaitsUntilItCanBeSeen() throws {
        var world = try losing()
        world.undeclare("web-02")
        let step = try #require(world.plan().steps.first { $0.action.verb == .destroy })
        #expect(step.disposition == .waiting(Sentence(.endUnseeable, "web-02", "lab", "pve3")))
        #expect(isClean(world))
    }

    @Test func whoMovedAwayBeforeTheNodeLeftIsSeen() throws {
        var world = try MainRoadTests.fleet()
        world.recorded.servers[0].node = "pve3"
        #expect(!world.plan().findings.contains { $0.sentence.short == "unlistedLostNode" })
        world.removeGuest("web-02")
        world.recorded.servers[1].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        #expect(world.plan().lines.contains("recreate Server/web-02 [approval approveRecreate]"))
    }

    @Test func whoeverLookedMayKnowOfOneThatNoRowShows() throws {
        var world = try losing()
        world.recorded.servers[0].node = "pve1"
        world.inventory.lostNodes = ["pve3"]
        #expect(world.plan().lines == [])
        #expect(!world.inventory.canProveAbsence)
    }

    @Test func whatOnlyAStateKnowsIsNotGoneEither() throws {
        var world = try losing()
        world.recorded.servers.removeFirst()
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources[0].node = "pve3"
        world.stacks[main]?.state = .present(state)
        var policy = Policy(name: "p")
        policy.absenceConfirmations = 1
        policy.recreate = .auto
        world.desired.policies = [policy]
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("unknown")?.sentence.short == "unlistedLostNode")
        let input = world.withDetails().input
        world.desired.clusters[0].removedNodes = ["pve3"]
        #expect(world.plan().lines == ["recreate Server/web-01 [ready]"])
        #expect(checkPlan(world.plan(), input).map(\.invariant) == [.unknownGuest])
    }

    @Test func theCheckFindsARecreationAndAForgettingThatRestOnIt() throws {
        var world = try losing()
        let input = world.withDetails().input
        world.desired.clusters[0].removedNodes = ["pve3"]
        let made = world.plan()
        #expect(Set(checkPlan(made, input).map(\.invariant)) == [.unknownGuest])
        world.undeclare("web-01")
        let forgotten = world.plan()
        var undeclared = input
        undeclared.desired.servers = world.desired.servers
        #expect(Set(checkPlan(forgotten, undeclared).map(\.invariant)) == [.unknownGuest])
    }

    @Test func aListingThatNamesNoNodeOrIsNotBelievedIsJudgedOtherwise() {
        var inventory = ClusterInventory(cluster: "lab", readAt: Timestamp(seconds: 1))
        let places: [(vmid: VMID, node: NodeName)] = [(100, "pve3"), (101, "pve1"), (102, "PVE3"), (103, "pve4")]
        #expect(inventory.lostNodes(lastSeen: places, removed: []) == [])
        inventory.nodes = [ObservedNode(name: "pve1", isOnline: true)]
        #expect(inventory.lostNodes(lastSeen: places, removed: []) == ["pve3", "pve4"])
        #expect(inventory.lostNodes(lastSeen: places, removed: ["pve4"]) == ["pve3"])
        inventory.guests = [100, 102].map {
            ObservedGuest(vmid: $0, type: .vm, name: "moved", node: "pve1", status: .running)
        }
        #expect(inventory.lostNodes(lastSeen: places, removed: ["pve4"]) == [])
        inventory.distrust = Sentence(.unreadCluster, "lab")
        #expect(inventory.lostNodes(lastSeen: places, removed: []) == [])
    }
}
