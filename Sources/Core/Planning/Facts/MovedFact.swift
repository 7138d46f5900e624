import Model

/// A fact that is not what it was; nil: it was not, or is no longer, relied on.
package struct MovedFact: Hashable, Sendable {
    package var topic: Fact.Topic
    package var path: String
    package var before: String?
    package var after: String?

    /// `desired cores: 2 → 4`.
    package var text: String { "\(topic.rawValue) \(path): \(before.quoted) → \(after.quoted)" }
}

extension String? {
    fileprivate var quoted: String {
        switch self {
        case nil: "–"
        case "": "\"\""
        case .some(let text): text
        }
    }
}

/// What moved between the facts that a step relied on and those of now; empty: the step is not stale.
package func movedFacts(_ old: [Fact], _ new: [Fact]) -> [MovedFact] {
    struct Place: Hashable, Comparable {
        let topic: Fact.Topic
        let path: String
        static func < (one: Self, other: Self) -> Bool {
            one.topic == other.topic ? one.path < other.path : one.topic < other.topic
        }
    }
    if old == new { return [] }
    func byPlace(_ facts: [Fact]) -> [Place: String] {
        Dictionary(
            facts.map { (Place(topic: $0.topic, path: $0.path), $0.value) }, uniquingKeysWith: { $0 + "\n" + $1 })
    }
    let (before, after) = (byPlace(old), byPlace(new))
    return Set(before.keys).union(after.keys).sorted().compactMap { place in
        guard before[place] != after[place] else { return nil }
        return MovedFact(topic: place.topic, path: place.path, before: before[place], after: after[place])
    }
}

/// The same as one sentence for the operator who approved.
package func movedSentence(_ subject: String, _ old: [Fact], _ new: [Fact]) -> Sentence {
    Sentence(.approvalMoved, subject, movedFacts(old, new).map(\.text).joined(separator: "; "))
}
