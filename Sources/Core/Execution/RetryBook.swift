import Model

/// Which steps of one place failed because of a lock, and when each is tried again.
///
/// It has no clock: moments are arguments. Trying again is a batch of its own, which reads again what the steps rely on
/// and is written into the journal like any other.
struct RetryBook: Sendable {
    /// What is random is drawn from this; the place keeps those of one batch together, so that they are one batch again.
    let seed: UInt64
    let place: String
    private var tries: [StepID: Try] = [:]

    init(seed: UInt64, place: String) {
        self.seed = seed
        self.place = place
    }

    private struct Try: Sendable {
        var failures = 0
        var due: Timestamp
        var failure: StepFailure
    }

    /// Takes out of a batch's outcomes those that are not the last word.
    mutating func takeBack(
        from outcomes: inout [StepID: StepOutcome], of steps: [Step], at now: Timestamp
    ) -> [ComingTry] {
        var coming: [ComingTry] = []
        for step in steps {
            guard case .failed(let failure) = outcomes[step.id], failure.retry == .afterLock else { continue }
            let rule = step.retry ?? Policy.Retry()
            let failures = (tries[step.id]?.failures ?? 0) + 1
            guard failures <= rule.max else { continue }
            let due = now + rule.pauses.pause(after: failures, seed: seed, key: place)
            tries[step.id] = Try(failures: failures, due: due, failure: failure)
            outcomes[step.id] = nil
            coming.append(ComingTry(step: step.id, failure: failure, due: due, number: failures, most: rule.max))
        }
        return coming
    }

    func isDue(_ step: StepID, at now: Timestamp) -> Bool { tries[step].map { $0.due <= now } ?? true }

    /// When the first of these is due.
    func nextDue(of steps: [Step]) -> Timestamp? { steps.compactMap { tries[$0.id]?.due }.min() }

    /// How a step ends that is not tried again after all; nil: it was never tried.
    func lastWord(on step: StepID) -> StepOutcome? { tries[step].map { .failed($0.failure) } }
}

/// A try of a step that is still to come.
package struct ComingTry: Hashable, Sendable {
    package var step: StepID
    /// Why the last one failed.
    package var failure: StepFailure
    package var due: Timestamp
    /// Which try after the first it will be, from one.
    package var number: Int
    package var most: Int
}
