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

    /// Whether another plan would do nothing but what this one would have done, on the same facts: a pause that ended or a
    /// window that opened makes another plan of it, and moves nothing.
    package func covers(_ plan: Plan) -> Bool {
        !plan.steps.isEmpty
            && plan.steps.allSatisfy { steps.contains(Approval.ApprovedStep(id: $0.id, facts: $0.facts)) }
    }

    /// Whether the no holds for a step of a plan that does other things as well: what takes a guest down or ends it was
    /// refused for itself.
    package func forbids(_ step: Step) -> Bool {
        step.action.verb.isAgreedOnce && steps.contains(Approval.ApprovedStep(id: step.id, facts: step.facts))
    }
}
