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
        var spent: [Part: Duration] = [:]
    }

    /// What a round is made of, in the order in which it comes.
    enum Part: String, CaseIterable {
        case settling, editing, looking, planning, dying, outliving, recovering, resting
        case byHand = "by hand"
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

    /// Does a part of a round, and counts how long it takes.
    func timing<Result>(_ part: Part, _ work: () async throws -> Result) async rethrows -> Result {
        let began = ContinuousClock.now
        defer { counts.withLock { $0.spent[part, default: .zero] += ContinuousClock.now - began } }
        return try await work()
    }

    /// Where the time went, all chains together.
    var times: String {
        let spent = counts.withLock { $0.spent }
        return Part.allCases.compactMap { part in spent[part].map { "\(part.rawValue) \($0.components.seconds) s" } }
            .joined(separator: ", ")
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
