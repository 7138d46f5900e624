import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Two guests that stand still and change places do so together or not at all: alone, one would have the other's address.
@Suite(.timeLimit(.minutes(1))) struct AddressExchangeTests {
    private static let a = StepID(rawValue: "update Server/a")
    private static let b = StepID(rawValue: "update Server/b")
    private static let waits = StepOutcome.skipped(Sentence("plan.follows", "Server/a", "update Server/b"))

    private func exchange() async throws -> (World, Reconciler, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let first = try await reconciler.plan(.addressed(["a": 1, "b": 2]), by: "test")
        let born = try await reconciler.apply(first, by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        let pass = try await reconciler.plan(.addressed(["a": 2, "b": 1]), by: "test")
        let ready = pass.plan.steps.filter { $0.disposition == .ready && $0.action.verb == .update }
        try #require(ready.map(\.id) == [Self.a, Self.b])
        try #require(ready.map(\.exchangesWith) == [[Self.b], [Self.a]])
        return (world, reconciler, pass)
    }

    private func addresses(_ world: World) async -> [String] {
        let guests = await world.pool.guests.values.filter { ["a", "b"].contains($0.name) }
        return guests.sorted { $0.name < $1.name }.flatMap { $0.settings.networks.compactMap(\.address) }
    }

    /// Both have the addresses that they had, in Proxmox and in the entries.
    private func expectLeftAlone(_ world: World, _ what: String) async {
        #expect(await addresses(world) == ["10.0.0.1/24", "10.0.0.2/24"], "\(what)")
        let entries = await world.stacks.values.first?.entries
        let written = [entries?["a"], entries?["b"]].map { $0?.settings.networks.first?.address }
        #expect(written == ["10.0.0.1/24", "10.0.0.2/24"], "\(what)")
        #expect(await world.openBatches.isEmpty, "\(what)")
    }

    @Test("where nothing is in the way both change, and nothing is left to do")
    func together() async throws {
        let (world, reconciler, pass) = try await exchange()
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[Self.a] == .done && outcomes[Self.b] == .done)
        #expect(await addresses(world) == ["10.0.0.2/24", "10.0.0.1/24"])
        let next = try await reconciler.plan(.addressed(["a": 2, "b": 1]), by: "test")
        #expect(!next.plan.steps.contains { $0.action.verb == .update })
    }

    @Test("where one is locked, also while Terraform plans, the other keeps its address")
    func locked() async throws {
        for call in [World.Call.opened, .planned] {
            let (world, reconciler, pass) = try await exchange()
            await world.edit { world in
                world.interruptions[call] = { $0.change("b") { $0.lock = "backup" } }
            }
            let outcomes = try await reconciler.apply(pass, by: "test").outcomes
            #expect(outcomes[Self.b]?.isRefused == true, "\(call)")
            #expect(outcomes[Self.a] == Self.waits, "\(call)")
            await expectLeftAlone(world, "\(call)")
        }
    }

    @Test("where Terraform can make no plan for one, the other keeps its address")
    func unplanned() async throws {
        let (world, reconciler, pass) = try await exchange()
        let failure = StepFailure(Sentence("execution.planFailed", "b"))
        await world.edit { world in
            world.planFailure = { servers in
                servers.contains("b") ? ProvisioningFailure(byServer: ["b": failure]) : nil
            }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[Self.b] == .failed(failure))
        #expect(outcomes[Self.a] == Self.waits)
        await expectLeftAlone(world, "unplanned")
    }

    @Test("where somebody says no to one while the plan is carried out, the other keeps its address")
    func objected() async throws {
        let (world, _, pass) = try await exchange()
        let no = StepOutcome.skipped(Sentence("execution.cancelled"))
        var ports = ExecutionPorts(world)
        ports.orders = Objection(step: Self.b, outcome: no)
        let outcomes = await PlanExecutor(ports: ports).execute(pass.plan)
        #expect(outcomes[Self.b] == no)
        #expect(outcomes[Self.a] == Self.waits)
        await expectLeftAlone(world, "objected")
    }

    @Test("where one may not run, or is not in the plan, the other keeps its address")
    func held() async throws {
        let (world, _, pass) = try await exchange()
        var plan = pass.plan
        let reason = Sentence("execution.stepStale", "a fact")
        for index in plan.steps.indices where plan.steps[index].id == Self.b {
            plan.steps[index].disposition = .blocked(reason)
        }
        let outcomes = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        #expect(outcomes[Self.b] == .skipped(reason))
        #expect(outcomes[Self.a] == Self.waits)
        plan.steps.removeAll { $0.id == Self.b }
        let alone = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        #expect(alone[Self.a] == .skipped(Sentence("execution.afterMissing", Self.b.rawValue)))
        await expectLeftAlone(world, "held")
    }
}

/// One who says no to one step.
private struct Objection: StandingOrders {
    let step: StepID
    let outcome: StepOutcome

    func objections(to steps: [Step], areBorn: Bool) async -> [StepID: StepOutcome] {
        let isAsked = steps.contains { $0.id == step }
        return isAsked ? [step: outcome] : [:]
    }
}

extension StepOutcome {
    fileprivate var isRefused: Bool { if case .refused = self { true } else { false } }
}
