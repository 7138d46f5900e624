import ArgumentParser
import JSONArena
import Model

struct CompletionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Prints a script that completes plumb's words in a shell.",
        discussion: """
            plumb completions bash > /etc/bash_completion.d/plumb
            plumb completions zsh > "${fpath[1]}/_plumb"
            plumb completions fish > ~/.config/fish/completions/plumb.fish
            """)

    enum Shell: String, ExpressibleByArgument, CaseIterable, Sendable { case bash, zsh, fish }

    @OptionGroup var common: CommonOptions

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() async throws {
        let completionShell: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        let script = PlumbCommand.completionScript(for: completionShell)
        try await common.perform { console in
            console.show(CompletionsView(shell: shell.rawValue, script: script))
            return .success
        }
    }
}

/// The script as it is, for a shell to read.
private struct CompletionsView: View {
    var shell: String
    var script: String

    func text(in page: Page) -> String { script }

    func json(in language: Language) -> JSONValue { ["shell": .string(shell), "script": .string(script)] }
}
