import Execution
import Model
import Reconciliation

/// Waits for other Plumbs that work in the stacks which a run is about, for a while, and says for whom and what they did.
///
/// It must not decide what becomes of the run: who waited long enough goes on, and what is held then is refused where it
/// is tried.
struct HolderWait: Sendable {
    /// The journal's, with those who work on them.
    let openBatches: @Sendable () async throws -> [OpenBatch]
    let now: @Sendable () -> Timestamp
    /// Throws where the wait is cancelled.
    let pause: @Sendable (Duration) async throws -> Void
    let say: @Sendable (Sentence) -> Void
    /// What a run did in some stacks since a moment; nil: nothing.
    var otherRun: @Sendable (_ run: RunID, _ stacks: Set<StackID>, _ since: Timestamp) async throws -> OtherRun? = {
        _, _, _ in nil
    }

    /// How long a run waits in all.
    static let allowance = Duration.seconds(600)
    /// How often it is looked whether the other has ended.
    static let glance = Duration.seconds(1)

    enum End: Sendable, Hashable {
        /// Nobody else was there.
        case free
        /// Whoever was there has ended: what was read before is old.
        case waited
        /// Somebody still is.
        case held
    }

    /// - Parameters:
    ///   - stacks: those that matter.
    ///   - deadline: when it is no longer waited.
    ///   - known: the processes that were named already; those that are named now are added.
    func run(for stacks: Set<StackID>, until deadline: Timestamp, known: inout Set<Int32>) async throws -> End {
        var end = End.free
        let began = now()
        var others: [RunID] = []
        while true {
            let batches = try await openBatches().filter { $0.owner != nil && !stacks.isDisjoint(with: $0.stacks) }
            if batches.isEmpty {
                // Whoever finds nothing left to do, or its plan stale, is to know by whom.
                for run in others {
                    // What cannot be told keeps nobody from going on.
                    if let other = try? await otherRun(run, stacks, began) { say(other.sentence) }
                }
                return end
            }
            guard now() < deadline else {
                tell(batches, "cli.otherStillAtWork")
                return .held
            }
            let news = batches.filter { batch in batch.owner.map { !known.contains($0.pid) } ?? false }
            tell(news, "cli.waitsForOther")
            known.formUnion(news.compactMap { $0.owner?.pid })
            for batch in batches where !others.contains(batch.run) { others.append(batch.run) }
            end = .waited
            try await pause(Self.glance)
        }
    }

    /// A plan once nobody else works in the stacks that it is about, or the allowance is used up.
    ///
    /// - Parameters:
    ///   - areEndsNamed: whether whoever may end was named, so that who would end only since the wait is told by that.
    ///   - plan: makes the plan; called again after each wait, because the other one changed what it rests on.
    ///   - isDeclaredAlike: whether what is declared now is what the plan is made from.
    /// - Throws: also where something else is declared after a wait than before it, and where a guest that is to be rebuilt
    ///   was made anew meanwhile.
    func pass(
        areEndsNamed: Bool = false, planning plan: () async throws -> PlannedPass,
        isDeclaredAlike: () async throws -> Bool
    ) async throws -> PlannedPass {
        let deadline = now() + Self.allowance
        var known: Set<Int32> = []
        var first: PlannedPass?
        var isInVain = false
        while true {
            let pass = try await plan()
            // Whoever asked for a rebuild meant the guest that was there: the one that was made meanwhile is new already.
            if let server = pass.rebornServer(since: first ?? pass) {
                throw CommandFailure(Sentence("cli.rebuiltMeanwhile", server.text))
            }
            // A number that was given, or a yes, is to those whom the plan before the wait would have ended.
            if !areEndsNamed, let first, let more = pass.endsBeside(first) {
                throw CommandFailure(Sentence("cli.endsMeanwhile", more.map(\.description).joined(separator: ", ")))
            }
            if isInVain { return pass }
            first = first ?? pass
            let end = try await run(for: pass.stacksConcerned, until: deadline, known: &known)
            if end == .free { return pass }
            // What was planned before a wait in vain is ten minutes old.
            isInVain = end == .held
            guard try await isDeclaredAlike() else { throw CommandFailure(Sentence("cli.declaredMeanwhile")) }
        }
    }

    /// Once for each process: of several batches the oldest one stands for all.
    private func tell(_ batches: [OpenBatch], _ code: SentenceCode) {
        var told: Set<Int32> = []
        for batch in batches {
            guard let owner = batch.owner, told.insert(owner.pid).inserted else { continue }
            say(Sentence(code, batch.whoIsAtWork(owner) + [String(Self.allowance.components.seconds / 60)]))
        }
    }
}

extension Session {
    /// A plan that is to be carried out, once what earlier processes left is closed and nobody else works in the stacks that
    /// it is about. Ctrl-C ends the wait as it ends any command that has not begun anything.
    ///
    /// Where something else is declared after a wait than before it, the commit, the errors, the passwords and the clusters that
    /// this run knows are those of before: it does nothing, and whoever starts it again has the new ones.
    ///
    /// - Parameter areEndsNamed: whether whoever may end was named on the command line.
    func planWhenFree(
        on console: Console, areEndsNamed: Bool = false, _ plan: () async throws -> PlannedPass
    ) async throws -> PlannedPass {
        let journal = reconciler.ports.journal
        let wait = HolderWait(
            openBatches: { try await journal.openBatches() }, now: reconciler.clock,
            pause: { try await Task.sleep(for: $0) }, say: { console.notice($0) },
            otherRun: { [ledger] in try await ledger.otherRun($0, in: $1, since: $2) })
        let pass = try await wait.pass(areEndsNamed: areEndsNamed) {
            try await recover(on: console)
            return try await plan()
        } isDeclaredAlike: {
            try await reread().desired == desired
        }
        try await announceUnfinishedRebuilds(in: pass, on: console)
        return pass
    }
}

extension PlannedPass {
    /// A server that is to be rebuilt and that is another guest than it was in an earlier look; nil: none.
    fileprivate func rebornServer(since earlier: PlannedPass) -> ServerName? {
        func mark(of server: ServerName, in pass: PlannedPass) -> String? {
            pass.survey.recorded.servers.first { $0.name == server }?.mark
        }
        return plan.steps.filter { $0.action.verb == .rebuild }.compactMap(\.subject.server)
            .first { mark(of: $0, in: self) != mark(of: $0, in: earlier) }
    }

    /// What would end, or could after a yes, and would not have in an earlier look; nil: nothing.
    fileprivate func endsBeside(_ earlier: PlannedPass) -> [Subject]? {
        func ends(_ pass: PlannedPass) -> [Subject] {
            // A rebuild is asked for by name.
            pass.plan.steps.filter { $0.action.verb != .rebuild && $0.destroysServer && $0.mayRunAfterApproval }
                .map(\.subject)
        }
        let before = Set(ends(earlier))
        let more = ends(self).filter { !before.contains($0) }
        return more.isEmpty ? nil : more
    }

    /// The stacks in which it would do something, or would if nothing held it back.
    var stacksConcerned: Set<StackID> {
        let subjects =
            plan.steps.map(\.subject) + plan.findings.filter { $0.kind != .notice }.map(\.subject)
        return subjects.reduce(into: []) { stacks, subject in
            switch subject {
            case .server(_, let stack), .stack(let stack): stacks.insert(stack)
            case .object, .guest, .cluster: break
            }
        }
    }
}
