import Model

/// What is news, from one look at the drift to the next, of what could not be seen.
///
/// A place that can be seen no better than before, only for another reason, is not seen again: a node that goes offline
/// in the middle of a look is first a guest whose configuration could not be read, and then a guest on an offline node.
struct UnseenWatch: Sendable {
    private struct Key: Hashable, Comparable {
        var place: String
        var code: SentenceCode
        /// Of a part of a cluster: which one, because several can be gone for the same reason.
        var part: [String]

        init(_ unseen: DriftView.Unseen) {
            place = unseen.place
            code = unseen.reason.code
            part = unseen.isWhole ? [] : unseen.reason.arguments
        }

        static func < (one: Self, other: Self) -> Bool {
            (one.place, one.code, one.part.joined(separator: "\u{0}"))
                < (other.place, other.code, other.part.joined(separator: "\u{0}"))
        }
    }

    private var known: [Key: DriftView.Unseen] = [:]

    /// Takes in what a look could not see.
    ///
    /// - Returns: what is newly unseen, or for a new reason; then what is seen again, each place as it was last unseen.
    mutating func look(_ unseen: [DriftView.Unseen]) -> [DriftNews.Event] {
        let now = Dictionary(unseen.map { (Key($0), $0) }) { first, _ in first }
        let lost = now.sorted { $0.key < $1.key }.filter { known[$0.key] == nil }
        let stillUnseen = Set(now.values.filter(\.isWhole).map(\.place))
        let found = known.sorted { $0.key < $1.key }.filter { key, part in
            now[key] == nil && !(part.isWhole && stillUnseen.contains(key.place))
        }
        known = now
        return lost.map { .unreadable($0.value) } + found.map { .readable($0.value) }
    }
}
