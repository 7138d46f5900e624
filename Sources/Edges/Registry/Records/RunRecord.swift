import Model

extension RunID {
    /// 16 random hexadecimal digits.
    package static func random() -> RunID { RunID(rawValue: randomDigits()) }
}

func randomDigits() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

package enum RunStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case running
    case finished
    /// Its process ended before it did.
    case interrupted
}

package struct RunRecord: Hashable, Sendable, Codable {
    package var id: RunID
    /// What was run: `apply`, `daemon`, `audit`.
    package var command: String
    package var who: String
    package var commit: String?
    package var plan: PlanID?
    package var process: ProcessStamp
    package var startedAt: Timestamp
    package var finishedAt: Timestamp?
    package var status: RunStatus
    package var exitCode: Int32?
    package var counts: Counts

    /// A run as it is when it starts.
    package init(
        id: RunID = .random(), command: String, who: String, commit: String?, plan: PlanID?, process: ProcessStamp,
        startedAt: Timestamp
    ) {
        self.id = id
        self.command = command
        self.who = who
        self.commit = commit
        self.plan = plan
        self.process = process
        self.startedAt = startedAt
        finishedAt = nil
        status = .running
        exitCode = nil
        counts = Counts()
    }

    /// How its steps ended.
    package struct Counts: Hashable, Sendable, Codable {
        package var done = 0
        package var stale = 0
        package var refused = 0
        package var failed = 0
        package var skipped = 0

        package init() {}
    }
}

/// How one step of a run ended.
package struct RunStep: Hashable, Sendable, Codable {
    package var id: StepID
    package var verb: Action.Verb
    package var subject: Subject
    package var outcome: StepOutcome
    /// What the step changed, for a person.
    package var changes: [AttributeChange]
    package var startedAt: Timestamp
    package var took: Duration

    package init(
        id: StepID, verb: Action.Verb, subject: Subject, outcome: StepOutcome, changes: [AttributeChange] = [],
        startedAt: Timestamp, took: Duration
    ) {
        self.id = id
        self.verb = verb
        self.subject = subject
        self.outcome = outcome
        self.changes = changes
        self.startedAt = startedAt
        self.took = took
    }

    /// How a step of a plan ended.
    package init(_ step: Step, outcome: StepOutcome, startedAt: Timestamp, took: Duration) {
        self.init(
            id: step.id, verb: step.action.verb, subject: step.subject, outcome: outcome, changes: step.changes,
            startedAt: startedAt, took: took)
    }
}

/// Who did a step, and when it began.
package struct StepDoing: Hashable, Sendable {
    package var by: String
    package var at: Timestamp

    package init(by: String, at: Timestamp) {
        self.by = by
        self.at = at
    }
}

extension StepOutcome {
    /// The name of the case, as columns hold it.
    var ended: String {
        switch self {
        case .done: "done"
        case .stale: "stale"
        case .refused: "refused"
        case .failed: "failed"
        case .skipped: "skipped"
        }
    }
}

extension Subject {
    /// What columns hold: names are compared without case.
    var key: String { description.lowercased() }

    /// The kind that its description begins with: `Server`, `Stack`, `Guest`.
    var kind: String { String(description.prefix { $0 != "/" }) }
}
