import ArgumentParser

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows every server, and whether it is in plumb.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            try await session.announceOpenBatches(on: console)
            console.show(FleetView(try await session.plan(targets: []), showsReasons: true))
            return session.configuration.hasErrors ? .failure : .success
        }
    }
}
