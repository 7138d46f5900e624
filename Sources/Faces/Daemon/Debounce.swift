/// Puts off what follows a burst of changes until the burst is over: an editor's save is several events, a checkout
/// hundreds.
///
/// It must not know any clock: moments are durations since any fixed one.
package struct Debounce: Sendable, Hashable {
    /// How long nothing must have changed.
    package let quiet: Duration
    /// How long a burst that never ends can put it off.
    package let longest: Duration
    private var first: Duration?
    private var last: Duration?

    package init(quiet: Duration = .milliseconds(200), longest: Duration = .seconds(5)) {
        self.quiet = quiet
        self.longest = longest
    }

    package mutating func change(at moment: Duration) {
        if first == nil { first = moment }
        last = moment
    }

    /// When it is due; nil where nothing has changed.
    package var dueAt: Duration? {
        guard let first, let last else { return nil }
        return min(last + quiet, first + longest)
    }

    /// Ends the burst if it is due.
    ///
    /// - Returns: whether it was.
    package mutating func take(at moment: Duration) -> Bool {
        guard let dueAt, moment >= dueAt else { return false }
        first = nil
        last = nil
        return true
    }
}
