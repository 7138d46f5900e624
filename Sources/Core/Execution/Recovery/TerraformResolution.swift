import Model

/// A batch of creates, updates or destroys: what Terraform did of it, and the rest of its settlement.
struct TerraformResolution: Sendable {
    let batch: OpenBatch
    let session: any StackSession
    let ports: ExecutionPorts
    let pause: @Sendable () async -> Void

    func resolve() async throws(StepFailure) -> Resolution {
        let end: ApplyEnd?
        end = try await session.resume(batch.id)
        if case .left(let failure) = end { return .wait(failure.sentence) }
        // A run that was waited for may have found no room for its state.
        if let obstacle = await session.obstacleToSettling() { return .wait(obstacle.sentence) }
        // What it still holds it needs no longer, and its settlement waits for room to start guests in.
        await ports.lanes.giveBack(of: batch.id)
        let items = batch.intent.steps.map(BatchItem.init)
        let tasks = GuestTasks(inventory: ports.inventory, cluster: batch.intent.stack.cluster, pause: pause)
        let births = items.compactMap(\.unfinishedBirth)
        if let obstacle = await tasks.obstacle(of: Set(items.map(\.vmid)), births: births) { return .wait(obstacle) }
        var outcomes: [StepID: StepOutcome]
        var reported: Set<ServerName> = []
        if let result = batch.result(of: end) {
            let settlement = BatchSettlement(
                stack: batch.intent.stack, session: session, ports: ports, batch: batch.id)
            outcomes = await settlement.settle(items, result)
            reported = result.completed
        } else {
            // No Terraform was ever started on it, and none will be.
            try await session.restore(items)
            outcomes = items.map(\.step).outcomes(.interrupted)
        }
        // Asked to shut down for its destruction, and still there. While that cannot be seen the batch stays open: nobody
        // would start it later. All of the above can be done a second time.
        var asked: [BatchItem] = []
        for item in items where item.isRemoval && outcomes[item.step.id] != .done {
            if try await ports.records.owedStart(of: item.server) != nil { asked.append(item) }
        }
        let loan = PowerLoan(stack: batch.intent.stack, ports: ports)
        if let unpaid = await loan.giveBack(to: asked, &outcomes, besides: reported) { return .wait(unpaid) }
        if let reason = items.compactMap({ outcomes[$0.step.id]?.openEnd }).first { return .wait(reason) }
        return .outcomes(outcomes)
    }
}

extension OpenBatch {
    /// What Terraform said. Where nothing of a run is left although one may have been begun, it said nothing of anybody:
    /// state and a live look decide. Nil: none was begun.
    func result(of end: ApplyEnd?) -> ApplyResult? {
        if case .ended(let result) = end { return result }
        guard phase >= .applying else { return nil }
        return ApplyResult(general: [.interrupted])
    }
}

extension BatchItem {
    /// A step as the journal has it.
    init(_ entry: BatchIntent.Entry) {
        self.init(entry.step)
        previousEntry = entry.previousEntry
        isRunning = entry.wasRunning
        machineID = entry.machineID
    }
}
