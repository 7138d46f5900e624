import Model
import Planning
import Testing

/// What somebody said no to is held back, and so is what hangs on it.
@Suite struct RefusalTests {
    /// Servers `a` and `b` with 10.0.0.1 and 10.0.0.2.
    private func fleet(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        for (name, last) in [("a", 1), ("b", 2)] {
            world.declare(name) { server in
                server.networks = Self.address(last)
                change(&server)
            }
        }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        return world
    }

    private static func address(_ last: Int) -> [Server.Network] {
        var network = Server.Network()
        network.address = "10.0.0.\(last)/24"
        return [network]
    }

    /// The plan while somebody's no stands to those of its steps.
    private func plan(_ world: World, refusing ids: Set<String>) -> Plan {
        var input = world.withDetails().input
        let steps = planFleet(input).plan.steps.filter { ids.contains($0.id.rawValue) }
        #expect(steps.count == ids.count)
        input.refused = [
            RejectedPlan(
                id: PlanID(rawValue: "0123456789abcdef"), rejection: Rejection(by: "bob", at: world.now), of: steps)
        ]
        let plan = planFleet(input).plan
        #expect(checkPlan(plan, input) == [])
        return plan
    }

    /// Without what only writes a row.
    private func lines(_ plan: Plan) -> [String] { plan.lines.filter { !$0.hasPrefix("record ") } }

    @Test func whoeverWaitsForAnAddressWaitsForTheRefusedEndThatFreesIt() throws {
        var world = try fleet()
        world.undeclare("a")
        world.edit("b") { $0.networks = Self.address(1) }
        world.approveAll()
        #expect(lines(world.plan()) == ["destroy Server/a [ready]", "update Server/b [ready]"])
        let held = plan(world, refusing: ["destroy Server/a"])
        #expect(lines(held) == ["destroy Server/a [blocked stepRejected]", "update Server/b [waiting follows]"])
        guard case .blocked(let reason)? = held.step("destroy Server/a")?.disposition else {
            Issue.record("it is not blocked")
            return
        }
        #expect(reason.arguments.prefix(3) == ["Server/a", "0123456789ab", "bob"])
        world.execute(held)
        #expect(world.guest("a")?.status == .running)
    }

    @Test func whatOnlyChangesAGuestThatRunsOnIsFree() throws {
        var world = try fleet()
        for name in ["a", "b"] { world.edit(ServerName(name)) { $0.cores = 4 } }
        #expect(lines(world.plan()) == ["update Server/a [ready]", "update Server/b [ready]"])
        #expect(plan(world, refusing: ["update Server/a"]).lines == world.plan().lines)
    }

    /// A guest that went down when its removal had failed runs while a no keeps the removal from being tried again.
    @Test func whoeverIsNotToEndIsStarted() throws {
        var world = try fleet()
        world.editGuest("a") { guest, _ in guest.uptime = 600 }
        for index in world.recorded.servers.indices where world.recorded.servers[index].name == "a" {
            world.recorded.servers[index].owedStart = OwedStart(since: world.now, node: "pve1")
        }
        world.undeclare("a")
        world.editGuest("a") { guest, _ in
            guest.status = .stopped
            guest.uptime = 0
        }
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/a [ready]"])
        #expect(
            plan(world, refusing: ["destroy Server/a"]).lines == [
                "start Server/a [ready]", "destroy Server/a [blocked stepRejected]", "record Server/a [ready]",
            ])
    }

    /// A rebuild frees no address for others, so that no ring goes through one: whoever would have its server's address
    /// is blocked, and the rebuild waits for that one, with a no or without.
    @Test func noRingOfAddressesGoesThroughARebuild() throws {
        var world = try fleet { $0.power = .stopped }
        world.edit("a") { $0.networks = Self.address(2) }
        world.edit("b") { $0.networks = Self.address(1) }
        // Both stand still: without the rebuild they change places.
        #expect(lines(world.plan()) == ["update Server/a [ready]", "update Server/b [ready]"])
        world.rebuilds = ["a"]
        world.approveAll()
        let free = world.plan()
        #expect(checkPlan(free, world.withDetails().input) == [])
        let held = plan(world, refusing: ["rebuild Server/a"])
        for (one, rebuild) in [(free, "waiting follows"), (held, "blocked stepRejected")] {
            #expect(one.step("update Server/b")?.disposition.word == "blocked addressHeld")
            #expect(one.step("rebuild Server/a")?.disposition.word == rebuild)
        }
    }

    @Test func aNoLetsNothingThroughThatABudgetHolds() throws {
        var world = try MainRoadTests.fleet(["web-01", "web-02", "web-03", "web-04"])
        var policy = Policy(name: "p")
        policy.apply = .auto
        policy.destroyBudget = .count(1)
        world.desired.policies = [policy]
        for name in ["web-01", "web-02"] { world.undeclare(ServerName(name)) }
        let held = ["destroy Server/web-01 [blocked budget]", "destroy Server/web-02 [blocked budget]"]
        #expect(world.plan().lines == held)
        #expect(plan(world, refusing: ["destroy Server/web-01"]).lines == held)
    }
}
