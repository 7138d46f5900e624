import Model

/// One run of a command that carries steps out. Made by its starter, so that starting twice is starting once.
package struct RunID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// 16 random hexadecimal digits.
    package static func random() -> RunID { RunID(rawValue: randomDigits()) }

    package var description: String { rawValue }
}

func randomDigits() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

/// A process so that it cannot be mistaken for a later one of the same number: the start in clock ticks since boot
/// (proc_pid_stat(5), field 22), and which boot (`/proc/sys/kernel/random/boot_id`).
package struct ProcessIdentity: Hashable, Sendable, Codable {
    package var pid: Int32
    package var startTicks: UInt64
    package var bootID: String

    package init(pid: Int32, startTicks: UInt64, bootID: String) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }
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
    package var process: ProcessIdentity
    package var startedAt: Timestamp
    package var finishedAt: Timestamp?
    package var status: RunStatus
    package var exitCode: Int32?
    package var counts: Counts

    /// A run as it is when it starts.
    package init(
        id: RunID = .random(), command: String, who: String, commit: String?, plan: PlanID?, process: ProcessIdentity,
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
