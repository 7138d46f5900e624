/// When the daemon makes its next pass: at once, after changes have settled, and regularly.
///
/// A state machine without a clock: events come with their moments, as durations since the start.
package struct PassSchedule: Sendable, Hashable {
    private var debounce: Debounce
    private var resyncAt: Duration?
    private var hasStarted = false

    package init(debounce: Debounce = Debounce()) { self.debounce = debounce }

    package mutating func change(at moment: Duration) { debounce.change(at: moment) }

    /// A pass has ended, and the next regular one is wanted after `interval`.
    package mutating func passed(at moment: Duration, resyncAfter interval: Duration) { resyncAt = moment + interval }

    /// The pass that is due now, if one is.
    package mutating func due(at moment: Duration) -> PassTrigger? {
        guard hasStarted else {
            hasStarted = true
            return .start
        }
        if debounce.take(at: moment) { return .change }
        if let resyncAt, moment >= resyncAt {
            self.resyncAt = nil
            return .resync
        }
        return nil
    }

    /// When to ask again; nil: only a change can bring the next pass.
    package var nextAt: Duration? {
        guard hasStarted else { return .zero }
        return [debounce.dueAt, resyncAt].compactMap(\.self).min()
    }
}

/// Why a pass is made.
package enum PassTrigger: String, Sendable, Hashable, CaseIterable { case start, change, resync }
