import ArgumentParser
import Model
import Reconciliation

struct RecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Finds out what became of work that was cut off, and closes it with the truth.",
        discussion: """
            Every apply and every pass of the daemon begins with the same; this verb does nothing else. A Terraform that was \
            left running is waited for, never killed. Nothing new is planned or begun.

            An errored.tfstate is shown, and stays until you say what to do with it: --errored-state push makes it the \
            stack's state, --errored-state aside keeps the stack's state and the file under another name.

            A stack whose state went back to an older one, or became another, is left alone: --accept-state CLUSTER/STACK goes \
            on with the state that is there.

            Where a stack's terraform.tfstate is missing or damaged, --restore-backup CLUSTER/STACK puts the backup that \
            Terraform left in its place, after comparing it with what the registry knows. Where there is none, \
            --rebuild-state CLUSTER/STACK begins it anew and empty; what was there is kept under another name. The next plan then takes over each server \
            whose guest bears its mark, and says of the others why not.

            Stacks on disk whose cluster is not declared are shown and left alone. What is to be decided about one waits \
            until its cluster is declared again.

            A cluster that answers under another name than before is not believed: --accept-cluster CLUSTER takes whichever \
            answers next for the right one.

            Exit codes: 0 nothing is open; 1 failure; 3 something is still open, or waits for your decision.
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "What to do with an errored.tfstate: push or aside.")
    var erroredState: ErroredState.Choice?

    @Option(name: .long, help: "Only with --errored-state, where several stacks have one: CLUSTER/STACK.")
    var stack: String?

    @Option(name: .long, help: "Go on with this stack's state although it is older than what was seen: CLUSTER/STACK.")
    var acceptState: String?

    @Option(name: .long, help: "Put Terraform's backup in the place of this stack's lost state: CLUSTER/STACK.")
    var restoreBackup: String?

    @Option(name: .long, help: "Begin the lost state of this stack anew: CLUSTER/STACK.")
    var rebuildState: String?

    @Option(name: .long, help: "Believe this cluster although another name answers than before: CLUSTER.")
    var acceptCluster: String?

    func validate() throws {
        if stack != nil, erroredState == nil { throw ValidationError("--stack goes with --errored-state.") }
        if restoreBackup != nil, rebuildState != nil {
            throw ValidationError("A lost state is restored from its backup or begun anew, not both.")
        }
    }

    func run() async throws {
        try await common.withSession { session, console in
            session.configuration.remark(on: console)
            if let erroredState { try await settle(by: erroredState, in: session, on: console) }
            if let acceptState {
                console.notice(try await session.acceptState(of: acceptState))
            }
            if let acceptCluster { console.notice(try await session.acceptCluster(named: acceptCluster)) }
            // Before the open batches are looked at: they stay open for as long as their stack's state cannot be read.
            if let restoreBackup, await isLost(restoreBackup, in: session, console) {
                console.notice(try await session.restoreBackup(of: restoreBackup))
            }
            if let rebuildState, await isLost(rebuildState, in: session, console) {
                console.notice(try await session.beginStateAnew(of: rebuildState))
            }
            let recovery = try await session.recover(on: console)
            try await session.announceUnfinishedRebuilds(beside: recovery, on: console)
            let view = RecoveryView(
                recovery, erroredStates: await session.erroredStates(), lostStates: try await session.lostStates(),
                undeclaredStacks: try await session.undeclaredStacks())
            console.show(view)
            if session.configuration.hasErrors { return .failure }
            return view.isSettled ? .success : .unfinished
        }
    }

    /// Whether there is something to decide about a state yet: one that was only cut off is mended first, and needs no
    /// word of a person.
    private func isLost(_ name: String, in session: Session, _ console: Console) async -> Bool {
        let mended = await session.mendCutStates(sayingSo: console)
        return !mended.contains { $0.description.lowercased() == name.lowercased() }
    }

    private func settle(
        by choice: ErroredState.Choice, in session: Session, on console: Console
    ) async throws {
        let all = await session.erroredStates()
        let chosen = stack.map { name in all.filter { $0.stack.description.lowercased() == name.lowercased() } } ?? all
        guard let only = chosen.first, chosen.count == 1 else {
            let known = all.map(\.stack.description).joined(separator: ", ")
            throw CommandFailure(Sentence("recovery.whichErroredState", known.isEmpty ? "-" : known))
        }
        let kept = try await session.stacks.settle(only, by: choice)
        let code: SentenceCode =
            switch choice {
            case .push: "recovery.pushed"
            case .aside: "recovery.setAside"
            }
        let settled = Sentence(code, only.stack.description, kept)
        try await session.note(settled, on: only.stack)
        console.notice(settled)
    }
}

extension ErroredState.Choice: ExpressibleByArgument {}
