import Execution
import Model
import Reconciliation

extension Session {
    /// Closes what earlier processes left open, before anything new is begun, and says what it finds.
    ///
    /// - Throws: when the registry cannot be read or written; then nothing may be begun either.
    @discardableResult
    func recover(on console: Console) async throws -> Recovery {
        let recovery = try await reconciler.recover { event in
            for sentence in event.sentences { console.notice(sentence) }
        }
        for run in recovery.endedRuns { console.notice(Sentence("recovery.run", run.rawValue)) }
        return recovery
    }

    /// Says what is still to be found out, for verbs that change nothing.
    func announceOpenBatches(on console: Console) async throws {
        for batch in try await reconciler.ports.journal.openBatches() {
            console.notice(
                Sentence(
                    "recovery.pending", batch.id.rawValue, batch.intent.stack.description, batch.intent.verb.rawValue,
                    batch.openedAt.description))
            if batch.isProgramAlive, let program = batch.program { console.notice(program.sentence) }
        }
    }
}

extension RecoveryEvent {
    fileprivate var sentences: [Sentence] {
        switch self {
        case .began(let batch):
            let began = Sentence(
                "recovery.began", batch.id.rawValue, batch.intent.stack.description, batch.intent.verb.rawValue,
                String(batch.steps.count), batch.openedAt.description)
            guard batch.isProgramAlive, let program = batch.program else { return [began] }
            return [began, program.sentence]
        case .closed(let batch, let outcomes):
            let done = outcomes.values.count { $0 == .done }
            return [Sentence("recovery.closed", batch.id.rawValue, String(done), String(outcomes.count))]
        case .stillOpen(let batch, let reason):
            return [Sentence("recovery.stillOpen", batch.id.rawValue, batch.intent.stack.description), reason]
        }
    }
}

extension StartedProgram {
    fileprivate var sentence: Sentence { Sentence("recovery.waiting", String(process.pid), eventsFile) }
}
