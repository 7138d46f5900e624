import Model

/// What `history` shows: runs, and activity that belongs to no run, latest first.
package struct HistoryPage: Hashable, Sendable {
    package var items: [Item]
    /// Where the next page begins; nil: this is the last.
    package var next: Cursor?

    package enum Item: Hashable, Sendable {
        case run(RunRecord)
        case activity(ActivityEntry)
    }

    /// A place between two items. Pages do not shift when something newer is added.
    package struct Cursor: Hashable, Sendable, CustomStringConvertible {
        let at: Int64
        /// 0 for activity, 1 for runs.
        let source: Int64
        let number: Int64

        init(at: Int64, source: Int64, number: Int64) {
            self.at = at
            self.source = source
            self.number = number
        }

        /// Reads what ``description`` wrote; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
            guard parts.count == 3, let at = parts[0], let source = parts[1], let number = parts[2] else { return nil }
            self.init(at: at, source: source, number: number)
        }

        package var description: String { "\(at)-\(source)-\(number)" }
    }
}
