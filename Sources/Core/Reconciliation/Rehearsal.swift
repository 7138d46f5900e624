import Execution
import Model
import Planning
import Synchronization

/// A plan that was carried out on a twin.
package struct RehearsedPass: Sendable {
    package var applied: AppliedPass
    /// Steps that wait for a person's yes, and were carried out as if they had it.
    package var takenAsApproved: [StepID]
    /// When each step began and ended, in the twin's time; only of those that began.
    package var times: [StepID: ClosedRange<Timestamp>]
    package var beganAt: Timestamp
    package var endedAt: Timestamp
}

extension Reconciler {
    /// Carries a pass out on a twin: with a yes to everything that waits for one, and everything else as an apply would
    /// do it. What is blocked, or waits for something else, is not done here either.
    ///
    /// To be called on a twin's reconciler only, whose ledger is a copy.
    ///
    /// - Parameters:
    ///   - shown: a pass that was planned on what the twin was made from; its plan is in this ledger.
    ///   - incidents: lets happen what is to go wrong, after the last look and before the first step.
    package func rehearse(
        _ shown: PlannedPass, by person: String, shouldStop: @escaping @Sendable () -> Bool = { false },
        incidents: () async -> Void = {}
    ) async throws(StepFailure) -> RehearsedPass {
        let awaiting = shown.awaitingApproval
        if !awaiting.isEmpty {
            // As many people as any of the steps wants, none of whom asked for it. What is kept with a server counts, and
            // so does who asked, which was written down after the look that the plan was made from.
            var input = shown.survey.planningInput(targets: shown.targets)
            input.recorded = try await ledger.recorded()
            let needed = approvalStandings(of: awaiting, input).map(\.required).max() ?? 1
            let steps = awaiting.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
            for number in 1...needed {
                try await ledger.approve(
                    Approval(plan: shown.id, by: "rehearsal \(number)", at: clock(), steps: steps),
                    isEnough: number == needed)
            }
        }
        let pass = try await lookAgain(
            at: shown, desired: shown.survey.desired, approving: awaiting, commit: shown.commit, by: person)
        await incidents()
        let record = TimeRecord()
        let beganAt = clock()
        let applied = try await apply(pass, by: person, shouldStop: shouldStop) { record.note($0, at: clock()) }
        return RehearsedPass(
            applied: applied, takenAsApproved: awaiting.map(\.id), times: record.times, beganAt: beganAt,
            endedAt: clock())
    }
}

/// When steps began and ended.
private final class TimeRecord: Sendable {
    private let noted = Mutex<[StepID: ClosedRange<Timestamp>]>([:])

    var times: [StepID: ClosedRange<Timestamp>] { noted.withLock { $0 } }

    func note(_ event: ExecutionEvent, at moment: Timestamp) {
        noted.withLock { noted in
            switch event {
            case .began(let id): noted[id] = moment...moment
            case .progressed, .backedUp, .waiting, .retrying: break
            case .ended(let id, _):
                guard let began = noted[id]?.lowerBound else { return }
                noted[id] = began...max(began, moment)
            }
        }
    }
}
