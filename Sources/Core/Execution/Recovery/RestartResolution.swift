import Model

/// Guests that were to be restarted: one that was shut down and is still down is started.
struct RestartResolution: Sendable {
    let batch: OpenBatch
    let ports: ExecutionPorts
    let pause: @Sendable () async -> Void

    func resolve() async throws(StepFailure) -> Resolution {
        // Nobody was shut down before that.
        guard batch.phase >= .applying else { return .outcomes([:]) }
        let guests = batch.intent.steps.compactMap { entry -> (step: Step, guest: GuestReference)? in
            guard case .restart(let restart) = entry.step.action else { return nil }
            return (entry.step, restart.guest)
        }
        let cluster = batch.intent.stack.cluster
        let vmids = Set(guests.map(\.guest.vmid))
        let tasks = GuestTasks(inventory: ports.inventory, cluster: cluster, pause: pause)
        if let obstacle = await tasks.obstacle(of: vmids) { return .wait(obstacle) }
        let now = await ports.inventory.inventory(of: cluster, details: vmids)
        var outcomes: [StepID: StepOutcome] = [:]
        for (step, guest) in guests {
            switch GuestCheck.presence(of: guest, in: now) {
            case .gone, .another: outcomes[step.id] = .interrupted
            case .unknown: outcomes[step.id] = try await owe(step)
            case .same(let observed):
                let isPending = now.details[guest.vmid]?.value?.pending != nil
                outcomes[step.id] = try await end(of: step, observed.reference(as: guest), isPending: isPending)
            }
        }
        return .outcomes(outcomes)
    }

    private func end(
        of step: Step, _ guest: GuestReference, isPending: Bool
    ) async throws(StepFailure) -> StepOutcome {
        switch try? await ports.power.reading(of: guest).status {
        case .stopped:
            guard let failure = await GuestStart(ports: ports).start(guest, of: step) else { return .done }
            try await ports.records.oweStart(of: step.server)
            return .failed(failure)
        case .running: return isPending ? .interrupted : .done
        case .paused: return .interrupted
        case .unknown, nil: return try await owe(step)
        }
    }

    /// Whether it is down cannot be said now: if it is, the next plan that sees it starts it.
    private func owe(_ step: Step) async throws(StepFailure) -> StepOutcome {
        try await ports.records.oweStart(of: step.server)
        return .interrupted
    }
}
