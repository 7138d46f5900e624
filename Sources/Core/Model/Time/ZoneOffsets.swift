/// How far a place's clock is from UTC, over the years that matter. The core has no time zone database: an edge looks
/// the changes up.
package struct ZoneOffsets: Hashable, Sendable {
    /// In seconds east of UTC, before the first change.
    package var initial: Int64
    /// In ascending order; each holds until the next.
    package var changes: [Change]

    package struct Change: Hashable, Sendable {
        package var at: Timestamp
        /// In seconds east of UTC.
        package var offset: Int64

        package init(at: Timestamp, offset: Int64) {
            self.at = at
            self.offset = offset
        }
    }

    package init(initial: Int64, changes: [Change] = []) {
        self.initial = initial
        self.changes = changes
    }

    package static let utc = ZoneOffsets(initial: 0)

    package func offset(at moment: Timestamp) -> Int64 {
        changes.last { $0.at <= moment }?.offset ?? initial
    }

    /// Seconds since 1970 as the clock on the wall there counts them.
    package func wallSeconds(at moment: Timestamp) -> Int64 { moment.seconds + offset(at: moment) }

    /// When the clock on the wall shows that time. A time that comes twice (the clock is put back) is the first of
    /// both; one that is left out (the clock is put forward) is the moment of the change.
    package func moment(ofWall seconds: Int64) -> Timestamp {
        var before = initial
        for change in changes {
            let here = Timestamp(seconds: seconds - before)
            if here < change.at { return here }
            // The wall shows this time neither before nor after the change.
            if Timestamp(seconds: seconds - change.offset) < change.at { return change.at }
            before = change.offset
        }
        return Timestamp(seconds: seconds - before)
    }
}
