import Execution
import Model

extension World {
    /// What the registry has of guests that ended: those whose end was proven, and those of batches that were about to
    /// apply and never said how it went.
    var endings: [RecordedEnding] {
        journal.filter(\.intent.verb.endsGuest).flatMap { batch -> [RecordedEnding] in
            let outcomes = closed[batch.id]
            let mayHaveEnded = outcomes == nil && batch.phase >= .applying
            return batch.intent.steps.compactMap { entry -> RecordedEnding? in
                guard case .server(let server, let stack) = entry.step.subject,
                    outcomes?[entry.step.id]?.endedGuest ?? mayHaveEnded
                else { return nil }
                return RecordedEnding(server: server, cluster: stack.cluster, at: batch.openedAt)
            }
        }
    }
}
