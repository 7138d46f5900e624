import Model
import Testing

/// What uses a person's yes up.
@Suite struct SpentYesTests {
    private let reason = Sentence("execution.windowClosed", "Server/a", "x", "y")

    @Test func whatIsDoneUsesItUpWhateverItIs() {
        #expect(Action.Verb.allCases.allSatisfy { StepOutcome.done.spendsYes(to: $0) })
    }

    @Test func anAttemptUsesItUpWhereAGuestGoesDownOrEnds() {
        let attempts: [StepOutcome] = [
            .failed(StepFailure(reason)), .refused(reason), .skipped(Sentence("execution.cancelled")),
            .skipped(Sentence(StepOutcome.runCut)), .skipped(Sentence("execution.powerCut")),
        ]
        for outcome in attempts {
            let spent = Action.Verb.allCases.filter { outcome.spendsYes(to: $0) }
            #expect(spent == [.recreate, .destroy, .stop, .restart, .rebuild], "\(outcome)")
        }
    }

    @Test func whatWaitsOrMovedKeepsIt() {
        for outcome in [StepOutcome.stale(reason), .skipped(reason)] {
            #expect(!Action.Verb.allCases.contains { outcome.spendsYes(to: $0) })
        }
    }

    @Test(arguments: [StepOutcome.rebuildUnfinished, StepOutcome.rebuildUnfinishedKept])
    func theBirthThatIsOwedRestsOnTheYesToTheWhole(code: SentenceCode) {
        let half = StepOutcome.failed(StepFailure(Sentence(code, "a", "100", "x")))
        #expect(half.endedGuest && !half.spendsYes(to: .rebuild))
    }
}
