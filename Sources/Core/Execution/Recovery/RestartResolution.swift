import Model

/// Guests that were to be restarted: one that was asked to shut down and is down is started. Who was asked is in the
/// registry, where it was written before; any other that is down was stopped by somebody and stays so.
struct RestartResolution: Sendable {
    let batch: OpenBatch
    let ports: ExecutionPorts
    let pause: @Sendable () async -> Void

    func resolve() async throws(StepFailure) -> Resolution {
        // Nobody was shut down before that.
        guard batch.phase >= .applying else { return .outcomes([:]) }
        let guests = batch.intent.steps.compactMap { entry -> (entry: BatchIntent.Entry, guest: GuestReference)? in
            guard case .restart(let restart) = entry.step.action else { return nil }
            return (entry, restart.guest)
        }
        let cluster = batch.intent.stack.cluster
        let vmids = Set(guests.map(\.guest.vmid))
        let tasks = GuestTasks(inventory: ports.inventory, cluster: cluster, pause: pause)
        if let obstacle = await tasks.obstacle(of: vmids) { return .wait(obstacle) }
        let now = await ports.inventory.inventory(of: cluster, details: vmids)
        var outcomes: [StepID: StepOutcome] = [:]
        for (entry, guest) in guests {
            guard let observed = GuestCheck.own(guest, of: entry.step.server, machineID: entry.machineID, in: now)
            else {
                outcomes[entry.step.id] = .interrupted
                continue
            }
            outcomes[entry.step.id] = try await end(of: entry.step, observed.reference(as: guest), in: now)
        }
        return .outcomes(outcomes)
    }

    private func end(
        of step: Step, _ guest: GuestReference, in now: ClusterInventory
    ) async throws(StepFailure) -> StepOutcome {
        switch try? await ports.power.reading(of: guest).status {
        case .stopped:
            guard try await ports.records.owedStart(of: step.server) != nil else { return .interrupted }
            if let failure = await GuestStart(ports: ports).start(guest, of: step) { return .failed(failure) }
            try await ports.records.settleStart(of: step.server)
            return .done
        // Whether it runs anew the next look at its uptime says.
        case .running:
            // What did not come does not say that nothing is pending.
            guard let found = now.details[guest.vmid]?.value else { return .failed(.notRead(guest.vmid, now)) }
            return found.pending == nil ? .done : .interrupted
        case .paused, .unknown, nil: return .interrupted
        }
    }
}
