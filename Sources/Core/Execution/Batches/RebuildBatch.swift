import Model
import Planning

/// Destroys a guest and makes it again: one batch of the journal with two runs of Terraform, one server at a time.
///
/// Up to the first run everything can be taken back: the plan of the end is made and held against the announcement first,
/// then the guest is shut down cleanly, then backed up where policy says so, then looked at once more. After it the old
/// guest is gone, and what the second run does not bring about the next plan does.
struct RebuildBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    let gate: DisruptionGate
    /// Whether the run was asked to stop: nobody waits for the lanes of an end then.
    let isOver: @Sendable () -> Bool
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in steps {
            var halves = RebuildHalves(step)
            var refusal = await ports.orders.objection(to: step)
            if refusal == nil { refusal = await lookAgain(&halves) }
            if let refusal {
                outcomes[step.id] = refusal
                await gate.release([step])
                continue
            }
            let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
            let running: Set<ServerName> = halves.end.isRunning ? [step.server] : []
            let machines = halves.end.machineID.map { [step.server: $0] } ?? [:]
            let settled = await work.run([step], verb: .rebuild, running: running, machines: machines) {
                [halves] batch, _ in
                let end = await carryOut(halves, batch: batch)
                return JournaledWork.End([step.id: end.outcome], isLeft: end.isLeft)
            }
            outcomes.merge(settled) { first, _ in first }
            await gate.release([step])
        }
        return outcomes
    }

    private struct End {
        var outcome: StepOutcome
        /// Whether Terraform works on by itself, or what came of it cannot be settled yet.
        var isLeft = false
        /// Whether its state cannot be believed although it has ended.
        var hasEnded = false
    }

    /// What speaks against it while nothing was touched yet: the guest is another or held, the new one could not be born.
    private func lookAgain(_ halves: inout RebuildHalves) async -> StepOutcome? {
        let (old, new) = (halves.end.vmid, halves.birth.vmid)
        let now = await ports.inventory.inventory(of: stack.cluster, details: [old, new])
        let recheck = BatchRecheck(inventory: now)
        if let refusal = recheck.refusal(of: halves.end) { return refusal }
        if old != new, let refusal = recheck.refusal(of: halves.birth) { return refusal }
        do throws(StepFailure) {
            try await session.demandSecrets(of: halves.rebuild.creation.configuration)
        } catch {
            return .failed(error)
        }
        if let refusal = halves.refusalOfBackup(in: now) { return refusal }
        halves.end.note(now)
        return nil
    }

    private func carryOut(_ halves: RebuildHalves, batch: BatchID) async -> End {
        let scoped = await ScopedPlan.settle([halves.end], in: stack, session: session)
        guard let plan = scoped.plan else {
            return End(outcome: scoped.outcomes[halves.end.step.id] ?? .failed(.noPlan(halves.step.server)))
        }
        let ended: End
        var halves = halves
        do throws(BatchStop) {
            ended = try await end(&halves, by: plan, batch: batch)
        } catch {
            // Nothing was hurt on this road.
            await session.discard(plan)
            return await intact(halves, error.outcome)
        }
        if ended.isLeft {
            // The old guest is gone, and only what is to be written down of that is missing.
            if ended.outcome.endedGuest { return End(outcome: halves.unfinished(ended.outcome), isLeft: true) }
            guard ended.hasEnded else { return ended }
            var whole = await intact(halves, ended.outcome)
            whole.isLeft = true
            return whole
        }
        guard ended.outcome == .done else { return await intact(halves, ended.outcome) }
        let born = await bear(halves, batch: batch)
        if born.outcome == .done || born.isLeft && !born.hasEnded { return born }
        return End(outcome: halves.unfinished(born.outcome), isLeft: born.isLeft)
    }

    /// Whoever was shut down and is still there gets its power back. Where that cannot be seen, whoever settles the batch
    /// looks again.
    private func intact(_ halves: RebuildHalves, _ outcome: StepOutcome) async -> End {
        // Who stopped it before that wants it so.
        guard halves.isAsked else { return End(outcome: outcome) }
        var outcomes: [StepID: StepOutcome] = [halves.end.step.id: outcome]
        let unpaid = await PowerLoan(stack: stack, ports: ports).giveBack(to: [halves.end], &outcomes)
        return End(outcome: outcomes[halves.end.step.id] ?? outcome, isLeft: unpaid != nil)
    }

    // MARK: The end of the old guest

    /// In the lanes of its node from the shutdown to the end; a backup is a task of that node too.
    private func end(_ halves: inout RebuildHalves, by plan: SavedPlan, batch: BatchID) async throws(BatchStop) -> End {
        try await stopping { () throws(StepFailure) in try await ports.journal.advance(batch, to: .planned) }
        let turn = LaneTurn(ports: ports, isOver: isOver)
        let taken = try await turn.lanes(of: [halves.end], in: stack.cluster, for: batch)
        do throws(BatchStop) {
            if taken.waited > LaneTurn.freshness {
                var again = RebuildHalves(halves.step)
                if let refusal = await lookAgain(&again) { throw BatchStop(refusal) }
                guard again.end.machineID == halves.end.machineID else {
                    throw BatchStop(.refused(Sentence("execution.changedAtShutdown", halves.end.vmid.description)))
                }
                guard again.end.isRunning == halves.end.isRunning else {
                    throw BatchStop(.refused(Sentence("execution.powerMoved", halves.end.vmid.description)))
                }
            }
            // The rebuilds before this one took long, and one of them may have left its guest down.
            if let refusal = await gate.refusal(of: halves.step) { throw BatchStop(refusal) }
            if let objection = await ports.orders.objection(to: halves.step) { throw BatchStop(objection) }
            try await shutDown(&halves)
            try await backUp(&halves, batch)
            if let refusal = await lookOnceMore(halves) { throw BatchStop(refusal) }
            // A shutdown and a backup take long, and until the end people are listened to.
            if let objection = await ports.orders.objection(to: halves.step) { throw BatchStop(objection) }
            try await stopping { () throws(StepFailure) in try await ports.journal.advance(batch, to: .applying) }
        } catch {
            await ports.lanes.giveBack(taken.grant)
            throw error
        }
        return await apply(plan, of: halves.end, in: taken.grant, batch: batch, run: batch)
    }

    /// The old guest is to run again where it does not end, which is on disk before it is asked to shut down.
    private func shutDown(_ halves: inout RebuildHalves) async throws(BatchStop) {
        guard halves.end.isRunning else { return }
        let end = await PowerLoan(stack: stack, ports: ports).shutDown(halves.end)
        halves.isAsked = end.isAsked
        if let obstacle = end.obstacle { throw BatchStop(obstacle) }
    }

    private func stopping(_ body: () async throws(StepFailure) -> Void) async throws(BatchStop) {
        do throws(StepFailure) { try await body() } catch { throw BatchStop(.failed(error)) }
    }

    /// Which volume holds the old guest is on disk before that is touched: whoever goes on after a kill names it too.
    private func backUp(_ halves: inout RebuildHalves, _ batch: BatchID) async throws(BatchStop) {
        guard let backup = halves.rebuild.backup, let guest = halves.end.guestNow else { return }
        // A shutdown takes minutes, in which a disk can be detached or taken out of backups.
        let now = await ports.inventory.inventory(of: stack.cluster, details: [guest.vmid])
        if let refusal = halves.refusalOfBackup(in: now) { throw BatchStop(refusal) }
        let volume: String
        do throws(StepFailure) {
            volume = try await ports.backup.backUp(
                guest, to: backup.storage, note: "plumb: \(halves.step.server) before its rebuild",
                within: .seconds(backup.seconds))
        } catch {
            // Not tried again in this run: that would shut the guest down a second time.
            throw BatchStop(
                .failed(
                    StepFailure(
                        Sentence(
                            "execution.backupFailed", halves.step.server.text, guest.vmid.description, backup.storage,
                            reason: error.sentence))))
        }
        halves.backup = volume
        report(.backedUp(halves.step.id, volume: volume))
        try await stopping { () throws(StepFailure) in try await ports.journal.note(backup: volume, of: batch) }
    }

    /// A backup can take hours, in which somebody may have protected the guest, or put another in its place. Its own
    /// lock may be listed for some seconds more.
    private func lookOnceMore(_ halves: RebuildHalves) async -> StepOutcome? {
        let vmid = halves.end.vmid
        var refusal: StepOutcome?
        for round in 0..<Self.looks {
            if round > 0 { await ports.pace.sleep(.seconds(2)) }
            let now = await ports.inventory.inventory(of: stack.cluster, details: [vmid])
            refusal = BatchRecheck(inventory: now).refusal(of: halves.end)
            if refusal == nil, halves.end.isAnotherMachine(in: now) {
                return .refused(Sentence("execution.changedAtShutdown", vmid.description))
            }
            guard case .refused(let reason) = refusal, reason.code == "execution.locked" else { break }
        }
        if let refusal { return refusal.atShutdown(of: vmid) }
        guard let guest = halves.end.guestNow else { return nil }
        do throws(StepFailure) {
            let status = try await ports.power.reading(of: guest).status
            if status == .stopped { return nil }
            return .stale(StepFailure.moved("guest status: stopped → \(status.rawValue)").sentence)
        } catch {
            return .failed(error)
        }
    }

    private static var looks: Int { 10 }

    // MARK: The birth of the new one

    /// The second run, on a state that no longer has the server. A run that is asked to stop does not end between the
    /// two, unless it is cancelled.
    private func bear(_ halves: RebuildHalves, batch: BatchID) async -> End {
        let birth = halves.birth
        do throws(BatchStop) {
            let turn = LaneTurn(ports: ports, isOver: { Task.isCancelled })
            let taken = try await turn.lanes(of: [birth], in: stack.cluster, for: batch)
            let plan: SavedPlan
            do throws(BatchStop) {
                plan = try await planBirth(halves)
            } catch {
                await ports.lanes.giveBack(taken.grant)
                throw error
            }
            return await apply(plan, of: birth, in: taken.grant, batch: batch, run: batch.second)
        } catch {
            try? await session.restore([birth])
            return End(outcome: error.outcome)
        }
    }

    private func planBirth(_ halves: RebuildHalves) async throws(BatchStop) -> SavedPlan {
        let birth = halves.birth
        let now = await ports.inventory.inventory(of: stack.cluster, details: [birth.vmid])
        let recheck = BatchRecheck(inventory: now, missed: await session.guestsMissed(by: now))
        if let refusal = recheck.refusal(of: birth) { throw BatchStop(refusal) }
        try await stopping { () throws(StepFailure) in
            try await session.writeEntries([birth.server: halves.rebuild.creation.configuration])
        }
        let scoped = await ScopedPlan.settle([birth], in: stack, session: session)
        guard let plan = scoped.plan else {
            throw BatchStop(scoped.outcomes[birth.step.id] ?? .failed(.noPlan(birth.server)))
        }
        return plan
    }

    // MARK: Both

    /// - Parameter run: the name by which this run of Terraform is found again.
    private func apply(
        _ plan: SavedPlan, of item: BatchItem, in grant: LaneGrant, batch: BatchID, run: BatchID
    ) async -> End {
        let report = report
        let journal = ports.journal
        let step = item.step.id
        var plan = plan
        plan.width = grant.width
        do throws(StepFailure) {
            let end = try await session.apply(plan, batch: run) { program in
                try? await journal.record(program, of: batch)
            } onEvent: { event in
                if case .progressed(_, let seconds) = event { report(.progressed(item.wholeStep, seconds: seconds)) }
            }
            switch end {
            case .left(let failure): return End(outcome: .failed(failure), isLeft: true)
            case .ended(let result):
                // Before the settlement, which waits for lanes to start the guest in.
                await ports.lanes.giveBack(grant)
                await session.discard(plan)
                if run == batch { try? await journal.advance(batch, to: .applied) }
                if let failure = await session.obstacleToSettling() {
                    let outcome = result.unsettled(item.server, because: failure)
                    return End(outcome: outcome, isLeft: true, hasEnded: true)
                }
                if let obstacle = await ports.obstacle(to: [item], result, in: stack.cluster) {
                    let failure = StepFailure(obstacle, retry: .after(seconds: 30))
                    return End(outcome: .failed(failure), isLeft: true, hasEnded: true)
                }
                var settlement = BatchSettlement(stack: stack, session: session, ports: ports, batch: batch)
                settlement.isHalf = true
                let outcome = await settlement.settle([item], result)[step]
                // Closed as failed, it would be taken for done with although it may have happened, or has.
                return End(
                    outcome: outcome ?? .failed(result.failure(of: item.server)), isLeft: outcome?.openEnd != nil)
            }
        } catch {
            await ports.lanes.giveBack(grant)
            await session.discard(plan)
            try? await session.restore([item])
            return End(outcome: .failed(error))
        }
    }
}

extension BatchItem {
    /// The step that it is a half of, as it is reported.
    fileprivate var wholeStep: StepID { StepID(rawValue: "\(Action.Verb.rebuild.rawValue) \(step.subject)") }
}

extension StepFailure {
    fileprivate static func noPlan(_ server: ServerName) -> StepFailure {
        StepFailure(Sentence("execution.planFailed", server.text))
    }
}
