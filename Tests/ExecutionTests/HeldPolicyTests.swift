import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What policies said of a server at its last apply holds from the moment at which its rebuild is asked for until that is
/// done or given up, however many passes go by.
@Suite struct HeldPolicyTests {
    private let id = StepID(rawValue: "rebuild Server/a")
    private let request = PlanRequest(rebuilds: ["a"])

    private func stage() async throws -> (World, Reconciler, Desired) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a", "b"])
        var guarding = Policy(name: "guarding")
        guarding.rebuildBackup = "backups"
        guarding.requiredApprovals = 2
        desired.policies.append(guarding)
        let born = try await reconciler.plan(desired, by: "test")
        let applied = try await reconciler.apply(born, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        desired.policies.removeLast()
        return (world, reconciler, desired)
    }

    private func rebuild(_ reconciler: Reconciler, _ desired: Desired) async throws -> (PlannedPass, Step) {
        let pass = try await reconciler.plan(desired, targets: ["a"], request: request, by: "test")
        return (pass, try #require(pass.plan.steps.first { $0.id == id }))
    }

    private func idle(_ reconciler: Reconciler, _ desired: Desired) async throws {
        for _ in 0..<2 {
            _ = try await reconciler.apply(try await reconciler.plan(desired, by: "daemon"), by: "daemon")
        }
    }

    private func storage(of step: Step) -> String? {
        guard case .rebuild(let rebuild) = step.action else { return nil }
        return rebuild.backup?.storage
    }

    private func asked(_ step: Step) -> SentenceCode? {
        guard case .needsApproval(let question) = step.disposition else { return nil }
        return question.code
    }

    @Test(
        "a policy that is deleted does not go while a rebuild that it guards is asked for, and goes when that is done")
    func untilDone() async throws {
        let (world, reconciler, desired) = try await stage()
        _ = try await rebuild(reconciler, desired)
        try await idle(reconciler, desired)
        var (pass, step) = try await rebuild(reconciler, desired)
        #expect(asked(step) == PlanCode.approvalsMissing.code && storage(of: step) == "backups")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "ann")
        try await idle(reconciler, desired)
        (pass, step) = try await rebuild(reconciler, desired)
        let standing = approvalStandings(of: [step], pass.survey.planningInput())
        #expect(standing.map(\.required) == [2] && standing.map(\.given) == [1])
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "bob")
        #expect(try await reconciler.apply(pass, by: "bob").outcomes[id] == .done)
        #expect(await world.backups == ["backups": [VMID(100)]])
        await world.edit { $0.recorded.approvals = [] }
        try await idle(reconciler, desired)
        (_, step) = try await rebuild(reconciler, desired)
        #expect(asked(step) == PlanCode.approveRebuild.code && storage(of: step) == nil)
    }

    @Test("who rejects the rebuild gives it up, and the next apply lets the policy go")
    func untilRejected() async throws {
        let (_, reconciler, desired) = try await stage()
        let (pass, _) = try await rebuild(reconciler, desired)
        try await reconciler.reject(pass.id, pass.plan, by: "ann")
        try await idle(reconciler, desired)
        let (_, step) = try await rebuild(reconciler, desired)
        #expect(asked(step) == PlanCode.approveRebuild.code && storage(of: step) == nil)
    }

    @Test("the windows of a policy that went together with its server are looked up, and open as they did")
    func keptWindows() async throws {
        let world = World(markSeed: 7)
        let now = Timestamp(seconds: 1_790_000_000)
        let reconciler = Reconciler(
            ports: ExecutionPorts(world), stacks: world, ledger: world, clock: { now },
            zones: { names, _ in Dictionary(uniqueKeysWithValues: names.map { ($0, ZoneOffsets.utc) }) }, pause: {})
        var desired = Desired.fleet(["a", "b"])
        var open = Policy(name: "open")
        var window = Policy.Window(opening: try #require(CronTimes("* * * * *")), duration: .seconds(3600))
        window.zone = "Europe/Berlin"
        open.windows = [window]
        desired.policies.append(open)
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        let pass = try await reconciler.plan(.fleet(["b"]), by: "test")
        #expect(pass.survey.zones == ["Europe/Berlin": ZoneOffsets.utc])
        #expect(pass.awaitingApproval.map(\.id.rawValue) == ["destroy Server/a"])
        // The same where it is looked at once more, just before the end.
        let applied = try await reconciler.apply(
            try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "ann"), by: "ann")
        #expect(Array(applied.outcomes.values) == [StepOutcome.done])
    }
}
