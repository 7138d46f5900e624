import Model
import Reconciliation
import Simulation

/// What is to be rehearsed.
package struct RehearsalRequest: Sendable {
    /// A plan that was saved; nil: a fresh one.
    package var plan: PlanReference?
    package var targets: [String] = []
    package var faults: [RehearsalFault] = []
    /// Decides which calls a fault with a chance hits.
    package var seed: UInt64 = 1
    /// How many steps are let fail, each on a twin of its own; nil: all of them.
    package var failures: Int? = 0
    /// Whether the twin's files stay.
    package var isKept = false

    package init() {}
}

/// How far a rehearsal is.
package enum RehearsalProgress: Sendable {
    /// The configuration was read.
    case loaded(ConfigurationReport)
    /// The cluster is being read at full depth.
    case reading(ClusterName)
    case carryingOut(steps: Int)
    case failing(StepID, number: Int, of: Int)
}

/// What came of a rehearsal.
package struct RehearsalReport: Sendable {
    /// What was rehearsed, planned on the live cluster.
    package var pass: PlannedPass
    /// Whether every document could be read.
    package var isConfigurationWhole = true
    package var seed: UInt64
    package var faults: [RehearsalFault]
    package var twins: [Twin] = []
    /// Nil: there was nothing to do.
    package var rehearsed: RehearsedPass?
    package var changes: [ClusterChange] = []
    package var failures: [Failure] = []
    /// Steps that could be let fail and were not.
    package var untried = 0
    /// Where the twin's files are; nil: they are gone.
    package var keptAt: String?

    /// What stood in for one cluster.
    package struct Twin: Sendable {
        package var cluster: ClusterName
        package var nodes: Int
        package var offlineNodes: [NodeName]
        package var guests: Int
        /// Guests whose configuration could not be read.
        package var unread: [VMID]
        package var durations: TaskDurations
        /// Types of the tasks that ran on the twin, ascending.
        package var taskTypes: [String] = []
    }

    package struct ClusterChange: Sendable, Hashable {
        package var cluster: ClusterName
        package var guest: GuestChange
    }

    /// What one step's failure would leave.
    package struct Failure: Sendable {
        package var step: Step
        package var cause: SentenceCode
        package var outcome: StepOutcome
        package var remains: Remains?
        /// What its guest would be; empty: as before.
        package var guest: [GuestChange]
        /// Other steps of the plan that would not be done because of it.
        package var heldBack: [StepID]
        /// The steps of the next plan, those about other servers too.
        package var next: [StepID]
    }
}

extension RehearsalReport {
    /// Steps of the plan that would not be done because a fresh look does not plan them, with why.
    var gone: [GoneStep] { rehearsed?.applied.pass.gone ?? pass.gone }

    /// What is to be said of the plan, with what the twin's own look found of steps that it did not come to.
    var findings: [Finding] {
        guard let applied = rehearsed?.applied else { return pass.plan.findings }
        let undone = Set(pass.plan.steps.filter { applied.outcomes[$0.id] == nil }.map(\.subject))
        let said = Set(pass.plan.findings)
        return pass.plan.findings
            + applied.pass.plan.findings.filter {
                $0.kind != .notice && undone.contains($0.subject) && !said.contains($0)
            }
    }

    /// Of `rehearse`, as of the apply that it stands for: 0 all would be done; 1 something would fail or a document is
    /// bad; 3 nothing would fail, but something is blocked, waits or is left out.
    package var exit: ExitStatus {
        guard isConfigurationWhole else { return .failure }
        let outcomes = rehearsed.map { Array($0.applied.outcomes.values) } ?? []
        if outcomes.contains(where: { $0.name == .failed }) { return .failure }
        let isHeldBack = findings.contains { $0.kind != .notice } || gone.contains(where: \.isLeftOut)
        return isHeldBack || outcomes.contains { $0 != .done } ? .unfinished : .success
    }
}
