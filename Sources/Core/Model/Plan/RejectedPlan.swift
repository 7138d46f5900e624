/// A plan that somebody said no to, with what it would have done.
package struct RejectedPlan: Hashable, Sendable {
    package var id: PlanID
    package var rejection: Rejection
    /// Its steps with what they rest on; none in a registry of before they were kept.
    package var steps: Set<Approval.ApprovedStep>

    package init(id: PlanID, rejection: Rejection, steps: Set<Approval.ApprovedStep>) {
        self.id = id
        self.rejection = rejection
        self.steps = steps
    }

    package init(id: PlanID, rejection: Rejection, of steps: [Step]) {
        self.init(id: id, rejection: rejection, steps: Set(steps.map(\.agreed)))
    }

    /// Whether another plan would do nothing but what this one would have done, on the same facts: a pause that ended or a
    /// window that opened makes another plan of it, and moves nothing. Where what takes guests down or ends them is not in it
    /// any more, what the no was to may be gone with it.
    package func covers(_ plan: Plan) -> Bool {
        guard !plan.steps.isEmpty, plan.steps.allSatisfy({ steps.contains($0.agreed) }) else { return false }
        let present = Set(plan.steps.map(\.id))
        return steps.allSatisfy { present.contains($0.id) || !$0.id.isAgreedOnce }
    }

    /// Whether the no holds for a step of a plan that does other things as well: what takes a guest down or ends it was
    /// refused for itself.
    package func forbids(_ step: Step) -> Bool {
        (step.action.verb.isAgreedOnce || step.effect >= .restart) && steps.contains(step.agreed)
    }
}

extension Step {
    /// What a person says yes or no to.
    package var agreed: Approval.ApprovedStep { Approval.ApprovedStep(id: id, facts: facts) }
}

extension StepID {
    /// By the verb that it begins with.
    fileprivate var isAgreedOnce: Bool {
        rawValue.split(separator: " ").first.flatMap { Action.Verb(rawValue: String($0)) }?.isAgreedOnce ?? false
    }
}
