import Model
import Reconciliation

/// One command's hold on the fleet: what is declared, and everything that can be asked about it.
package struct Session: Sendable {
    package var desired: Desired
    package var configuration: ConfigurationReport
    package var reconciler: Reconciler
    package var auditor: Auditor
    /// What is declared now.
    package var reread: @Sendable () async throws -> Declarations
    /// On whose behalf things are done.
    package var person: String
    /// `FILE:LINE` of a field such as `spec.apply`, or of the nearest part that is written; nil: nowhere.
    package var place: @Sendable (_ object: ObjectName, _ field: String) -> String? = { _, _ in nil }
    /// Nothing that it writes down is kept: there is no room, or no right to write.
    package var isLookOnly = false
    /// Plans that wait for a yes, latest first.
    package var plansAwaiting: @Sendable () async throws(StepFailure) -> [AwaitingPlan]
    /// What became of a plan that is kept.
    package var planFate: @Sendable (PlanID) async throws(StepFailure) -> PlanFate = { _ in PlanFate() }
    /// Rebuilds that ended a guest, and whose new one no run has made since.
    package var unfinishedRebuilds: @Sendable () async throws(StepFailure) -> [UnfinishedRebuild] = { [] }
    /// What a run did in some stacks since a moment; nil: nothing.
    package var otherRun:
        @Sendable (_ run: RunID, _ stacks: Set<StackID>, _ since: Timestamp) async throws(StepFailure) -> OtherRun? = {
            _, _, _ in nil
        }
    /// Takes whichever cluster answers next for that one for the right one.
    package var forgetAnsweringCluster: @Sendable (ClusterName) async throws(StepFailure) -> Void = { _ in }
    /// The latest runs, latest first.
    package var history: @Sendable (_ limit: Int) async throws(StepFailure) -> [RunRecord]
    /// What people decided about stacks beside any plan, latest first.
    package var decisions: @Sendable (_ limit: Int) async throws(StepFailure) -> [StackDecision]
    /// Stacks with a state that Terraform could not write.
    package var erroredStates: @Sendable () async -> [ErroredState]
    /// Pushes such a state or sets it aside; returns where the file is now.
    package var settleErroredState: @Sendable (ErroredState, ErroredState.Choice) async throws(StepFailure) -> String
    /// Puts something in the place of a stack's lost state; returns where what was there is kept, nil: there was nothing.
    package var replaceLostState: @Sendable (StackID, LostState.Choice) async throws(StepFailure) -> String?
    /// Mends states that a killed Terraform left cut off, where its backup is what was last seen; returns their stacks.
    package var mendCutStates: @Sendable () async -> Set<StackID> = { [] }
    /// What was done beside the plan that an operator must hear of; each is given out once.
    package var takeNotices: @Sendable () -> [Sentence] = { [] }
    /// Lets go of files and connections.
    package var close: @Sendable () async -> Void

    package init(
        desired: Desired, configuration: ConfigurationReport, reconciler: Reconciler, auditor: Auditor, person: String,
        reread: @escaping @Sendable () async throws -> Declarations,
        plansAwaiting: @escaping @Sendable () async throws(StepFailure) -> [AwaitingPlan],
        history: @escaping @Sendable (_ limit: Int) async throws(StepFailure) -> [RunRecord],
        decisions: @escaping @Sendable (_ limit: Int) async throws(StepFailure) -> [StackDecision],
        erroredStates: @escaping @Sendable () async -> [ErroredState],
        settleErroredState:
            @escaping @Sendable (ErroredState, ErroredState.Choice) async throws(StepFailure) -> String,
        replaceLostState: @escaping @Sendable (StackID, LostState.Choice) async throws(StepFailure) -> String?,
        close: @escaping @Sendable () async -> Void
    ) {
        self.desired = desired
        self.configuration = configuration
        self.reconciler = reconciler
        self.auditor = auditor
        self.reread = reread
        self.person = person
        self.plansAwaiting = plansAwaiting
        self.history = history
        self.decisions = decisions
        self.erroredStates = erroredStates
        self.settleErroredState = settleErroredState
        self.replaceLostState = replaceLostState
        self.close = close
    }

    /// What is declared, and the commit that says so.
    package struct Declarations: Sendable {
        package var desired: Desired
        /// Abbreviated; nil outside of a git repository.
        package var commit: String?

        package init(desired: Desired, commit: String?) {
            self.desired = desired
            self.commit = commit
        }
    }
}

extension Session {
    /// The same for a person who only wants to see: what the daemon waits for is shown as waiting.
    var showing: Session {
        var session = self
        session.reconciler.manner = .shown
        return session
    }

    /// A plan for the servers that the patterns name; nil patterns: for all.
    ///
    /// - Parameter isRebuild: whether they are to be rebuilt.
    /// - Throws: when a pattern names no server.
    package func plan(targets patterns: [String], isRebuild: Bool = false) async throws -> PlannedPass {
        let targets = try await reconciler.targets(patterns, in: desired)
        let request = PlanRequest(rebuilds: isRebuild ? Set(targets ?? []) : [])
        return try await reconciler.plan(
            desired, targets: targets, request: request, commit: configuration.commit, by: person)
    }

    /// A fresh look at a plan that was stored: the steps of it that are still so.
    func plan(stored reference: PlanReference) async throws -> PlannedPass {
        let (_, earlier) = try await reference.find(in: reconciler.ledger)
        let request = PlanRequest(again: earlier)
        let fresh = try await reconciler.plan(desired, request: request, commit: configuration.commit, by: person)
        return reconciler.confine(fresh, to: earlier)
    }

}

extension Reconciler {
    /// Declared and recorded servers that the words and patterns mean, ascending; nil where there is none.
    ///
    /// - Throws: when one means no server, or a word means several.
    func targets(_ patterns: [String], in desired: Desired) async throws -> [ServerName]? {
        if patterns.isEmpty { return nil }
        let names = ServerNames(desired, try await ledger.recorded())
        var chosen: Set<ServerName> = []
        for pattern in patterns { chosen.formUnion(try names.matching(pattern)) }
        return chosen.sorted()
    }
}

/// A name with `*` (any text) and `?` (any character), compared without case.
struct NamePattern: Sendable {
    private let pattern: [Character]

    init(_ text: String) { pattern = Array(text.lowercased()) }

    var isPlain: Bool { !pattern.contains("*") && !pattern.contains("?") }

    /// Linear but for the last star, to which it goes back.
    func matches(_ name: String) -> Bool {
        let text = Array(name.lowercased())
        var (at, position) = (0, 0)
        var star: (at: Int, position: Int)?
        while position < text.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let last = star {
                star = (last.at, last.position + 1)
                at = last.at + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
