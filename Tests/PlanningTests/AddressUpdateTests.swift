import Model
import Planning
import Testing

/// No update gives a guest an address that another one lives with.
@Suite struct AddressUpdateTests {
    private static func address(_ last: Int) -> [Server.Network] {
        var network = Server.Network()
        network.address = "10.0.0.\(last)/24"
        return [network]
    }

    /// Servers `a`, `b`, … that run with 10.0.0.1, 10.0.0.2, …
    private func fleet(_ count: Int, _ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        for number in 1...count {
            world.declare(Self.name(number)) { server in
                server.networks = Self.address(number)
                change(&server)
            }
        }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        return world
    }

    private static func name(_ number: Int) -> String { ["a", "b", "c", "d"][number - 1] }

    /// Without what only writes a row.
    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines.filter { !$0.hasPrefix("record ") }
    }

    private func container(_ server: inout Server) {
        server.type = .container
        server.template = .name("local:vztmpl/debian-12.tar.zst")
        server.disks = [Server.Disk(size: .gibibytes(8))]
    }

    @Test func anAddressOfOneThatEndsIsGivenAfterThat() throws {
        var world = try fleet(2)
        world.undeclare("a")
        world.edit("b") { $0.networks = Self.address(1) }
        world.approveAll()
        #expect(lines(world) == ["destroy Server/a [ready]", "update Server/b [ready]"])
        #expect(world.plan().step("update Server/b")?.after.map(\.rawValue) == ["destroy Server/a"])
        world.execute(world.plan())
        #expect(lines(world) == [])
    }

    @Test func namesThatMoveUpInASetWaitForTheEndAndForRestarts() throws {
        var world = try fleet(3)
        world.undeclare("a")
        world.edit("b") { $0.networks = Self.address(1) }
        world.edit("c") { $0.networks = Self.address(2) }
        world.approveAll()
        // b lets go of its address only when it is started anew.
        #expect(
            lines(world) == [
                "update Server/c [blocked addressUntilRestart]", "destroy Server/a [ready]",
                "update Server/b [ready]",
            ])
        world.execute(world.plan())
        #expect(lines(world) == ["update Server/c [blocked addressUntilRestart]"])
        world.restart("b")
        #expect(lines(world) == ["update Server/c [ready]"])
        world.execute(world.plan())
        #expect(lines(world) == [])
    }

    /// The restart that the plan carries out lets go of what the guest was started with.
    @Test func anAddressIsFreeAfterARestartOfTheSamePlan() throws {
        var world = try fleet(2)
        var policy = Policy(name: "p")
        policy.restarts = .allow
        world.desired.policies = [policy]
        world.edit("a") { $0.networks = Self.address(3) }
        world.execute(world.plan())
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/b [blocked addressUntilRestart]"])
        world.editGuest("a") { _, configuration in
            configuration.pending = configuration.settings
            configuration.settings.cores = 1
        }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world) == ["restart Server/a [ready]", "update Server/b [ready]"])
        #expect(world.plan().step("update Server/b")?.after.map(\.rawValue) == ["restart Server/a"])
        var careless = world.plan()
        for index in careless.steps.indices { careless.steps[index].after = [] }
        #expect(checkPlan(careless, world.withDetails().input).contains { $0.invariant == .sharedAddress })
        var asked = world
        asked.desired.policies[0].restarts = .approve
        #expect(
            lines(asked) == ["restart Server/a [approval approveOwnRestart]", "update Server/b [waiting follows]"])
        world.execute(world.plan())
        #expect(world.booted[100] == ["10.0.0.3/24"])
        #expect(lines(world) == [])
    }

    @Test func anAddressOfOneThatStaysIsNotGiven() throws {
        var world = try fleet(2)
        world.edit("a") { $0.manage = .observe }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(world.plan().step("update Server/b")?.disposition.word == "blocked addressHeld")
        _ = lines(world)
    }

    @Test func twoThatRunDoNotChangePlaces() throws {
        var world = try fleet(2)
        world.edit("a") { $0.networks = Self.address(2) }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(
            lines(world) == ["update Server/a [blocked addressRing]", "update Server/b [blocked addressRing]"])
        guard case .blocked(let sentence) = world.plan().step("update Server/a")?.disposition else {
            Issue.record("it is not blocked")
            return
        }
        #expect(sentence.arguments == ["a", "10.0.0.2", "101 (b, pve1)", "a, b"])
    }

    @Test func whatTheRingIsToldToDoHelps() throws {
        var world = try fleet(2)
        for (name, last) in [("a", 2), ("b", 1)] {
            world.edit(ServerName(name)) { server in
                server.networks = Self.address(last)
                server.power = .stopped
            }
        }
        #expect(
            lines(world) == [
                "update Server/a [blocked addressRing]", "update Server/b [blocked addressRing]",
                "stop Server/a [approval approveStop]", "stop Server/b [approval approveStop]",
            ])
        world.approveAll()
        world.execute(world.plan())
        #expect(lines(world) == ["update Server/a [ready]", "update Server/b [ready]"])
        world.execute(world.plan())
        for name in ["a", "b"] { world.edit(ServerName(name)) { $0.power = .running } }
        world.execute(world.plan())
        #expect(world.booted == [100: ["10.0.0.2/24"], 101: ["10.0.0.1/24"]])
        #expect(lines(world) == [])
    }

    @Test func oneThatStandsStillDoesNotChangeAloneInAnExchange() throws {
        var world = try fleet(2) { $0.power = .stopped }
        world.edit("a") { $0.networks = Self.address(2) }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/a [ready]", "update Server/b [ready]"])
        #expect(world.plan().step("update Server/a")?.exchangesWith?.map(\.rawValue) == ["update Server/b"])
        #expect(world.plan().step("update Server/b")?.exchangesWith?.map(\.rawValue) == ["update Server/a"])
        var careless = world.plan()
        for index in careless.steps.indices { careless.steps[index].exchangesWith = nil }
        #expect(checkPlan(careless, world.withDetails().input).contains { $0.invariant == .sharedAddress })
        careless = world.plan()
        careless.steps.removeAll { $0.id.rawValue == "update Server/b" }
        #expect(checkPlan(careless, world.withDetails().input).contains { $0.invariant == .unknownFollowed })
        var policy = Policy(name: "p")
        policy.selector.names = ["b"]
        policy.pause = .init(reason: "r")
        world.desired.policies = [policy]
        #expect(lines(world) == ["update Server/a [waiting follows]", "update Server/b [blocked paused]"])
        policy.pause = nil
        policy.apply = .manual
        world.desired.policies = [policy]
        #expect(lines(world) == ["update Server/a [waiting follows]", "update Server/b [approval approveManual]"])
    }

    @Test func aThirdAddressOpensTheRing() throws {
        var world = try fleet(2)
        world.edit("a") { $0.networks = Self.address(9) }
        world.execute(world.plan())
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/b [blocked addressUntilRestart]"])
        world.restart("a")
        #expect(lines(world) == ["update Server/b [ready]"])
        world.execute(world.plan())
        world.restart("b")
        world.edit("a") { $0.networks = Self.address(2) }
        #expect(lines(world) == ["update Server/a [ready]"])
    }

    @Test func aContainerLetsGoAtOnce() throws {
        var world = try fleet(2, container)
        world.desired.policies = [Self.restarting]
        world.edit("a") { $0.networks = Self.address(9) }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/a [ready]", "update Server/b [ready]"])
        #expect(world.plan().step("update Server/b")?.after.map(\.rawValue) == ["update Server/a"])
        world.execute(world.plan())
        #expect(world.booted == [100: ["10.0.0.9/24"], 101: ["10.0.0.1/24"]])
        #expect(lines(world) == [])
    }

    private static var restarting: Policy {
        var policy = Policy(name: "p")
        policy.restarts = .allow
        return policy
    }

    @Test func oneThatIsStoppedLetsGoByItsChange() throws {
        var world = try fleet(2)
        world.edit("a") { server in
            server.networks = Self.address(9)
            server.power = .stopped
        }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(
            lines(world) == [
                "update Server/a [ready]", "stop Server/a [approval approveStop]", "update Server/b [waiting follows]",
            ])
        world.approveAll()
        // It is stopped in this plan, after its change.
        #expect(
            lines(world) == ["update Server/a [ready]", "stop Server/a [ready]", "update Server/b [ready]"])
        #expect(world.plan().step("update Server/b")?.after.map(\.rawValue) == ["update Server/a", "stop Server/a"])
    }

    @Test func aNewServerWaitsForTheChangeThatFreesItsAddress() throws {
        var world = try fleet(1, container)
        world.desired.policies = [Self.restarting]
        world.edit("a") { $0.networks = Self.address(9) }
        world.declare("new") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/a [ready]", "create Server/new [ready]"])
        #expect(world.plan().step("create Server/new")?.after.map(\.rawValue) == ["update Server/a"])
    }

    @Test func aNewServerIsNotBornOnAnAddressThatAGuestStillRunsWith() throws {
        var world = try fleet(1)
        world.edit("a") { $0.networks = Self.address(9) }
        world.execute(world.plan())
        world.declare("new") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["create Server/new [blocked addressUntilRestart]"])
        world.restart("a")
        #expect(lines(world) == ["create Server/new [ready]"])
    }

    /// A VM that is moved while it runs counts its uptime anew, and runs on with what it read at its start.
    @Test func anAddressIsNotFreeBecauseItsGuestWasMoved() throws {
        var world = try fleet(1)
        world.edit("a") { $0.networks = Self.address(9) }
        world.execute(world.plan())
        world.declare("new") { $0.networks = Self.address(1) }
        world.editGuest("a") { guest, _ in
            guest.node = "pve2"
            guest.uptime = 1
        }
        func isBlocked(_ world: World) -> Bool {
            _ = lines(world)
            return world.plan().step("create Server/new")?.disposition.word == "blocked addressUntilRestart"
        }
        #expect(isBlocked(world))
        // From the look that found it there its uptime counts again.
        world.execute(world.plan())
        #expect(isBlocked(world))
        world.restart("a")
        #expect(world.plan().step("create Server/new")?.disposition.word == "ready")
    }

    @Test func anotherChangeOfAGuestWhoseAddressIsSharedAlreadyGoesOn() throws {
        var world = try fleet(1)
        world.addForeignGuest(500, "printer")
        let networks = world.configurations[100]?.settings.networks ?? []
        world.configurations[500]?.settings.networks = networks
        world.inventory.details[500] = world.configurations[500].map { .present($0) }
        world.edit("a") { $0.cores = 4 }
        #expect(lines(world) == ["update Server/a [ready]"])
    }

    @Test func aPlanThatGivesAHeldAddressIsRefused() throws {
        var world = try fleet(2)
        world.edit("a") { $0.manage = .observe }
        world.edit("b") { $0.networks = Self.address(1) }
        var careless = world.plan()
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        let violations = checkPlan(careless, world.withDetails().input)
        #expect(violations.contains { $0.invariant == .sharedAddress })
    }

    @Test func aLongChainIsOrdered() throws {
        var world = try fleet(4, container)
        world.desired.policies = [Self.restarting]
        for number in 1...4 { world.edit(ServerName(Self.name(number))) { $0.networks = Self.address(number + 1) } }
        #expect(
            lines(world) == [
                "update Server/d [ready]", "update Server/c [ready]", "update Server/b [ready]",
                "update Server/a [ready]",
            ])
        world.execute(world.plan())
        #expect(lines(world) == [])
    }

    @Test func networksThatAreNotDeclaredAnyMoreKeepTheirAddresses() throws {
        var world = try fleet(2) { $0.power = .stopped }
        world.edit("a") { server in
            server.networks = []
            server.cores = 4
        }
        world.edit("b") { $0.networks = Self.address(1) }
        #expect(lines(world) == ["update Server/a [ready]", "update Server/b [blocked addressHeld]"])
    }
}
