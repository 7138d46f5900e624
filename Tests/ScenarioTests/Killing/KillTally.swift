import Foundation
import Synchronization

/// How often death came where, so that a point that no run ever reached does not pass for one that was survived.
final class KillTally: Sendable {
    private struct Counts {
        var struck: [String: Int] = [:]
        var missed: [String: Int] = [:]
        /// Rounds in which death came.
        var rounds: Set<String> = []
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
                let line = Self.line(point, victim)
                guard hasStruck else {
                    counts.missed[line, default: 0] += 1
                    return
                }
                counts.struck[line, default: 0] += 1
                counts.rounds.insert(round.description)
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

    private static func line(_ point: KillPoint, _ victim: KillVictim) -> String { "\(point) | \(victim.rawValue)" }

    /// What of a schedule never came about, in its order.
    ///
    /// - Parameter ofEachKind: whether death must have come in every round; otherwise at every point to every victim,
    ///   whichever the plan was about, since not every kind of plan comes by every point. A random moment is none.
    func neverStruck(of rounds: [KillRound], ofEachKind: Bool) -> [String] {
        let (played, struck) = counts.withLock { ($0.rounds, Set($0.struck.keys)) }
        var missed: [String] = []
        for round in rounds {
            guard case .cut(let point, let victim) = round.cause else { continue }
            if case .moment = point { continue }
            let name = ofEachKind ? round.description : Self.line(point, victim)
            if !(ofEachKind ? played : struck).contains(name), !missed.contains(name) { missed.append(name) }
        }
        return missed
    }

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
