import Model
import Planning

/// Steps of one kind through one saved plan: creates, updates or destroys, any number of them.
///
/// The numbered order of a batch is the architecture's: look again, journal, write tfvars, plan and hold the plan
/// against what was announced, apply that plan and nothing else, believe events and a live read, undo what failed.
struct TerraformBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    /// Who else may be down.
    let gate: DisruptionGate
    /// Whether the run was asked to stop: nobody waits for a lane then.
    let isOver: @Sendable () -> Bool
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        guard let verb = steps.first?.action.verb else { return [:] }
        var (items, outcomes) = await lookAgain(steps.map(BatchItem.init))
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let running = Set(items.filter(\.isRunning).map(\.server))
        let machines = items.reduce(into: [:]) { $0[$1.server] = $1.machineID }
        let settled = await work.run(
            items.map(\.step), verb: verb, running: running, machines: machines
        ) { batch, previous in
            for index in items.indices { items[index].previousEntry = previous[items[index].server] }
            return await carryOut(items, batch: batch)
        }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }

    /// Reads again what the steps rely on, and sets aside those for which it no longer holds, with those that change
    /// places with them.
    private func lookAgain(_ items: [BatchItem]) async -> ([BatchItem], [StepID: StepOutcome]) {
        var now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.vmid)))
        let namesakes = BatchRecheck.namesakes(of: items, in: now).subtracting(now.details.keys)
        if !namesakes.isEmpty { now = await ports.inventory.detailed(now, guests: namesakes) }
        let recheck = BatchRecheck(inventory: now, missed: await session.guestsMissed(by: now))
        var outcomes: [StepID: StepOutcome] = [:]
        var kept: [BatchItem] = []
        for var item in items {
            if let refusal = recheck.refusal(of: item) {
                outcomes[item.step.id] = refusal
                continue
            }
            item.note(now)
            if case .update(let change) = item.step.action {
                let effect = BatchRecheck(inventory: now).effectWhereItRuns(change, of: item.server)
                item.effectWhereItRuns = effect ?? .restart
            }
            kept.append(item)
        }
        let alone = kept.map(\.step).leftAlone(by: outcomes)
        outcomes.merge(alone) { first, _ in first }
        return (kept.filter { alone[$0.step.id] == nil }, outcomes)
    }

    private func carryOut(_ items: [BatchItem], batch: BatchID) async -> JournaledWork.End {
        do throws(StepFailure) {
            let entries = items.compactMap { item in item.entry.map { (item.server, $0) } }
            if !entries.isEmpty {
                try await session.writeEntries(Dictionary(entries) { first, _ in first })
                try await ports.journal.advance(batch, to: .tfvarsWritten)
            }
            let scoped = await ScopedPlan.settle(items, in: stack, session: session)
            try await session.restore(items.filter { scoped.outcomes[$0.step.id] != nil })
            guard let plan = scoped.plan else { return JournaledWork.End(scoped.outcomes) }
            try await ports.journal.advance(batch, to: .planned)
            var end = await apply(plan, to: scoped.items, batch: batch)
            end.outcomes.merge(scoped.outcomes) { applied, _ in applied }
            return end
        } catch {
            // Nothing was applied on this path: the entries go back to what they were.
            do throws(StepFailure) {
                try await session.restore(items)
                return JournaledWork.End(items.map(\.step).outcomes(.failed(error)))
            } catch {
                return JournaledWork.End(items.map(\.step).outcomes(.failed(error)))
            }
        }
    }

    /// Waits for the lanes of its guests, and carries the plan out in them.
    ///
    /// Guests that are shut down for it and are still there afterwards get their power back, however it ends; where
    /// Terraform still works on them, whoever finds out how it ended gives it back.
    private func apply(_ plan: SavedPlan, to items: [BatchItem], batch: BatchID) async -> JournaledWork.End {
        let taken: LaneTurn.Taken
        do throws(BatchStop) {
            let turn = LaneTurn(ports: ports, isOver: isOver)
            taken = try await turn.lanes(of: items, in: stack.cluster, for: batch)
        } catch {
            await session.discard(plan)
            return JournaledWork.End(await withdraw(items, error))
        }
        var setAside: [StepID: StepOutcome] = [:]
        // Where no mark says whose guest it is, the time that the plan took is too long as well.
        if taken.waited > LaneTurn.freshness || items.contains(where: \.updatesUnmarked) {
            setAside = await lookAgainAfterWaiting(items)
        }
        // The stack's lock, the plan and the lanes may have taken long.
        setAside.merge(await ports.orders.objections(to: items.steps(besides: setAside))) { first, _ in first }
        setAside.merge(await gate.admit(items.steps(besides: setAside))) { first, _ in first }
        try? await session.restore(items.filter { setAside[$0.step.id] != nil })
        let power = PowerLoan(stack: stack, ports: ports)
        let stopping = items.filter { setAside[$0.step.id] == nil }
        let shutdowns = await power.shutDown(stopping, atMost: taken.grant.width, by: gate)
        let asked = stopping.filter { shutdowns[$0.step.id]?.isAsked ?? false }
        setAside.merge(shutdowns.compactMapValues(\.obstacle)) { first, _ in first }
        let left = items.filter { setAside[$0.step.id] == nil }
        setAside.merge(await lastWords(on: left, afterLong: !shutdowns.isEmpty)) { first, _ in first }
        var end = await apply(plan, to: items, besides: setAside, in: taken.grant, batch: batch)
        end.outcomes.merge(setAside) { _, failure in failure }
        if !end.isLeft || end.hasEnded {
            let unpaid = await power.giveBack(to: asked, &end.outcomes, besides: end.reported)
            end.isLeft = end.isLeft || unpaid != nil
        }
        for item in asked { end.outcomes[item.step.id] = end.outcomes[item.step.id]?.heldAtShutdown(of: item) }
        return end
    }

    /// Beside what moved: the journal says of each guest that is to end whether it ran, and only that is given back.
    private func lookAgainAfterWaiting(_ items: [BatchItem]) async -> [StepID: StepOutcome] {
        var (fresh, refused) = await lookAgain(items.map { BatchItem($0.step) })
        let before = Dictionary(items.map { ($0.step.id, $0) }) { first, _ in first }
        fresh.removeAll { item in
            guard let old = before[item.step.id] else { return true }
            return !item.isRemoval || (item.isRunning == old.isRunning && item.guestNow == old.guestNow)
        }
        for item in fresh {
            refused[item.step.id] = .refused(Sentence("execution.powerMoved", String(item.vmid.rawValue)))
        }
        return refused
    }

    /// Takes back what was written for items that nothing is done for.
    private func withdraw(_ items: [BatchItem], _ stop: BatchStop) async -> [StepID: StepOutcome] {
        do throws(StepFailure) {
            try await session.restore(items)
            return items.map(\.step).outcomes(stop.outcome)
        } catch {
            return items.map(\.step).outcomes(.failed(error))
        }
    }

    /// What keeps items from being applied at the last moment: what their guests do by now, and what people say.
    ///
    /// - Parameter afterLong: whether people were last asked so long ago that they are asked again.
    private func lastWords(on items: [BatchItem], afterLong: Bool) async -> [StepID: StepOutcome] {
        var words = await LastLook(stack: stack, ports: ports).refusals(of: items)
        if afterLong {
            words.merge(await ports.orders.objections(to: items.steps(besides: words))) { first, _ in first }
        }
        return words
    }

    /// Plans again without those for whom nothing is done. That can take minutes too, a shutdown before it as well, so
    /// that whoever is left is looked at and asked about once more after it; every round has fewer of them.
    private func planAgain(_ items: [BatchItem], besides setAside: [StepID: StepOutcome]) async -> ScopedPlan {
        var items = items
        var refusals = setAside
        var outcomes: [StepID: StepOutcome] = [:]
        while true {
            let alone = items.map(\.step).leftAlone(by: refusals)
            refusals.merge(alone) { first, _ in first }
            outcomes.merge(alone) { first, _ in first }
            try? await session.restore(items.filter { refusals[$0.step.id] != nil })
            items.removeAll { refusals[$0.step.id] != nil }
            var scoped = await ScopedPlan.settle(items, in: stack, session: session)
            outcomes.merge(scoped.outcomes) { first, _ in first }
            scoped.outcomes = outcomes
            guard let plan = scoped.plan else { return scoped }
            refusals = await lastWords(on: scoped.items, afterLong: true)
            if refusals.isEmpty { return scoped }
            outcomes.merge(refusals) { first, _ in first }
            items = scoped.items
            await session.discard(plan)
        }
    }

    /// - Parameter setAside: the items that nothing is done for, after all.
    private func apply(
        _ plan: SavedPlan, to items: [BatchItem], besides setAside: [StepID: StepOutcome], in grant: LaneGrant,
        batch: BatchID
    ) async -> JournaledWork.End {
        var end = JournaledWork.End([:])
        var items = items
        var plan = plan
        if !setAside.isEmpty {
            // The saved plan still names the guests that must not be touched; another one must not.
            await session.discard(plan)
            let again = await planAgain(items, besides: setAside)
            end.outcomes.merge(again.outcomes) { first, _ in first }
            guard let smaller = again.plan else {
                await ports.lanes.giveBack(grant)
                return end
            }
            plan = smaller
            items = again.items
        }
        plan.width = grant.width
        do throws(StepFailure) {
            try await ports.journal.advance(batch, to: .applying)
            switch try await apply(plan, of: items, batch: batch) {
            case .left(let failure):
                // It works on, in its lanes, for as long as the batch is open.
                end.isLeft = true
                end.outcomes.merge(items.map(\.step).outcomes(.failed(failure))) { first, _ in first }
            case .ended(let result):
                // Before the settlement, which waits for lanes to start guests in.
                await ports.lanes.giveBack(grant)
                await session.discard(plan)
                end.reported = Set(result.completed)
                // What was done is settled also where that cannot be written down.
                try? await ports.journal.advance(batch, to: .applied)
                await settle(items, result, batch, into: &end)
            }
        } catch {
            // Nothing was applied: the entries go back to what they were, or the next plan finds them.
            await ports.lanes.giveBack(grant)
            await session.discard(plan)
            try? await session.restore(items)
            for item in items where end.outcomes[item.step.id] == nil { end.outcomes[item.step.id] = .failed(error) }
        }
        return end
    }

    /// Leaves the batch open where what came of it cannot be said yet.
    private func settle(
        _ items: [BatchItem], _ result: ApplyResult, _ batch: BatchID, into end: inout JournaledWork.End
    ) async {
        let outcomes: [StepID: StepOutcome]
        if let failure = await session.obstacleToSettling() {
            (end.isLeft, end.hasEnded) = (true, true)
            let unsettled = items.map { ($0.step.id, result.unsettled($0.server, because: failure)) }
            outcomes = Dictionary(unsettled) { first, _ in first }
        } else if let obstacle = await ports.obstacle(to: items, result, in: stack.cluster) {
            (end.isLeft, end.hasEnded) = (true, true)
            outcomes = items.map(\.step).outcomes(.failed(StepFailure(obstacle, retry: .after(seconds: 30))))
        } else {
            let settlement = BatchSettlement(stack: stack, session: session, ports: ports, batch: batch)
            outcomes = await settlement.settle(items, result)
            // Closed as failed, an end that was reported or seen would be in no day's budget, and its entry would stay
            // beside a state without it, for an apply by hand to make the server anew.
            if outcomes.values.contains(where: { $0.openEnd != nil }) { (end.isLeft, end.hasEnded) = (true, true) }
        }
        end.outcomes.merge(outcomes) { first, _ in first }
    }

    private func apply(_ plan: SavedPlan, of items: [BatchItem], batch: BatchID) async throws(StepFailure) -> ApplyEnd {
        let ids = Dictionary(items.map { ($0.server, $0.step.id) }) { first, _ in first }
        let report = report
        let journal = ports.journal
        return try await session.apply(plan, batch: batch) { program in
            // It is in the directory of its events too, where a later process finds it.
            try? await journal.record(program, of: batch)
        } onEvent: { event in
            if case .progressed(let server, let seconds) = event, let id = ids[server] {
                report(.progressed(id, seconds: seconds))
            }
        }
    }
}

/// Why a batch does not go on.
struct BatchStop: Error {
    let outcome: StepOutcome

    init(_ outcome: StepOutcome) { self.outcome = outcome }
}

extension StackSession {
    /// Puts the entries that a batch wrote back as they were.
    func restore(_ items: [BatchItem]) async throws(StepFailure) {
        let texts = items.filter { $0.entry != nil }.map { ($0.server, $0.previousEntry) }
        if !texts.isEmpty { try await restoreEntries(Dictionary(texts) { first, _ in first }) }
    }
}

/// One step of a batch, with what the batch needs of it.
struct BatchItem: Sendable {
    let step: Step
    let server: ServerName
    /// The text of its tfvars entry before the batch; nil: it had none.
    var previousEntry: String?
    /// The guest just before acting; nil for a server that has none yet.
    var guestNow: GuestReference?
    var isRunning = false
    /// What an update does to its guest where that runs; as much as could be, where that is not known.
    var effectWhereItRuns = RunningEffect.none
    /// Which machine the guest is; nil: not known.
    var machineID: String?
    /// What it has of cloud-init; false also where that is not known.
    var hasCloudInitDrive = false
    var hasAccount = false

    init(_ step: Step) {
        self.step = step
        server = step.server
    }

    var vmid: VMID {
        switch step.action {
        case .create(let creation), .recreate(let creation): creation.configuration.birth.vmid
        case .update(let change): change.guest.vmid
        case .destroy(let removal): removal.guest.vmid
        case .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record, .retire,
            .register,
            .updateRegistration,
            .unregister:
            preconditionFailure("\(step.id) is no step of a Terraform batch")
        }
    }

    /// What its tfvars entry becomes before the plan; nil: it stays, because only a guest proven gone loses its key.
    var entry: ServerConfiguration? {
        switch step.action {
        case .create(let creation), .recreate(let creation): creation.configuration
        case .update(let change): change.configuration
        case .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record,
            .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    /// The guest that the plan was about; nil for a server that has none yet.
    var plannedGuest: GuestReference? {
        switch step.action {
        case .update(let change): change.guest
        case .destroy(let removal): removal.guest
        case .create, .recreate, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry,
            .record, .retire,
            .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    /// Notes how the guest that the plan was about is just before acting.
    mutating func note(_ now: ClusterInventory) {
        guard let guest = now.guest(vmid), let planned = plannedGuest else { return }
        guestNow = guest.reference(as: planned)
        isRunning = guest.status != .stopped
        let found = now.details[vmid]?.value
        machineID = found?.machineID
        hasCloudInitDrive = found?.hasCloudInitDrive ?? false
        hasAccount = found?.hasAccount ?? false
    }

    var isRemoval: Bool { step.action.verb == .destroy }

    /// Whether it makes disks larger, or new ones.
    var changesDisks: Bool { !changedDisks.isEmpty }

    /// The interfaces of disks that it makes.
    var newDisks: Set<String> {
        Set(changedDisks.filter { $0.before == nil }.compactMap { SettingPath($0.path).key.map(String.init) })
    }

    /// What an update says of whole disks and of their sizes.
    private var changedDisks: [AttributeChange] {
        guard step.action.verb == .update else { return [] }
        return step.changes.filter { change in
            let path = SettingPath(change.path)
            return path.root == "disks" && (path.leaf == nil || path.leaf == "size")
        }
    }

    /// Whether its guest has still to be started for the first time, and stands.
    var wasNeverStarted: Bool {
        guard case .update(let change) = step.action else { return false }
        return !change.record.wasStarted && !isRunning
    }

    /// Whether it writes a mark onto a guest that bears none.
    var updatesUnmarked: Bool { step.action.verb == .update && plannedGuest?.mark == nil }

    /// Whether its VMID is another machine's by now, whatever mark that bears.
    func isAnotherMachine(in now: ClusterInventory) -> Bool {
        guard let machineID, let found = now.details[vmid]?.value?.machineID else { return false }
        return found != machineID
    }
}

extension [BatchItem] {
    /// The steps of those that nothing has been said against yet.
    fileprivate func steps(besides setAside: [StepID: StepOutcome]) -> [Step] {
        map(\.step).filter { setAside[$0.id] == nil }
    }
}

extension StepOutcome {
    /// What was said against an end when its guest had been shut down for it, as it is said then.
    fileprivate func heldAtShutdown(of item: BatchItem) -> StepOutcome {
        guard case .skipped(let reason) = self else { return self }
        return .skipped(
            Sentence("execution.heldAtShutdown", item.server.text, item.vmid.description, reason: reason))
    }

    /// What a refusal means that came between the shutdown of a guest and its end.
    func atShutdown(of vmid: VMID) -> StepOutcome {
        guard case .refused(let reason) = self else { return self }
        if reason.code == "execution.protected" {
            return .refused(Sentence("execution.protectedAtShutdown", vmid.description))
        }
        if reason.code == "execution.locked" {
            return .refused(Sentence("execution.lockedAtShutdown", reason.arguments))
        }
        // What cannot be seen is said as it is.
        let isAnother = [
            "execution.markMoved", "execution.guestIsAnother", "execution.guestGone", "execution.guestReplaced",
        ].contains(reason.code)
        return isAnother ? .refused(Sentence("execution.changedAtShutdown", vmid.description)) : self
    }
}
