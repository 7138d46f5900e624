import Model
import Reconciliation

/// How a person says yes to a plan, and to which of its steps.
struct Consent: Sendable, Hashable {
    var yes: Bool
    var approveDestroy: Int?
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
        return steps.isEmpty ? pass : try await session.reconciler.approve(pass, steps: steps, by: session.person)
    }

    func approvedSteps(of pass: PlannedPass, on console: Console) throws(CommandFailure) -> [Step] {
        let awaiting = pass.awaitingApproval
        if let approveDestroy {
            let destroyed = pass.plan.steps.count { $0.destroysServer && $0.mayRunAfterApproval }
            guard destroyed == approveDestroy else {
                throw CommandFailure(Sentence("cli.destroyCount", String(destroyed), String(approveDestroy)))
            }
            return awaiting
        }
        if yes { return awaiting.filter { $0.effect < .restart } }
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
            let code: SentenceCode = isRebuild ? "cli.nobodyToAskOfRebuild" : "cli.nobodyToAsk"
            throw CommandFailure(Sentence(code, pass.id.description))
        }
        return []
    }
}

extension Step {
    /// Whether a guest ends by it.
    var destroysServer: Bool { effect == .destroy }

    /// Whether a yes is all that it may still want.
    var mayRunAfterApproval: Bool {
        switch disposition {
        case .ready, .needsApproval: true
        case .blocked, .waiting: false
        }
    }
}
