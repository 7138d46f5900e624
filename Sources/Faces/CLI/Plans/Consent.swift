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
                throw CommandFailure(
                    pass.heldRemovals(free: destroyed, asked: approveDestroy)
                        ?? Sentence("cli.destroyCount", String(destroyed), String(approveDestroy)))
            }
            return awaiting.filter { $0.destroysServer || (yes && $0.isMild) }
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

extension PlannedPass {
    /// That what would be destroyed is held back: by a budget, a window, a lock, a doubt; nil: nothing is.
    ///
    /// - Parameters:
    ///   - free: how many may be destroyed.
    ///   - asked: the number that was given.
    fileprivate func heldRemovals(free: Int, asked: Int) -> Sentence? {
        let formerly = survey.desired.servers.compactMap { $0.metadata.formerName.map { ServerName($0) } }
        let declared = Set(survey.desired.servers.map(\.name)).union(formerly)
        var held: [(name: String, reason: Sentence)] = []
        for step in plan.steps where step.destroysServer {
            switch step.disposition {
            case .blocked(let reason), .waiting(let reason): held.append((step.subject.description, reason))
            case .ready, .needsApproval: break
            }
        }
        for finding in plan.findings where finding.kind != .notice {
            // Of one that nobody declares, what is held back is its end.
            guard case .server(let name, _) = finding.subject, !declared.contains(name) else { continue }
            held.append((finding.subject.description, finding.sentence))
        }
        guard let first = held.first else { return nil }
        let names = held.map(\.name)
        let shown = names.prefix(Self.namesShown).joined(separator: ", ")
        let more = names.count > Self.namesShown ? ", +\(names.count - Self.namesShown)" : ""
        return Sentence(
            "cli.destroyHeld", String(free), String(asked), String(held.count), shown + more, reason: first.reason)
    }

    private static var namesShown: Int { 10 }
}

extension Step {
    /// Whether `--yes` is a yes to it: no guest ends, stops or is restarted by it.
    fileprivate var isMild: Bool { effect < .restart }

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
