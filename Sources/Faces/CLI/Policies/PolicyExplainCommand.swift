import ArgumentParser
import Model
import Planning
import Reconciliation

struct PolicyExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says what holds for a server: which policy, from where, and why others do not.",
        discussion:
            "Also whether its windows are open now, or when they open next. Reads the configuration and the registry, and asks no cluster."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: "The server's name, its display name, or its VMID.")
    var server: String

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            var input = PlanningInput(
                desired: session.desired, observed: Observed(),
                recorded: try await session.reconciler.ledger.recorded(),
                now: session.reconciler.clock())
            input.zones = session.reconciler.zones(input.zoneNames, input.now)
            let wanted = try ServerNames(input.desired, input.recorded).one(server)
            guard let explanation = explainPolicies(for: wanted, input) else {
                throw CommandFailure(Sentence("cli.noSuchServer", server))
            }
            console.show(PolicyView(explanation, place: session.place))
            return session.configuration.hasErrors ? .failure : .success
        }
    }
}
