import Foundation
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

    /// Two that are to go, of whom policy wants two people's yes.
    private func agreedRemoval(by people: [String], _ edit: (inout Policy) -> Void = { _ in }) throws -> World {
        var world = try removal()
        var policy = Policy(name: "two")
        policy.requiredApprovals = 2
        edit(&policy)
        world.desired.policies = [policy]
        let steps = world.plan().steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        for person in people {
            let id = PlanID(rawValue: person)
            world.recorded.approvals.append(Approval(plan: id, by: person, at: world.now, steps: steps))
        }
        return world
    }

    private func letThrough(_ plan: inout Plan) {
        for index in plan.steps.indices { plan.steps[index].disposition = .ready }
    }

    @Test func asManyPeopleAsItTakesSaidYes() throws {
        #expect(broken(try agreedRemoval(by: []), letThrough).contains(.approval))
        #expect(broken(try agreedRemoval(by: ["ann"]), letThrough).contains(.approval))
        #expect(broken(try agreedRemoval(by: ["ann", "Ann", "ann "]), letThrough).contains(.approval))
        #expect(broken(try agreedRemoval(by: ["ann", "bob"]), letThrough) == [])
        var own = try agreedRemoval(by: ["ann", "bob"]) { $0.preventSelfApproval = true }
        own.recorded.askers = [StepID(rawValue: "destroy Server/web-02"): ["bob"]]
        #expect(broken(own, letThrough).contains(.approval))
        var old = try agreedRemoval(by: ["ann", "bob"])
        old.now = old.now + .seconds(8 * 86_400)
        #expect(broken(old, letThrough).contains(.approval))
    }

    @Test func nothingRunsDuringAPauseOrOutsideOfAWindow() throws {
        var paused = try agreedRemoval(by: ["ann", "bob"])
        paused.desired.policies[0].pause = Policy.Pause(reason: "inventory")
        #expect(broken(paused, letThrough) == [.paused])
        paused.desired.policies[0].pause?.until = paused.now
        #expect(broken(paused, letThrough) == [])
        var closed = try agreedRemoval(by: ["ann", "bob"])
        let opening = try #require(CronTimes("0 3 * * *"))
        let day = closed.now.seconds / 86_400 * 86_400
        closed.now = Timestamp(seconds: day + 5 * 3600)
        closed.recorded.approvals = closed.recorded.approvals.map { one in
            var one = one
            one.at = closed.now
            return one
        }
        closed.desired.policies[0].windows = [
            Policy.Window(opening: opening, duration: .seconds(2 * 3600))
        ]
        #expect(broken(closed, letThrough) == [.window])
        closed.now = Timestamp(seconds: day + 5 * 3600 - 1)
        #expect(broken(closed, letThrough) == [])
    }

    @Test func aKeptBudgetForADayHolds() throws {
        var world = try agreedRemoval(by: ["ann", "bob"]) { $0.requiredApprovals = nil }
        var gone = Policy(name: "gone")
        gone.dailyDestroyBudget = .count(1)
        let kept = try #require(KeptPolicy(gone))
        for index in world.recorded.servers.indices { world.recorded.servers[index].policies = [kept] }
        #expect(broken(world, letThrough) == [])
        world.recorded.endings = [RecordedEnding(server: "web-09", cluster: World.cluster, at: world.now)]
        #expect(broken(world, letThrough).contains(.budget))
    }

    /// In the numbers of the specification.
    @Test func theSmallestBudgetHoldsAndAPercentageIsRoundedDownButNeverToNone() throws {
        let names = (1...20).map { $0 < 10 ? "web-0\($0)" : "web-\($0)" }
        let fleet = try MainRoadTests.fleet(names)
        let cases: [(budgets: [Policy.Budget], allowed: Int)] = [
            ([], 2), ([.count(5), .percent(50)], 5), ([.count(15), .percent(50)], 10), ([.percent(14)], 2),
            ([.percent(1)], 1), ([.percent(0)], 0), ([.count(9), .count(0)], 0),
        ]
        for (budgets, allowed) in cases {
            for ended in [allowed, allowed + 1] where ended > 0 {
                var world = fleet
                for (number, budget) in budgets.enumerated() {
                    var policy = Policy(name: PolicyName("p-\(number)"))
                    policy.destroyBudget = budget
                    world.desired.policies.append(policy)
                }
                for name in names.prefix(ended) { world.undeclare(ServerName(name)) }
                var plan = world.plan()
                letThrough(&plan)
                let isRefused = checkPlan(plan, world.withDetails().input).contains { $0.invariant == .budget }
                #expect(isRefused == (ended > allowed), "\(ended) under \(budgets)")
            }
        }
    }

    /// What both decided with would be wrong in both.
    @Test func itDecidesNothingWithWhatThePlannerDecidesWith() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Core/Planning/Check").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count > 5)
        let planners = [
            "FleetPlanner", "FleetView", "ClusterView", "ServerCase", "DraftStep", "LiveMatch", "MergedPolicy",
            "PolicyBook", "ApprovalBook", "WindowCalendar", "restsOnWholeState", "touchesGuest", "changesBeyondMark",
            "isNamed(",
        ]
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(planners.filter { text.contains($0) } == [], "\(file.lastPathComponent)")
        }
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
        #expect(broken(world) { $0.steps[0].disposition = .ready } == [.protected, .approval])
    }

    @Test func aGuestWhoseMarkWasNotReadIsNotDestroyed() throws {
        let world = try removal()
        let plan = world.plan()
        #expect(checkPlan(plan, world.input).map(\.invariant) == [.unprovenDestroy])
    }

    /// The invariants that a plan breaks once the guest of a server bears that mark instead of its own.
    private func broken(
        _ world: World, _ plan: Plan, _ name: ServerName, bearing mark: OwnershipMark
    ) -> Set<PlanViolation.Invariant> {
        var world = world
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.editGuest(name) { _, configuration in configuration.settings.description = mark.description }
        return Set(checkPlan(plan, world.withDetails().input).map(\.invariant))
    }

    /// The registry knows no id of its mark: then the name on it is not enough.
    @Test func aMarkOfAnotherClusterOrOfAnotherLifeProvesNoEnd() throws {
        var world = try removal()
        world.recorded.servers[1].mark = nil
        let plan = world.plan()
        #expect(plan.lines == ["destroy Server/web-02 [approval approveDestroy]"])
        guard case .destroy(let end) = try #require(plan.steps.first).action else {
            Issue.record("nothing is destroyed")
            return
        }
        let own = try #require(end.guest.mark)
        var mark = own
        mark.stack = StackID(cluster: "other", name: "main")
        #expect(broken(world, plan, "web-02", bearing: mark) == [.unprovenDestroy])
        mark = own
        mark.id = "00000000000000ff"
        #expect(broken(world, plan, "web-02", bearing: mark) == [.unprovenDestroy])
    }

    @Test func aGuestWithAMarkOfAnotherClusterIsNotChanged() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-02") { $0.cores = 9 }
        let id = try #require(world.recorded.servers[1].mark)
        let mark = OwnershipMark(stack: StackID(cluster: "other", name: "main"), server: "web-02", id: id)
        #expect(broken(world, world.plan(), "web-02", bearing: mark) == [.unprovenDestroy])
    }

    @Test func aGuestWithTheMarkOfAnotherServerIsNotAdopted() {
        let world = World.adoptable()
        let plan = world.plan()
        #expect(plan.lines == ["adopt Server/web-01 [ready]"])
        let mark = OwnershipMark(stack: StackID(cluster: World.cluster, name: "main"), server: "db-01", id: "7")
        // It is another's, which nobody may take over unasked either.
        #expect(broken(world, plan, "web-01", bearing: mark) == [.approval, .unprovenDestroy])
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
                .budget, .approval,
            ])
    }

    @Test func nothingIsRemovedFromAnIncompleteConfiguration() throws {
        var world = try removal()
        world.desired.completeness = .broken(.init(documents: ["a:1"], claims: []))
        #expect(broken(world) { $0.steps[0].disposition = .ready } == [.incomplete, .approval])
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
