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
        // What it still holds it needs no longer, and its settlement waits for room to start guests in.
        await ports.lanes.giveBack(of: batch.id)
        let items = batch.intent.steps.map(BatchItem.init)
        if let obstacle = await obstacle(items) { return .wait(obstacle) }
        var outcomes: [StepID: StepOutcome]
        switch end {
        case .ended(let result):
            let settlement = BatchSettlement(
                stack: batch.intent.stack, session: session, ports: ports, batch: batch.id)
            outcomes = await settlement.settle(items, result)
        case .left, nil:
            // No Terraform was ever started on it, and none will be.
            try await session.restore(items)
            outcomes = items.map(\.step).outcomes(.interrupted)
        }
        // Shut down for its destruction, and still there.
        if batch.phase >= .planned {
            await PowerLoan(stack: batch.intent.stack, ports: ports).giveBack(to: items, &outcomes)
        }
        return .outcomes(outcomes)
    }

    /// Why nothing can be said of the batch's guests yet. Tasks that make, change or end one of them are waited for.
    private func obstacle(_ items: [BatchItem]) async -> Sentence? {
        let vmids = Set(items.map(\.vmid))
        var tasks: [ObservedTask] = []
        for round in 0..<Self.looks {
            if round > 0 { await pause() }
            let now = await ports.inventory.inventory(of: batch.intent.stack.cluster, details: [])
            if let distrust = now.distrust { return distrust }
            tasks = now.runningTasks.filter { $0.vmid.map(vmids.contains) ?? false && $0.changesGuest }
            if tasks.isEmpty { return nil }
        }
        return tasks.first.map { Sentence("recovery.taskRuns", $0.type, $0.vmid?.description ?? "", $0.upid) }
    }

    /// With the product's pause about a minute; afterwards the next pass looks again.
    private static var looks: Int { 200 }
}

extension BatchItem {
    /// A step as the journal has it.
    init(_ entry: BatchIntent.Entry) {
        self.init(entry.step)
        previousEntry = entry.previousEntry
        isRunning = entry.wasRunning
    }
}

extension ObservedTask {
    /// Whether a guest is not what it was when the task has ended (Proxmox's task types: `qm…` and `vz…`). A backup
    /// changes nothing, and can take hours.
    fileprivate var changesGuest: Bool {
        guard type.hasPrefix("qm") || type.hasPrefix("vz") else { return false }
        return ["create", "clone", "destroy", "start", "shutdown", "stop", "resize", "restore"].contains {
            type.hasSuffix($0)
        }
    }
}
