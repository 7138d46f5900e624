import ArgumentParser

struct ServersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists every declared or recorded server.",
        discussion: """
            Exit codes: 0 listed; 1 a document is bad, or a whole cluster or stack cannot be read, whatever is listed of the \
            rest.
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            let pass = try await session.plan(targets: [])
            console.show(FleetView(pass, showsReasons: false))
            return session.configuration.hasErrors || pass.isBlind ? .failure : .success
        }
    }
}
