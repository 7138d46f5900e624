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
            let lock = try await Self.lock(place)
            defer { lock?.release() }
            let journal = PassJournal(place: place, wiring: Wiring.required, console: console)
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

    /// - Returns: nil where nothing was ever Plumb's: each pass says so, and makes nothing there.
    private static func lock(_ place: Workplace) async throws -> DaemonLock? {
        let files = FileManager.default
        if !files.fileExists(atPath: place.state) {
            guard try await Wiring.required.check(place).files > 0 else { return nil }
        }
        let path = place.state + "/daemon.lock"
        do {
            try files.createDirectory(
                atPath: place.state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            StateDirectory.keepFromGit(place.state)
            return try DaemonLock(path)
        } catch DaemonLock.Failure.held(let holder) {
            throw CommandFailure(Sentence("cli.daemonRuns", place.state, holder.map(String.init) ?? "?"))
        } catch DaemonLock.Failure.unusable(let code) {
            throw CommandFailure(Sentence("cli.cannotWrite", path, String(cString: strerror(code))))
        } catch {
            throw CommandFailure(Sentence("cli.cannotWrite", place.state, error.systemReason))
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
