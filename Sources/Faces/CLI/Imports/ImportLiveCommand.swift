import ArgumentParser
import Model

struct ImportLiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Takes over guests that run and that nobody manages.",
        discussion: """
            Virtual machines and containers. Templates, and guests that bear the mark of another Plumb, are left out, and \
            the output says so.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ImportOptions

    @Option(
        help: """
            Only guests that fit: name=, node=, tag=, pool= with * and ?, type=vm or type=container, vmid=100-199; \
            parts are joined by commas and must all hold.
            """)
    var selector: GuestSelector?

    func run() async throws {
        try await common.perform { console in
            let file = try options.file(in: common.place)
            let found = try await common.session { session in
                try await session.beginImport(into: file, on: console)
                return try await FoundGuests.look(
                    in: session, clusters: try options.clusters(in: session), into: file,
                    where: { selector?.matches($0) ?? true })
            }
            var enrolment = Enrolment(common, console: console, file: file)
            enrolment.servers = found.guests.map { $0.document() }
            enrolment.standing = found.standing.map(\.server)
            enrolment.leftOut = found.leftOut
            return try await enrolment.run()
        }
    }
}
