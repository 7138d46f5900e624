import ArgumentParser
import Execution
import Model
import Planning
import Reconciliation

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Says yes to what waits for approval in a plan.",
        discussion: """
            The yes holds as long as what each step relied on stays so; the next apply, or the daemon, carries it out. Whoever \
            rejected a plan takes that back by it. Without an id the plans that wait are named.
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: "The plan's id, how it begins, or a file of plan --out.", completion: .file())
    var plan: String?

    func run() async throws {
        try await common.withSession { session, console in
            let ledger = session.ledger
            guard let plan else { throw try await session.whichPlan() }
            let (id, found) = try await PlanReference(plan).find(in: ledger, evenRejected: true)
            let fate = try await ledger.fate(of: id)
            let noes = try await ledger.rejectedPlans()
            let scope: ApprovalScope
            do throws(ApprovalScope.Refusal) {
                scope = try ApprovalScope(of: found, as: id, by: session.person, beside: noes)
            } catch {
                if error == .nothingWaits, let over = fate.sentences(on: id, found.steps).first {
                    throw CommandFailure(over)
                }
                throw CommandFailure(error.sentence(on: id))
            }
            try await session.refuseWhatIsCutOff(scope.steps)
            let approval = Approval(
                plan: id, by: session.person, at: session.reconciler.clock(), steps: scope.steps.map(\.agreed))
            var input = PlanningInput(
                desired: session.desired, observed: Observed(), recorded: try await ledger.recorded(),
                now: session.reconciler.clock())
            try await ledger.approve(approval, isEnough: isApproved(scope.steps, with: approval, input))
            for notice in scope.notices + fate.sentences(on: id, scope.steps) { console.notice(notice) }
            input.recorded = try await ledger.recorded()
            var view = DecisionView(.approved, plan: id, by: session.person, steps: scope.steps.map(\.id))
            view.standings = approvalStandings(of: scope.steps, input)
            console.show(view)
            return .success
        }
    }
}

extension Session {
    /// Whoever closes a batch that was cut off spends the yes to one attempt of its steps, and would spend this one too.
    fileprivate func refuseWhatIsCutOff(_ steps: [Step]) async throws {
        let once = steps.filter(\.action.verb.isAgreedOnce)
        guard !once.isEmpty else { return }
        for batch in try await reconciler.ports.journal.openBatches() where batch.owner == nil {
            guard let step = once.first(where: { batch.steps.contains($0.id) }) else { continue }
            throw CommandFailure(Sentence("recovery.approveFirst", step.id.description, batch.id.rawValue))
        }
    }

    /// Why a yes without a plan is none, with the plans that wait for one.
    fileprivate func whichPlan() async throws -> CommandFailure {
        let waiting = try await ledger.plansAwaiting()
        guard !waiting.isEmpty else { return CommandFailure(Sentence("cli.nothingWaits"), exit: .usage) }
        let names = waiting.map { "\($0.id) (\($0.steps), \($0.by), \($0.at))" }
        return CommandFailure(Sentence("cli.approveWhich", names.joined(separator: "; ")), exit: .usage)
    }
}
