/// A cluster that could not be looked at the last time, and when the daemon looks again: later each time, so that a
/// cluster that has trouble is left in peace.
///
/// After ``opensAfter`` failures in a row its circuit is open: the cluster is taken to be down, and one look when its
/// time comes is all that it gets. A look that succeeds ends the record.
package struct ClusterHealth: Hashable, Sendable, Codable {
    /// Looks that failed in a row; at least one.
    package var failures: Int
    /// Of the first of them.
    package var since: Timestamp
    package var nextLook: Timestamp
    /// Why the last one failed.
    package var reason: Sentence

    package init(failures: Int, since: Timestamp, nextLook: Timestamp, reason: Sentence) {
        self.failures = failures
        self.since = since
        self.nextLook = nextLook
        self.reason = reason
    }

    /// Looks that must fail in a row before the circuit opens.
    package static let opensAfter = 5

    package var isOpen: Bool { failures >= Self.opensAfter }

    /// The record after one more look that failed.
    ///
    /// - Parameters:
    ///   - interval: between two looks at a cluster that is well. The pause grows from it to about a quarter of an hour.
    ///   - seed: the same seed, the same pause.
    package static func failed(
        _ cluster: ClusterName, after earlier: ClusterHealth?, because reason: Sentence, at now: Timestamp,
        interval: Duration, seed: UInt64
    ) -> ClusterHealth {
        let failures = (earlier?.failures ?? 0) + 1
        let pause = BackOff(first: interval * 2, doublings: doublings(of: interval)).pause(
            after: failures, seed: seed, key: cluster.key)
        // One of the future is of a clock that was put back since.
        let since = min(earlier?.since ?? now, now)
        return ClusterHealth(failures: failures, since: since, nextLook: now + pause, reason: reason)
    }

    /// Whether the daemon leaves the cluster in peace for now. A record of the future, and a next look that is further
    /// away than any pause is long, are of a clock that was ahead and put back: they must not keep a cluster away for as
    /// long as it was ahead.
    ///
    /// - Parameter interval: as of ``failed(_:after:because:at:interval:seed:)``.
    package func isResting(at now: Timestamp, interval: Duration) -> Bool {
        since <= now && now < nextLook && nextLook - now <= Self.longestPause(at: interval)
    }

    private static func longestPause(at interval: Duration) -> Duration { interval * (2 << doublings(of: interval)) }

    private static func doublings(of interval: Duration) -> Int {
        var doublings = 0
        while interval * (2 << doublings) <= longest { doublings += 1 }
        return doublings
    }

    private static var longest: Duration { .seconds(900) }
}
