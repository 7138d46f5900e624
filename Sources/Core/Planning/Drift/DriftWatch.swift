import Model

/// What is news from one look at the drift to the next.
///
/// What could not be seen has neither come nor healed: it stands as it was last seen, until it is seen again.
package struct DriftWatch: Sendable {
    /// What a look could not see.
    package struct Blindness: Sendable, Hashable {
        package var clusters: Set<ClusterName> = []
        package var stacks: Set<StackID> = []
        package var servers: Set<ServerName> = []

        package init() {}

        func covers(_ item: DriftItem) -> Bool {
            servers.contains(item.server) || stacks.contains(item.stack) || clusters.contains(item.stack.cluster)
        }
    }

    package enum News: Sendable, Hashable {
        case appeared(DriftItem)
        /// The same attribute differs in another way than before.
        case changed(DriftItem)
        /// As it was last seen.
        case healed(DriftItem)
    }

    private struct Place: Hashable, Comparable {
        var server: ServerName
        var kind: String
        var path: String

        init(_ item: DriftItem) {
            server = item.server
            kind = item.kind.rawValue
            path = item.path
        }

        static func < (one: Self, other: Self) -> Bool {
            (one.server, one.kind, one.path) < (other.server, other.kind, other.path)
        }
    }

    private var known: [Place: DriftItem] = [:]

    package init() {}

    /// Whether anything differed when it was last seen.
    package var hasDrift: Bool { known.values.contains(where: \.counts) }
    package var count: Int { Set(known.values.filter(\.counts).map(\.server)).count }

    /// Takes in what a look found.
    ///
    /// - Returns: what appeared or changed, in the order of the items, then what healed.
    package mutating func look(_ items: [DriftItem], blind: Blindness = Blindness()) -> [News] {
        var news: [News] = []
        var seen: Set<Place> = []
        for item in items {
            let place = Place(item)
            seen.insert(place)
            if let before = known[place] {
                guard !before.says(asMuchAs: item), !blind.covers(item) else { continue }
                news.append(.changed(item))
            } else {
                news.append(.appeared(item))
            }
            known[place] = item
        }
        for (place, item) in known.sorted(by: { $0.key < $1.key }) where !seen.contains(place) && !blind.covers(item) {
            known[place] = nil
            news.append(.healed(item))
        }
        return news
    }
}

extension DriftItem {
    /// Whether the values are the same; who did it may be known better or worse from one look to the next.
    fileprivate func says(asMuchAs other: DriftItem) -> Bool {
        desired == other.desired && recorded == other.recorded && state == other.state && live == other.live
            && disagreeing == other.disagreeing && counts == other.counts
    }
}
