import Model

extension PlannedPass {
    /// The same with nothing left that may run or that a yes could bring about, where somebody said no to the plan, and
    /// otherwise without the steps that somebody said no to. The plan that is stored, and its id, stay what they are.
    ///
    /// - Parameter rejection: of the plan by its id.
    func held(by rejection: Rejection?, _ rejected: [RejectedPlan]) -> PlannedPass {
        if let rejection { return held(by: rejection, as: id) }
        if let whole = rejected.first(where: { $0.covers(plan) }) { return held(by: whole.rejection, as: whole.id) }
        return withholding { step in
            rejected.first { $0.forbids(step) }.map { $0.sentence(on: step) }
        }
    }

    /// - Parameter plan: the id under which it was rejected, which takes the no back.
    private func held(by rejection: Rejection, as plan: PlanID) -> PlannedPass {
        var pass = self
        pass.rejection = rejection
        pass.rejectedAs = plan == id ? nil : plan
        return pass.withholding { _ in pass.rejectionSentence }
    }

    /// Who said no to it, when, to which plan, and how that is taken back; nil: nobody did.
    package var rejectionSentence: Sentence? {
        rejection.map { Sentence("pass.rejected", (rejectedAs ?? id).description, $0.by, $0.at.description) }
    }

    private func withholding(_ reason: (Step) -> Sentence?) -> PlannedPass {
        var pass = self
        for index in pass.plan.steps.indices {
            switch pass.plan.steps[index].disposition {
            case .ready, .needsApproval:
                if let why = reason(pass.plan.steps[index]) { pass.plan.steps[index].disposition = .blocked(why) }
            // What holds these back would do so without the no.
            case .blocked, .waiting: break
            }
        }
        return pass
    }
}

extension RejectedPlan {
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
