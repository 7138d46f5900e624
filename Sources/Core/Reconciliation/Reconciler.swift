import Execution
import Model
import Planning

/// One pass over the fleet: look, plan, carry out, report. The terminal and the daemon share it.
///
/// It must not know any edge: the world arrives through its ports.
package struct Reconciler: Sendable {
    package let ports: ExecutionPorts
    package let stacks: any StackReader
    package let ledger: any Ledger
    /// Who Plumb is to each cluster, so that it never names itself as the culprit of a drift.
    package let ownUsers: [ClusterName: String]
    /// The present moment.
    package let clock: @Sendable () -> Timestamp
    /// The pause between two inventories that confirm an absence.
    package let pause: @Sendable () async -> Void

    package init(
        ports: ExecutionPorts, stacks: any StackReader, ledger: any Ledger, ownUsers: [ClusterName: String] = [:],
        clock: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable () async -> Void
    ) {
        self.ports = ports
        self.stacks = stacks
        self.ledger = ledger
        self.ownUsers = ownUsers
        self.clock = clock
        self.pause = pause
    }

    /// Looks and plans. The plan is stored, and the VMIDs that it chose are leased, so that a later pass chooses the same.
    package func plan(
        _ desired: Desired, targets: [ServerName]? = nil, commit: String? = nil, by person: String
    ) async throws(StepFailure) -> PlannedPass {
        let survey = try await survey(desired, depth: .asNeeded, targets: targets)
        return try await plan(survey, targets: targets, commit: commit, by: person)
    }

    private func plan(
        _ survey: Survey, targets: [ServerName]?, commit: String?, by person: String
    ) async throws(StepFailure) -> PlannedPass {
        let input = survey.planningInput(targets: targets)
        let plan = planFleet(input).plan
        let violations = checkPlan(plan, input)
        guard violations.isEmpty else {
            throw StepFailure(Sentence("pass.planRefused", violations.map(\.description).joined(separator: "; ")))
        }
        let leases = plan.steps.compactMap(\.lease).filter { !survey.recorded.leases.contains($0) }
        if !leases.isEmpty { try await ledger.take(leases) }
        let id = try await ledger.store(plan, commit: commit, by: person, at: survey.now)
        return PlannedPass(id: id, plan: plan, survey: survey, targets: targets, commit: commit)
    }

    /// Carries out what is ready in a planned pass.
    ///
    /// - Parameter shouldStop: asked between batches; once it says yes, no further batch begins.
    package func apply(
        _ pass: PlannedPass, by person: String, shouldStop: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (ExecutionEvent) -> Void = { _ in }
    ) async throws(StepFailure) -> AppliedPass {
        let run = try await ledger.beginRun(of: pass.id, commit: pass.commit, by: person, at: clock())
        let stopwatch = StepStopwatch(clock: clock)
        let outcomes = await PlanExecutor(ports: ports).execute(pass.plan, shouldStop: shouldStop) { event in
            stopwatch.note(event)
            report(event)
        }
        try await ledger.endRun(run, plan: pass.plan, outcomes: outcomes, times: stopwatch.times, at: clock())
        return AppliedPass(run: run, pass: pass, outcomes: outcomes)
    }

    /// Says yes, for `person`, to steps of a plan that wait for it, and returns the same pass planned with that approval.
    package func approve(
        _ pass: PlannedPass, steps: [Step], by person: String
    ) async throws(StepFailure) -> PlannedPass {
        let approved = steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        let approval = Approval(plan: pass.id, by: person, at: clock(), steps: approved)
        try await ledger.approve(approval)
        var survey = pass.survey
        survey.recorded.approvals.append(approval)
        var approvedPass = try await plan(survey, targets: pass.targets, commit: pass.commit, by: person)
        // The same steps on the same facts: the run belongs to the plan that was shown and agreed to.
        approvedPass.id = pass.id
        return approvedPass
    }

    /// A fresh pass confined to the steps of an earlier plan: what still rests on the same facts may run, what moved is
    /// stale, and what is no longer needed is said so. Nothing that the earlier plan did not have runs.
    package func confine(_ fresh: PlannedPass, to earlier: Plan) -> PlannedPass {
        let byID = Dictionary(earlier.steps.map { ($0.id, $0) }) { first, _ in first }
        var confined = fresh
        confined.plan.steps = fresh.plan.steps.compactMap { step in
            guard let planned = byID[step.id] else { return nil }
            let moved = movedFacts(planned.facts, step.facts)
            guard !moved.isEmpty else { return step }
            var stale = step
            stale.disposition = .blocked(Sentence("execution.stepStale", moved.map(\.text).joined(separator: "; ")))
            return stale
        }
        let present = Set(confined.plan.steps.map(\.id))
        for index in confined.plan.steps.indices {
            confined.plan.steps[index].after.removeAll { !present.contains($0) }
        }
        // What a fresh look blocks is not unnecessary: its finding says why it is not done.
        let hindered = Set(fresh.plan.findings.filter { $0.kind != .notice }.map(\.subject))
        confined.gone = earlier.steps.filter { !present.contains($0.id) && !hindered.contains($0.subject) }.map(\.id)
        return confined
    }

    /// What differs between declaration, state, life and record, read at full depth.
    package func drift(_ desired: Desired) async throws(StepFailure) -> DriftPass {
        let survey = try await survey(desired, depth: .everything)
        return DriftPass(items: driftReport(survey.planningInput()), survey: survey)
    }
}

extension Step {
    /// The VMID that the step gives to a server which has none yet.
    var lease: VMIDLease? {
        guard case .create(let creation) = action, case .server(let name, let stack) = subject else { return nil }
        return VMIDLease(cluster: stack.cluster, vmid: creation.configuration.birth.vmid, server: name)
    }
}
