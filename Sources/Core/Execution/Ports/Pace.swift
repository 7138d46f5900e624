import Model
import Synchronization

/// Time and chance as execution needs them, so that a test needs neither to wait nor to guess.
package struct Pace: Sendable {
    package var now: @Sendable () -> Timestamp
    /// The time since a moment that stays the same, by a clock that nobody can set: what passed between two looks.
    package var elapsed: @Sendable () -> Duration
    /// Returns early in a cancelled task.
    package var sleep: @Sendable (Duration) async -> Void
    /// What is random is drawn from this: the same seed, the same pauses.
    package var seed: UInt64

    package init(
        now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void, seed: UInt64
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        self.seed = seed
    }

    /// Time that passes only while somebody sleeps, and then at once.
    package static func virtual(from start: Timestamp = Timestamp(milliseconds: 0), seed: UInt64 = 0) -> Pace {
        let moment = Moment(start)
        return Pace(
            now: { moment.now }, elapsed: { moment.now - start }, sleep: { moment.pass($0) }, seed: seed)
    }

    private final class Moment: Sendable {
        private let state: Mutex<Timestamp>

        init(_ start: Timestamp) { state = Mutex(start) }

        var now: Timestamp { state.withLock(\.self) }

        func pass(_ span: Duration) { state.withLock { $0 = $0 + span } }
    }
}
