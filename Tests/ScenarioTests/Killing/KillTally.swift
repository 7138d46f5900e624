import Foundation
import Synchronization

/// How often death came where, so that a point that no run ever reached does not pass for one that was survived.
final class KillTally: Sendable {
    private struct Counts {
        var struck: [String: Int] = [:]
        var missed: [String: Int] = [:]
        var boundaries: Set<KillPoint> = []
        var kinds: Set<KillKind> = []
        var faulty = 0
        var failed = 0
        var destroys = (announced: 0, unintended: 0)
    }

    private let counts = Mutex(Counts())

    func count(_ round: KillRound, hasStruck: Bool) {
        counts.withLock { counts in
            switch round.cause {
            case .faults: counts.faulty += 1
            case .cut(let point, let victim):
                let line = "\(point) | \(victim.rawValue)"
                guard hasStruck else {
                    counts.missed[line, default: 0] += 1
                    return
                }
                counts.struck[line, default: 0] += 1
                counts.boundaries.insert(point)
                counts.kinds.insert(round.kind)
            }
        }
    }

    func count(_ destroys: (announced: Int, unintended: Int)) {
        counts.withLock { counts in
            counts.destroys.announced += destroys.announced
            counts.destroys.unintended += destroys.unintended
        }
    }

    /// A chain that broke off.
    func countFailure() { counts.withLock { $0.failed += 1 } }

    /// Progress, where somebody waits for long.
    func show(_ line: String) {
        if KillSchedule.isSoak { FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }

    var reached: Set<KillPoint> { counts.withLock { $0.boundaries } }

    var unintendedDestroys: Int { counts.withLock { $0.destroys.unintended } }

    /// The whole in a line.
    var summary: String {
        counts.withLock { counts in
            let killed = counts.struck.values.reduce(0, +)
            let missed = counts.missed.values.reduce(0, +)
            return """
                killed \(killed) times, \(missed) plans ended before their point, \(counts.faulty) plans met faults, \
                \(counts.failed) chains failed; destroyed as announced \(counts.destroys.announced), \
                unintended destroys \(counts.destroys.unintended)
                """
        }
    }

    /// | where | who | killed | ended before |
    var table: String {
        counts.withLock { counts in
            let lines = Set(counts.struck.keys).union(counts.missed.keys).sorted()
            return lines.map { "| \($0) | \(counts.struck[$0] ?? 0) | \(counts.missed[$0] ?? 0) |" }
                .joined(separator: "\n")
        }
    }
}
