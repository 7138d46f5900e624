import Model

extension ApprovalScope {
    /// Which noes the yes takes back and what is left of them, and which of others stand.
    package var notices: [Sentence] { takenBack.map(\.sentence) + standing.map(\.sentence) }
}

extension ApprovalScope.TakenBackNo {
    fileprivate var sentence: Sentence {
        let (plan, person) = (no.id.description, no.rejection.by)
        if left.isEmpty { return Sentence("cli.noTakenBack", plan, person) }
        return Sentence("cli.noTakenBackInPart", plan, person, lifted.text, left.text)
    }
}

extension ApprovalScope.StandingNo {
    fileprivate var sentence: Sentence {
        Sentence(
            "cli.noStands", steps.text, no.id.description, no.rejection.by, no.rejection.at.description)
    }
}

extension [StepID] {
    fileprivate var text: String { map(\.rawValue).joined(separator: ", ") }
}

extension ApprovalScope.Refusal {
    /// - Parameter plan: the one that was to be approved.
    package func sentence(on plan: PlanID) -> Sentence {
        switch self {
        case .nothingWaits: Sentence("cli.nothingToApprove", plan.description)
        // What the registry says where the no came a moment later.
        case .rejected(let no) where no.id == plan:
            Sentence("registry.planRejected", plan.description, no.rejection.by)
        case .rejected(let no): no.sentence(on: nil)
        case .forbidden(let step, let no): no.sentence(on: step)
        }
    }
}
