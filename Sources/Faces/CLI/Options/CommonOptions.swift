import ArgumentParser
import Foundation
import JSONArena
import Model

/// What every verb understands.
package struct CommonOptions: ParsableArguments {
    @Option(help: "Print results as text or json.")
    var output: OutputFormat = .text

    @Option(name: .customLong("config"), help: "The directory with the YAML.", completion: .directory)
    var configuration = "."

    @Option(help: "Plumb's own files (default: .plumb beside the configuration).", completion: .directory)
    var state: String?

    @Option(name: .customLong("lang"), help: "en or ko (default: from LC_ALL, LC_MESSAGES or LANG).")
    var language: Language?

    package init() {}

    var console: Console {
        .standard(language: Console.language(chosen: language), format: output)
    }

    /// The directories as absolute paths.
    var place: Workplace {
        let configuration = URL(filePath: configuration).standardizedFileURL.path
        let state = state.map { URL(filePath: $0).standardizedFileURL.path } ?? configuration + "/.plumb"
        return Workplace(configuration: configuration, state: state, language: Console.language(chosen: language))
    }

    /// Runs a verb's body, and ends the command as it says. What cannot go on is said on standard error, or with
    /// `--output json` as an object on standard output.
    func perform(_ body: (Console) async throws -> ExitStatus) async throws {
        let console = Listening.current?(self) ?? console
        var status: ExitStatus
        do {
            try refuseStateAroundConfiguration()
            status = try await body(console)
        } catch {
            guard let failure = CommandFailure(error) else { throw error }
            failure.report(on: console)
            status = failure.exit
        }
        if let reason = console.lostResult() {
            // On standard error in any format: nobody reads the other any more.
            console.notice(Sentence("cli.outputLost", reason))
            status = .failure
        }
        if status != .success { throw ExitCode(status.rawValue) }
    }

    /// The state directory keeps git from all that lies in it, and the daemon from all changes there.
    func refuseStateAroundConfiguration() throws(CommandFailure) {
        let place = place
        let (configuration, state) = (Self.resolved(place.configuration), Self.resolved(place.state))
        if configuration == state { throw CommandFailure(Sentence("cli.stateIsConfiguration", place.state)) }
        if configuration.starts(with: state) {
            throw CommandFailure(Sentence("cli.stateHoldsConfiguration", place.state, place.configuration))
        }
    }

    private static func resolved(_ path: String) -> [String] {
        URL(filePath: path).resolvingSymlinksInPath().pathComponents
    }

    /// Opens a session for a verb's body and closes it after.
    ///
    /// - Parameter looks: nothing is done by it, so that a copy of the registry will do where none can be written.
    func withSession(
        looks: Bool = false, _ body: (Session, Console) async throws -> ExitStatus
    ) async throws {
        try await perform { console in try await session(looks: looks) { try await body($0, console) } }
    }

    /// A session for a part of a verb's body.
    ///
    /// - Parameter drafts: files that are not written yet, by their paths below the configuration's directory.
    func session<Value>(
        drafts: [String: String] = [:], looks: Bool = false, _ body: (Session) async throws -> Value
    ) async throws -> Value {
        var place = place
        place.looks = looks
        let session =
            drafts.isEmpty
            ? try await Wiring.required.open(place, Person.current)
            : try await Wiring.required.openDraft(place, Person.current, drafts)
        do {
            let value = try await body(session)
            await end(session)
            return value
        } catch {
            await end(session)
            throw error
        }
    }

    private func end(_ session: Session) async {
        let console = Listening.current?(self) ?? console
        for notice in session.stacks.takeNotices() { console.notice(notice) }
        await session.close()
    }
}

/// Lets a test listen to what a verb prints.
package enum Listening {
    @TaskLocal package static var current: (@Sendable (CommonOptions) -> Console)?
}

extension Wiring {
    /// - Precondition: `main` or a test has set it.
    static var required: Wiring {
        guard let current else { preconditionFailure("the program was not put together") }
        return current
    }
}

/// On whose behalf a command runs.
enum Person {
    /// `PLUMB_USER`, for scripts that act for someone; otherwise the account's name.
    static var current: String {
        named(in: ProcessInfo.processInfo.environment) ?? PersonName.written(NSUserName())
    }

    /// Nil: the environment names nobody.
    static func named(in environment: [String: String]) -> String? {
        ["PLUMB_USER", "SUDO_USER", "USER", "LOGNAME"].lazy.compactMap { environment[$0] }.map(PersonName.written)
            .first { !$0.isEmpty }
    }
}

extension OutputFormat: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    package init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}
