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
            let pass = try await session.plan(targets: [])
            try await session.announceUnfinishedRebuilds(in: pass, on: console)
            var view = FleetView(pass, showsReasons: true)
            view.audits = try await session.auditor.last()
            console.show(view)
            return session.configuration.hasErrors || pass.isBlind ? .failure : .success
        }
    }
}
