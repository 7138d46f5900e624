import ArgumentParser
import Model
import Reconciliation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Has Terraform plan whole stacks, and says what it would change. Nothing is applied.",
        discussion: """
            The daemon does the same once a day (Cluster.terraform.audit); status and doctor show what the last one found. \
            It finds what comparing server by server cannot: an attribute that the YAML has no word for, a resource that \
            Plumb did not put there, what a Terraform run by hand left. What the YAML says and was not applied yet is no \
            part of it: it plans what the stack's terraform.tfvars.json says.

            Exit codes: 0 Terraform would change nothing; 1 a stack could not be planned, which wins; 2 it would change \
            something; 3 a stack is at work, and its last audit stands.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "CLUSTER/STACK, or a stack's name; none: every stack.")
    var stacks: [String] = []

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            try await session.announceOpenBatches(on: console)
            let known = await session.reconciler.stacks.stacks(of: session.desired.clusters.map(\.name)).map(\.id)
            let chosen = try stacks.isEmpty ? known : stacks.flatMap { try Self.stacks(named: $0, of: known) }
            let view = AuditView(try await session.auditor.audit(Array(Set(chosen)).sorted()))
            console.show(view)
            if session.configuration.hasErrors { return .failure }
            return view.exit
        }
    }

    private static func stacks(named text: String, of known: [StackID]) throws(CommandFailure) -> [StackID] {
        let matches = known.filter { $0.description.lowercased() == text.lowercased() || $0.name == text }
        guard !matches.isEmpty else {
            let all = known.map(\.description).joined(separator: ", ")
            throw CommandFailure(Sentence("audit.noSuchStack", text, all.isEmpty ? "–" : all))
        }
        return matches
    }
}
