import Model
import Planning
import Reconciliation

/// How a person says yes to a plan, and to which of its steps.
struct Consent: Sendable, Hashable {
    var yes: Bool
    var approveDestroy: EndApproval?
    /// A saved plan was looked at when it was made: what needs no approval is not asked about again.
    var isSaved: Bool
    /// What is asked about is a rebuild, of which `--yes` is no approval.
    var isRebuild = false

    /// Asks where someone can be asked.
    ///
    /// A person may think for an hour: after an answer the configuration and the world are read again, and what moved
    /// meanwhile is not done.
    ///
    /// - Returns: the pass with the steps approved that the person said yes to.
    /// - Throws: when the answer is no, or nobody can be asked.
    func obtain(for pass: PlannedPass, in session: Session, on console: Console) async throws -> PlannedPass {
        let steps = try approvedSteps(of: pass, on: console)
        let isAsked = !yes && approveDestroy == nil && console.isInteractive && console.format == .text
        if isAsked {
            let now = try await session.reread()
            return try await session.reconciler.lookAgain(
                at: pass, desired: now.desired, approving: steps, commit: now.commit, by: session.person)
        }
        let approved =
            steps.isEmpty ? pass : try await session.reconciler.approve(pass, steps: steps, by: session.person)
        guard let approveDestroy else { return approved }
        let ends = try approveDestroy.ends(of: pass)
        return approved.ending(only: Set(ends.map(\.id)))
    }

    func approvedSteps(of pass: PlannedPass, on console: Console) throws(CommandFailure) -> [Step] {
        let awaiting = pass.awaitingApproval
        if let approveDestroy {
            let ends = try approveDestroy.ends(of: pass)
            // In the other format no plan was printed that names them.
            if !approveDestroy.isByName, !ends.isEmpty, console.format == .json {
                console.notice(Sentence("cli.endsByCount", String(ends.count), ends.endingNames))
            }
            return awaiting.filter { step in ends.contains { $0.id == step.id } || (yes && step.isMild) }
        }
        if yes { return awaiting.filter(\.isMild) }
        let ready = pass.plan.steps.contains { $0.disposition == .ready }
        guard ready || !awaiting.isEmpty else { return [] }
        if console.isInteractive && console.format == .text {
            if isSaved && awaiting.isEmpty { return [] }
            guard console.confirm(Sentence(awaiting.isEmpty ? "cli.applyQuestion" : "cli.approveQuestion")) else {
                throw CommandFailure(Sentence("cli.declined"))
            }
            return awaiting
        }
        guard isSaved else {
            guard !awaiting.isEmpty else { throw CommandFailure(Sentence("cli.nobodyToAskOfReady")) }
            let code: SentenceCode = isRebuild ? "cli.nobodyToAskOfRebuild" : "cli.nobodyToAsk"
            throw CommandFailure(Sentence(code, pass.id.description))
        }
        return []
    }
}

extension Step {
    /// Whether `--yes` is a yes to it: no guest ends, stops or is restarted by it, neither now nor, because the server is
    /// there that may be its new name, by the next plan; nor is one made twice because nothing tells any more that it lives,
    /// or one written to of which nothing tells that it is the server.
    fileprivate var isMild: Bool {
        perhapsFormerly == nil && perhapsHeirs == nil && effect < .restart && !isOnUnprovenGuest
    }
}
