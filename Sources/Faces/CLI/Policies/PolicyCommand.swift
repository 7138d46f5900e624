import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Explains what policies say.", subcommands: [PolicyExplainCommand.self])
}
