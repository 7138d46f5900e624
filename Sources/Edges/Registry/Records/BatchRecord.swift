import Model

/// One batch of the journal. Made by its opener, so that opening twice is opening once.
package struct BatchID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// 16 random hexadecimal digits.
    package static func random() -> BatchID { BatchID(rawValue: randomDigits()) }

    package var description: String { rawValue }
}

/// How far a batch got. Each is written when the thing is done, except ``applying``, which is written before: after a
/// crash in it Terraform may have changed anything that the batch names, or still be at it.
package enum BatchPhase: String, Hashable, Sendable, Codable, CaseIterable {
    /// The steps and what they touch are written down; nothing has been changed.
    case intent
    /// The file on disk is the one whose hash the batch has as `after` (for a destroy it did not change yet).
    case tfvarsWritten
    /// The scope guard has accepted Terraform's plan.
    case planned
    /// About to apply that plan.
    case applying
    /// Terraform has ended.
    case applied
    /// The live read has said how each step ended.
    case verified
    /// The entries of what failed are as they were, and those of guests proven gone are out.
    case rolledBack
    /// Closed.
    case done
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
    package var process: ProcessIdentity
    package var openedAt: Timestamp
    package var phase: BatchPhase
    package var phaseAt: Timestamp
    /// The program that it started, and the file that it writes its events to.
    package var child: Child?
    package var closedAt: Timestamp?

    /// A batch as it is when it is opened.
    package init(
        id: BatchID = .random(), run: RunID, stack: StackID, verb: Action.Verb, steps: [Item], tfvarsBefore: String,
        tfvarsAfter: String = "", process: ProcessIdentity, openedAt: Timestamp
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
        package var process: ProcessIdentity
        package var eventsFile: String

        package init(process: ProcessIdentity, eventsFile: String) {
            self.process = process
            self.eventsFile = eventsFile
        }
    }
}

extension BatchPhase: Comparable {
    private var rank: Int {
        switch self {
        case .intent: 0
        case .tfvarsWritten: 1
        case .planned: 2
        case .applying: 3
        case .applied: 4
        case .verified: 5
        case .rolledBack: 6
        case .done: 7
        }
    }

    package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }
}
