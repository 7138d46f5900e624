import Model

extension PlannedPass {
    /// The same with nothing left that may run or that a yes could bring about, where somebody said no to the plan. The
    /// plan that is stored, and its id, stay what they are: the no is to that id.
    func held(by rejection: Rejection?) -> PlannedPass {
        guard let rejection else { return self }
        var pass = self
        pass.rejection = rejection
        let reason = pass.sentence(on: rejection)
        for index in pass.plan.steps.indices {
            switch pass.plan.steps[index].disposition {
            case .ready, .needsApproval: pass.plan.steps[index].disposition = .blocked(reason)
            // What holds these back would do so without the no.
            case .blocked, .waiting: break
            }
        }
        return pass
    }

    /// Who said no to it, when, and how that is taken back; nil: nobody did.
    package var rejectionSentence: Sentence? { rejection.map { sentence(on: $0) } }

    private func sentence(on rejection: Rejection) -> Sentence {
        Sentence("pass.rejected", id.description, rejection.by, rejection.at.description)
    }
}
