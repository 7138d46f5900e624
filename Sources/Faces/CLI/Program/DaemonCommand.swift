import ArgumentParser
import Daemon
import Foundation
import JSONArena
import Model
import Planning
import Reconciliation

struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon", abstract: "Watches the configuration and the fleet, and applies what policy allows.",
        discussion: """
            Plans on every change of the directory and at every interval of Cluster.poll; prints a line for each pass, with \
            what drifted and what was done. Once a day (Cluster.terraform.audit) it has Terraform plan each whole stack, and \
            says what is not clean. The first SIGTERM ends it after the batch in hand, the second at once.
            """)

    @OptionGroup var common: CommonOptions

    @Option(help: "Seconds that the pass in hand may take after the first SIGTERM.")
    var allowance = 300

    func run() async throws {
        try await common.perform { console in
            let place = common.place
            let watch = try Self.watch(place)
            defer { watch.close() }
            let solitude = Solitude(place: place, wiring: Wiring.required)
            try await solitude.ensure()
            defer { solitude.end() }
            let journal = PassJournal(place: place, wiring: Wiring.required, console: console, solitude: solitude)
            console.notice(Sentence("view.daemon.watching", place.configuration))
            let signals = await endSignals()
            let stopping: @Sendable () -> Void = { console.notice(Sentence("view.daemon.stopping")) }
            do {
                try await endingGently(signals: signals, allowance: .seconds(allowance), onFirst: stopping) { stop in
                    let loop = DaemonLoop { trigger, stop in await journal.pass(trigger, until: stop) }
                    await loop.run(changes: watch.changes, stop: stop)
                }
            } catch is CancellationError {}
            console.notice(Sentence("view.daemon.stopped"))
            return .success
        }
    }

    private static func watch(_ place: Workplace) throws(CommandFailure) -> DirectoryWatch {
        do {
            return try DirectoryWatch(place.configuration, leavingOut: place.state)
        } catch {
            throw CommandFailure(
                Sentence("cli.cannotWatch", place.configuration, String(cString: strerror(error.code))))
        }
    }
}
