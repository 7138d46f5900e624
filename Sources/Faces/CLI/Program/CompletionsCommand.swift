import ArgumentParser
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

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() async throws {
        let completionShell: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Console.standard(language: .english, format: .text)
            .print(PlumbCommand.completionScript(for: completionShell) + "\n")
    }
}
