import Model
import Planning
import Testing

/// The check finds what a broken planner would do: each invariant is broken once, by hand.
@Suite struct PlanCheckTests {
    private func broken(_ world: World, _ change: (inout Plan) -> Void) -> Set<PlanViolation.Invariant> {
        let input = world.withDetails().input
        var plan = planFleet(input).plan
        #expect(checkPlan(plan, input) == [])
        change(&plan)
        return Set(checkPlan(plan, input).map(\.invariant))
    }

    private func removal() throws -> World {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-02")
        return world
    }

    private func destroyStep(_ world: World, of name: ServerName) throws -> Step {
        var other = world
        other.undeclare(name)
        return try #require(other.plan().step("destroy Server/\(name)"))
    }

    @Test func doubleIdsWrongOrderAndMissingFacts() throws {
        let world = try removal()
        #expect(broken(world) { $0.steps.append($0.steps[0]) }.contains(.uniqueIDs))
        #expect(broken(world) { $0.steps[0].facts = [] } == [.facts])
        #expect(broken(world) { $0.steps[0].facts.reverse() } == [.facts])
        #expect(broken(world) { $0.steps[0].after = [StepID(rawValue: "create Server/x")] } == [.unknownFollowed])
        #expect(broken(world) { $0.steps[0].after = [$0.steps[0].id] } == [.selfAfter, .order])
    }

    @Test func aDeclaredServerIsNotDestroyed() throws {
        let world = try MainRoadTests.fleet()
        let step = try destroyStep(world, of: "web-01")
        #expect(broken(world.withDetails()) { $0.steps.append(step) }.contains(.declaredDestroy))
    }

    @Test func aServerWithoutARowIsNotDestroyed() throws {
        var world = try MainRoadTests.fleet()
        let step = try destroyStep(world, of: "web-01")
        world.undeclare("web-01")
        world.recorded.servers.removeAll { $0.name == "web-01" }
        #expect(broken(world) { $0.steps.append(step) }.contains(.undeclaredUnrecorded))
    }

    @Test func aProtectedServerIsNotDestroyed() throws {
        var world = try removal()
        world.recorded.servers[1].protect = true
        #expect(broken(world) { $0.steps[0].disposition = .ready } == [.protected])
    }

    @Test func aGuestWhoseMarkWasNotReadIsNotDestroyed() throws {
        let world = try removal()
        let plan = world.plan()
        #expect(checkPlan(plan, world.input).map(\.invariant) == [.unprovenDestroy])
    }

    @Test func aGuestThatIsNotSeenIsNotActedOn() throws {
        var world = try removal()
        let plan = world.plan()
        world.inventory.nodes[0].isOnline = false
        #expect(checkPlan(plan, world.withDetails().input).map(\.invariant).contains(.unknownGuest))
    }

    @Test func nothingBeyondTheBudgetIsReady() throws {
        var world = try removal()
        world.undeclare("web-01")
        #expect(
            broken(world) { plan in for index in plan.steps.indices { plan.steps[index].disposition = .ready } } == [
                .budget
            ])
    }

    @Test func nothingIsRemovedFromAnIncompleteConfiguration() throws {
        var world = try removal()
        world.desired.completeness = .broken(.init(documents: ["a:1"], claims: []))
        #expect(broken(world) { $0.steps[0].disposition = .ready } == [.incomplete])
    }

    @Test func twoServersDoNotGetOneNumber() {
        var world = World()
        world.declare("a")
        world.declare("b")
        let found = broken(world) { plan in
            guard case .create(var creation) = plan.steps[1].action else { return }
            creation.configuration.birth.vmid = 100
            plan.steps[1].action = .create(creation)
        }
        #expect(found == [.uniqueVMID])
    }

    @Test func aBirthCarriesItsMark() {
        var world = World()
        world.declare("a")
        let found = broken(world) { plan in
            guard case .create(var creation) = plan.steps[0].action else { return }
            creation.configuration.settings.description = "no mark"
            plan.steps[0].action = .create(creation)
        }
        #expect(found == [.conflicting])
    }

    @Test func anObservedServerIsNotChanged() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.cores = 9 }
        let step = try #require(world.plan().steps.first)
        world.edit("web-01") { $0.manage = .observe }
        #expect(broken(world) { $0.steps.append(step) }.contains(.observed))
    }
}
