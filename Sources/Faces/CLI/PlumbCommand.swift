import ArgumentParser

/// `plumb` itself: the list of its verbs.
package struct PlumbCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plumb",
        abstract: "Keeps a Proxmox fleet true to its YAML.",
        discussion: """
            Exit codes: 0 success; 1 failure; 2 changes pending (plan --detailed-exit-code, drift --exit-code, \
            audit); 3 something is left blocked, waiting, refused or open (apply, rebuild, rehearse, import, recover, \
            an audit that was put off); 64 wrong usage.
            """,
        version: Version.text,
        subcommands: [
            DaemonCommand.self, SimulateCommand.self, TerraformCommand.self, VersionCommand.self,
            CompletionsCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Configuration",
                subcommands: [InitCommand.self, ImportCommand.self, ValidateCommand.self, SchemaCommand.self]),
            CommandGroup(
                name: "Plans",
                subcommands: [
                    PlanCommand.self, RehearseCommand.self, ApplyCommand.self, RebuildCommand.self, ApproveCommand.self,
                    RejectCommand.self,
                ]),
            CommandGroup(
                name: "Fleet",
                subcommands: [
                    StatusCommand.self, DriftCommand.self, AuditCommand.self, ServersCommand.self, HistoryCommand.self,
                    PolicyCommand.self,
                    RecoverCommand.self,
                    DoctorCommand.self,
                ]),
        ])

    package init() {}
}
