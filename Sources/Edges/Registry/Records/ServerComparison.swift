import Model

/// When a server was last seen to be as declared, and since when it is not: a drift came between the two.
package struct ServerComparison: Hashable, Sendable, Codable {
    /// Nil: it was never seen without drift.
    package var cleanAt: Timestamp?
    /// The first moment at which the present drift was seen; nil: there is none.
    package var driftingSince: Timestamp?
    /// By when each difference of the present drift had been seen; see ``SeenDrift``.
    package var firstSeen: [String: Timestamp]

    package init(cleanAt: Timestamp?, driftingSince: Timestamp?, firstSeen: [String: Timestamp] = [:]) {
        self.cleanAt = cleanAt
        self.driftingSince = driftingSince
        self.firstSeen = firstSeen
    }
}
