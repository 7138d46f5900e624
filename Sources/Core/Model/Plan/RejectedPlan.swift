/// A plan that somebody said no to, with what it would have done.
package struct RejectedPlan: Hashable, Sendable {
    package var id: PlanID
    package var rejection: Rejection
    /// Its steps with what they rest on; none in a registry of before they were kept.
    package var steps: Set<Approval.ApprovedStep>
    /// Of its steps those that were refused for themselves, as they were when the no was said.
    package var refusedForThemselves: Set<StepID>

    package init(
        id: PlanID, rejection: Rejection, steps: Set<Approval.ApprovedStep>, refusedForThemselves: Set<StepID>
    ) {
        self.id = id
        self.rejection = rejection
        self.steps = steps
        self.refusedForThemselves = refusedForThemselves
    }

    package init(id: PlanID, rejection: Rejection, of steps: [Step]) {
        self.init(
            id: id, rejection: rejection, steps: Set(steps.map(\.agreed)),
            refusedForThemselves: Set(steps.filter(\.isRefusedForItself).map(\.id)))
    }

    /// Whether another plan would do nothing but what this one would have done, on the same facts: a pause that ended or a
    /// window that opened makes another plan of it, and moves nothing. Where what takes guests down or ends them is not in it
    /// any more, what the no was to may be gone with it.
    package func covers(_ plan: Plan) -> Bool {
        guard !plan.steps.isEmpty, plan.steps.allSatisfy({ steps.contains($0.agreed) }) else { return false }
        return refusedForThemselves.isSubset(of: plan.steps.lazy.map(\.id))
    }

    /// Whether the no holds for a step of a plan that does other things as well.
    package func forbids(_ step: Step) -> Bool { step.isRefusedForItself && steps.contains(step.agreed) }

    /// Who said no, when, and how that is taken back.
    ///
    /// - Parameter step: the one that it holds back; nil: the whole plan.
    package func sentence(on step: Step?) -> Sentence {
        guard let step else {
            return Sentence("pass.rejected", id.description, rejection.by, rejection.at.description)
        }
        return Sentence(
            "pass.stepRejected", step.subject.description, id.description, rejection.by, rejection.at.description)
    }
}

extension Step {
    /// What a person says yes or no to.
    package var agreed: Approval.ApprovedStep { Approval.ApprovedStep(id: id, facts: facts) }

    /// Whether a no to it is to it alone too, because it takes a guest down or ends it.
    package var isRefusedForItself: Bool { action.verb.isAgreedOnce || effect >= .restart }
}
