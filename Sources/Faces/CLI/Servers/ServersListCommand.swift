import ArgumentParser

struct ServersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists every declared or recorded server.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            console.show(FleetView(try await session.plan(targets: []), showsReasons: false))
            return session.configuration.hasErrors ? .failure : .success
        }
    }
}
