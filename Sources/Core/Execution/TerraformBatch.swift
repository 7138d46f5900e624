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
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        guard let verb = steps.first?.action.verb else { return [:] }
        var (items, outcomes) = await lookAgain(steps.map(BatchItem.init))
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let settled = await work.run(items.map(\.step), verb: verb) { batch, previous in
            for index in items.indices { items[index].previousEntry = previous[items[index].server] }
            return await carryOut(items, batch: batch)
        }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }

    /// Reads again what the steps rely on, and sets aside those for which it no longer holds.
    private func lookAgain(_ items: [BatchItem]) async -> ([BatchItem], [StepID: StepOutcome]) {
        var now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.vmid)))
        let namesakes = BatchRecheck.namesakes(of: items, in: now).subtracting(now.details.keys)
        if !namesakes.isEmpty { now = await ports.inventory.detailed(now, guests: namesakes) }
        var outcomes: [StepID: StepOutcome] = [:]
        var kept: [BatchItem] = []
        for var item in items {
            if let refusal = BatchRecheck(inventory: now).refusal(of: item) {
                outcomes[item.step.id] = refusal
                continue
            }
            if let guest = now.guest(item.vmid), let planned = item.plannedGuest {
                item.guestNow = guest.reference(as: planned)
                item.isRunning = guest.status != .stopped
            }
            kept.append(item)
        }
        return (kept, outcomes)
    }

    private func carryOut(_ items: [BatchItem], batch: BatchID) async -> [StepID: StepOutcome] {
        do throws(StepFailure) {
            let entries = items.compactMap { item in item.entry.map { (item.server, $0) } }
            if !entries.isEmpty {
                try await session.writeEntries(Dictionary(entries) { first, _ in first })
                try await ports.journal.advance(batch, to: .tfvarsWritten)
            }
            let scoped = await ScopedPlan.settle(items, session: session)
            var outcomes = scoped.outcomes
            try await restore(items.filter { scoped.outcomes[$0.step.id] != nil })
            guard let plan = scoped.plan else { return outcomes }
            try await ports.journal.advance(batch, to: .planned)
            let applied = await apply(plan, to: scoped.items, batch: batch)
            outcomes.merge(applied) { first, _ in first }
            return outcomes
        } catch {
            // Nothing was applied on this path: the entries go back to what they were.
            do throws(StepFailure) {
                try await restore(items)
                return items.map(\.step).outcomes(.failed(error))
            } catch {
                return items.map(\.step).outcomes(.failed(error))
            }
        }
    }

    /// Guests that are shut down for it and are still there afterwards get their power back, however it ends.
    private func apply(_ plan: SavedPlan, to items: [BatchItem], batch: BatchID) async -> [StepID: StepOutcome] {
        let power = PowerLoan(stack: stack, ports: ports)
        let failures = await power.shutDown(items)
        var outcomes = await apply(plan, to: items, thatStay: failures, batch: batch)
        outcomes.merge(failures) { _, failure in failure }
        await power.giveBack(to: items, &outcomes)
        return outcomes
    }

    private func apply(
        _ plan: SavedPlan, to items: [BatchItem], thatStay failures: [StepID: StepOutcome], batch: BatchID
    ) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        var items = items
        var plan = plan
        if !failures.isEmpty {
            items.removeAll { failures[$0.step.id] != nil }
            // The saved plan still names the guests that would not stop; another one must not.
            await session.discard(plan)
            let again = await ScopedPlan.settle(items, session: session)
            outcomes.merge(again.outcomes) { first, _ in first }
            guard let smaller = again.plan else { return outcomes }
            plan = smaller
            items = again.items
        }
        do throws(StepFailure) {
            try await ports.journal.advance(batch, to: .applying)
            let ids = Dictionary(items.map { ($0.server, $0.step.id) }) { first, _ in first }
            let report = report
            let result = try await session.apply(plan, batch: batch) { event in
                if case .progressed(let server, let seconds) = event, let id = ids[server] {
                    report(.progressed(id, seconds: seconds))
                }
            }
            await session.discard(plan)
            try await ports.journal.advance(batch, to: .applied)
            let settlement = BatchSettlement(stack: stack, session: session, ports: ports)
            outcomes.merge(await settlement.settle(items, result)) { first, _ in first }
        } catch {
            await session.discard(plan)
            for item in items where outcomes[item.step.id] == nil { outcomes[item.step.id] = .failed(error) }
        }
        return outcomes
    }

    private func restore(_ items: [BatchItem]) async throws(StepFailure) {
        let texts = items.filter { $0.entry != nil }.map { ($0.server, $0.previousEntry) }
        if !texts.isEmpty { try await session.restoreEntries(Dictionary(texts) { first, _ in first }) }
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

    init(_ step: Step) {
        self.step = step
        server = step.server
    }

    var vmid: VMID {
        switch step.action {
        case .create(let creation), .recreate(let creation): creation.configuration.birth.vmid
        case .update(let change): change.guest.vmid
        case .destroy(let removal): removal.guest.vmid
        case .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register, .updateRegistration,
            .unregister:
            preconditionFailure("\(step.id) is no step of a Terraform batch")
        }
    }

    /// What its tfvars entry becomes before the plan; nil: it stays, because only a guest proven gone loses its key.
    var entry: ServerConfiguration? {
        switch step.action {
        case .create(let creation), .recreate(let creation): creation.configuration
        case .update(let change): change.configuration
        case .destroy, .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    /// The guest that the plan was about; nil for a server that has none yet.
    var plannedGuest: GuestReference? {
        switch step.action {
        case .update(let change): change.guest
        case .destroy(let removal): removal.guest
        case .create, .recreate, .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    var isRemoval: Bool { step.action.verb == .destroy }
}
