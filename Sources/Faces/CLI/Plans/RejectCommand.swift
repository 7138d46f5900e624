import ArgumentParser
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
            let ledger = session.reconciler.ledger
            let (id, plan) = try await PlanReference(plan).find(in: ledger)
            guard !plan.steps.isEmpty else { throw CommandFailure(Sentence("cli.nothingToReject", id.description)) }
            let fate = try await session.planFate(id)
            try await session.reconciler.reject(id, plan, by: session.person)
            for sentence in fate.sentences(on: id, plan.steps) { console.notice(sentence) }
            console.show(DecisionView(.rejected, plan: id, by: session.person, steps: plan.steps.map(\.id)))
            return .success
        }
    }
}
