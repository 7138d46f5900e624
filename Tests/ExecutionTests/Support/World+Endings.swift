import Execution
import Model

extension World {
    /// What the registry has of guests that ended: those whose end was proven, and those of batches that were about to
    /// apply and never said how it went.
    var endings: [RecordedEnding] {
        ends { batch, outcomes, step in
            outcomes?[step]?.endedGuest ?? (outcomes == nil && batch.phase >= .applying)
        }
    }

    /// What open batches set out to end and have not come to.
    var comingEndings: [RecordedEnding] {
        ends { batch, outcomes, _ in outcomes == nil && batch.phase < .applying }
    }

    private func ends(
        where isCounted: (OpenBatch, [StepID: StepOutcome]?, StepID) -> Bool
    ) -> [RecordedEnding] {
        var endings: [RecordedEnding] = []
        for batch in journal where batch.intent.verb.endsGuest {
            for entry in batch.intent.steps where isCounted(batch, closed[batch.id], entry.step.id) {
                guard case .server(let server, let stack) = entry.step.subject else { continue }
                endings.append(
                    RecordedEnding(server: server, cluster: stack.cluster, at: batch.openedAt, run: batch.run))
            }
        }
        return endings
    }
}
