import Execution
import Model
import Planning

extension Reconciler {
    /// Writes down which steps failed, so that the daemon does not try the same again and again, and forgets those
    /// that are done.
    ///
    /// - Throws: when the registry cannot be written.
    func noteSetbacks(of plan: Plan, _ outcomes: [StepID: StepOutcome], earlier: [StepID: Setback])
        async throws(StepFailure)
    {
        let now = clock()
        var setbacks: [StepID: Setback] = [:]
        var done: [StepID] = []
        for step in plan.steps where step.action.stage != .registry {
            switch outcomes[step.id] {
            case .done: if earlier[step.id] != nil { done.append(step.id) }
            case .failed(let failure):
                // What was cut off here, or is to be looked at again at once, is no failure of the step.
                if case .after(let seconds) = failure.retry, seconds <= 1 { continue }
                let before = earlier[step.id].flatMap { movedFacts($0.facts, step.facts).isEmpty ? $0 : nil }
                let failures = (before?.failures ?? 0) + 1
                let pauses = (step.retry ?? Policy.Retry()).pauses
                let pause = pauses.pause(after: failures, seed: ports.pace.seed, key: step.id.rawValue)
                setbacks[step.id] = Setback(facts: step.facts, failures: failures, at: now, until: now + pause)
            case .stale, .refused, .skipped, nil: break
            }
        }
        if setbacks.isEmpty, done.isEmpty { return }
        try await ledger.note(setbacks, done: done, at: now)
    }
}
