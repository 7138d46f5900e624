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
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let slip = slip(in: arguments) {
            let console = Console.standard(language: Console.language(chosen: nil), format: .text)
            CommandFailure(slip, exit: .usage).report(on: console)
            leave(ExitStatus.usage.rawValue)
        }
        await Wiring.$current.withValue(wiring) {
            do {
                var command = try await asyncParseAsRoot(arguments)
                if var verb = command as? any AsyncParsableCommand {
                    try await verb.run()
                } else {
                    try command.run()
                }
            } catch {
                end(with: error, after: arguments)
            }
        }
        leave(ExitStatus.success.rawValue)
    }

    /// Ends the process without what libraries do at `exit`: OpenSSL takes itself apart there, while a transfer that
    /// nobody waits for any more may be in the middle of it on another thread.
    private static func leave(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }

    /// Ends the process as the parser would, but with nothing in its words that changes a terminal.
    private static func end(with error: any Error, after arguments: [String]) -> Never {
        let code = exitCode(for: error)
        let text = lastWords(on: error, after: arguments)
        let descriptor = code == .success ? STDOUT_FILENO : STDERR_FILENO
        let isLost = !text.isEmpty && StandardOutput.write(text + "\n", to: descriptor) != nil
        leave(isLost && code == .success ? ExitStatus.failure.rawValue : code.rawValue)
    }

    /// What the parser says of a command line, of which it repeats parts as they were typed: also a line break in one of
    /// them begins no line of ours.
    static func lastWords(on error: any Error, after arguments: [String]) -> String {
        var text = fullMessage(for: error)
        for argument in arguments {
            let value = argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? argument
            for typed in [argument, value] where typed.count > 1 && typed.contains(where: \.isNewline) {
                text = text.replacing(typed, with: VisibleText.of(typed))
            }
        }
        return VisibleText.of(text, keepsLines: true)
    }

    /// A verb that nobody knows, where another tool has it or one that is written like it is known, what was meant for
    /// Terraform and would be read as ours, and a yes that a rebuild does not take; everything else the parser says itself.
    static func slip(in arguments: [String]) -> Sentence? {
        guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
        if word == TerraformCommand.configuration.commandName {
            return TerraformCommand.slip(in: arguments.dropFirst())
        }
        if word == RebuildCommand.configuration.commandName {
            return RebuildCommand.slip(in: arguments.dropFirst())
        }
        let verbs = (configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)).compactMap {
            $0.configuration.commandName
        }
        guard !(verbs + ["help"]).contains(word) else { return nil }
        if let answer = ForeignVerb.answer(to: word) { return answer }
        return Suggestion.nearest(to: word, among: verbs.sorted()).map {
            Sentence("cli.noSuchVerb", word, "plumb " + $0)
        }
    }
}
