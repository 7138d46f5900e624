import ArgumentParser
import Model
import Reconciliation

struct ServersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows all that is known of one server.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Its name, its display name, or its VMID.")
    var name: String

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            let servers = try await session.plan(targets: []).servers
            let wanted = try ServerNames(servers).one(name)
            guard let server = servers.first(where: { $0.name == wanted }) else {
                throw CommandFailure(Sentence("cli.noSuchServer", name))
            }
            let notices =
                try await session.noticesOnOpenBatches(about: wanted)
                + session.noticesOnUnfinishedRebuilds(of: server.isInPlumb ? [] : [wanted])
            for notice in notices { console.notice(notice) }
            console.show(ServerPage(server))
            return session.configuration.hasErrors ? .failure : .success
        }
    }
}
