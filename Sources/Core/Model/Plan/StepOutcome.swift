/// How one step ended.
package enum StepOutcome: Hashable, Sendable, Codable {
    case done
    /// What it relied on is no longer so; nothing was done. The sentence says what moved.
    case stale(Sentence)
    /// Nothing was done, because a check just before acting said no.
    case refused(Sentence)
    case failed(StepFailure)
    /// Not tried: its disposition, or a step that it comes after, did not allow it.
    case skipped(Sentence)

    /// The code of a rebuild whose old guest is gone and whose new one could not be made.
    package static let rebuildUnfinished: SentenceCode = "execution.rebuildUnfinished"

    /// The code of a rebuild of which it cannot be seen whether the old guest ended.
    package static let endUnseen: SentenceCode = "execution.endUnseen"

    /// Whether a guest ended, where the step was to end one.
    package var endedGuest: Bool {
        switch self {
        case .done: true
        case .failed(let failure): failure.sentence.code == Self.rebuildUnfinished
        case .stale, .refused, .skipped: false
        }
    }
}

/// The world's failure at a port, in a form that says whether trying again makes sense.
package struct StepFailure: Error, Hashable, Sendable, Codable {
    package var sentence: Sentence
    package var retry: Retry

    package init(_ sentence: Sentence, retry: Retry = .never) {
        self.sentence = sentence
        self.retry = retry
    }

    package enum Retry: Hashable, Sendable, Codable {
        case never
        /// After that many seconds at least.
        case after(seconds: Int)
        /// A lock of Proxmox was not free in time, and nothing was done: worth another try in the same run.
        case afterLock
    }
}
