import Model
import Planning

/// Steps that change places with each other: what one of them takes, a guest has until another one is done.
extension Step {
    /// How it ends where one of those that it changes places with is known not to be done; nil: none is.
    ///
    /// - Parameter outcomes: those that are known.
    func endInExchange(_ outcomes: [StepID: StepOutcome]) -> StepOutcome? {
        let other = exchangesWith?.first { id in outcomes[id].map { $0 != .done } ?? false }
        return other.map { .skipped(Sentence(.follows, subject.description, $0.rawValue)) }
    }
}

extension [Step] {
    /// Outcomes for those without one that would change places alone, because others of their exchange are not done.
    func leftAlone(by outcomes: [StepID: StepOutcome]) -> [StepID: StepOutcome] {
        var alone: [StepID: StepOutcome] = [:]
        for step in self where outcomes[step.id] == nil { alone[step.id] = step.endInExchange(outcomes) }
        return alone
    }
}
