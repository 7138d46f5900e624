import ArgumentParser
import Model
import Reconciliation

struct ServersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows all that is known of one server.",
        discussion: "Exit codes: 0 shown; 1 a document is bad, or the server's whole cluster or stack cannot be read.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Its name, its display name, or its VMID.")
    var name: String

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            let pass = try await session.plan(targets: [])
            let servers = pass.servers
            let wanted = try ServerNames(servers).one(name)
            guard let server = servers.first(where: { $0.name == wanted }) else {
                throw CommandFailure(Sentence("cli.noSuchServer", name))
            }
            let notices =
                try await session.noticesOnOpenBatches(about: wanted)
                + session.noticesOnUnfinishedRebuilds(of: server.isInPlumb ? [] : [wanted])
            for notice in notices { console.notice(notice) }
            console.show(ServerPage(server))
            let unread = pass.unread(around: server)
            // What the page says already is not said again.
            let shown = Set(server.findings.map(\.sentence))
            for place in unread where !shown.contains(place.reason) { console.notice(place.reason) }
            return session.configuration.hasErrors || !unread.isEmpty ? .failure : .success
        }
    }
}
