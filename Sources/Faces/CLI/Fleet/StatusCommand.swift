import ArgumentParser
import Reconciliation

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows every server, and whether it is in plumb.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            let session = session.showing
            session.configuration.remark(on: console)
            try await session.announceOpenBatches(on: console)
            var view = FleetView(try await session.plan(targets: []), showsReasons: true)
            view.audits = try await session.auditor.last()
            console.show(view)
            return session.configuration.hasErrors ? .failure : .success
        }
    }
}
