import Model
import Planning
import Testing

/// How many people it takes, and whose yes does not count.
@Suite struct ApprovalCountTests {
    private func world(required: Int = 2, preventSelf: Bool = false) throws -> World {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-02")
        var policy = Policy(name: "two")
        policy.requiredApprovals = required
        policy.preventSelfApproval = preventSelf
        world.desired.policies = [policy]
        return world
    }

    private func approve(_ world: inout World, by person: String) {
        let steps = world.plan().steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        world.recorded.approvals.append(
            Approval(plan: PlanID(rawValue: "p"), by: person, at: world.now, steps: steps))
    }

    private func verdict(_ world: World) throws -> Disposition { try #require(world.plan().steps.first).disposition }

    @Test func itTakesTwoDifferentPeople() throws {
        var world = try world()
        #expect(
            try verdict(world) == .needsApproval(Sentence(.approvalsMissing, "Server/web-02", "0", "2", "–")))
        approve(&world, by: "ann")
        approve(&world, by: "Ann")
        // Of a registry of before, in which names stand as they were typed.
        approve(&world, by: " ann ")
        #expect(
            try verdict(world) == .needsApproval(Sentence(.approvalsMissing, "Server/web-02", "1", "2", "ann")))
        let plan = world.plan()
        let standing = try #require(approvalStandings(of: plan.steps, world.input).first)
        #expect(standing.step == plan.steps[0].id && standing.given == 1 && standing.required == 2)
        approve(&world, by: "bob")
        #expect(try verdict(world) == .ready)
        #expect(approvalStandings(of: world.plan().steps, world.input).map(\.given) == [2])
    }

    @Test func whoeverAskedDoesNotCount() throws {
        var world = try world(required: 1, preventSelf: true)
        world.recorded.askers = [StepID(rawValue: "destroy Server/web-02"): ["ann", "ann lee", "ann@example.org"]]
        approve(&world, by: "Ann")
        approve(&world, by: "Ann  Lee")
        #expect(
            try verdict(world) == .needsApproval(Sentence(.approvalOwn, "Server/web-02", "0", "1", "ann")))
        approve(&world, by: "bob")
        #expect(try verdict(world) == .ready)
    }

    @Test func whereNobodyKnowsWhoAskedItTakesOneMore() throws {
        let step = StepID(rawValue: "destroy Server/web-02")
        var world = try world(required: 1, preventSelf: true)
        world.recorded.unknownAskers = [step]
        func missing(_ given: String, _ names: String) -> Disposition {
            .needsApproval(Sentence(.approvalAskerUnknown, "Server/web-02", given, "2", names))
        }
        #expect(try verdict(world) == missing("0", "–"))
        approve(&world, by: "ann")
        #expect(try verdict(world) == missing("1", "ann"))
        #expect(approvalStandings(of: world.plan().steps, world.input).map(\.required) == [2])
        world.recorded.askers = [step: ["bob"]]
        approve(&world, by: "bob")
        #expect(try verdict(world) == missing("1", "ann"))
        approve(&world, by: "eve")
        #expect(try verdict(world) == .ready)
        world.recorded.approvals.removeAll { $0.by == "eve" }
        // Commits said who it was.
        world.recorded.unknownAskers = []
        #expect(try verdict(world) == .ready)
    }

    @Test func anUnknownAskerMattersOnlyWhereThePolicySaysSo() throws {
        var world = try world(required: 1)
        world.recorded.unknownAskers = [StepID(rawValue: "destroy Server/web-02")]
        approve(&world, by: "ann")
        #expect(try verdict(world) == .ready)
    }

    @Test func whereThePolicyDoesNotSaySoTheirOwnYesCounts() throws {
        var world = try world(required: 1)
        world.recorded.askers = [StepID(rawValue: "destroy Server/web-02"): ["ann"]]
        approve(&world, by: "ann")
        #expect(try verdict(world) == .ready)
    }

    @Test func theMoreCarefulOfTwoPoliciesCounts() throws {
        var world = try world(required: 1)
        var other = Policy(name: "three")
        other.requiredApprovals = 3
        world.desired.policies.append(other)
        approve(&world, by: "ann")
        approve(&world, by: "bob")
        #expect(
            try verdict(world) == .needsApproval(Sentence(.approvalsMissing, "Server/web-02", "2", "3", "ann, bob")))
    }

    @Test func aYesToOtherFactsIsNoneOfTheTwo() throws {
        var world = try world()
        approve(&world, by: "ann")
        world.editGuest("web-02") { guest, configuration in
            configuration.settings.cores = 6
            guest.totalCores = 6
        }
        guard case .needsApproval(let sentence) = try verdict(world) else {
            Issue.record("it is not asked")
            return
        }
        #expect(sentence.code == PlanCode.approvalMoved.code)
        approve(&world, by: "bob")
        #expect(
            try verdict(world) == .needsApproval(Sentence(.approvalsMissing, "Server/web-02", "1", "2", "bob")))
    }
}
