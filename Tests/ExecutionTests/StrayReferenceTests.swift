import Execution
import Model
import Planning
import Reconciliation
import Testing

/// Steps that refer to steps which are not in the plan.
@Suite(.timeLimit(.minutes(1))) struct StrayReferenceTests {
    @Test("a step that comes after one which is not in the plan is refused at once, and with it who comes after it")
    func after() async throws {
        let world = World(markSeed: 7)
        var plan = try await Reconciler(world).plan(.fleet(["a", "b", "c"]), by: "test").plan
        try #require(plan.steps.map(\.id.rawValue) == ["create Server/a", "create Server/b", "create Server/c"])
        plan.steps[0].after = [StepID(rawValue: "update Server/ghost")]
        plan.steps[1].after = [plan.steps[0].id]
        let outcomes = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        let codes = plan.steps.map { step -> SentenceCode? in
            guard case .skipped(let reason)? = outcomes[step.id] else { return nil }
            return reason.code
        }
        #expect(codes == ["execution.afterMissing", "execution.afterFailed", nil])
        #expect(outcomes[plan.steps[2].id] == .done)
    }

    @Test("a step waits behind nobody who is not in the plan")
    func behind() async throws {
        let world = World(markSeed: 7)
        var plan = try await Reconciler(world).plan(.fleet(["a"]), by: "test").plan
        plan.steps[0].behind = [StepID(rawValue: "restart Server/ghost")]
        let outcomes = await PlanExecutor(ports: ExecutionPorts(world)).execute(plan)
        #expect(outcomes == [plan.steps[0].id: .done])
    }
}
