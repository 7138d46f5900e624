import Model

/// The registry, as far as execution writes to it. Every write is idempotent by its key.
package protocol RecordKeeper: Sendable {
    func save(_ server: RecordedServer) async throws(StepFailure)
    /// Counts a birth, so that a later server of this name bears another mark.
    func recordBirth(of server: ServerName, bearing mark: OwnershipMark) async throws(StepFailure)
    func retire(_ server: ServerName) async throws(StepFailure)
    func save(_ object: RecordedObject) async throws(StepFailure)
    func remove(_ object: ObjectName) async throws(StepFailure)
}

/// The durable log of batches: what was intended is on disk before anything is done.
package protocol BatchJournal: Sendable {
    func begin(_ intent: BatchIntent) async throws(StepFailure) -> BatchID
    func advance(_ batch: BatchID, to phase: BatchPhase) async throws(StepFailure)
    func close(_ batch: BatchID, outcomes: [StepID: StepOutcome]) async throws(StepFailure)
}

/// What a batch is about to do, and what is needed to undo it.
package struct BatchIntent: Sendable {
    package var stack: StackID
    package var verb: Action.Verb
    package var steps: [Entry]
    /// SHA-256 of tfvars before the batch.
    package var tfvarsDigest: String

    package init(stack: StackID, verb: Action.Verb, steps: [Entry], tfvarsDigest: String) {
        self.stack = stack
        self.verb = verb
        self.steps = steps
        self.tfvarsDigest = tfvarsDigest
    }

    package struct Entry: Sendable {
        package var step: StepID
        package var server: ServerName
        /// The text of its tfvars entry before; nil: it had none.
        package var previousEntry: String?

        package init(step: StepID, server: ServerName, previousEntry: String?) {
            self.step = step
            self.server = server
            self.previousEntry = previousEntry
        }
    }
}
