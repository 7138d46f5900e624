import Foundation
import Synchronization

/// What the worlds came to, counted as it happened.
final class WorldTally: Sendable {
    enum Count: String, CaseIterable, Sendable {
        case worlds, rounds, made
        case endedAsNamed = "ended as named"
        case endedUnintended = "ended unintended"
        case down = "shut down or restarted"
        case struck = "faults that struck"
        case broken = "runs with a configuration that could not be read"
        case failed = "worlds that broke off"
    }

    private let counts = Mutex([Count: Int]())
    /// What people did, and what went wrong, by name.
    private let events = Mutex([String: Int]())

    subscript(_ count: Count) -> Int { counts.withLock { $0[count] ?? 0 } }

    func count(_ what: Count, _ number: Int = 1) { counts.withLock { $0[what, default: 0] += number } }
    func note(_ event: String) { events.withLock { $0[event, default: 0] += 1 } }

    /// The whole in a line.
    var summary: String {
        Count.allCases.map { count in
            switch count {
            case .made: "guests made \(self[count])"
            case .endedAsNamed, .endedUnintended, .down: "guests \(count.rawValue) \(self[count])"
            case .worlds, .rounds, .struck, .broken, .failed: "\(count.rawValue) \(self[count])"
            }
        }.joined(separator: ", ")
    }

    /// What happened in them, and how often.
    var story: String {
        events.withLock { $0 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    /// Progress, where somebody waits for long.
    func show(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
