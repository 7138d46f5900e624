import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What people say while a plan is carried out holds back what has not begun.
@Suite struct StandingOrdersTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let outside: Outside
        let pass: PlannedPass
    }

    /// Two servers whose rebuild somebody said yes to.
    private func stage(_ edit: (inout Desired) -> Void = { _ in }) async throws -> Stage {
        let world = World(markSeed: 7)
        var desired = Desired.fleet(["a", "b"])
        let outside = Outside(desired)
        var reconciler = Reconciler(
            ports: ExecutionPorts(world), stacks: world, ledger: world, clock: { outside.now }, pause: {})
        reconciler.declared = { outside.desired }
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        edit(&desired)
        let after = desired
        outside.edit { $0 = after }
        let request = PlanRequest(rebuilds: ["a", "b"])
        var pass = try await reconciler.plan(desired, targets: ["a", "b"], request: request, by: "test")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        try #require(pass.plan.steps.filter { $0.action.verb == .rebuild && $0.disposition == .ready }.count == 2)
        return Stage(world: world, reconciler: reconciler, outside: outside, pass: pass)
    }

    /// The first rebuild takes an hour, in which something is said.
    private func outcomes(
        _ stage: Stage, _ said: @escaping @Sendable (isolated World) -> Void
    ) async throws -> [StepID: StepOutcome] {
        let outside = stage.outside
        await stage.world.edit { world in
            world.interruptions[.applied] = { world in
                outside.pass(.seconds(3600))
                said(world)
            }
        }
        let outcomes = try await stage.reconciler.apply(stage.pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "rebuild Server/a")] == .done)
        return outcomes
    }

    private func expectHeld(_ stage: Stage, _ outcome: StepOutcome?, _ code: SentenceCode) async {
        guard case .skipped(let reason)? = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(reason.code == code)
        #expect(await stage.world.destroyed.count == 1)
        #expect(await stage.world.switchedOff.count == 1)
    }

    private let second = StepID(rawValue: "rebuild Server/b")

    @Test("without a word both are rebuilt")
    func nothingSaid() async throws {
        let stage = try await stage()
        #expect(try await outcomes(stage) { _ in }[second] == .done)
    }

    @Test("a window that closed during the first rebuild holds the second back, and its yes holds")
    func windowClosed() async throws {
        let minutes = 1_790_000_000 / 60 % 1440
        let opening = try #require(CronTimes("\(minutes % 60) \(minutes / 60) * * *"))
        let stage = try await stage {
            $0.policies[0].windows = [Policy.Window(opening: opening, duration: .seconds(1800))]
        }
        let outcomes = try await outcomes(stage) { _ in }
        await expectHeld(stage, outcomes[second], "execution.windowClosed")
        stage.outside.pass(.seconds(23 * 3600 + 60))
        let next = try await stage.reconciler.plan(stage.outside.desired, by: "test")
        #expect(next.plan.steps.first { $0.id == second }?.disposition == .ready)
    }

    @Test("a pause that is declared during the first rebuild holds the second back")
    func paused() async throws {
        let stage = try await stage()
        let outside = stage.outside
        let outcomes = try await outcomes(stage) { _ in
            outside.edit { $0.policies[0].pause = Policy.Pause(reason: "inventory") }
        }
        await expectHeld(stage, outcomes[second], "execution.pausedMeanwhile")
    }

    @Test("a plan that is rejected during its first rebuild goes no further")
    func rejected() async throws {
        let stage = try await stage()
        let outcomes = try await outcomes(stage) { $0.rejectedBy = "bob" }
        await expectHeld(stage, outcomes[second], "execution.planRejected")
    }

    @Test("a no in another plan, given during the first rebuild, holds the second back, and noes are read no oftener")
    func rejectedElsewhere() async throws {
        let stage = try await stage()
        let end = try #require(stage.pass.plan.steps.first { $0.id == second })
        let no = RejectedPlan(
            id: PlanID(rawValue: "another"), rejection: Rejection(by: "bob", at: stage.outside.now), of: [end])
        let before = await stage.world.noes
        let outcomes = try await outcomes(stage) { $0.noes.give(no) }
        await expectHeld(stage, outcomes[second], "execution.planRejected")
        let after = await stage.world.noes
        // Once at the beginning, and once more when there was another one.
        #expect(after.readings - before.readings == 2)
        #expect(after.looks - before.looks > 2)
    }

    @Test("a no to the rebuild that has begun, in another plan, does not hold the second back")
    func rejectedInVain() async throws {
        let stage = try await stage()
        let first = try #require(stage.pass.plan.steps.first { $0.id.rawValue == "rebuild Server/a" })
        let no = RejectedPlan(
            id: PlanID(rawValue: "another"), rejection: Rejection(by: "bob", at: stage.outside.now), of: [first])
        #expect(try await outcomes(stage) { $0.noes.give(no) }[second] == .done)
    }

    @Test("a yes that is taken back during the first rebuild counts no more")
    func takenBack() async throws {
        let stage = try await stage()
        let outcomes = try await outcomes(stage) { $0.recorded.approvals = [] }
        await expectHeld(stage, outcomes[second], "execution.yesTakenBack")
    }

    @Test("a budget that is taken away during the first rebuild holds the second back, which somebody said yes to")
    func budgetGone() async throws {
        let stage = try await stage()
        let outside = stage.outside
        let outcomes = try await outcomes(stage) { _ in
            outside.edit { $0.policies[0].destroyBudget = .count(0) }
        }
        await expectHeld(stage, outcomes[second], "execution.policyTightened")
    }

    @Test("a document that cannot be read any more holds back what ends a guest")
    func broken() async throws {
        let stage = try await stage()
        let outside = stage.outside
        let outcomes = try await outcomes(stage) { _ in
            outside.edit { $0.completeness = .broken(.init(documents: ["a.yaml:1"], claims: [])) }
        }
        await expectHeld(stage, outcomes[second], "execution.brokenMeanwhile")
    }

    /// What a policy says while a restart is under way.
    enum Word: CaseIterable {
        case pause, restartsByApproval, everythingByHand

        func edit(_ policy: inout Policy) {
            switch self {
            case .pause: policy.pause = Policy.Pause(reason: "inventory")
            case .restartsByApproval: policy.restarts = .approve
            case .everythingByHand: policy.apply = .manual
            }
        }

        var code: SentenceCode {
            self == .pause ? "execution.pausedMeanwhile" : "execution.policyTightened"
        }
    }

    @Test(
        "a restart that waited for another one does not begin in a pause, nor where it is to be asked for",
        arguments: Word.allCases)
    func restarts(word: Word) async throws {
        let stage = try await stage {
            $0.policies[0].restarts = .allow
            for index in $0.servers.indices { $0.servers[index].cores = 4 }
        }
        let (world, outside, reconciler) = (stage.world, stage.outside, stage.reconciler)
        await world.edit { $0.recorded.approvals = [] }
        _ = try await reconciler.apply(try await reconciler.plan(outside.desired, by: "test"), by: "test")
        let pass = try await reconciler.plan(outside.desired, by: "test")
        #expect(pass.plan.steps.map(\.id.rawValue) == ["restart Server/a", "restart Server/b"])
        await world.edit { world in
            world.interruptions[.started] = { _ in
                outside.pass(.seconds(600))
                outside.edit { word.edit(&$0.policies[0]) }
            }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "restart Server/a")] == .done)
        #expect(await world.switchedOff.count == 1)
        guard case .skipped(let reason)? = outcomes[StepID(rawValue: "restart Server/b")] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(reason.code == word.code)
    }

    @Test("an adoption that changes a guest which was nobody's does not begin where a person is asked about it by then")
    func adoption() async throws {
        let world = World(markSeed: 7)
        await world.edit { world in
            var settings = GuestSettings()
            settings.cores = 3
            settings.memory = 512
            world.pool.guests[VMID(120)] = GuestPool.PooledGuest(
                type: .vm, name: "a", node: "pve1", settings: settings, isRunning: false)
        }
        var desired = Desired.fleet(["a"]) { server in
            server.vmid = VMID(120)
            server.adopt = true
        }
        desired.policies[0].apply = .auto
        let outside = Outside(desired)
        var reconciler = Reconciler(
            ports: ExecutionPorts(world), stacks: world, ledger: world, clock: { outside.now }, pause: {})
        reconciler.declared = { outside.desired }
        let pass = try await reconciler.plan(desired, by: "test")
        let step = try #require(pass.plan.steps.first { $0.action.verb == .adopt })
        try #require(step.disposition == .ready && step.changesBeyondMark.contains { $0.path == "cores" })
        await world.edit { world in
            world.interruptions[.opened] = { _ in
                outside.pass(.seconds(600))
                outside.edit { $0.policies[0].apply = .safe }
            }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        guard case .skipped(let reason)? = outcomes[step.id] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(reason.code == "execution.policyTightened")
        #expect(await world.pool.guests[VMID(120)]?.settings.cores == 3)
        #expect(await world.stacks.values.allSatisfy { $0.resources.isEmpty && $0.entries.isEmpty })
    }
}
