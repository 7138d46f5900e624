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
        let lookedAt = ports.pace.elapsed()
        let items = steps.map(Item.init)
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.restart.guest.vmid)))
        for var item in items {
            switch look(at: item, now) {
            case .success(let guest):
                item.guest = guest
                item.machineID = now.details[guest.vmid]?.value?.machineID
                kept.append(item)
            case .failure(let refusal): outcomes[item.step.id] = refusal.outcome
            }
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        let running = Set(kept.map(\.step.server))
        let machines = kept.compactMap { item in item.machineID.map { (item.step.server, $0) } }
        let settled = await work.run(
            kept.map(\.step), verb: .restart, running: running,
            machines: Dictionary(machines) { first, _ in first }
        ) { [kept] batch, _ in
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
        /// Nil: not known.
        var machineID: String?

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

    /// Those of each node side by side, as its lanes allow; how many may be down together is the plan's and the gate's.
    private func restart(_ items: [Item], lookedAt: Duration) async -> JournaledWork.End {
        let ends = await LaneTurn(ports: ports, isOver: isOver).run(
            items, in: stack.cluster, node: \.guest.node,
            refused: { ($0.step.id, $1.map(StepOutcome.failed) ?? .skipped(Sentence("execution.cancelled"))) },
            { item -> (StepID, StepOutcome) in
                var item = item
                if ports.pace.elapsed() - lookedAt > LaneTurn.freshness {
                    let now = await ports.inventory.inventory(of: stack.cluster, details: [item.guest.vmid])
                    switch look(at: item, now) {
                    case .success(let guest): item.guest = guest
                    case .failure(let stop): return (item.step.id, stop.outcome)
                    }
                }
                if let objection = await ports.orders.objection(to: item.step) { return (item.step.id, objection) }
                if let refusal = await gate.refusal(of: item.step) { return (item.step.id, refusal) }
                let end = await restart(item)
                await gate.release([item.step])
                return (item.step.id, end)
            })
        return JournaledWork.End(Dictionary(ends) { first, _ in first })
    }

    private func restart(_ item: Item) async -> StepOutcome {
        let server = item.step.server
        do throws(StepFailure) {
            let before = try await ports.power.reading(of: item.guest)
            // The listing may be some seconds old: who stopped it meanwhile wants it so.
            guard before.status == .running else {
                return .moved("guest status: running → \(before.status.rawValue)")
            }
            // On disk before it is asked: if nothing more can be written, or nobody is there to write it, it is to run
            // again all the same.
            let earlier = try await ports.records.oweStart(of: server, before.owedStart(on: item.guest.node))
            if let refusal = await shutDown(item, before) {
                if !refusal.wasAsked { try await ports.records.withdrawStart(of: server, leaving: earlier) }
                return .failed(refusal.failure)
            }
            try await verify(item, since: before.askedAt)
            return .done
        } catch {
            return .failed(error)
        }
    }

    /// Shuts the guest down and starts it.
    ///
    /// - Returns: why it is not known to run anew; what is owed to it stays owed then, if it was asked at all.
    private func shutDown(_ item: Item, _ before: PowerReading) async -> ShutdownFailure? {
        let limit = Duration.seconds(item.restart.shutdownSeconds)
        do throws(ShutdownFailure) {
            try await ports.power.shutDown(item.guest, within: limit)
        } catch {
            // It may have gone down all the same, and then it must come up again.
            guard let now = try? await ports.power.reading(of: item.guest) else { return error }
            switch now.status {
            case .stopped: break
            // Both readings are of whole seconds: a run that seems to have begun a second later may be the old one.
            case .running where now.runs(since: before.askedAt + .seconds(2)): return nil
            case .running, .paused:
                guard error.wasAsked else { return error }
                let ignored = error.failure.asIgnoredShutdown(
                    of: item.step.server, item.guest, within: item.restart.shutdownSeconds)
                return ShutdownFailure(ignored, wasAsked: true)
            case .unknown: return error
            }
        }
        return await GuestStart(ports: ports).start(item.guest, of: item.step)
            .map { ShutdownFailure($0, wasAsked: true) }
    }

    /// That it began to run anew, and that nothing of it is pending any more.
    private func verify(_ item: Item, since moment: Timestamp) async throws(StepFailure) {
        let vmid = item.guest.vmid
        guard try await ports.power.reading(of: item.guest).runs(since: moment) else {
            throw StepFailure(Sentence("execution.notRestarted", vmid.description), retry: .after(seconds: 30))
        }
        try await ports.records.settleStart(of: item.step.server)
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

extension PowerReading {
    /// What is owed to a guest that is asked to shut down after this was read. A listing's uptime may be some seconds
    /// old, by which the run that it shows seems to have begun later.
    func owedStart(on node: NodeName) -> OwedStart {
        let listed = runningSince.map { $0 + .seconds(30) } ?? askedAt
        return OwedStart(since: max(askedAt, listed), node: node)
    }

    fileprivate func runs(since moment: Timestamp) -> Bool { runningSince.map { $0 >= moment } ?? false }
}

extension StepOutcome {
    fileprivate static func moved(_ fact: String) -> StepOutcome { .stale(StepFailure.moved(fact).sentence) }
}

extension StepFailure {
    /// What a shutdown came to that the guest did not follow. Other reasons for a failure say more in their own words.
    fileprivate func asIgnoredShutdown(
        of server: ServerName, _ guest: GuestReference, within seconds: Int
    ) -> StepFailure {
        StepFailure(
            Sentence(
                "execution.shutdownIgnored", server.text, guest.vmid.description, String(seconds), reason: sentence),
            retry: .after(seconds: 300))
    }
}
