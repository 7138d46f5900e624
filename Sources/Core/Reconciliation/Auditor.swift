import Execution
import Model

/// Full looks of Terraform at whole stacks. They find what comparing servers one by one cannot: an attribute that the
/// YAML has no word for, a resource that Plumb did not put there, a change that a Terraform run by hand left.
///
/// It must not plan or apply anything: what an audit finds is for a person.
package struct Auditor: Sendable {
    private let stacks: any StackAuditor
    private let log: any AuditLog
    private let journal: any BatchJournal
    private let clock: @Sendable () -> Timestamp

    /// How many Terraforms look at a time: each takes one to two hundred megabytes.
    package static let atOnce = 2

    package init(
        stacks: any StackAuditor, log: any AuditLog, journal: any BatchJournal,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.stacks = stacks
        self.log = log
        self.journal = journal
        self.clock = clock
    }

    /// How one stack's audit ended.
    package enum End: Sendable, Hashable {
        case audited(StackAudit)
        /// Work on the stack is under way or was left open; its last audit stands.
        case postponed(StackID, Sentence)
    }

    /// The last audits.
    package func last() async throws(StepFailure) -> [StackAudit] { try await log.audits() }

    /// Looks at these stacks, a few at a time, and writes down what it found.
    ///
    /// - Parameter shouldStop: asked before each stack; once it says yes, no further look begins.
    /// - Returns: in the order of the stacks; a stack that was not begun is left out.
    package func audit(
        _ ids: [StackID], shouldStop: @escaping @Sendable () -> Bool = { false }
    ) async throws(StepFailure) -> [End] {
        let ends = await sideBySide(ids, atMost: Self.atOnce) { id -> Result<End, StepFailure>? in
            if Task.isCancelled || shouldStop() { return nil }
            do throws(StepFailure) {
                return .success(try await audit(id))
            } catch {
                return .failure(error)
            }
        }
        var all: [End] = []
        for end in ends.compactMap(\.self) { all.append(try end.get()) }
        return all
    }

    private func audit(_ id: StackID) async throws(StepFailure) -> End {
        let result: StackAudit.Result
        do throws(StepFailure) {
            let changes = try await stacks.audit(id)
            result = changes.isEmpty ? .clean : .unclean(changes)
        } catch {
            switch error.retry {
            case .after, .afterLock: return .postponed(id, error.sentence)
            case .never: break
            }
            // A plan that was called off says nothing of the stack.
            if Task.isCancelled { return .postponed(id, error.sentence) }
            result = .failed(error.sentence)
        }
        // Between two halves of a batch a stack is not what it will be; whoever was killed there has left it open.
        if let open = try await journal.openBatches().first(where: { $0.stacks.contains(id) }) {
            return .postponed(id, Sentence("audit.batchOpen", id.description, open.id.rawValue))
        }
        let audit = StackAudit(stack: id, endedAt: clock(), result: result)
        try await log.note(audit)
        return .audited(audit)
    }
}

/// The stacks whose audit is due: those that never had one, then those whose last one is longest ago. What was not clean
/// is looked at again after an hour.
///
/// - Parameters:
///   - stacks: those that are there.
///   - intervals: how often a cluster's stacks are audited; nil or missing: never.
package func dueAudits(
    of stacks: [StackID], last audits: [StackAudit], intervals: [ClusterName: Duration?], now: Timestamp
) -> [StackID] {
    let last = Dictionary(audits.map { ($0.stack, $0) }) { first, _ in first }
    let due = stacks.filter { stack in
        guard let interval = intervals[stack.cluster] ?? nil else { return false }
        guard let audit = last[stack] else { return true }
        let patience = audit.isClean ? interval : min(interval, .seconds(3600))
        // A clock that was put back must not stop audits for as long.
        return now - audit.endedAt >= patience || audit.endedAt > now + .seconds(3600)
    }
    let never = Timestamp(milliseconds: .min)
    return due.sorted { (last[$0]?.endedAt ?? never, $0) < (last[$1]?.endedAt ?? never, $1) }
}
