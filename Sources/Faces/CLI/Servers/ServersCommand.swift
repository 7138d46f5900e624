import ArgumentParser

struct ServersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "servers", abstract: "Lists servers, or shows one.",
        subcommands: [ServersListCommand.self, ServersShowCommand.self], defaultSubcommand: ServersListCommand.self)
}
