import Execution
import Model
import Reconciliation
import Simulation

extension World: GuestInventory {
    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
        listing(of: cluster, details: details)
    }

    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
        var detailed = inventory
        let read = listing(of: inventory.cluster, details: guests).details
        for vmid in guests {
            // Who was listed and does not come is unread, and no more than that.
            switch read[vmid] {
            case .present, .unknown: detailed.details[vmid] = read[vmid]
            case .absent, nil:
                let isLost = pool.guests[vmid.place(in: inventory.cluster)] != nil
                let loss = Sentence("execution.guestNotRead", vmid.description)
                detailed.details[vmid] = isLost ? .unknown(loss) : read[vmid]
            }
        }
        return detailed
    }
}

extension World {
    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory { inventory }
}

extension World: GuestPower {
    func start(_ guest: GuestReference) async throws(StepFailure) {
        await start()
        try power(guest, on: true)
    }
    func shutDown(_ guest: GuestReference, within limit: Duration) async throws(ShutdownFailure) {
        do throws(StepFailure) {
            try power(guest, on: false)
        } catch {
            let isRefused = error.retry == .afterLock || refusedShutdowns.contains(guest.place)
            throw ShutdownFailure(error, wasAsked: !isRefused)
        }
    }
    func reading(of guest: GuestReference) async throws(StepFailure) -> PowerReading { try reading(at: guest.place) }
}

extension World: GuestBackup {
    func backUp(
        _ guest: GuestReference, to storage: String, note: String, within limit: Duration
    ) async throws(StepFailure) -> String { try backUp(guest.vmid, to: storage) }
}

extension World: RecordKeeper {}

extension World: BatchJournal {
    func record(_ program: StartedProgram, of batch: BatchID) async throws(StepFailure) {}
    func openBatches() async throws(StepFailure) -> [OpenBatch] { openBatches }
    func replacement(of stack: StackObservation) async throws(StepFailure) -> ReplacedState? {
        recorded.replacedStates(in: [stack])[stack.id]
    }
}

extension World: Provisioner {
    func open(_ stack: StackID) async throws(StepFailure) -> any StackSession {
        try call()
        await lock(stack)
        interrupt(at: .opened)
        return WorldSession(stack: stack, world: self)
    }
}

extension World: StackReader {
    func stacks(of clusters: [ClusterName]) async -> [StackObservation] {
        stacks.keys.sorted().map { observation(of: $0) }
    }

    func terraformText(for steps: [Step], in stack: StackID) async throws(StepFailure) -> String { "" }
}

extension World: Ledger {
    func noteComparison(
        at moment: Timestamp, clean: [ServerName], drifting: [SeenDrift]
    ) async throws(StepFailure) {}
    func health() async throws(StepFailure) -> [ClusterName: ClusterHealth] { recorded.health }
    func note(_ health: ClusterHealth?, of cluster: ClusterName) async throws(StepFailure) {
        recorded.health[cluster] = health
    }
    func note(_ setbacks: [StepID: Setback], done: [StepID], at moment: Timestamp) async throws(StepFailure) {
        for step in done { recorded.setbacks[step] = nil }
        recorded.setbacks.merge(setbacks) { $1 }
    }
    func lastAgreed() async throws(StepFailure) -> [ServerName: Timestamp] { [:] }
    func firstSeen() async throws(StepFailure) -> [ServerName: [String: Timestamp]] { [:] }
    func recorded() async throws(StepFailure) -> Recorded {
        var read: Recorded = recorded
        read.endings = endings
        read.comingEndings = comingEndings
        return read
    }
    func store(
        _ plan: Plan, isWhole: Bool, commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> PlanID {
        let id = PlanID(rawValue: String(plan.hashValue))
        storedPlans.byID[id] = plan
        return id
    }
    func plan(of run: RunID) async throws(StepFailure) -> (id: PlanID, plan: Plan)? { storedPlans.plan(of: run) }
    func plan(named prefix: String, evenRejected: Bool) async throws(StepFailure) -> (PlanID, Plan) {
        (PlanID(rawValue: prefix), Plan())
    }
    func askedUpTo() async throws(StepFailure) -> String? { nil }
    func note(askers: Askers, of steps: [Step]) async throws(StepFailure) {}
    func endApprovals(of steps: [StepID], at moment: Timestamp) async throws(StepFailure) { endApprovals(of: steps) }
    func beginRun(
        of plan: PlanID, setsOut steps: [Step], commit: String?, by person: String, at moment: Timestamp
    ) async throws(StepFailure) -> RunID {
        let run = nextRun()
        storedPlans.ofRuns[run] = plan
        return run
    }
    func endRun(
        _ run: RunID, plan: Plan, outcomes: [StepID: StepOutcome], times: [StepID: StepTime], exitCode: Int32,
        at moment: Timestamp
    ) async throws(StepFailure) { try endRun(run) }
    func endInterruptedRuns(at moment: Timestamp) async throws(StepFailure) -> [RunID] { try endInterruptedRuns() }
}

/// One stack of the world.
struct WorldSession: StackSession {
    let stack: StackID
    let world: World

    func demandSecrets(of configuration: ServerConfiguration) async throws(StepFailure) {
        if let failure = await world.secretFailure { throw failure }
    }
    func observe() async throws(StepFailure) -> StackObservation { await world.observation(of: stack) }
    func entryTexts(of servers: [ServerName]) async throws(StepFailure) -> [ServerName: String] {
        await world.entryTexts(stack, servers)
    }
    func writeEntries(_ entries: [ServerName: ServerConfiguration]) async throws(StepFailure) {
        try await world.write(stack, entries)
    }
    func restoreEntries(_ texts: [ServerName: String?]) async throws(StepFailure) {
        try await world.restore(stack, texts)
    }
    func restoreEntries(
        _ texts: [ServerName: String?], keeping disks: [ServerName: [GuestSettings.Disk]]
    ) async throws(StepFailure) {
        try await world.restore(stack, texts, keeping: disks)
    }
    func plan(targets: [ServerName], dropping: Set<ServerName>) async throws(ProvisioningFailure) -> SavedPlan {
        try await world.plan(stack, targets, dropping)
    }
    func apply(
        _ plan: SavedPlan, batch: BatchID, onStart: @escaping @Sendable (StartedProgram) async -> Void,
        onEvent: @escaping @Sendable (ApplyEvent) -> Void
    ) async throws(StepFailure) -> ApplyEnd {
        await world.apply(width: min(10, plan.width ?? 10))
        return try await world.apply(stack, plan, batch: batch)
    }
    func resume(_ batch: BatchID) async throws(StepFailure) -> ApplyEnd? {
        await world.result(of: batch).map { .ended($0) }
    }
    func discard(_ plan: SavedPlan) async {}
    func planImport(
        of guest: GuestReference, as server: ServerName
    ) async throws(ProvisioningFailure) -> SavedPlan {
        // The double has no import blocks: it takes the guest in at once, and a refusal is undone by the batch.
        try await importGuest(guest, as: server, type: guest.type)
        return try await plan(targets: [server], dropping: [])
    }
    func importGuest(
        _ guest: GuestReference, as server: ServerName, type: GuestType
    ) async throws(ProvisioningFailure) {
        do {
            try await world.importGuest(stack, guest, as: server)
        } catch {
            throw ProvisioningFailure(general: error)
        }
    }
    func untaint(_ server: ServerName) async throws(StepFailure) {
        try await world.stateCommand(stack) { $0.untaint(server) }
    }
    func removeFromState(_ servers: [ServerName]) async throws(StepFailure) {
        try await world.stateCommand(stack) { double in for server in servers { double.removeFromState(server) } }
    }
    func moveIntoState(
        _ server: ServerName, formerly: ServerName?, from other: any StackSession
    ) async throws(StepFailure) {
        guard let other = other as? WorldSession else { return }
        try await world.move(server, formerly: formerly, from: other.stack, to: stack)
    }
    func close() async { await world.unlock(stack) }
}
