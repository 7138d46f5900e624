import ArgumentParser
import Foundation
import JSONArena
import Model
import Reconciliation

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Shows what apply would do, and changes nothing.",
        discussion: """
            Exit codes: 0 planned; 1 a document is bad, or a whole cluster or stack cannot be read, so that nothing is planned \
            there; 2 with --detailed-exit-code, where there is something to do.
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: .long,
        help: """
            Plan only for this server (name, display name or VMID); * and ? stand for any text and any character. \
            Repeatable.
            """)
    var target: [String] = []

    @Option(name: .long, help: "Write the plan to this file, for apply.", completion: .file())
    var out: String?

    @Flag(help: "Exit with 2 where there is something to do.")
    var detailedExitCode = false

    @Flag(
        help:
            "Show attributes before and after, what they do to a running guest, and Terraform's own plan of what waits for approval."
    )
    var diff = false

    func run() async throws {
        try await common.withSession(looks: true) { session, console in
            // Before anything is asked of a cluster.
            if let out {
                try SavedPlan.refuseDocument(at: out, in: common.place.configuration)
                try SavedPlan.refuseOther(at: out)
            }
            if out != nil, session.isLookOnly { throw CommandFailure(Sentence("cli.planNotKept")) }
            let session = session.showing
            session.configuration.remark(on: console)
            try await session.announceOpenBatches(on: console)
            let pass = try await session.plan(targets: target)
            try await session.announceUnfinishedRebuilds(in: pass, on: console)
            let view = PlanView(
                pass, configuration: session.configuration, showsAttributes: diff,
                terraform: diff ? await session.terraformTexts(for: pass) : [])
            // First, so that a plan that could not be kept is an error and nothing else.
            if let out { try SavedPlan(pass.id).write(to: out) }
            console.show(view)
            UntilExit.hold(session, pass)
            if session.configuration.hasErrors || pass.isBlind { return .failure }
            return detailedExitCode && !pass.isInPlumb ? .changesPending : .success
        }
    }
}
