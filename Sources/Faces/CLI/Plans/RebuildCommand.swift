import ArgumentParser
import Model
import Reconciliation

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Destroys servers and makes them again as they are declared, after asking.",
        discussion: """
            For what can be set only at a server's birth: its template, VMID, keys, or the pool of a container. What is on \
            its disks is lost, unless a Policy with rebuild.backupTo is over it. It counts in the destroy budget, and no \
            policy spares the question. Exit codes are those of apply.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The servers, each by its whole name, its display name, or its VMID.")
    var names: [String]

    @Option(name: .long, help: EndApproval.help)
    var approveDestroy: [String] = []

    func validate() throws {
        if let name = names.first(where: { $0.contains("*") || $0.contains("?") }) {
            throw ValidationError("\(name) is a pattern. A rebuild takes whole names.")
        }
        _ = try EndApproval.parsed(approveDestroy)
    }

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            let ends = try EndApproval.parsed(approveDestroy)
            let pass = try await session.planWhenFree(on: console, areEndsNamed: ends?.isByName ?? false) {
                try await session.plan(targets: names, isRebuild: true)
            }
            if console.format == .text {
                console.show(PlanView(pass, configuration: session.configuration, showsAttributes: false))
            }
            let consent = Consent(yes: false, approveDestroy: ends, isSaved: false, isRebuild: true)
            let approved = try await consent.obtain(for: pass, in: session, on: console)
            return try await session.carryOut(approved, shown: pass.plan, on: console)
        }
    }
}

extension RebuildCommand {
    /// What other verbs and other tools take for a yes.
    private static let foreignYes: Set<String> = ["--yes", "-y", "--force", "--auto-approve", "-auto-approve"]

    /// A yes that says not whose end it is to; nil: there is none.
    ///
    /// - Parameter arguments: what follows the verb.
    static func slip(in arguments: ArraySlice<String>) -> Sentence? {
        guard let yes = arguments.first(where: { foreignYes.contains($0) }) else { return nil }
        // What stands behind an option may be its value.
        let names = arguments.prefix(while: { !$0.hasPrefix("-") })
        guard !names.isEmpty else { return Sentence("cli.rebuildYes", yes, "NAME", "NAME") }
        return Sentence(
            "cli.rebuildYes", yes, names.joined(separator: " "), names.joined(separator: ","))
    }
}
