import ArgumentParser
import Foundation
import Model
import Reconciliation

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Carries out a plan: a saved one, or a fresh one after asking.",
        discussion: """
            Each flag approves what it says and no more; both together approve both. Restarts and shutdowns are approved at the \
            terminal or by `plumb approve`. Where another Plumb works on a stack of the plan it is waited for, ten minutes at most.

            Exit codes: 0 all done; 1 something failed or a document is bad; 3 nothing failed, but something is blocked, waits \
            or was left out.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A file of plan --out, or a plan's id.", completion: .file())
    var plan: String?

    @Option(
        name: .long,
        help: "Only this server (name, display name or VMID); * and ? stand for any text and any character. Repeatable."
    )
    var target: [String] = []

    @Flag(help: "Do not ask; approves what destroys, stops and restarts nothing.")
    var yes = false

    @Option(name: .long, help: EndApproval.help)
    var approveDestroy: [String] = []

    func validate() throws {
        if plan != nil && !target.isEmpty { throw ValidationError("A saved plan has its targets already.") }
        _ = try EndApproval.parsed(approveDestroy)
    }

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            let ends = try EndApproval.parsed(approveDestroy)
            let pass = try await session.planWhenFree(on: console, areEndsNamed: ends?.isByName ?? false) {
                try await planned(in: session)
            }
            if console.format == .text {
                console.show(PlanView(pass, configuration: session.configuration, showsAttributes: false))
            }
            let consent = Consent(yes: yes, approveDestroy: ends, isSaved: plan != nil)
            let approved = try await consent.obtain(for: pass, in: session, on: console)
            return try await session.carryOut(approved, shown: pass.plan, on: console)
        }
    }

    private func planned(in session: Session) async throws -> PlannedPass {
        guard let plan else { return try await session.plan(targets: target) }
        return try await session.plan(stored: try PlanReference(plan))
    }
}
