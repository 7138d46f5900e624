import ArgumentParser
import Foundation
import Glibc
import Loading
import Model

extension PlumbCommand {
    /// Runs the command line of this process with the program that was put together, and exits.
    package static func start(_ wiring: Wiring) async {
        // A reader that went away must not end us: libcurl stops hiding the signal with CURLOPT_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        if let slip = slip(in: Array(CommandLine.arguments.dropFirst())) {
            let console = Console.standard(language: Console.language(chosen: nil), format: .text)
            CommandFailure(slip, exit: .usage).report(on: console)
            Foundation.exit(ExitStatus.usage.rawValue)
        }
        await Wiring.$current.withValue(wiring) { await main() }
    }

    /// A verb that nobody knows, where one that is written like it is known; everything else the parser says itself.
    static func slip(in arguments: [String]) -> Sentence? {
        guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
        let verbs = (configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)).compactMap {
            $0.configuration.commandName
        }
        guard !(verbs + ["help"]).contains(word), let near = Suggestion.nearest(to: word, among: verbs.sorted()) else {
            return nil
        }
        return Sentence("cli.noSuchVerb", word, "plumb " + near)
    }
}
