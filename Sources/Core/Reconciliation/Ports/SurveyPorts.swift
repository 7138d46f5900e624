import Model
import Planning

/// Reads stacks without taking their locks.
package protocol StackReader: Sendable {
    /// Every stack of these clusters that has a directory, in ascending order.
    func stacks(of clusters: [ClusterName]) async -> [StackObservation]
    /// Terraform's own words on what the plan's steps of one stack would do, from a fresh `terraform plan`.
    func terraformText(for steps: [Step], in stack: StackID) async throws(StepFailure) -> String
}

/// The registry, as far as a pass reads and writes it beside what execution does.
package protocol Ledger: Sendable {
    func recorded() async throws(StepFailure) -> Recorded
    /// Notes what one inventory showed: servers that it saw, and servers that it provably missed.
    func note(_ sightings: Sightings) async throws(StepFailure)
    /// Notes what stacks' states are now and what they hold.
    func note(_ sightings: [StateSighting]) async throws(StepFailure)
    /// Takes a state for the right one although it is older than what was seen, or another: a person decided so.
    func accept(_ stamp: StateStamp, as decision: StackDecision) async throws(StepFailure)
    /// Notes what a person decided about a stack.
    func note(_ decision: StackDecision) async throws(StepFailure)
    /// Notes which servers a detailed read found as they should be, and which not.
    func noteComparison(at moment: Timestamp, clean: [ServerName], drifting: [SeenDrift]) async throws(StepFailure)
    /// When each server was last found as it should be.
    func lastAgreed() async throws(StepFailure) -> [ServerName: Timestamp]
    /// By when each difference that the latest detailed read of a server found had been seen first.
    func firstSeen() async throws(StepFailure) -> [ServerName: [String: Timestamp]]
    /// Clusters whose last look failed.
    func health() async throws(StepFailure) -> [ClusterName: ClusterHealth]
    /// Writes down how a cluster's last look failed; nil: it succeeded.
    func note(_ health: ClusterHealth?, of cluster: ClusterName) async throws(StepFailure)
    /// Writes down steps that failed, and forgets those that are done.
    func note(_ setbacks: [StepID: Setback], done: [StepID], at moment: Timestamp) async throws(StepFailure)
    /// Keeps what the policies over servers say now; an empty list says nothing.
    func keep(_ policies: [ServerName: [KeptPolicy]]) async throws(StepFailure)
    func take(_ leases: [VMIDLease]) async throws(StepFailure)
    /// Lets go of leases whose servers nobody knows any more.
    func release(_ leases: [VMIDLease]) async throws(StepFailure)
    /// Stores a plan under the hash of its bytes; the same plan twice is stored once.
    ///
    /// - Parameter isWhole: it is of the whole fleet, and takes the place of what is pending.
    func store(
        _ plan: Plan, isWhole: Bool, commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> PlanID
    /// - Parameter evenRejected: whether one is returned that somebody said no to; otherwise that is a failure.
    func plan(named prefix: String, evenRejected: Bool) async throws(StepFailure) -> (PlanID, Plan)
    /// The plan that a run carries out; nil: which one it is was not kept.
    func plan(of run: RunID) async throws(StepFailure) -> (id: PlanID, plan: Plan)?
    /// - Parameter isEnough: whether with this yes every step of the plan that waits for one has all that it needs.
    func approve(_ approval: Approval, isEnough: Bool) async throws(StepFailure)
    /// The commit up to which the authors of what waits are written down; nil: none yet.
    func askedUpTo() async throws(StepFailure) -> String?
    /// Writes down who asked for steps that were not known, or asked for something else.
    func note(askers: Askers, of steps: [Step]) async throws(StepFailure)
    /// Ends what was approved of these steps: they are not needed any more.
    func endApprovals(of steps: [StepID], at moment: Timestamp) async throws(StepFailure)
    /// The no that was said to a plan; nil: nobody said one, or it was taken back.
    func rejection(of plan: PlanID) async throws(StepFailure) -> Rejection?
    /// Every plan that somebody said no to and did not take it back, latest first.
    func rejectedPlans() async throws(StepFailure) -> [RejectedPlan]
    /// How often a no was given or taken back, in whole or in part. As long as it is the same, so is every no. Nil: nobody
    /// counted.
    func noesSoFar() async throws(StepFailure) -> Int?
    /// Writes a no down, which ends every yes to the same steps with the same facts too: one may have been given under the id
    /// of an earlier plan.
    func reject(_ id: PlanID, _ plan: Plan, by person: String, at moment: Timestamp) async throws(StepFailure)
    /// - Parameter steps: what the run sets out to do.
    func beginRun(
        of plan: PlanID, setsOut steps: [Step], commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> RunID
    /// A run with a batch that is still open is not ended by it: whoever closes that batch ends the run.
    ///
    /// - Parameters:
    ///   - times: when each step began and ended, as far as it did.
    ///   - exitCode: what the command ends with.
    func endRun(
        _ run: RunID, plan: Plan, outcomes: [StepID: StepOutcome], times: [StepID: StepTime], exitCode: Int32,
        at moment: Timestamp
    ) async throws(StepFailure)
    /// Ends the runs whose process is gone and whose batches are all closed, as interrupted, with what the journal
    /// says of their steps. What such a run set out to do and did not come to is written down as that.
    ///
    /// - Returns: those runs, oldest first.
    func endInterruptedRuns(at moment: Timestamp) async throws(StepFailure) -> [RunID]
}

/// What one inventory says about the recorded servers of one cluster.
package struct Sightings: Sendable {
    package var cluster: ClusterName
    package var at: Timestamp
    /// With the node on which each was.
    package var seen: [(server: ServerName, node: NodeName)]
    package var missed: [ServerName]

    package init(
        cluster: ClusterName, at: Timestamp, seen: [(server: ServerName, node: NodeName)], missed: [ServerName]
    ) {
        self.cluster = cluster
        self.at = at
        self.seen = seen
        self.missed = missed
    }
}
