import Execution
import Model
import Planning
import Reconciliation
import Simulation

/// A cluster or two, their stacks and a registry in memory: every port of a pass, with faults and crashes on demand.
actor World {
    let cluster: ClusterName
    /// Whether there is a second one, as `World+Clusters.swift` has it.
    let hasSecondCluster: Bool
    let nodes: [NodeName] = ["pve1", "pve2", "pve3"]
    var pool = GuestPool()
    var stacks: [StackID: TerraformDouble] = [:]
    var recorded = Recorded()
    var now = Timestamp(seconds: 1_790_000_000)
    var offline: Set<NodeName> = []
    /// How the provider fails at a server, once.
    var failures: [ServerName: TerraformDouble.Failure] = [:]
    /// How many of the next creations of a server find a lock of Proxmox busy, and whether they leave a guest behind.
    var busyLocks: [ServerName: Int] = [:]
    var lockLeavesGuest = false
    /// How many of the next starts find one busy.
    var busyStarts = 0
    /// Calls that still succeed; afterwards everything fails, as if the process had died.
    var callsUntilCrash: Int?
    /// What happens to the world once, as one of its calls is made.
    var interruptions: [Call: @Sendable (isolated World) -> Void] = [:]
    /// What goes wrong with what is read of the cluster, and what it is read for.
    var listingFaults: ListingFaults?
    var listingMoment = ListingMoment.observe
    /// Guests that are listed, and whose own configuration does not come.
    var unread: Set<VMID> = []
    /// What the listing does not show although it is there.
    var blindness: Blindness?
    /// Terraform's words where it cannot plan these servers; nil: it can.
    var planFailure: (@Sendable ([ServerName]) -> ProvisioningFailure?)?
    private(set) var planCount = 0
    /// Whether Terraform does not even start on an apply.
    var refusesApply = false
    /// Every batch that was ever begun, in order, and the outcomes of those that were closed.
    private(set) var journal: [OpenBatch] = []
    private(set) var closed: [BatchID: [StepID: StepOutcome]] = [:]
    /// What Terraform did of each batch.
    private var applied: [BatchID: ApplyResult] = [:]
    /// Whether the next apply finds no room for its state, and the states that were left beside the old ones.
    var losesNextState = false
    var erroredStates: [StackID: TerraformDouble] = [:]
    /// Why no guest can be taken into a state.
    var importFailure: StepFailure?
    /// Whether the next crash at an apply strikes after Terraform was started, which then goes on by itself.
    var terraformOutlivesCrash = false
    /// Whether nobody waits for the next apply, although nothing crashes.
    var leavesNextApply = false
    /// Tasks that the cluster shows as running.
    var tasks: [ObservedTask] = []
    /// Guests that a task is about to end, and for how many looks at the cluster it goes on.
    var lateEnds: [VMID: Int] = [:]
    /// What cannot be written while the run goes on.
    var unwritable: Set<Writing> = []
    /// Another living process that every open batch is of.
    var owner: ProcessStamp?
    private var presentRun: RunID?
    private(set) var openRuns: [RunID] = []
    /// Whether applies and starts take a while, so that others come in between.
    var isUnhurried = false
    /// How many guests are being worked on by all applies, and started, at a time, and how many were at most.
    private var applying = 0
    private(set) var mostApplying = 0
    private var starting = 0
    private(set) var mostStarting = 0
    /// Guests that were destroyed through Terraform, ever.
    private(set) var destroyed: [VMID] = []
    /// The same guests as they were just before.
    private(set) var ended: [GuestPool.PooledGuest] = []

    /// Guests that somebody put in the place of others while a plan was carried out, as they were made.
    var rivals: [VMID: GuestPool.PooledGuest] = [:]
    /// Guests that were looked at alone, as each is just before it is asked to shut down, and whose power was read since.
    var lookedAtAlone: Set<VMID> = []
    var readPower: Set<VMID> = []

    /// Since when guests run that nobody was seen to start.
    static let born = Timestamp(seconds: 1_780_000_000)
    /// When each guest that runs was last started.
    var startedAt: [VMID: Timestamp] = [:]
    /// Guests that do not follow a shutdown, and those that do not start.
    var deaf: Set<VMID> = []
    /// Guests that the listing has as running whatever they do; their node says the truth.
    var listedAsRunning: Set<VMID> = []
    var unstartable: Set<VMID> = []
    /// Guests that somebody stops just before their power is read next.
    var stoppedBeforeReading: Set<VMID> = []
    /// Guests whose shutdown Proxmox refuses, by a right that is missing.
    var refusedShutdowns: Set<VMID> = []
    /// How many of the next shutdowns find a lock busy.
    var busyShutdowns = 0
    /// How many of the next moves between states are done by a Terraform that is killed at its end.
    var movesCutAtEnd = 0
    /// Why nothing can be written down of what a guest is owed.
    var owingFailure: StepFailure?
    /// Guests that were asked to shut down and ran on.
    var ignoredShutdown: Set<VMID> = []
    /// Guests whose power is reported to change and does not.
    var frozen: Set<VMID> = []
    /// Guests that somebody started while Plumb was at work.
    var startedByHand: Set<VMID> = []
    /// Guests that a plan says the provider restarts, and those that it restarted without it.
    var announcedReboots: Set<VMID>?
    private(set) var unannouncedReboots: [VMID] = []
    /// Guests that were switched off through Plumb, in order.
    private(set) var switchedOff: [VMID] = []
    /// Guests whose being switched off counts, and members of whom no more than so many may be down then.
    var watched: (counted: Set<VMID>, members: Set<VMID>, limit: Int) = ([], [], 0)
    /// What the members were called then.
    var watchedNames: [VMID: String] = [:]
    /// Those times when more were.
    private(set) var crowdedMoments: [String] = []
    /// Guests that a plan says it switches off, and those that were without it.
    var announced: Set<VMID>?
    private(set) var unannounced: [VMID] = []
    /// Backups that were made, by storage; and why none can be.
    private(set) var backups: [String: [VMID]] = [:]
    var backupFailure: StepFailure?
    /// Why a server could not be born.
    var secretFailure: StepFailure?
    /// What people said no to.
    var noes = WorldNoes()
    var storedPlans = StoredPlans()

    private var texts: [ServerConfiguration: String] = [:]
    private var configurations: [String: ServerConfiguration] = [:]
    private var plans: [String: TerraformDouble.SavedPlan] = [:]
    private var counter: Int64 = 0
    var marksBorn: Set<String> = []

    /// - Parameter twinStrangers: guests of a second cluster that are nobody's of Plumb's; nil: there is none.
    init(
        markSeed: UInt64, cluster: ClusterName = "lab", handmade: [Handmade] = [], twinStrangers: [VMID]? = nil
    ) {
        self.cluster = cluster
        hasSecondCluster = twinStrangers != nil
        recorded.markSeed = markSeed
        var template = GuestPool.PooledGuest(
            type: .vm, name: "debian-12", node: "pve1", settings: GuestSettings(), isRunning: false)
        template.isTemplate = true
        pool.guests[VMID(9000)] = template
        for one in handmade { pool.guests[one.vmid] = one.guest }
        guard let twinStrangers else { return }
        pool.guests[VMID(9000).place(in: Self.secondCluster)] = template
        for vmid in twinStrangers { pool.guests[vmid.place(in: Self.secondCluster)] = .stranger(on: vmid) }
    }

    /// Stacks whose lock is held, each with those who wait for it.
    private var locks: [StackID: [CheckedContinuation<Void, Never>]] = [:]

    func lock(_ stack: StackID) async {
        guard locks[stack] != nil else {
            locks[stack] = []
            return
        }
        await withCheckedContinuation { locks[stack, default: []].append($0) }
    }

    func unlock(_ stack: StackID) {
        guard let others = locks[stack], let next = others.first else {
            locks[stack] = nil
            return
        }
        locks[stack] = Array(others.dropFirst())
        next.resume()
    }

    enum Call: Hashable, Sendable, CaseIterable { case opened, written, planned, applied, leased, shutDown, started }

    func interrupt(at call: Call) { interruptions.removeValue(forKey: call)?(self) }

    func edit<Result: Sendable>(_ body: @Sendable (isolated World) -> Result) -> Result { body(self) }

    // MARK: Side by side

    func apply(width: Int) async {
        applying += width
        mostApplying = max(mostApplying, applying)
        await pass()
        applying -= width
    }

    func start() async {
        starting += 1
        mostStarting = max(mostStarting, starting)
        await pass()
        starting -= 1
    }

    private func pass() async {
        guard isUnhurried else { return }
        for _ in 0..<30 { await Task.yield() }
    }

    // MARK: What every call goes through

    func spend() throws(StepFailure) {
        guard let left = callsUntilCrash else { return }
        guard left > 0 else { throw StepFailure(Sentence("execution.cancelled")) }
        callsUntilCrash = left - 1
    }

    func power(_ guest: GuestReference, on: Bool) throws(StepFailure) {
        try spend()
        let place = guest.place
        guard pool.guests[place] != nil else {
            throw StepFailure(Sentence("execution.guestGone", String(guest.vmid.rawValue), guest.cluster.text))
        }
        if on, busyStarts > 0 {
            busyStarts -= 1
            throw StepFailure(Sentence("execution.noEvent", String(guest.vmid.rawValue)), retry: .afterLock)
        }
        if !on, busyShutdowns > 0 {
            busyShutdowns -= 1
            throw StepFailure(Sentence("execution.noEvent", String(guest.vmid.rawValue)), retry: .afterLock)
        }
        if !on, refusedShutdowns.contains(place) {
            throw StepFailure(Sentence("execution.noEvent", guest.vmid.description))
        }
        if !on, deaf.contains(place) { ignoredShutdown.insert(place) }
        if on ? unstartable.contains(place) : deaf.contains(place) {
            throw StepFailure(Sentence("execution.noEvent", guest.vmid.description))
        }
        if frozen.contains(place) { return }
        if !on { noteSwitchedOff(place) }
        lookedAtAlone.remove(place)
        readPower.remove(place)
        if on, pool.guests[place]?.isRunning == false { startedAt[place] = now }
        pool.guests[place]?.isRunning = on
        interrupt(at: on ? .started : .shutDown)
    }

    private func noteSwitchedOff(_ vmid: VMID) {
        switchedOff.append(vmid)
        if let announced, !announced.contains(vmid) { unannounced.append(vmid) }
        guard !watched.members.isEmpty, watched.counted.contains(vmid) else { return }
        let running = Set(pool.guests.values.filter(\.isRunning).map(\.name))
        let down = watched.members.filter { member in
            // One that was rebuilt may live on under another number.
            let lives = pool.guests[member].map(\.isRunning) ?? watchedNames[member].map(running.contains) ?? false
            return member != vmid && !lives
        }
        if down.count + 1 > watched.limit { crowdedMoments.append("\(vmid) beside \(down.sorted())") }
    }

    func reading(at place: VMID) throws(StepFailure) -> PowerReading {
        try spend()
        if stoppedBeforeReading.remove(place) != nil { pool.guests[place]?.isRunning = false }
        guard let guest = pool.guests[place] else {
            throw StepFailure(Sentence("execution.guestGone", place.numberThere.description, cluster.text))
        }
        now = now + .seconds(2)
        readPower.insert(place)
        let since = startedAt[place] ?? Self.born
        return PowerReading(
            status: guest.isRunning ? .running : .stopped, askedAt: now, runningSince: guest.isRunning ? since : nil)
    }

    func backUp(_ vmid: VMID, to storage: String) throws(StepFailure) -> String {
        try spend()
        if let backupFailure { throw backupFailure }
        backups[storage, default: []].append(vmid)
        return "\(storage):backup/\(vmid)"
    }

    // MARK: Stacks

    func observation(of stack: StackID) -> StackObservation {
        let double = stacks[stack] ?? TerraformDouble()
        var observation = StackObservation(id: stack, state: .present(double.state))
        observation.hasErroredState = erroredStates[stack] != nil
        observation.tfvars.entries = ServerEntries(double.entries)
        observation.tfvars.digest = String(double.entries.hashValue)
        return observation
    }

    func entryTexts(_ stack: StackID, _ servers: [ServerName]) -> [ServerName: String] {
        var found: [ServerName: String] = [:]
        for server in servers {
            guard let entry = stacks[stack]?.entries[server] else { continue }
            let text = texts[entry] ?? "entry \(texts.count)"
            texts[entry] = text
            configurations[text] = entry
            found[server] = text
        }
        return found
    }

    func write(_ stack: StackID, _ entries: [ServerName: ServerConfiguration]) throws(StepFailure) {
        try spend()
        try demand(.entry)
        stacks[stack, default: TerraformDouble()].entries.merge(entries) { $1 }
        interrupt(at: .written)
    }

    func restore(
        _ stack: StackID, _ old: [ServerName: String?], keeping disks: [ServerName: [GuestSettings.Disk]] = [:]
    ) throws(StepFailure) {
        try spend()
        try demand(.entry)
        for (server, text) in old {
            var entry = text.flatMap { configurations[$0] }
            if let disks = disks[server], var kept = entry {
                kept.settings = kept.settings.keeping(disks)
                entry = kept
            }
            stacks[stack, default: TerraformDouble()].entries[server] = entry
        }
    }

    func plan(
        _ stack: StackID, _ targets: [ServerName], _ dropping: Set<ServerName>
    ) throws(ProvisioningFailure) -> SavedPlan {
        planCount += 1
        if let failure = planFailure?(targets) { throw failure }
        let double = stacks[stack] ?? TerraformDouble()
        let plan = double.plan(targets: targets, dropping: dropping, pool: guestPool(of: stack.cluster))
        counter += 1
        plans["plan-\(counter)"] = plan
        // What was looked at before is looked at again before anything is done.
        let planned = Set(double.resources.values.map { $0.vmid.place(in: stack.cluster) })
        lookedAtAlone.subtract(planned)
        readPower.subtract(planned)
        interrupt(at: .planned)
        return SavedPlan(path: "plan-\(counter)", changes: plan.changes)
    }

    func apply(_ stack: StackID, _ saved: SavedPlan, batch: BatchID) throws(StepFailure) -> ApplyEnd {
        do throws(StepFailure) {
            if leavesNextApply {
                leavesNextApply = false
                throw StepFailure(Sentence("execution.cancelled"))
            }
            try spend()
        } catch {
            guard terraformOutlivesCrash else { throw error }
            terraformOutlivesCrash = false
            applied[batch] = try carryOut(stack, saved)
            return .left(error)
        }
        let result = try carryOut(stack, saved)
        applied[batch] = result
        return .ended(result)
    }

    /// The directory of every run goes, as when it was taken for an old one.
    ///
    /// - Parameter kept: the run whose directory stays.
    func loseRuns(besides kept: BatchID? = nil) { applied = applied.filter { $0.key == kept } }

    /// What Terraform did of a batch that was left.
    func result(of batch: BatchID) -> ApplyResult? { applied[batch] }

    private func carryOut(_ stack: StackID, _ saved: SavedPlan) throws(StepFailure) -> ApplyResult {
        if refusesApply { throw StepFailure(Sentence("execution.planFailed", saved.path)) }
        guard let plan = plans[saved.path], var double = stacks[stack] else {
            throw StepFailure(Sentence("execution.planFailed", saved.path))
        }
        var part = guestPool(of: stack.cluster)
        let before = part.guests
        let earlierReboots = pool.reboots.count
        let busy = Set(busyLocks.filter { $0.value > 0 }.keys)
        let lockFailure: TerraformDouble.Failure = lockLeavesGuest ? .halfDone : .refused
        let failures = failures.merging(busy.map { ($0, lockFailure) }) { first, _ in first }
        guard let result = double.apply(plan, to: &part, failing: { failures[$0] }) else {
            throw StepFailure(Sentence("execution.planFailed", saved.path))
        }
        put(part, of: stack.cluster)
        keep(double, of: stack)
        let gone = before.filter { part.guests[$0.key] == nil }.sorted { $0.key < $1.key }
        destroyed += gone.map { $0.key.place(in: stack.cluster) }
        ended += gone.map(\.value)
        if let announcedReboots {
            unannouncedReboots += pool.reboots.dropFirst(earlierReboots).filter { !announcedReboots.contains($0) }
        }
        var answer = ApplyResult(completed: result.completed)
        if erroredStates[stack] != nil { answer.general = [Self.noRoom] }
        for server in result.errored {
            let retry: StepFailure.Retry = busy.contains(server) ? .afterLock : .never
            answer.errored[server] = StepFailure(Sentence("execution.noEvent", server.text), retry: retry)
            self.failures[server] = nil
            busyLocks[server]? -= 1
        }
        interrupt(at: .applied)
        return answer
    }

    func stateCommand(_ stack: StackID, _ body: @Sendable (inout TerraformDouble) -> Void) throws(StepFailure) {
        try spend()
        try demand(.state)
        body(&stacks[stack, default: TerraformDouble()])
    }

    func importGuest(_ stack: StackID, _ guest: GuestReference, as server: ServerName) throws(StepFailure) {
        try spend()
        if let importFailure { throw importFailure }
        let part = guestPool(of: stack.cluster)
        guard stacks[stack, default: TerraformDouble()].importGuest(guest.vmid, as: server, from: part) else {
            throw StepFailure(Sentence("execution.planFailed", server.text))
        }
    }

    // MARK: Journal

    /// A call of which nothing is kept.
    func call() throws(StepFailure) { try spend() }

    func begin(_ intent: BatchIntent) throws(StepFailure) -> BatchID {
        try spend()
        counter += 1
        let id = BatchID(rawValue: String(counter))
        journal.append(
            OpenBatch(
                id: id, run: presentRun ?? RunID(rawValue: "none"), intent: intent, phase: .intent, openedAt: now))
        return id
    }

    func leaveUnreadable(_ step: StepID, in batch: BatchID) {
        guard let index = journal.firstIndex(where: { $0.id == batch }) else { return }
        journal[index].unreadable.append(step)
    }

    func advance(_ batch: BatchID, to phase: BatchPhase) throws(StepFailure) {
        try spend()
        guard let index = journal.firstIndex(where: { $0.id == batch }) else { return }
        journal[index].phase = max(phase, journal[index].phase)
    }

    func note(backup volume: String, of batch: BatchID) throws(StepFailure) {
        try spend()
        for index in journal.indices where journal[index].id == batch { journal[index].backup = volume }
    }

    func close(_ batch: BatchID, outcomes: [StepID: StepOutcome]) throws(StepFailure) {
        try spend()
        closed[batch] = outcomes
    }

    var openBatches: [OpenBatch] {
        journal.filter { closed[$0.id] == nil }.map { batch in
            var batch = batch
            batch.owner = owner
            return batch
        }
    }

    func endRun(_ run: RunID) throws(StepFailure) {
        try spend()
        presentRun = nil
        if !openBatches.contains(where: { $0.run == run }) { openRuns.removeAll { $0 == run } }
    }

    func endInterruptedRuns() throws(StepFailure) -> [RunID] {
        try spend()
        let busy = Set(openBatches.map(\.run))
        let ended = openRuns.filter { !busy.contains($0) }
        openRuns.removeAll { ended.contains($0) }
        return ended
    }

    func nextRun() -> RunID {
        counter += 1
        let run = RunID(rawValue: String(counter))
        presentRun = run
        openRuns.append(run)
        return run
    }

    func tick(_ span: Duration) { now = now + span }
}
