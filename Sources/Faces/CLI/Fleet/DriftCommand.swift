import ArgumentParser
import Reconciliation

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Shows what differs between YAML, state, life and record, and who changed it.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "Exit with 2 where something differs.")
    var exitCode = false

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            let drift = try await session.reconciler.drift(session.desired)
            let view = DriftView(drift)
            console.show(view)
            // Of a cluster that cannot be seen nobody can say that nothing differs.
            if view.unseen.contains(where: \.isWhole) { return .failure }
            if session.configuration.hasErrors { return .failure }
            return exitCode && !drift.items.isEmpty ? .changesPending : .success
        }
    }
}
