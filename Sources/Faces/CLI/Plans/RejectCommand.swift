import ArgumentParser
import Execution
import Model
import Reconciliation

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Says no to a plan: it is not carried out, and what was approved of it is not any more.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The plan's id, how it begins, or a file of plan --out.", completion: .file())
    var plan: String

    func run() async throws {
        try await common.withSession { session, console in
            let ledger = session.ledger
            let (id, plan) = try await PlanReference(plan).find(in: ledger)
            guard !plan.steps.isEmpty else { throw CommandFailure(Sentence("cli.nothingToReject", id.description)) }
            let fate = try await ledger.fate(of: id)
            try await session.reconciler.reject(id, plan, by: session.person)
            for sentence in fate.sentences(on: id, plan.steps) { console.notice(sentence) }
            let batches = try await session.reconciler.ports.journal.openBatches()
            if let sentence = batches.inHand(of: plan.steps) { console.notice(sentence) }
            console.show(DecisionView(.rejected, plan: id, by: session.person, steps: plan.steps.map(\.id)))
            return .success
        }
    }
}

extension [OpenBatch] {
    /// What a no comes too late for: a run that is under way has these steps in hand, and Terraform is not stopped in the
    /// middle.
    func inHand(of steps: [Step]) -> Sentence? {
        let ids = Set(steps.map(\.id))
        for batch in self {
            let begun = batch.steps.filter(ids.contains).map(\.description).sorted()
            guard let owner = batch.owner, !begun.isEmpty else { continue }
            return Sentence("cli.noWhileAtWork", begun.joined(separator: ", "), String(owner.pid))
        }
        return nil
    }
}
