import Model
import Planning
import Testing

/// Two guests that live never bear one static address.
@Suite struct AddressTests {
    private func network(_ address: String, vlan: Int? = nil) -> Server.Network {
        var network = Server.Network()
        network.address = address
        network.vlan = vlan
        return network
    }

    /// `web-01` runs with 10.0.0.11, and its document now bears another name.
    private func renamed(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        world.declare("web-01") { server in
            server.networks = [network("10.0.0.11/24")]
            change(&server)
        }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        world.undeclare("web-01")
        world.declare("web-02") { $0.networks = [network("10.0.0.11/24")] }
        return world
    }

    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    @Test func theNewOneIsBornAfterTheEndOfTheOldOne() throws {
        var world = try renamed()
        #expect(
            lines(world) == [
                "destroy Server/web-01 [approval approveDestroy]", "create Server/web-02 [waiting follows]",
            ])
        #expect(world.plan().step("create Server/web-02")?.after.map(\.rawValue) == ["destroy Server/web-01"])
        #expect(world.plan().finding("perhapsRenamed") != nil)
        world.approveAll()
        #expect(lines(world) == ["destroy Server/web-01 [ready]", "create Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.guest("web-01") == nil && world.guest("web-02") != nil)
        #expect(lines(world) == [])
    }

    @Test func whatNeedsItIsBornEvenLater() throws {
        var world = try renamed()
        world.declare("app-01") { $0.dependsOn = ["web-02"] }
        world.declare("zoo-01")
        #expect(
            lines(world) == [
                "create Server/zoo-01 [ready]", "destroy Server/web-01 [approval approveDestroy]",
                "create Server/web-02 [waiting follows]",
                "create Server/app-01 [waiting follows]",
            ])
    }

    @Test func whereTheOldOneStaysTheNewOneIsNotBorn() throws {
        var world = try renamed { $0.onRemove = .forget }
        let create = try #require(world.plan().step("create Server/web-02"))
        #expect(
            create.disposition
                == .blocked(Sentence(.addressTaken, "web-02", "10.0.0.11", "100 (web-01, pve1)")))
        _ = lines(world)
        world = try renamed { $0.protect = true }
        #expect(
            lines(world) == ["destroy Server/web-01 [blocked protected]", "create Server/web-02 [waiting follows]"])
    }

    @Test func anAddressThatOnlyTheRegistryKnowsCounts() throws {
        var world = try renamed { $0.onRemove = .forget }
        world.editGuest("web-01") { _, configuration in configuration.settings.networks = [] }
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources = []
        world.stacks[main]?.state = .present(state)
        #expect(world.plan().step("create Server/web-02")?.disposition.word == "blocked addressTaken")
    }

    /// Its row says what was declared, and nothing else is known of it but what is read of the guest.
    @Test func anAddressGivenByHandToOneThatIsInNoStateCounts() throws {
        var world = try renamed { $0.protect = true }
        world.editGuest("web-01") { _, configuration in configuration.settings.networks[0].address = "10.0.0.12/24" }
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources = []
        world.stacks[main]?.state = .present(state)
        world.edit("web-02") { $0.networks = [network("10.0.0.12/24")] }
        #expect(world.plan().step("create Server/web-02")?.disposition.word == "blocked addressTaken")
        _ = lines(world)
    }

    @Test func aGuestThatIsNobodysHoldsItsAddressOnceItWasRead() throws {
        var world = World()
        world.addForeignGuest(500, "printer")
        var held = GuestSettings.Network(bridge: "vmbr0")
        held.address = "10.0.0.11/16"
        world.configurations[500]?.settings.networks = [held]
        world.declare("web-02") { $0.networks = [network("10.0.0.11/24")] }
        #expect(lines(world) == ["create Server/web-02 [ready]"])
        world.inventory.details[500] = world.configurations[500].map { .present($0) }
        #expect(
            world.plan().steps.first?.disposition
                == .blocked(Sentence(.addressTaken, "web-02", "10.0.0.11", "500 (printer, pve1)")))
        #expect(lines(world) == ["create Server/web-02 [blocked addressTaken]"])
    }

    @Test func anotherNetworkIsAnotherAddress() throws {
        var world = try renamed()
        world.edit("web-02") { $0.networks = [network("10.0.0.11/24", vlan: 7)] }
        world.edit("web-02") { $0.cores = 3 }
        #expect(lines(world).contains("create Server/web-02 [ready]"))
    }

    @Test func aPlanThatPutsTwoOnOneAddressIsRefused() throws {
        var world = World()
        world.declare("web-02") { $0.networks = [network("10.0.0.11/24")] }
        let careless = world.plan()
        world.addForeignGuest(500, "printer")
        var held = GuestSettings.Network(bridge: "vmbr0")
        held.address = "10.0.0.11/24"
        world.configurations[500]?.settings.networks = [held]
        world.inventory.details[500] = world.configurations[500].map { .present($0) }
        #expect(checkPlan(careless, world.input).map(\.invariant) == [.sharedAddress])
    }
}
