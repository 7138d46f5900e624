import Model
import Planning

extension Reconciler {
    /// The same without what somebody said no to: with nothing left of it that may run or that a yes could bring about,
    /// where the no is to the whole plan, and otherwise without the steps that it forbids and what needs them. The plan
    /// that is stored, and its id, stay what they are.
    func withholdingRefused(from planned: PlannedPass) async throws(StepFailure) -> PlannedPass {
        let rejection = try await ledger.rejection(of: planned.id)
        let noes = try await ledger.rejectedPlans()
        if rejection == nil, noes.isEmpty { return planned }
        var pass = planned
        let forbidding = noes.filter { no in planned.plan.steps.contains(where: no.forbids) }
        if !forbidding.isEmpty {
            // It is planned once more, because others hang on these steps: who follows them, who changes places with
            // them, and who is started because it is not to end now.
            pass.survey.refused = forbidding
            let input = pass.survey.planningInput(targets: pass.targets)
            let (plan, violations) = pass.thought.timing {
                let plan = planFleet(input).plan
                return (plan, checkPlan(plan, input))
            }
            guard violations.isEmpty else { throw StepFailure(Self.refused(for: violations)) }
            pass.plan = plan
        }
        if let rejection { return pass.held(by: rejection, as: pass.id, of: planned.plan) }
        guard let whole = noes.first(where: { $0.covers(planned.plan) }) else { return pass }
        return pass.held(by: whole.rejection, as: whole.id, of: planned.plan)
    }

    static func refused(for violations: [PlanViolation]) -> Sentence {
        Sentence("pass.planRefused", violations.map(\.description).joined(separator: "; "))
    }
}

extension PlannedPass {
    /// - Parameters:
    ///   - id: under which it was rejected, which takes the no back.
    ///   - plan: what the no is to; what is only done because of it is not.
    fileprivate func held(by rejection: Rejection, as id: PlanID, of plan: Plan) -> PlannedPass {
        var pass = self
        pass.rejection = rejection
        pass.rejectedAs = id == self.id ? nil : id
        guard let reason = pass.rejectionSentence else { return pass }
        let all = Set(plan.steps.map(\.id))
        let free = Set(plan.steps.filter(\.mayRun).map(\.id))
        for index in pass.plan.steps.indices {
            let step = pass.plan.steps[index]
            // What holds others of the plan back would do so without the no. A yes is to the plan, so that what is done
            // because of the no must need none.
            let isHeld = free.contains(step.id) || step.mayRun && all.contains(step.id) || step.needsApproval
            if isHeld { pass.plan.steps[index].disposition = .blocked(reason) }
        }
        return pass
    }

    /// Who said no to it, when, to which plan, and how that is taken back; nil: nobody did.
    package var rejectionSentence: Sentence? {
        rejection.map { Sentence("pass.rejected", (rejectedAs ?? id).description, $0.by, $0.at.description) }
    }
}

extension Step {
    /// Whether a yes is all that it may still need.
    var mayRun: Bool { disposition == .ready || needsApproval }
}
