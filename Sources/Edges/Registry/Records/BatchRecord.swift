import Model

extension BatchID {
    /// 16 random hexadecimal digits.
    package static func random() -> BatchID { BatchID(rawValue: randomDigits()) }
}

/// Something that Plumb has begun to do to one stack, written down before it was done.
package struct BatchRecord: Hashable, Sendable, Codable {
    package var id: BatchID
    package var run: RunID
    package var stack: StackID
    /// Of all its steps.
    package var verb: Action.Verb
    package var steps: [Item]
    /// Hexadecimal SHA-256 of the stack's tfvars before, and as the batch leaves it if all goes well; empty: no file,
    /// or (after) not known when it was opened.
    package var tfvarsBefore: String
    package var tfvarsAfter: String
    /// The Plumb that opened it.
    package var process: ProcessStamp
    package var openedAt: Timestamp
    package var phase: BatchPhase
    package var phaseAt: Timestamp
    /// The program that it started, and the file that it writes its events to.
    package var child: Child?
    /// The volume to which it backed its guest up before that ends; nil: none.
    package var backup: String?
    package var closedAt: Timestamp?

    /// A batch as it is when it is opened.
    package init(
        id: BatchID = .random(), run: RunID, stack: StackID, verb: Action.Verb, steps: [Item], tfvarsBefore: String,
        tfvarsAfter: String = "", process: ProcessStamp, openedAt: Timestamp
    ) {
        self.id = id
        self.run = run
        self.stack = stack
        self.verb = verb
        self.steps = steps
        self.tfvarsBefore = tfvarsBefore
        self.tfvarsAfter = tfvarsAfter
        self.process = process
        self.openedAt = openedAt
        phase = .intent
        phaseAt = openedAt
        child = nil
        backup = nil
        closedAt = nil
    }

    /// One step of a batch.
    package struct Item: Hashable, Sendable, Codable {
        package var step: StepID
        package var server: ServerName
        /// The JSON text of the server's entry in tfvars before the batch, byte for byte; nil: it had none.
        package var previousEntry: String?
        /// Whatever else resolving it after a crash needs, as JSON without a secret.
        package var payload: String?
        /// Set when the batch is closed.
        package var outcome: StepOutcome?

        package init(step: StepID, server: ServerName, previousEntry: String?, payload: String? = nil) {
            self.step = step
            self.server = server
            self.previousEntry = previousEntry
            self.payload = payload
            outcome = nil
        }
    }

    package struct Child: Hashable, Sendable, Codable {
        package var process: ProcessStamp
        package var eventsFile: String

        package init(process: ProcessStamp, eventsFile: String) {
            self.process = process
            self.eventsFile = eventsFile
        }
    }
}
