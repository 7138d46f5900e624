import Model
import Planning

/// Carries a plan out: stacks side by side, and in each stack one batch after another.
///
/// It must not decide anything: what to do, and whether it may be done, is in the plan. What it adds are checks just
/// before acting, which can only say no, and the undoing of what failed.
package struct PlanExecutor: Sendable {
    let ports: ExecutionPorts
    private let turns: TurnKeeper

    /// - Parameter stacksAtOnce: how many stacks are worked on at a time. A Terraform takes one to two hundred
    ///   megabytes, and waits for Proxmox most of its time.
    package init(ports: ExecutionPorts, stacksAtOnce: Int = 8) {
        self.ports = ports
        turns = TurnKeeper(atMost: stacksAtOnce)
    }

    /// - Parameters:
    ///   - shouldStop: asked between batches; once it says yes, no further batch begins. What runs is never cut off.
    ///   - report: called as steps begin and end, from any task.
    /// - Returns: the outcome of every step of the plan.
    package func execute(
        _ plan: Plan, shouldStop: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (ExecutionEvent) -> Void = { _ in }
    ) async -> [StepID: StepOutcome] {
        let isOver: @Sendable () -> Bool = { Task.isCancelled || shouldStop() }
        let board = OutcomeBoard()
        let plan = plan.closed
        var held = Self.notAllowed(plan)
        held.merge(Self.withoutPredecessor(plan)) { first, _ in first }
        await board.settle(held)
        let allowed = plan.steps.filter { held[$0.id] == nil }
        let gate = DisruptionGate(ports: ports, disruptions: plan.disruptions ?? [])
        await withTaskGroup(of: Void.self) { group in
            for (place, steps) in Self.byPlace(allowed) {
                group.addTask {
                    await self.execute(steps, at: place, gate: gate, board: board, isOver: isOver, report: report)
                }
            }
        }
        return await board.outcomes
    }

    /// Where steps are carried out one batch after another.
    private enum Place: Hashable {
        case stack(StackID)
        case registry

        var text: String {
            switch self {
            case .stack(let stack): stack.description
            case .registry: "registry"
            }
        }
    }

    private static func byPlace(_ steps: [Step]) -> [(Place, [Step])] {
        var order: [Place] = []
        var stepsOf: [Place: [Step]] = [:]
        for step in steps {
            let place: Place
            if case .server(_, let stack) = step.subject, step.action.stage != .registry {
                place = .stack(stack)
            } else {
                place = .registry
            }
            if stepsOf[place] == nil { order.append(place) }
            stepsOf[place, default: []].append(step)
        }
        return order.map { ($0, stepsOf[$0] ?? []) }
    }

    private static func notAllowed(_ plan: Plan) -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in plan.steps {
            switch step.disposition {
            case .ready: break
            case .needsApproval(let reason), .blocked(let reason), .waiting(let reason):
                outcomes[step.id] = .skipped(reason)
            }
        }
        return outcomes
    }

    /// Steps that come after one that is not in the plan, or change places with one: nobody would ever say that it was
    /// done.
    private static func withoutPredecessor(_ plan: Plan) -> [StepID: StepOutcome] {
        let all = Set(plan.steps.map(\.id))
        var held: [StepID: StepOutcome] = [:]
        for step in plan.steps {
            let needed = step.after + (step.exchangesWith ?? [])
            guard let missing = needed.first(where: { !all.contains($0) }) else { continue }
            held[step.id] = .skipped(Sentence("execution.afterMissing", missing.rawValue))
        }
        return held
    }

    /// Runs the steps of one place: again and again the earliest stage of those steps that nothing holds back.
    private func execute(
        _ steps: [Step], at place: Place, gate: DisruptionGate, board: OutcomeBoard,
        isOver: @escaping @Sendable () -> Bool, report: @escaping @Sendable (ExecutionEvent) -> Void
    ) async {
        var remaining = steps
        var retries = RetryBook(seed: ports.pace.seed, place: place.text)
        while !remaining.isEmpty {
            let outcomes = await board.outcomes
            let heldBack = Self.heldBack(remaining, by: outcomes)
            if !heldBack.isEmpty {
                await settle(heldBack, on: board, report: report)
                remaining.removeAll { heldBack[$0.id] != nil }
                continue
            }
            let free = remaining.filter { step in
                step.after.allSatisfy { outcomes[$0] != nil } && (step.behind ?? []).allSatisfy { outcomes[$0] != nil }
            }
            let now = ports.pace.now()
            let due = free.filter { retries.isDue($0.id, at: now) }
            guard let stage = due.map(\.action.stage).min() else {
                if isOver() { break }
                if let next = retries.nextDue(of: free) {
                    // In short naps, so that a run that is asked to stop does not sleep on.
                    await ports.pace.sleep(min(next - now, .seconds(1)))
                } else {
                    await board.settled(beyond: outcomes.count)
                }
                continue
            }
            let batch = due.filter { $0.action.stage == stage }
            let work = { (turn: HeldTurn?) async -> [StepID: StepOutcome]? in
                if isOver() { return nil }
                for step in batch { report(.began(step.id)) }
                var refusals = await ports.orders.objections(to: batch)
                refusals.merge(await gate.admit(batch.filter { refusals[$0.id] == nil })) { first, _ in first }
                let alone = batch.leftAlone(by: refusals)
                await gate.release(batch.filter { alone[$0.id] != nil })
                refusals.merge(alone) { first, _ in first }
                let rest = batch.filter { refusals[$0.id] == nil }
                guard !rest.isEmpty else { return refusals }
                let held = refusals
                let outcomes = await run(rest, of: stage, at: place, turn, gate: gate, isOver: isOver, report: report)
                await gate.release(rest)
                return outcomes.merging(held) { first, _ in first }
            }
            // A batch never waits for another one's end, nor for a lane, while it has a turn, so that turns always come
            // free. The registry's are short, and others wait for them.
            let ended = if case .stack = place { await turns.inTurn(work) } else { await work(nil) }
            guard var ended else { break }
            for coming in retries.takeBack(from: &ended, of: batch, at: ports.pace.now()) { report(.retrying(coming)) }
            await settle(ended, on: board, report: report)
            remaining.removeAll { ended[$0.id] != nil }
        }
        let cancelled = remaining.map {
            ($0.id, retries.lastWord(on: $0.id) ?? .skipped(Sentence("execution.cancelled")))
        }
        await settle(Dictionary(cancelled) { first, _ in first }, on: board, report: report)
    }

    /// Steps that come after one that did not succeed, or change places with one.
    private static func heldBack(_ steps: [Step], by outcomes: [StepID: StepOutcome]) -> [StepID: StepOutcome] {
        var held = steps.leftAlone(by: outcomes)
        for step in steps {
            let culprit = step.after.first { id in outcomes[id].map { $0 != .done } ?? false }
            if let culprit { held[step.id] = .skipped(Sentence("execution.afterFailed", culprit.rawValue)) }
        }
        return held
    }

    private func settle(
        _ outcomes: [StepID: StepOutcome], on board: OutcomeBoard, report: @Sendable (ExecutionEvent) -> Void
    ) async {
        for (id, outcome) in outcomes.sorted(by: { $0.key < $1.key }) { report(.ended(id, outcome)) }
        await board.settle(outcomes)
    }

    private func run(
        _ batch: [Step], of stage: ExecutionStage, at place: Place, _ turn: HeldTurn?, gate: DisruptionGate,
        isOver: @escaping @Sendable () -> Bool, report: @escaping @Sendable (ExecutionEvent) -> Void
    ) async -> [StepID: StepOutcome] {
        var ports = ports
        if let turn {
            let steps = batch.map(\.id)
            let teller = WaitTeller { report(.waiting(steps, $0)) }
            ports.lanes = TurnlessWaiting(base: ports.lanes, turn: turn, teller: teller)
            ports.provisioner = TurnlessOpening(base: ports.provisioner, turn: turn, teller: teller)
        }
        switch place {
        case .registry: return await RegistryBatch(ports: ports).run(batch)
        case .stack(let stack):
            return await StackBatch(stack: stack, ports: ports, gate: gate, isOver: isOver, report: report)
                .run(batch, of: stage)
        }
    }
}

extension Plan {
    /// The same plan, whose steps wait behind steps of it alone: that of another one is no matter of turns.
    fileprivate var closed: Plan {
        let all = Set(steps.map(\.id))
        var plan = self
        for index in plan.steps.indices { plan.steps[index].behind?.removeAll { !all.contains($0) } }
        return plan
    }
}

/// Everything that execution needs of the world.
package struct ExecutionPorts: Sendable {
    package var inventory: any GuestInventory
    package var power: any GuestPower
    package var backup: any GuestBackup
    package var provisioner: any Provisioner
    package var journal: any BatchJournal
    package var records: any RecordKeeper
    package var lanes: any LaneKeeper
    package var orders: any StandingOrders = NoOrders()
    package var pace: Pace

    package init(
        inventory: any GuestInventory, power: any GuestPower, backup: any GuestBackup, provisioner: any Provisioner,
        journal: any BatchJournal, records: any RecordKeeper, lanes: any LaneKeeper = OpenLanes(),
        pace: Pace = .virtual()
    ) {
        self.inventory = inventory
        self.power = power
        self.backup = backup
        self.provisioner = provisioner
        self.journal = journal
        self.records = records
        self.lanes = lanes
        self.pace = pace
    }
}

package enum ExecutionEvent: Sendable, Hashable {
    case began(StepID)
    /// Terraform still works on it.
    case progressed(StepID, seconds: Int)
    /// Its guest was backed up to that volume, before anything of it ends.
    case backedUp(StepID, volume: String)
    /// These wait for another process, which the sentence names.
    case waiting([StepID], Sentence)
    /// It failed because of a lock, and is tried again at that moment.
    case retrying(ComingTry)
    case ended(StepID, StepOutcome)
}

/// The order of work inside one place.
package enum ExecutionStage: Int, Comparable, Sendable {
    case registry, letGo, take, entries, create, update, power, restart, destroy, rebuild

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

extension Action {
    package var stage: ExecutionStage {
        switch self {
        case .rename, .record, .retire, .register, .updateRegistration, .unregister: .registry
        case .forget, .untaint: .letGo
        case .move, .adopt: .take
        case .repairEntry: .entries
        case .create, .recreate: .create
        case .update: .update
        case .power: .power
        case .restart: .restart
        case .destroy: .destroy
        case .rebuild: .rebuild
        }
    }
}
