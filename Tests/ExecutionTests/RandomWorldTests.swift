import Execution
import Glibc
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Properties that hold in every world. A failure names the seed; `PLUMB_WORLDS` says how many worlds, `PLUMB_SEED` the
/// first seed.
@Suite struct RandomWorldTests {
    @Test("in every random world Plumb converges, and touches nothing that nobody named")
    func everyWorldConverges() async throws {
        let worlds = Int(Environment["PLUMB_WORLDS"] ?? "") ?? 10_000
        let first = UInt64(Environment["PLUMB_SEED"] ?? "") ?? 1
        let lanes = 2
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    for index in stride(from: lane, to: worlds, by: lanes) {
                        var run = RandomRun(seed: first + UInt64(index), tally: tally)
                        try await run.run()
                        if (index + 1).isMultiple(of: 10_000) {
                            print("world \(index + 1) of \(worlds)")
                            fflush(nil)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        print("\(worlds) random worlds from seed \(first): \(tally.text)")
        print("unintended destroys \(tally["unintended destroy"]) of \(tally["guest destroyed"])")
        // Each of these is something that the worlds are there to bring about.
        let verbs = ["create", "update", "destroy", "adopt", "rebuild", "start", "stop"]
        let ofEachType = GuestType.allCases.flatMap { type in verbs.map { "\(type.rawValue) \($0) done" } }
        for what in ofEachType + [
            "create done", "update done", "destroy done", "destroy failed", "create failed", "recreate done",
            "adopt done", "move done", "rename done",
            "untaint done", "forget done", "restart done", "restart failed", "recovered restart done", "bounded",
            "rebuild done", "rebuild failed", "recovered rebuild not done",
            "start done", "stop done", "crash", "offline", "broken",
            "went down late", "stopped by hand", "made anew unmarked",
            "in the place of one that was to end",
            "started by hand", "end of who was started", "update stale", "reboot",
            "open batch", "crash in recovery", "recovered create done", "recovered create not done",
            "recovered destroy done", "recovered destroy not done", "recovered update done",
            "register done", "reregister done", "unregister done", "rest plan.hasDatabases",
            "rest plan.hostsDatabaseServer", "rest plan.inUse", "observed", "released",
            "no given", "no given meanwhile", "step held by a no", "step held by a no meanwhile", "no taken back",
            "no taken back in part", "end beside a twin", "restart beside a twin",
            "too few said yes",
        ]
        where worlds >= 1000 {
            #expect(tally[what] > 0, "no world brought about: \(what)")
        }
        // The first some six times in ten thousand.
        let rare = [
            "recovered rebuild done", "budgets of two clusters spent", "rest plan.budgetPerDay",
            "rest plan.budgetPerDayNever",
        ]
        for what in rare where worlds >= 10_000 {
            #expect(tally[what] > 0, "no world brought about: \(what)")
        }
        for fault in ListingFault.allCases {
            for moment in ListingMoment.allCases where worlds >= 1000 {
                let count = tally["\(fault.rawValue) in \(moment.rawValue)"]
                #expect(count >= worlds / 200, "\(fault) in \(moment) only \(count) times")
            }
        }
    }
}

/// One world from its birth to its rest.
struct RandomRun {
    let seed: UInt64
    let tally: Tally
    let world: World
    let reconciler: Reconciler
    var fleet: RandomFleet
    /// Guests that the present plan rebuilds.
    private var rebuilt: Set<VMID> = []
    /// The marks of the guests that it removes or rebuilds.
    var endedMarks: Set<String> = []
    /// Guests that somebody stopped, and those that went down long after Plumb had asked them to, each as it was.
    var stoppedByHand: [VMID: String] = [:]
    var wentDownLate: [VMID: String] = [:]
    /// Guests of others that took the place of guests without their mark, as they were made.
    private var replaced: [VMID: GuestPool.PooledGuest] = [:]

    init(seed: UInt64, tally: Tally) {
        self.seed = seed
        self.tally = tally
        fleet = RandomFleet(seed: seed)
        let world = World(markSeed: seed, handmade: Handmade.all, twinStrangers: fleet.twinStrangers)
        self.world = world
        let ports = ExecutionPorts(world)
        let start = Timestamp(seconds: 1_790_000_000)
        reconciler = Reconciler(ports: ports, stacks: world, ledger: world, clock: { start }, pause: {})
    }

    mutating func run() async throws {
        try await converge("birth")
        if fleet.giveCores() { try await applyOnce() }
        fleet.edit()
        fleet.breakSometimes()
        try await sufferOnePass()
        fleet.desired.completeness = .complete
        try await thinkAgain()
        try await goDownLate()
        await world.edit { world in
            world.offline = []
            world.failures = [:]
            world.busyLocks = [:]
            world.callsUntilCrash = nil
            world.terraformOutlivesCrash = false
            world.deaf = []
            world.unstartable = []
            world.unlockAll()
        }
        try await recover()
        await checkRivals()
        await takeRivalsAway()
        try await runWaitingRemovals()
        try await settleNoes()
        try await converge("recovery")
        try await checkRest()
        try await checkOwedStarts()
    }

    /// A calm pass with every approval: what it writes into running guests waits for their restart from then on.
    private mutating func applyOnce() async throws {
        var pass = try await reconciler.plan(fleet.desired, by: "test")
        pass = try await agree(to: pass)
        await watch(pass)
        tally.count(try await reconciler.apply(pass, by: "test").outcomes, of: pass.plan)
        await checkPower()
    }

    /// One pass while things go wrong: accidents before it, failing providers and perhaps a crash within it.
    private mutating func sufferOnePass() async throws {
        let accidents = fleet.accidents()
        let failures = fleet.failures()
        // In every fourth world a lock is to blame, so that each of these is tried again in the same run.
        let busyLocks = seed % 4 == 0 ? failures.mapValues { _ in 1 } : [:]
        let crash = fleet.crash()
        let offline = fleet.offlineNode().map { Set([$0]) } ?? []
        let approves = fleet.approves()
        let stubborn = fleet.stubborn()
        let faultyListings = fleet.listingFaults(in: 0.25)
        let starts = fleet.startsByHand()
        stoppedByHand = await world.edit { world in
            world.now = world.now + .seconds(600)
            let ran = world.pool.guests.filter { $0.value.isRunning }
            world.happen(accidents)
            let owned = Set(world.recorded.servers.filter(\.wasStarted).map(\.place))
            return world.pool.guests.filter { vmid, guest in
                ran[vmid] != nil && !guest.isRunning && owned.contains(vmid)
            }.mapValues { $0.settings.description ?? "" }
        }
        await world.edit { world in
            world.listingFaults = faultyListings
            world.failures = failures
            world.busyLocks = busyLocks
            world.offline = offline
            world.turnStubborn(stubborn)
        }
        let before = await snapshot()
        do throws(StepFailure) {
            let request = PlanRequest(rebuilds: fleet.rebuilds())
            var pass = try await reconciler.plan(fleet.desired, request: request, by: "test")
            check(pass)
            if try await sayNo(to: pass) {
                pass = try await reconciler.plan(fleet.desired, request: request, by: "test")
                check(pass)
            }
            pass = try await agree(to: pass, isEnough: approves)
            await watch(pass)
            await world.startSome(starts)
            let outlives = fleet.terraformOutlivesCrash()
            await countListingFaults()
            let faultyLooks = fleet.listingFaults(in: 0.5)
            await world.edit { world in
                world.listingFaults = faultyLooks
                world.listingMoment = .recheck
                world.callsUntilCrash = crash
                world.terraformOutlivesCrash = crash != nil && outlives
            }
            await replaceEnding(in: pass)
            let rivals = await replaceUnmarked(in: pass)
            defer { replaced = rivals }
            await sayNoMeanwhile(to: pass)
            let applied = try await carryOut(pass)
            tally.count(applied.outcomes, of: pass.plan)
            await checkOutcomes(applied.outcomes, of: pass.plan)
            countRefusedEnds(applied.outcomes)
            if pass.plan.steps.contains(where: { $0.behind != nil }) { tally.count("bounded") }
        } catch {
            // The crash struck outside a step; what it left is what the next pass finds.
        }
        await checkPower()
        await checkReplaced()
        await checkRivals()
        await countStartsByHand()
        await countListingFaults()
        await checkNothingDangles()
        if await world.edit({ $0.callsUntilCrash == 0 }) { tally.count("crash") }
        if !offline.isEmpty { tally.count("offline") }
        if fleet.desired.completeness != .complete { tally.count("broken") }
        if fleet.desired.servers.contains(where: { $0.manage == .observe }) { tally.count("observed") }
        try await checkNothingElseTouched(since: before, isAgreed: approves)
    }

    /// The next start: perhaps killed itself, and then once more.
    private mutating func recover() async throws {
        let open = await world.openBatches
        let destroyed = await world.destroyed.count
        if !open.isEmpty { tally.count("open batch") }
        for batch in open { tally.count("open \(batch.intent.verb.rawValue) \(batch.phase.rawValue)") }
        let crash = fleet.crash()
        let faultyLooks = fleet.listingFaults(in: 0.7)
        await world.edit { world in
            world.callsUntilCrash = crash
            world.listingFaults = faultyLooks
            world.listingMoment = .recovery
        }
        do throws(StepFailure) { _ = try await reconciler.recover() } catch {}
        await countListingFaults()
        if !open.isEmpty, await world.edit({ $0.callsUntilCrash == 0 }) { tally.count("crash in recovery") }
        await world.edit { $0.callsUntilCrash = nil }
        let recovery = try await reconciler.recover()
        #expect(await world.destroyed.count == destroyed, "seed \(seed): recovery destroyed a guest")
        #expect(recovery.stillOpen.isEmpty, "seed \(seed): \(recovery.stillOpen.map(\.end))")
        #expect(await world.openBatches.isEmpty, "seed \(seed): a batch stays open")
        #expect(await world.openRuns.isEmpty, "seed \(seed): a run stays open")
        await checkJournal(of: open)
    }

    /// What the journal says of the batches that were open is what is there.
    private func checkJournal(of batches: [OpenBatch]) async {
        let (closed, stacks, pool, recorded) = await world.edit { ($0.closed, $0.stacks, $0.pool, $0.recorded) }
        for batch in batches {
            let outcomes = closed[batch.id] ?? [:]
            let cluster = batch.intent.stack.cluster
            let double = stacks[batch.intent.stack] ?? TerraformDouble()
            for entry in batch.intent.steps {
                let isDone = outcomes[entry.step.id] == .done
                #expect(outcomes[entry.step.id] != nil, "seed \(seed): no outcome of \(entry.step.id)")
                tally.count("recovered \(entry.step.action.verb.rawValue) \(isDone ? "done" : "not done")")
                guard case .server(let server, _) = entry.step.subject else { continue }
                let row = recorded.servers.first { $0.name == server }
                switch entry.step.action {
                case .create(let creation), .recreate(let creation):
                    let place = creation.configuration.birth.vmid.place(in: cluster)
                    let lives = pool.guests[place]?.settings.description?.contains(creation.mark.id) ?? false
                    if isDone {
                        #expect(
                            lives && row != nil && double.resources[server] != nil, "seed \(seed): \(entry.step.id)")
                    } else if !lives, entry.previousEntry == nil, double.resources[server] == nil {
                        #expect(double.entries[server] == nil, "seed \(seed): \(server) kept its entry")
                    }
                case .destroy(let removal):
                    if isDone {
                        let isGone = pool.guests[removal.guest.place] == nil && row == nil
                        #expect(isGone && double.entries[server] == nil, "seed \(seed): \(entry.step.id)")
                    } else if entry.wasRunning, let guest = pool.guests[removal.guest.place] {
                        #expect(guest.isRunning || batch.phase < .planned, "seed \(seed): \(server) lost its power")
                    }
                case .move(let move):
                    if isDone, let former = move.formerName {
                        let isLeft =
                            stacks[move.from]?.entries[former] != nil
                            || recorded.servers.contains { $0.name == former }
                        #expect(row?.mark == move.record.mark && !isLeft, "seed \(seed): \(entry.step.id)")
                    }
                case .restart(let restart):
                    // Nobody who was shut down for it stays down, unless it cannot start.
                    let guest = pool.guests[restart.guest.place]
                    let isOwed = row.map { $0.owedStart != nil } ?? true
                    #expect(guest?.isRunning ?? true || isOwed, "seed \(seed): \(server) stays down")
                case .rebuild(let rebuild):
                    checkRebuild(rebuild, of: server, isDone: isDone, entry, batch, pool, row, double)
                case .update, .adopt, .untaint, .rename, .forget, .power, .repairEntry, .record, .retire, .register,
                    .updateRegistration, .unregister:
                    break
                }
                // A run by hand destroys what has no entry.
                if double.resources[server] != nil {
                    #expect(double.entries[server] != nil, "seed \(seed): \(server) has a resource and no entry")
                }
            }
        }
    }

    /// A rebuild that was cut off is finished, or its guest lives on with its power, or it is gone with its entry.
    private func checkRebuild(
        _ rebuild: Action.Rebuild, of server: ServerName, isDone: Bool, _ entry: BatchIntent.Entry, _ batch: OpenBatch,
        _ pool: GuestPool, _ row: RecordedServer?, _ double: TerraformDouble
    ) {
        let mark = rebuild.creation.mark.id
        let old = rebuild.removal.guest
        let new = rebuild.creation.configuration.birth.vmid.place(in: batch.intent.stack.cluster)
        if isDone {
            let lives = pool.guests[new]?.settings.description?.contains(mark) ?? false
            #expect(lives && row?.mark == mark && double.resources[server] != nil, "seed \(seed): \(entry.step.id)")
            return
        }
        guard let guest = pool.guests[old.place], let oldMark = old.mark?.id,
            guest.settings.description?.contains(oldMark) == true
        else { return }
        let isOwed = row.map { $0.owedStart != nil } ?? true
        #expect(
            !entry.wasRunning || guest.isRunning || isOwed || batch.phase < .planned,
            "seed \(seed): \(server) lost its power")
    }

    /// Lets the world note who is switched off beside too many others of the role, and who was announced to be.
    mutating func watch(_ pass: PlannedPass) async {
        let takers = pass.plan.steps.compactMap { step -> VMID? in
            switch step.action {
            case .destroy(let removal): removal.guest.place
            case .power(let change): change.target == .stopped ? change.guest.place : nil
            case .restart(let restart): restart.guest.place
            case .rebuild(let rebuild): rebuild.removal.guest.place
            case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .repairEntry, .record,
                .retire, .register, .updateRegistration, .unregister:
                nil
            }
        }
        let reboots = Set(pass.plan.steps.compactMap(\.rebootedGuest))
        rebuilt = Set(
            pass.plan.steps.compactMap { step in
                guard case .rebuild(let rebuild) = step.action, step.disposition == .ready else { return nil }
                return rebuild.removal.guest.place
            })
        endedMarks = Set(
            pass.plan.steps.compactMap { $0.disposition == .ready ? $0.endedGuest?.mark?.id : nil })
        let members = fleet.desired.servers.filter { $0.roles.contains("web") && $0.power != .stopped }
        let limit: Int? = fleet.desired.roles.first?.maxUnavailable.map {
            switch $0 {
            case .count(let count): count
            case .percent(let percent): max(1, members.count * percent / 100)
            }
        }
        let names = Set(members.map(\.name.text))
        let leaving = Set(
            pass.survey.recorded.servers.filter { row in
                row.roles.contains("web") && !fleet.desired.servers.contains { $0.name == row.name }
            }.map(\.place))
        await world.edit { world in
            let guests = world.pool.guests.filter { names.contains($0.value.name) && !$0.value.isTemplate }
            let members = Set(guests.keys)
            world.watchedNames = guests.mapValues(\.name)
            world.watched = (members.union(leaving), limit == nil ? [] : members, limit ?? 0)
            world.announced = Set(takers)
            world.announcedReboots = reboots
        }
    }

    /// Nothing is written onto somebody else's guest, whatever the plan knew of the one before it.
    private func checkReplaced() async {
        let guests = await world.edit { $0.pool.guests }
        for (vmid, var rival) in replaced {
            // A hand may have started it since.
            rival.isRunning = guests[vmid]?.isRunning ?? false
            rival.runningSettings = guests[vmid]?.runningSettings
            #expect(guests[vmid] == rival, "seed \(seed): \(vmid) was made anew by somebody, and was touched")
        }
    }

    private struct Snapshot {
        var strangers: [VMID: GuestPool.PooledGuest]
        var guests: [VMID: GuestPool.PooledGuest]
        var recorded: Recorded
        var stateOwners: [VMID: ServerName]
        var destroyedCount: Int
    }

    private func snapshot() async -> Snapshot {
        await world.edit { world in
            var owners: [VMID: ServerName] = [:]
            for (stack, double) in world.stacks {
                for resource in double.resources.values {
                    owners[resource.vmid.place(in: stack.cluster)] = resource.server
                }
            }
            return Snapshot(
                strangers: world.strangers, guests: world.pool.guests, recorded: world.recorded, stateOwners: owners,
                destroyedCount: world.destroyed.count)
        }
    }

    /// - Parameter isAgreed: whether as many as it takes said yes to every step that asks.
    private func checkNothingElseTouched(since before: Snapshot, isAgreed: Bool) async throws {
        let after = await snapshot()
        // Whoever is to be taken in is a stranger no longer.
        let adopted = Set(fleet.desired.servers.filter { $0.manage == .full && $0.adopt }.compactMap(\.place))
        // A clone whose birth broke off is not tagged yet, and bears our mark.
        let strangers = before.strangers.filter {
            !adopted.contains($0.key)
                && $0.value.settings.description.flatMap { OwnershipMark(readingDescription: $0) } == nil
        }
        #expect(
            after.strangers.filter { strangers[$0.key] != nil } == strangers, "seed \(seed): a stranger was touched")
        let declared = Set(fleet.desired.servers.map(\.name))
            .union(fleet.desired.servers.compactMap { $0.metadata.formerName.map { ServerName($0) } })
        let protected = Set(before.recorded.servers.filter(\.protect).map(\.name))
        let asks = fleet.desired.policies[0].apply != .auto
        let (numbers, guests) = await world.edit { ($0.destroyed, $0.ended) }
        checkBudgets(Array(numbers.dropFirst(before.destroyedCount)), of: numbers)
        for (vmid, guest) in zip(numbers, guests).dropFirst(before.destroyedCount) {
            tally.count("guest destroyed")
            if before.guests.haveTwin(of: vmid) { tally.count("end beside a twin") }
            let owner = before.stateOwners[vmid]
            var objections: [String] = []
            if !isAnnouncedEnd(of: guest) { objections.append("not the guest that was announced") }
            if !isAgreed, asks || rebuilt.contains(vmid) { objections.append("too few said yes") }
            if owner.map({ declared.contains($0) }) ?? true, !rebuilt.contains(vmid) {
                objections.append("declared, or of no state")
            }
            if owner.map({ protected.contains($0) }) ?? false { objections.append("protected") }
            if before.guests[vmid]?.settings.protection == true { objections.append("protected in Proxmox") }
            if fleet.desired.completeness != .complete { objections.append("the configuration is broken") }
            guard !objections.isEmpty else { continue }
            tally.count("unintended destroy")
            Issue.record("seed \(seed): destroyed \(owner?.text ?? "guest \(vmid)"): \(objections)")
        }
    }

    /// Passes with every approval until a plan has nothing that may run.
    mutating func converge(_ stage: String) async throws {
        var outcomes: [StepID: StepOutcome] = [:]
        for _ in 0..<8 {
            let before = await snapshot()
            var pass = try await reconciler.plan(fleet.desired, by: "test")
            check(pass)
            pass = try await agree(to: pass)
            guard pass.plan.steps.contains(where: { $0.disposition == .ready }) else { return }
            await watch(pass)
            let applied = try await carryOut(pass)
            tally.count(applied.outcomes, of: pass.plan)
            await checkOutcomes(applied.outcomes, of: pass.plan)
            await checkNothingDangles()
            await checkPower()
            outcomes = applied.outcomes
            for (step, outcome) in outcomes {
                if case .failed(let failure) = outcome {
                    Issue.record("seed \(seed), \(stage): \(step) failed: \(failure)")
                }
            }
            try await checkNothingElseTouched(since: before, isAgreed: true)
        }
        Issue.record("seed \(seed), \(stage): still to do after eight passes: \(outcomes)")
    }

    /// At rest every server that is declared and not held back lives exactly once, and nothing else bears our mark.
    private func checkRest() async throws {
        let pass = try await reconciler.plan(fleet.desired, by: "test")
        let heldBack = Set(
            pass.plan.findings.filter { $0.kind != .notice }.compactMap { finding -> ServerName? in
                if case .server(let name, _) = finding.subject { name } else { nil }
            }
                + pass.plan.steps.compactMap { step in
                    if case .server(let name, _) = step.subject { name } else { nil }
                })
        checkObstacles(pass.plan)
        let guests = await world.edit { $0.pool.guests }
        var marks: [ServerName: [VMID]] = [:]
        for (vmid, guest) in guests {
            guard let text = guest.settings.description, let mark = OwnershipMark(readingDescription: text) else {
                continue
            }
            marks[mark.server, default: []].append(vmid)
        }
        for (server, vmids) in marks {
            #expect(vmids.count == 1, "seed \(seed): \(server) lives \(vmids.count) times: \(vmids)")
        }
        for server in fleet.desired.servers where server.manage == .full && !heldBack.contains(server.name) {
            let isAtHome = marks[server.name, default: []].allSatisfy { $0.isPlace(in: server.cluster) }
            #expect(isAtHome, "seed \(seed): \(server.name) does not live in \(server.cluster)")
            #expect(marks[server.name] != nil, "seed \(seed): \(server.name) is declared and does not live")
        }
    }
}

enum Environment {
    static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
