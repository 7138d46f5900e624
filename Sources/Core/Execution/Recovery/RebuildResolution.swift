import Model

/// A rebuild that was cut off: before the old guest's end it is taken back; between the two runs the next plan makes the
/// guest again; after the second it is finished.
struct RebuildResolution: Sendable {
    let batch: OpenBatch
    let session: any StackSession
    let ports: ExecutionPorts
    let pause: @Sendable () async -> Void

    func resolve() async throws(StepFailure) -> Resolution {
        guard let entry = batch.intent.steps.first else { return .outcomes([:]) }
        let birth = try await session.resume(batch.id.second)
        if case .left(let failure) = birth { return .wait(failure.sentence) }
        let end = try await session.resume(batch.id)
        if case .left(let failure) = end { return .wait(failure.sentence) }
        // A run that was waited for may have found no room for its state.
        if let obstacle = await session.obstacleToSettling() { return .wait(obstacle.sentence) }
        // What it still holds it needs no longer, and its settlement waits for room to start the guest in.
        await ports.lanes.giveBack(of: batch.id)
        var halves = RebuildHalves(entry.step)
        halves.end.previousEntry = entry.previousEntry
        halves.end.isRunning = entry.wasRunning
        halves.end.machineID = entry.machineID
        halves.backup = batch.backup
        let tasks = GuestTasks(inventory: ports.inventory, cluster: batch.intent.stack.cluster, pause: pause)
        let vmids: Set<VMID> = [halves.end.vmid, halves.birth.vmid]
        let births = [halves.birth.unfinishedBirth].compactMap(\.self)
        if let obstacle = await tasks.obstacle(of: vmids, births: births, withBackups: true) { return .wait(obstacle) }
        if case .ended(let result) = birth { return .outcomes([entry.step.id: await settleBirth(halves, result)]) }
        switch try await lostBirth(of: halves) {
        case .none: break
        case .unread(let reason): return .wait(reason)
        case .found(let result): return .outcomes([entry.step.id: await settleBirth(halves, result)])
        }
        return try await settleEnd(halves, end)
    }

    private func settle(_ item: BatchItem, _ result: ApplyResult) async -> StepOutcome {
        var settlement = BatchSettlement(stack: batch.intent.stack, session: session, ports: ports, batch: batch.id)
        settlement.isHalf = true
        return await settlement.settle([item], result)[item.step.id] ?? .interrupted
    }

    private func settleBirth(_ halves: RebuildHalves, _ result: ApplyResult) async -> StepOutcome {
        let outcome = await settle(halves.birth, result)
        return outcome == .done ? .done : halves.unfinished(outcome)
    }

    /// While it cannot be seen whether the guest is there and stands still, the batch stays open: nobody would start it
    /// later.
    private func settleEnd(_ halves: RebuildHalves, _ end: ApplyEnd?) async throws(StepFailure) -> Resolution {
        var outcomes: [StepID: StepOutcome] = [halves.end.step.id: .interrupted]
        if let result = batch.result(of: end) {
            let outcome = await settle(halves.end, result)
            // The entry of the birth may have been written already, which goes with the key.
            if outcome == .done { return .outcomes([halves.step.id: halves.unfinished(nil)]) }
            if let reason = outcome.openEnd { return .wait(reason) }
            outcomes[halves.end.step.id] = outcome
        }
        // Asked to shut down for it, and still there. Who was not asked yet and is down was stopped by somebody.
        if try await ports.records.owedStart(of: halves.step.server) != nil {
            let loan = PowerLoan(stack: batch.intent.stack, ports: ports)
            if let unpaid = await loan.giveBack(to: [halves.end], &outcomes) { return .wait(unpaid) }
        }
        let outcome = outcomes[halves.end.step.id] ?? .interrupted
        return .outcomes([halves.step.id: outcome == .interrupted ? halves.cutOff : outcome])
    }
}

extension RebuildResolution {
    /// What a second run left of which nothing else is left.
    private enum LostBirth {
        case none
        /// Somebody is on the number of the new guest, and who that is cannot be read.
        case unread(Sentence)
        case found(ApplyResult)
    }

    /// The mark of the new life is drawn for it alone: a guest that bears it was made by the second run, whatever is left of
    /// that. Whether it was made to the end the state says.
    private func lostBirth(of halves: RebuildHalves) async throws(StepFailure) -> LostBirth {
        guard batch.phase >= .applying else { return .none }
        let (vmid, mark) = (halves.birth.vmid, halves.rebuild.creation.mark)
        let now = await ports.inventory.inventory(of: batch.intent.stack.cluster, details: [vmid])
        if let distrust = now.distrust { return .unread(distrust) }
        guard now.guest(vmid) != nil else { return .none }
        guard let found = now.details[vmid]?.value else { return .unread(StepFailure.notRead(vmid, now).sentence) }
        guard found.mark?.isOfSameServer(as: mark) == true else { return .none }
        let server = halves.step.server
        let isWhole = try await session.resources(of: [server]).contains { $0.vmid == vmid && !$0.isTainted }
        return .found(isWhole ? ApplyResult(completed: [server]) : ApplyResult(general: [.interrupted]))
    }
}
