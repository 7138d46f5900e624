import Model

/// What is on record of stacks, as far as whoever opens one has to know it, and where it is written down.
///
/// What is not known must never pass for what is not there: each question has an answer for it, with which nothing is
/// taken away and nothing mended.
package struct StackRecords: Sendable {
    /// The batches that are not closed, whose runs must stay; nil: not known.
    package var openBatches: @Sendable () async -> Set<BatchID>?
    /// The state that was last seen in a stack; nil: none, or not known. Asked where a state was cut off.
    package var knownState: @Sendable (StackID) async -> StateStamp?
    /// Whether neither a state of a stack nor a server in it is on record; false: not known. Asked where a state was
    /// cut off that was never seen.
    package var isUnrecorded: @Sendable (StackID) async -> Bool
    /// Writes down that a state was mended, as soon as it is, also for whoever does not read what this run prints.
    package var noteMended: @Sendable (StackID, Sentence) async -> Void

    package init(
        openBatches: @escaping @Sendable () async -> Set<BatchID>?,
        knownState: @escaping @Sendable (StackID) async -> StateStamp?,
        isUnrecorded: @escaping @Sendable (StackID) async -> Bool,
        noteMended: @escaping @Sendable (StackID, Sentence) async -> Void
    ) {
        self.openBatches = openBatches
        self.knownState = knownState
        self.isUnrecorded = isUnrecorded
        self.noteMended = noteMended
    }

    /// Nothing is known of any stack, and nothing is written down: for a test, which changes what it is about.
    package static let nothing = StackRecords(
        openBatches: { nil }, knownState: { _ in nil }, isUnrecorded: { _ in false }, noteMended: { _, _ in })
}
