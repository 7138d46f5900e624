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

    /// The same of one whose old guest was backed up first.
    package static let rebuildUnfinishedKept: SentenceCode = "execution.rebuildUnfinishedKept"

    /// The code of a rebuild of which it cannot be seen whether the old guest ended.
    package static let endUnseen: SentenceCode = "execution.endUnseen"

    /// The code of a removal whose end Terraform reported and nobody can see.
    package static let removalUnseen: SentenceCode = "execution.removalUnseen"

    /// The code of an end that came about and could not be written down.
    package static let endUnsettled: SentenceCode = "execution.endUnsettled"

    /// Whether a guest ended, where the step was to end one.
    package var endedGuest: Bool {
        switch self {
        case .done: true
        case .failed(let failure):
            [Self.rebuildUnfinished, Self.rebuildUnfinishedKept, Self.endUnsettled].contains(failure.sentence.code)
        case .stale, .refused, .skipped: false
        }
    }
}

extension StepOutcome {
    /// Whether a person's yes to a step of that kind is used up by how it ended. A yes to what takes a guest down or ends it
    /// is a yes to one attempt of its plan: whatever came of that, and also where the run was stopped or killed before it
    /// came to the step, nobody goes on with it later without asking. A step that merely waits, for a window, a pause or
    /// another step, keeps its yes; so does one whose facts moved, which the yes is not to anyhow.
    package func spendsYes(to verb: Action.Verb) -> Bool {
        switch self {
        case .done: true
        // The birth that a half-done rebuild still owes rests on the yes to the whole.
        case .failed, .refused: verb.isAgreedOnce && !(verb == .rebuild && endedGuest)
        case .skipped(let reason): verb.isAgreedOnce && Self.endsOfRuns.contains(reason.code)
        case .stale: false
        }
    }

    /// Whether it may have changed something: what failed may have been half done.
    package var mayHaveActed: Bool {
        switch self {
        case .done, .failed: true
        case .stale, .refused, .skipped: false
        }
    }

    private static let endsOfRuns: Set<SentenceCode> = ["execution.cancelled", "execution.powerCut", runCut]

    /// The code of a step that a run set out to do and did not come to, because the run was cut off.
    package static let runCut: SentenceCode = "execution.runCut"
}

extension Action.Verb {
    /// Whether a yes to it is a yes to one attempt.
    package var isAgreedOnce: Bool {
        switch self {
        case .recreate, .destroy, .stop, .restart, .rebuild: true
        case .create, .update, .adopt, .untaint, .move, .rename, .forget, .start, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            false
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
