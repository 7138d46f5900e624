import Model

/// A rebuild whose old guest is gone, and whose new one no run has made since.
package struct UnfinishedRebuild: Sendable, Hashable {
    package var server: ServerName
    /// What came of it, and where the old guest is kept.
    package var sentences: [Sentence]

    /// Nil where the outcome is no such rebuild's.
    init?(of server: ServerName, _ outcome: StepOutcome, begunAt moment: Timestamp) {
        guard case .failed(let failure) = outcome, outcome.endedGuest, failure.sentence.arguments.count > 1,
            let reason = failure.sentence.parts?.first
        else { return nil }
        let arguments = failure.sentence.arguments
        self.server = server
        sentences = [
            Sentence("recovery.rebuildOwed", server.text, arguments[1], moment.description, reason: reason)
        ]
        if failure.sentence.code == StepOutcome.rebuildUnfinishedKept, arguments.count > 2 {
            sentences.append(Sentence("recovery.cutBackup", server.text, arguments[1], arguments[2]))
        }
    }
}
