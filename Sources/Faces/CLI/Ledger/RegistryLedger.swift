import Crypto
import Execution
import Foundation
import Model
import Processes
import Reconciliation
import Registry
import Synchronization

/// The registry behind the ports of a pass and of execution.
final class RegistryLedger: Ledger, RecordKeeper {
    let registry: FleetRegistry
    let command: String
    let clock: @Sendable () -> Timestamp
    /// The run that batches belong to; one session has one at a time.
    private let run = Mutex<RunID?>(nil)

    init(registry: FleetRegistry, command: String, clock: @escaping @Sendable () -> Timestamp) {
        self.registry = registry
        self.command = command
        self.clock = clock
    }

    /// The run that is under way in this session.
    var presentRun: RunID? { run.withLock { $0 } }

    func guarded<Value>(
        _ body: () async throws(RegistryFailure) -> Value
    ) async throws(StepFailure) -> Value {
        do {
            return try await body()
        } catch {
            throw StepFailure(error.sentence)
        }
    }

    // MARK: What a pass knows

    func recorded() async throws(StepFailure) -> Recorded {
        try await guarded { () throws(RegistryFailure) in try await registry.recorded() }
    }

    func note(_ sightings: Sightings) async throws(StepFailure) {
        let seen = Dictionary(sightings.seen.map { ($0.server, $0.node) }) { first, _ in first }
        try await guarded { () throws(RegistryFailure) in
            try await registry.noteInventory(
                of: sightings.cluster, at: sightings.at, seen: seen, missed: sightings.missed)
        }
    }

    func note(_ sightings: [StateSighting]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(sightings) }
    }

    func accept(_ stamp: StateStamp, as decision: StackDecision) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.accept(stamp, as: decision) }
    }

    func note(_ decision: StackDecision) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(decision) }
    }

    /// What people decided about stacks, latest first.
    func decisions(_ limit: Int) async throws(StepFailure) -> [StackDecision] {
        try await guarded { () throws(RegistryFailure) in try await registry.decisions(limit: limit) }
    }

    func replacement(of stack: StackObservation) async throws(StepFailure) -> ReplacedState? {
        // At the end of every batch, where reading all rows would be most of the work.
        let known = try await guarded { () throws(RegistryFailure) in try await registry.stateStamp(of: stack.id) }
        guard let known, let found = stack.state.value?.stamp else { return nil }
        if known.lineage == found.lineage, known.serial <= found.serial { return nil }
        return try await recorded().replacedStates(in: [stack])[stack.id]
    }

    func noteComparison(
        at moment: Timestamp, clean: [ServerName], drifting: [SeenDrift]
    ) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            try await registry.noteComparison(at: moment, clean: clean, drifting: drifting)
        }
    }

    func lastAgreed() async throws(StepFailure) -> [ServerName: Timestamp] {
        try await guarded { () throws(RegistryFailure) in try await registry.comparisons().compactMapValues(\.cleanAt) }
    }

    func firstSeen() async throws(StepFailure) -> [ServerName: [String: Timestamp]] {
        try await guarded { () throws(RegistryFailure) in try await registry.comparisons().mapValues(\.firstSeen) }
    }

    func health() async throws(StepFailure) -> [ClusterName: ClusterHealth] {
        try await guarded { () throws(RegistryFailure) in try await registry.health() }
    }

    func note(_ health: ClusterHealth?, of cluster: ClusterName) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(health, of: cluster) }
    }

    func note(
        _ setbacks: [StepID: Setback], done: [StepID], at moment: Timestamp
    ) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.note(setbacks, done: done, at: moment) }
    }

    func keep(_ policies: [ServerName: [KeptPolicy]]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.keep(policies) }
    }

    func take(_ leases: [VMIDLease]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.take(leases, at: clock()) }
    }

    func release(_ leases: [VMIDLease]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.release(leases) }
    }

    /// Whichever cluster answers next for that one is written down anew.
    func forgetAnsweringCluster(for cluster: ClusterName) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.set(.identity(of: cluster), to: nil) }
    }

    // MARK: Plans

    func store(
        _ plan: Plan, isWhole: Bool, commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> PlanID {
        let bytes = try Self.bytes(of: plan)
        let id = PlanID(rawValue: SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
        try await guarded { () throws(RegistryFailure) in
            let record = Registry.PlanRecord(id: id, commit: commit, createdAt: moment, createdBy: person)
            try await registry.save(record, bytes: Array(bytes), isWhole: isWhole)
        }
        return id
    }

    /// The same plan gives the same bytes: keys in order, no white space.
    static func bytes(of plan: Plan) throws(StepFailure) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(plan)
        } catch {
            throw StepFailure(Sentence("edge.planUnreadable", String(describing: error)))
        }
    }

    func plan(named prefix: String, evenRejected: Bool) async throws(StepFailure) -> (PlanID, Plan) {
        let saved = try await guarded { () throws(RegistryFailure) in try await registry.plan(prefix) }
        guard evenRejected || saved.record.status != .rejected else {
            throw StepFailure(Sentence("edge.planRejected", saved.record.id.description, saved.record.statusBy))
        }
        do {
            return (saved.record.id, try JSONDecoder().decode(Plan.self, from: Data(saved.bytes)))
        } catch {
            throw StepFailure(Sentence("edge.planUnreadable", String(describing: error)))
        }
    }

    func plan(of run: RunID) async throws(StepFailure) -> (id: PlanID, plan: Plan)? {
        let id = try await guarded { () throws(RegistryFailure) in try await registry.run(run).plan }
        guard let id else { return nil }
        let (_, plan) = try await plan(named: id.rawValue, evenRejected: true)
        return (id, plan)
    }

    func approve(_ approval: Approval, isEnough: Bool) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            _ = try await registry.approve(approval, isEnough: isEnough)
        }
    }

    func askedUpTo() async throws(StepFailure) -> String? {
        try await guarded { () throws(RegistryFailure) in try await registry.value(of: .askedUpTo) }
    }

    func note(askers: Askers, of steps: [Step]) async throws(StepFailure) {
        let steps = steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        try await guarded { () throws(RegistryFailure) in
            try await registry.note(askers, of: steps)
        }
    }

    func endApprovals(of steps: [StepID], at moment: Timestamp) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.endApprovals(of: steps, at: moment) }
    }

    func reject(_ id: PlanID, _ plan: Plan, by person: String, at moment: Timestamp) async throws(StepFailure) {
        let no = RejectedPlan(id: id, rejection: Rejection(by: person, at: moment), of: plan.steps)
        try await guarded { () throws(RegistryFailure) in _ = try await registry.reject(no) }
    }

    func rejection(of plan: PlanID) async throws(StepFailure) -> Rejection? {
        try await guarded { () throws(RegistryFailure) in try await registry.rejection(of: plan) }
    }

    func rejectedPlans() async throws(StepFailure) -> [RejectedPlan] {
        try await guarded { () throws(RegistryFailure) in try await registry.rejectedPlans() }
    }

    func noesSoFar() async throws(StepFailure) -> Int? {
        try await guarded { () throws(RegistryFailure) in try await registry.noesSoFar() }
    }

    // MARK: Runs

    func beginRun(
        of plan: PlanID, setsOut steps: [Step], commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> RunID {
        let record = Registry.RunRecord(
            command: command, who: person, commit: commit, plan: plan, process: try Self.thisProcess(),
            startedAt: moment)
        try await guarded { () throws(RegistryFailure) in try await registry.start(record) }
        try await noteSetOut(steps, of: record.id, at: moment)
        run.withLock { $0 = record.id }
        return record.id
    }

    func endRun(
        _ run: RunID, plan: Plan, outcomes: [StepID: StepOutcome], times: [StepID: StepTime], exitCode: Int32,
        at moment: Timestamp
    ) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            let steps = plan.steps.map { step in
                let time = times[step.id]
                return RunStep(
                    step, outcome: outcomes[step.id] ?? .skipped(Sentence("execution.cancelled")),
                    startedAt: time?.began ?? moment, took: time?.took ?? .zero)
            }
            // What an open batch came to is not known yet; whoever closes it ends the run.
            let open = try await registry.openBatches().filter { $0.run == run }
            let unknown = Set(open.flatMap { $0.steps.map(\.step) })
            try await registry.record(steps.filter { !unknown.contains($0.id) }, of: run)
            try await registry.set(.setOut(run), to: nil)
            if open.isEmpty { try await registry.finish(run, exitCode: exitCode, at: moment) }
        }
        self.run.withLock { $0 = nil }
        // What was done is written down; a past that could not be shortened is shortened after the next run.
        try? await registry.prune(at: moment)
    }

    static func thisProcess() throws(StepFailure) -> ProcessStamp {
        guard let process = ProcessIdentity.current else {
            throw StepFailure(Sentence("edge.noProcessIdentity"))
        }
        return ProcessStamp(process)
    }

    /// The latest runs with their steps, latest first.
    func history(_ limit: Int) async throws(StepFailure) -> [RunRecord] {
        try await guarded { () throws(RegistryFailure) in
            var history: [RunRecord] = []
            for run in try await registry.runs(limit: limit) {
                var record = RunRecord(id: run.id.rawValue, startedAt: run.startedAt, by: run.who)
                record.endedAt = run.finishedAt
                record.isInterrupted = run.status == .interrupted
                record.commit = run.commit
                record.plan = run.plan
                let backups = try await registry.backups(of: run.id)
                record.steps = try await registry.steps(of: run.id).map {
                    RunRecord.Line(
                        step: $0.id, outcome: $0.outcome, changes: $0.changes, took: $0.took, backup: backups[$0.id])
                }
                history.append(record)
            }
            return history
        }
    }

    // MARK: Records

    func save(_ server: RecordedServer) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            try await registry.upsert(server, at: clock())
            try await registry.releaseLeases(of: server.name)
        }
    }

    func recordBirth(
        of server: ServerName, bearing mark: OwnershipMark, with birth: RecordedBirth?
    ) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            _ = try await registry.countBirth(of: server, mark: mark.id, with: birth)
        }
    }

    func recordBirths(of servers: [BornServer]) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.recordBirths(of: servers, at: clock()) }
    }

    func retire(_ server: ServerName) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.retire(server) }
    }

    func oweStart(of server: ServerName, _ owed: OwedStart) async throws(StepFailure) -> OwedStart? {
        try await guarded { () throws(RegistryFailure) in try await registry.oweStart(of: server, owed, at: clock()) }
    }

    func owedStart(of server: ServerName) async throws(StepFailure) -> OwedStart? {
        try await guarded { () throws(RegistryFailure) in try await registry.owedStart(of: server) }
    }

    func settleStart(of server: ServerName) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.settleStart(of: server, at: clock()) }
    }

    func rename(_ former: ServerName, to server: RecordedServer) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in
            try await registry.rename(former, to: server, at: clock())
            try await registry.releaseLeases(of: former)
            try await registry.releaseLeases(of: server.name)
        }
    }

    func rename(_ former: ObjectName, to object: RecordedObject) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.rename(former, to: object, at: clock()) }
    }

    func save(_ object: RecordedObject) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.upsert(object, at: clock()) }
    }

    func remove(_ object: ObjectName) async throws(StepFailure) {
        try await guarded { () throws(RegistryFailure) in try await registry.remove(object) }
    }
}
