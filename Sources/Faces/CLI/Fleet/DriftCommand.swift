import ArgumentParser
import Daemon
import Model
import Reconciliation

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Shows what differs between YAML, state, life and record, and who changed it.",
        discussion: """
            Exit codes: 0 it was looked, and nothing could not be read; 1 a document is bad, or of a cluster, a stack or a \
            server nobody can say whether it differs, which wins; 2 with --exit-code, something differs.

            --watch looks again and again until Ctrl-C or SIGTERM, and prints only what appeared, changed or healed since \
            the look before, with the time; with --output json one object a line. What cannot be seen meanwhile has not \
            healed. It ends as the last look would have.
            """)

    @OptionGroup var common: CommonOptions

    @Flag(help: "Exit with 2 where something differs.")
    var exitCode = false

    @Flag(help: "Look again and again, and print what is new.")
    var watch = false

    @Option(help: "Seconds from the end of one look to the next (default: the shortest poll.interval).")
    var interval: Int?

    func validate() throws {
        if let interval, interval < 1 { throw ValidationError("--interval is at least 1.") }
        if interval != nil, !watch { throw ValidationError("--interval goes with --watch.") }
    }

    func run() async throws {
        if watch { return try await watchOver() }
        try await common.withSession(looks: true) { session, console in
            session.configuration.remark(on: console)
            let pass = try await session.reconciler.drift(session.desired)
            for notice in try await session.notices(on: pass) { console.notice(notice) }
            let view = DriftView(pass, place: session.place)
            console.show(view)
            // Of what cannot be seen nobody can say that nothing differs.
            if view.isPartlyBlind || session.configuration.hasErrors { return .failure }
            return exitCode && view.hasDrift ? .changesPending : .success
        }
    }

    private func watchOver() async throws {
        try await common.perform { console in
            var place = common.place
            place.looks = true
            let watcher = DriftWatcher(
                place: place, wiring: Wiring.required, console: console,
                interval: interval.map { .seconds($0) })
            // What is wrong from the start is a mistake on the command line, and not worth waiting for.
            let first = try await watcher.begin()
            let signals = await endSignals()
            do {
                try await endingGently(signals: signals, allowance: .seconds(60)) { stop in
                    await watcher.watch(after: first, until: stop)
                }
            } catch is CancellationError {}
            let end = await watcher.end
            return end == .changesPending && !exitCode ? .success : end
        }
    }
}
