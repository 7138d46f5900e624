import Model
import Planning
import Testing

/// A guest on a server's number that bears its tag and no mark: somebody rewrote the note of the server, or put another
/// guest in its place, which has the tag from what it was cloned from.
@Suite struct LostMarkTests {
    /// `web-01` was deleted by hand, and a clone of `web-02` with a note of its own has its number.
    private func replaced(by name: String, type: GuestType = .vm) throws -> World {
        var world = try MainRoadTests.fleet()
        let node = try #require(world.guest("web-01")).node
        var guest = try #require(world.guest("web-02"))
        var configuration = try #require(world.configurations[guest.vmid])
        world.removeGuest("web-01")
        (guest.vmid, guest.name, guest.type) = (VMID(100), name, type)
        (guest.node, guest.memory) = (node, 4096)
        (configuration.name, configuration.type, configuration.macs) = (name, type, ["BC:24:11:00:00:FF"])
        configuration.settings.description = "customer database, keep!"
        configuration.settings.memory = 4096
        world.inventory.guests.append(guest)
        world.configurations[100] = configuration
        return world
    }

    /// `web-01` itself with another note.
    private func rewritten(macs: [String]? = nil) throws -> World {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { _, configuration in
            configuration.settings.description = "by hand"
            if let macs { configuration.macs = macs }
        }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        return world
    }

    private func setPolicy(of world: inout World, _ change: (inout Policy) -> Void) {
        var policy = Policy(name: "p")
        change(&policy)
        world.desired.policies = [policy]
    }

    /// Its own name makes a clone no more the server than the number does.
    @Test(arguments: ["customer-db", "web-01"])
    func aCloneWithTheTagIsAnotherGuest(name: String) throws {
        var world = try replaced(by: name)
        setPolicy(of: &world) { $0.apply = .auto }
        #expect(world.plan().lines == [])
        let sentence = try #require(world.plan().finding("ambiguous")?.sentence)
        #expect(
            sentence.code == Sentence(.foreignGuest).code && sentence.arguments.prefix(3) == ["web-01", "100", name])
        // Nor does it end as the server, once nobody declares that.
        world.undeclare("web-01")
        #expect(world.plan().lines == [])
    }

    @Test func aContainerIsNotTheVM() throws {
        let world = try replaced(by: "web-01", type: .container)
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
    }

    @Test func whatWasNotReadIsNotWrittenTo() throws {
        var world = try replaced(by: "customer-db")
        #expect(planFleet(world.input).plan.steps.allSatisfy { $0.disposition != .ready })
        #expect(detailNeeds(world.input) == [DetailNeed(cluster: "lab", vmid: 100)])
        world.unread = [100]
        #expect(world.plan().lines == [])
        #expect(world.plan().finding("unknown")?.sentence == Sentence(.unreadDetail, "100"))
    }

    @Test func theMarkIsWrittenAgainWhereANetworkDeviceIsTheStates() throws {
        let world = try rewritten()
        let plan = world.plan()
        #expect(plan.lines == ["update Server/web-01 [ready]"])
        #expect(plan.steps.allSatisfy { !$0.isOnUnprovenGuest })
        #expect(checkPlan(plan, world.input) == [])
    }

    @Test func withoutAnySignAPersonVouchesForIt() throws {
        var world = try rewritten(macs: [])
        setPolicy(of: &world) { $0.apply = .auto }
        let plan = world.plan()
        #expect(plan.lines == ["update Server/web-01 [approval approveUnmarked]"])
        #expect(plan.steps.first?.disposition == .needsApproval(Sentence(.approveUnmarked, "web-01", "100", "web-01")))
        #expect(plan.steps.allSatisfy { $0.isOnUnprovenGuest })
        #expect(checkPlan(plan, world.input) == [])
        var careless = plan
        careless.steps[0].disposition = .ready
        #expect(checkPlan(careless, world.input).map(\.invariant) == [.approval])
        world.approveAll()
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
        #expect(checkPlan(world.plan(), world.input) == [])
        world.execute(world.plan())
        #expect(world.configurations[100]?.mark?.server == "web-01")
        #expect(world.plan().steps.isEmpty)
    }

    @Test func norIsItStartedOrShutDownUnasked() throws {
        var world = try rewritten(macs: [])
        world.edit("web-01") { $0.power = .running }
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(
            world.plan().lines == [
                "update Server/web-01 [approval approveUnmarked]", "start Server/web-01 [approval approveUnmarked]",
            ])
        var careless = world.plan()
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        #expect(checkPlan(careless, world.input).map(\.invariant) == [.approval, .approval])
        world = try rewritten(macs: [])
        world.edit("web-01") { $0.power = .stopped }
        #expect(world.plan().lines.contains("stop Server/web-01 [blocked identity]"))
    }

    @Test func whatTheStateLostIsTakenInByAYesOnly() throws {
        var world = try rewritten()
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources.removeAll { $0.server == "web-01" }
        world.stacks[main]?.state = .present(state)
        setPolicy(of: &world) { $0.apply = .auto }
        let plan = world.plan()
        #expect(plan.lines.contains("adopt Server/web-01 [approval approveUnmarked]"), "\(plan.lines)")
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func theCheckFindsWhatIsWrittenToAnotherGuest() throws {
        let world = try rewritten()
        let plan = world.plan()
        let changes: [(inout ObservedGuest, inout GuestConfiguration) -> Void] = [
            { $1.macs = ["BC:24:11:00:00:FF"] }, { guest, _ in guest.name = "customer-db" },
            { guest, _ in guest.type = .container },
        ]
        for change in changes {
            var other = world
            other.editGuest("web-01", change)
            #expect(checkPlan(plan, other.input).map(\.invariant) == [.unknownGuest])
        }
    }
}
