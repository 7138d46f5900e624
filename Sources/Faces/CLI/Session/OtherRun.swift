import Model

/// What another run did while this one waited for it.
package struct OtherRun: Sendable, Hashable {
    var id: RunID
    /// Who asked for it.
    var by: String
    /// The steps that it did.
    var done: [StepID]
    /// When the last of them was done.
    var at: Timestamp

    /// Steps that are named before the rest is only counted.
    private static let stepsShown = 5

    var sentence: Sentence {
        let rest = done.count - Self.stepsShown
        let named = done.prefix(Self.stepsShown).map(\.description) + (rest > 0 ? ["+\(rest)"] : [])
        return Sentence(
            "cli.doneByOther", by, String(done.count), at.description, named.joined(separator: ", "), id.rawValue)
    }
}
