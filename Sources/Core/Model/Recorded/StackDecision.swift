/// What a person decided about a stack beside any plan, and Plumb then did.
package struct StackDecision: Hashable, Sendable {
    package var stack: StackID
    package var by: String
    package var at: Timestamp
    /// What was decided, as it was said when it was done.
    package var sentence: Sentence

    package init(stack: StackID, by: String, at: Timestamp, sentence: Sentence) {
        self.stack = stack
        self.by = by
        self.at = at
        self.sentence = sentence
    }
}
