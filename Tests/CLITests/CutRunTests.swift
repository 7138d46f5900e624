import Execution
import Foundation
import Model
import Registry
import Testing

@testable import CLI

@Suite("Runs that were cut off")
struct CutRunTests {
    private let rebuild = Samples.rebuild("web-1", 100)
    private let removal = Samples.destroy("db-1", 200, approved: true)
    private let stop = Step(
        subject: Samples.subject("db-2"),
        action: .power(Action.PowerChange(guest: Samples.reference("db-2", 201), target: .stopped)), rule: "power",
        reason: Sentence("view.effect.destroy"))

    /// A registry in which somebody agreed to two steps of a plan that a run then set out with; a batch of the first one
    /// was never ended.
    private func cut() async throws -> (ledger: RegistryLedger, run: RunID, batch: BatchID, plan: PlanID) {
        let registry = try await FleetRegistry.inMemory()
        let first = RegistryLedger(registry: registry, command: "apply") { Samples.noon }
        var plan = Plan()
        plan.steps = [rebuild, removal, stop]
        let id = try await first.store(plan, isWhole: true, commit: nil, by: "kim", at: Samples.noon)
        try await agree(first, id, at: Samples.noon)
        let run = try await first.beginRun(
            of: id, setsOut: plan.steps, commit: nil, by: "kim", at: Samples.noon + .seconds(5))
        let intent = BatchIntent(
            stack: Samples.stack, verb: .rebuild,
            steps: [.init(step: rebuild, previousEntry: nil, wasRunning: true, machineID: nil)], tfvarsDigest: "0")
        let batch = try await first.begin(intent)
        return (RegistryLedger(registry: registry, command: "recover") { Samples.noon }, run, batch, id)
    }

    private func agree(_ ledger: RegistryLedger, _ plan: PlanID, at moment: Timestamp) async throws {
        let steps = [rebuild, removal].map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        try await ledger.approve(Approval(plan: plan, by: "kim", at: moment, steps: steps), isEnough: true)
    }

    private func agreed(_ ledger: RegistryLedger) async throws -> [StepID] {
        try await ledger.recorded().approvals.flatMap { $0.steps.map(\.id) }.sorted()
    }

    @Test("A yes to what the run did not come to is spent, also while a batch of it is still to be settled")
    func besideAnOpenBatch() async throws {
        let (ledger, run, batch, plan) = try await cut()
        #expect(try await agreed(ledger) == [removal.id, rebuild.id].sorted())
        #expect(try await ledger.endInterruptedRuns(at: Samples.noon + .seconds(60)).isEmpty)
        #expect(try await agreed(ledger) == [rebuild.id])
        #expect(try await ledger.registry.run(run).finishedAt == nil)
        // Somebody says yes anew: that one is not spent by looking again.
        try await agree(ledger, plan, at: Samples.noon + .seconds(90))
        #expect(try await ledger.endInterruptedRuns(at: Samples.noon + .seconds(120)).isEmpty)
        #expect(try await agreed(ledger) == [removal.id, rebuild.id].sorted())
        try await ledger.close(batch, outcomes: [rebuild.id: .failed(StepFailure(Sentence("recovery.interrupted")))])
        #expect(try await ledger.endInterruptedRuns(at: Samples.noon + .seconds(180)) == [run])
        #expect(try await agreed(ledger) == [removal.id])
    }

    @Test("Whoever settles it knows the plan that it carried out, also where somebody has said no to that")
    func planOfIt() async throws {
        let (ledger, run, _, id) = try await cut()
        var plan = Plan()
        plan.steps = [rebuild, removal, stop]
        try await ledger.reject(id, plan, by: "lee", at: Samples.noon + .seconds(60))
        let known = try await ledger.plan(of: run)
        #expect(known?.id == id && known?.plan == plan)
    }

    @Test("A start or a stop, for which no batch is written, is on record too, as what nobody knows of")
    func power() async throws {
        let (ledger, run, _, _) = try await cut()
        _ = try await ledger.endInterruptedRuns(at: Samples.noon + .seconds(60))
        let step = try await ledger.registry.steps(of: run).first { $0.id == stop.id }
        #expect(step?.outcome == .skipped(Sentence("execution.powerCut")))
    }
}
