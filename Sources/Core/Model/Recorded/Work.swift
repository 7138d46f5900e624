/// One run of a command that carries steps out. Made by its starter, so that starting twice is starting once.
package struct RunID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }
}

/// One batch of the journal. Made by its opener, so that opening twice is opening once.
package struct BatchID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

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

/// A process so that it cannot be mistaken for a later one of the same number: the start in clock ticks since boot
/// (proc_pid_stat(5), field 22), and which boot (`/proc/sys/kernel/random/boot_id`).
package struct ProcessStamp: Hashable, Sendable, Codable {
    package var pid: Int32
    package var startTicks: UInt64
    package var bootID: String

    package init(pid: Int32, startTicks: UInt64, bootID: String) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }
}
