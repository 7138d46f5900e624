import Model

/// One run of the registry's history.
package struct RunRecord: Sendable, Hashable {
    package var id: String
    package var startedAt: Timestamp
    /// Nil: it still runs, or what it came to was not looked at yet.
    package var endedAt: Timestamp?
    /// Whether its process ended before it did.
    package var isInterrupted: Bool
    /// Who asked for it.
    package var by: String
    package var commit: String?
    package var plan: PlanID?
    package var steps: [Line]

    package init(id: String, startedAt: Timestamp, by: String) {
        self.id = id
        self.startedAt = startedAt
        self.by = by
        endedAt = nil
        isInterrupted = false
        commit = nil
        plan = nil
        steps = []
    }

    /// One step: what it was, how it ended and what it changed.
    package struct Line: Sendable, Hashable {
        package var step: StepID
        /// Nil: it is not known.
        package var outcome: StepOutcome?
        /// Of attributes, from what they were to what they were to be.
        package var changes: [AttributeChange]
        package var took: Duration
        /// The volume to which its guest was backed up first; nil: none.
        package var backup: String?

        package init(
            step: StepID, outcome: StepOutcome?, changes: [AttributeChange] = [], took: Duration = .zero,
            backup: String? = nil
        ) {
            self.step = step
            self.outcome = outcome
            self.changes = changes
            self.took = took
            self.backup = backup
        }
    }
}
