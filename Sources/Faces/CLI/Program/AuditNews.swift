import Daemon
import Model
import Reconciliation

/// The daemon's audits: after a pass, of a few stacks whose time has come; said is only what is new.
struct AuditNews {
    /// What was last said of each stack.
    private var said: [StackID: StackAudit.Result] = [:]

    /// Audits what is due, at most as many stacks as are looked at side by side: the rest has its turn after the next
    /// pass, so that no pass is kept waiting for long.
    mutating func auditDue(in session: Session, stacks: [StackID], until stop: StopRequest, on console: Console)
        async throws
    {
        let intervals = Dictionary(session.desired.clusters.map { ($0.name, $0.terraform.audit) }) { first, _ in first }
        guard !stop.isMade, intervals.values.contains(where: { $0 != nil }) else { return }
        let last = try await session.auditor.last()
        for audit in last where said[audit.stack] == nil { said[audit.stack] = audit.result }
        let due = dueAudits(of: stacks, last: last, intervals: intervals, now: session.reconciler.clock())
        let turn = Array(due.prefix(Auditor.atOnce))
        for end in try await session.auditor.audit(turn, shouldStop: { stop.isMade }) {
            // What is at work now is looked at after the next pass.
            guard case .audited(let audit) = end, said[audit.stack] != audit.result else { continue }
            if !audit.isClean {
                console.notice(audit.text(in: Page(language: console.language)))
            } else if said[audit.stack] != nil {
                console.notice(Sentence("audit.cleanAgain", audit.stack.description))
            }
            said[audit.stack] = audit.result
        }
    }
}
