import Model

/// The time and the chance that the client needs, as values, so that a test needs neither to wait nor to guess.
package struct ClientClock: Sendable {
    /// A moment that no change of the wall clock moves.
    package var now: @Sendable () -> ContinuousClock.Instant
    /// Throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// From 0 up to 1.
    package var jitter: @Sendable () -> Double
    /// What a calendar shows, for `readAt`.
    package var timestamp: @Sendable () -> Timestamp

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void, jitter: @escaping @Sendable () -> Double,
        timestamp: @escaping @Sendable () -> Timestamp
    ) {
        self.now = now
        self.sleep = sleep
        self.jitter = jitter
        self.timestamp = timestamp
    }

    package static let system = ClientClock(
        now: { ContinuousClock.now },
        sleep: { try await Task.sleep(for: $0) },
        jitter: { Double.random(in: 0..<1) },
        timestamp: { Timestamp.wallClock() })
}
