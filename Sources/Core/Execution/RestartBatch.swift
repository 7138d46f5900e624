import Model
import Planning

/// Restarts guests so that they run with what is written in their configuration: a clean shutdown, a start, and a look
/// at what came of it. Power is never cut: a guest that does not shut down in its time runs on.
///
/// The stack's lock is held meanwhile, and the journal knows who was to be restarted, so that a guest which was shut down
/// by a Plumb that died is started by the next one.
struct RestartBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    let gate: DisruptionGate
    /// Whether the run was asked to stop: nobody waits for a lane then.
    let isOver: @Sendable () -> Bool

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        var kept: [Item] = []
        let lookedAt = ports.pace.now()
        let items = steps.map(Item.init)
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.restart.guest.vmid)))
        for var item in items {
            switch look(at: item, now) {
            case .success(let guest):
                item.guest = guest
                kept.append(item)
            case .failure(let refusal): outcomes[item.step.id] = refusal.outcome
            }
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let running = Set(kept.map(\.step.server))
        let settled = await work.run(kept.map(\.step), verb: .restart, running: running) { [kept] batch, _ in
            do throws(StepFailure) {
                try await ports.journal.advance(batch, to: .applying)
            } catch {
                return JournaledWork.End(kept.map(\.step).outcomes(.failed(error)))
            }
            return await restart(kept, lookedAt: lookedAt)
        }
        outcomes.merge(settled) { first, _ in first }
        return outcomes
    }

    fileprivate struct Item: Sendable {
        let step: Step
        let restart: Action.Restart
        /// As it is now.
        var guest: GuestReference

        init(_ step: Step) {
            guard case .restart(let restart) = step.action else { preconditionFailure("\(step.id) restarts nothing") }
            self.step = step
            self.restart = restart
            guest = restart.guest
        }
    }

    /// Whether it is still the guest that was planned for, runs, and has something pending.
    private func look(at item: Item, _ now: ClusterInventory) -> Result<GuestReference, BatchStop> {
        let vmid = item.restart.guest.vmid
        switch GuestCheck.verdict(on: item.restart.guest, in: now) {
        case .failure(let failure): return .failure(BatchStop(.failed(failure)))
        case .success(let guest):
            let detail = now.details[vmid]?.value
            if let lock = guest.lock ?? detail?.lock {
                return .failure(BatchStop(.refused(Sentence("execution.locked", vmid.description, lock))))
            }
            guard guest.status == .running else {
                return .failure(BatchStop(.moved("guest status: running → \(guest.status.rawValue)")))
            }
            guard detail?.pending != nil else {
                return .failure(BatchStop(.moved("guest pending: \(item.paths) → –")))
            }
            return .success(guest.reference(as: item.restart.guest))
        }
    }

    private struct End: Sendable {
        let step: StepID
        let outcome: StepOutcome
        /// Whether a start is owed and could not be written down: the batch stays open, and the next start looks again.
        var isLeft = false

        init(_ item: Item, _ outcome: StepOutcome, isLeft: Bool = false) {
            step = item.step.id
            self.outcome = outcome
            self.isLeft = isLeft
        }
    }

    /// Those of each node side by side, as its lanes allow; how many may be down together is the plan's and the gate's.
    private func restart(_ items: [Item], lookedAt: Timestamp) async -> JournaledWork.End {
        let ends = await LaneTurn(ports: ports, isOver: isOver).run(
            items, in: stack.cluster, node: \.guest.node,
            refused: { End($0, $1.map(StepOutcome.failed) ?? .skipped(Sentence("execution.cancelled"))) },
            { item -> End in
                var item = item
                if ports.pace.now() - lookedAt > LaneTurn.freshness {
                    let now = await ports.inventory.inventory(of: stack.cluster, details: [item.guest.vmid])
                    switch look(at: item, now) {
                    case .success(let guest): item.guest = guest
                    case .failure(let stop): return End(item, stop.outcome)
                    }
                }
                if let objection = await ports.orders.objection(to: item.step) { return End(item, objection) }
                if let refusal = await gate.refusal(of: item.step) { return End(item, refusal) }
                let end = await restart(item)
                await gate.release([item.step])
                return end
            })
        return JournaledWork.End(
            Dictionary(ends.map { ($0.step, $0.outcome) }) { first, _ in first },
            isLeft: ends.contains(where: \.isLeft))
    }

    private func restart(_ item: Item) async -> End {
        let limit = Duration.seconds(item.restart.shutdownSeconds)
        do throws(StepFailure) {
            let before = try await ports.power.reading(of: item.guest)
            do throws(StepFailure) {
                try await ports.power.shutDown(item.guest, within: limit)
            } catch {
                // It may have gone down all the same, and then it must come up again.
                switch try? await ports.power.reading(of: item.guest).status {
                case .stopped: break
                case .running, .paused: return await stays(item, error, limit)
                case .unknown, nil: return await owe(item, .failed(error))
                }
            }
            if let failure = await GuestStart(ports: ports).start(item.guest, of: item.step) {
                return await owe(item, .failed(failure))
            }
            try await verify(item, since: before.askedAt)
            return End(item, .done)
        } catch {
            return End(item, .failed(error))
        }
    }

    /// One that was not asked yet, because a lock was busy, is tried again. One that was asked and is slow may go down
    /// when nobody looks any more: the next plan that finds it down starts it.
    private func stays(_ item: Item, _ failure: StepFailure, _ limit: Duration) async -> End {
        if failure.retry == .afterLock { return End(item, .failed(failure)) }
        return await owe(item, .failed(failure.asIgnoredShutdown(of: item.guest, within: limit)))
    }

    /// Lets the next plan start the guest if it is down.
    private func owe(_ item: Item, _ outcome: StepOutcome) async -> End {
        do throws(StepFailure) {
            try await ports.records.oweStart(of: item.step.server)
            return End(item, outcome)
        } catch {
            return End(item, outcome, isLeft: true)
        }
    }

    /// That it began to run anew, and that nothing of it is pending any more.
    private func verify(_ item: Item, since moment: Timestamp) async throws(StepFailure) {
        let after = try await ports.power.reading(of: item.guest)
        let vmid = item.guest.vmid
        guard let since = after.runningSince, since >= moment else {
            throw StepFailure(Sentence("execution.notRestarted", vmid.description), retry: .after(seconds: 30))
        }
        let now = await ports.inventory.inventory(of: stack.cluster, details: [vmid])
        guard let detail = now.details[vmid]?.value else { throw .notRead(vmid, now) }
        guard detail.pending == nil else {
            throw StepFailure(Sentence("execution.stillPending", vmid.description, item.paths))
        }
    }
}

extension RestartBatch.Item {
    /// What waits for the restart.
    fileprivate var paths: String { step.changes.map(\.path).joined(separator: ", ") }
}

extension StepOutcome {
    fileprivate static func moved(_ fact: String) -> StepOutcome { .stale(StepFailure.moved(fact).sentence) }
}

extension StepFailure {
    /// What a shutdown came to that the guest did not follow. Other reasons for a failure say more in their own words.
    fileprivate func asIgnoredShutdown(of guest: GuestReference, within limit: Duration) -> StepFailure {
        StepFailure(
            Sentence(
                "execution.shutdownIgnored", guest.vmid.description, String(limit.components.seconds), sentence.said),
            retry: .after(seconds: 300))
    }
}
