import Model

/// One thing that the doctor looked at.
package struct Examination: Sendable, Hashable {
    /// What was looked at: `terraform`, `cluster lab`.
    package var topic: String
    package var verdict: Verdict
    /// What was found, and for anything but `well` what to do.
    package var sentence: Sentence

    package init(topic: String, verdict: Verdict, sentence: Sentence) {
        self.topic = topic
        self.verdict = verdict
        self.sentence = sentence
    }

    package enum Verdict: String, Sendable, Hashable, CaseIterable { case well, warning, failure }
}
