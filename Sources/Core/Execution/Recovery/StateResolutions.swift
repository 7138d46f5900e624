import Model

/// The adoption of a guest. Before Terraform's plan of it was accepted, the guest goes back to being nobody's; after
/// that, what the state has stays, and the next plan goes on with it.
struct AdoptionResolution: Sendable {
    let batch: OpenBatch
    let session: any StackSession
    let ports: ExecutionPorts

    func resolve() async throws(StepFailure) -> Resolution {
        let end = try await session.resume(batch.id)
        if case .left(let failure) = end { return .wait(failure.sentence) }
        if let obstacle = await session.obstacleToSettling() { return .wait(obstacle.sentence) }
        let adopter = AdoptionBatch(
            stack: batch.intent.stack, session: session, ports: ports,
            gate: DisruptionGate(ports: ports, disruptions: []), report: { _ in })
        var outcomes: [StepID: StepOutcome] = [:]
        for entry in batch.intent.steps {
            guard case .adopt(let adoption) = entry.step.action else { continue }
            let server = entry.step.server
            let isInState = try await session.serversInState().contains(server)
            // A run that was begun and of which nothing is left may have taken it in: then the state has it, and it shows the
            // mark. One that the state has and that shows none would be an unmarked guest, which no plan changes.
            var isTakenIn = false
            if end == nil, batch.phase >= .applying, isInState { isTakenIn = try await bearsMark(adoption) }
            guard let result = batch.result(of: end), isTakenIn || end != nil else {
                outcomes[entry.step.id] = .interrupted
                if batch.phase < .tfvarsWritten {
                    // The state was not touched yet, and what it has keeps its entry.
                    if isInState, entry.previousEntry == nil { continue }
                    try await session.restoreEntries([server: entry.previousEntry])
                    continue
                }
                try await adopter.undo(server, entry: entry.previousEntry, wasInState: false)
                continue
            }
            if isInState, isTakenIn || result.completed.contains(server) {
                outcomes[entry.step.id] = await adopter.register(server, adoption)
            } else {
                outcomes[entry.step.id] = .failed(result.failure(of: server))
            }
        }
        return .outcomes(outcomes)
    }

    /// Whether the guest shows what the adoption was to write onto it.
    ///
    /// - Throws: why that cannot be seen.
    private func bearsMark(_ adoption: Action.Adoption) async throws(StepFailure) -> Bool {
        let vmid = adoption.guest.vmid
        let now = await ports.inventory.inventory(of: batch.intent.stack.cluster, details: [vmid])
        if let distrust = now.distrust { throw StepFailure(distrust) }
        switch now.details[vmid] {
        case .present(let found): return adoption.mark.map { found.mark?.isOfSameServer(as: $0) ?? false } ?? false
        case .unknown(let reason): throw StepFailure(reason)
        case .absent, nil: return false
        }
    }
}

/// A move between two states, or to another name: it is finished where the resource arrived, and undone where it did not leave.
struct MoveResolution: Sendable {
    let batch: OpenBatch
    let sessions: [StackID: any StackSession]
    let ports: ExecutionPorts

    func resolve() async throws(StepFailure) -> Resolution {
        var outcomes: [StepID: StepOutcome] = [:]
        for entry in batch.intent.steps {
            guard case .move(let move) = entry.step.action, let here = sessions[batch.intent.stack],
                let there = sessions[move.from]
            else { continue }
            let server = entry.step.server
            let isDone = try await StackMove.settle(
                move, of: server, previousEntry: entry.previousEntry, here, there, ports.records)
            outcomes[entry.step.id] = isDone ? .done : .interrupted
        }
        return .outcomes(outcomes)
    }
}

/// Steps on the state or on tfvars alone: each command was whole or not at all, so that a look says which.
struct StateResolution: Sendable {
    let batch: OpenBatch
    let session: any StackSession

    func resolve() async throws(StepFailure) -> Resolution {
        let observation = try await session.observe()
        var outcomes: [StepID: StepOutcome] = [:]
        for entry in batch.intent.steps {
            let server = entry.step.server
            let resource = observation.state.value?.resources.first { $0.server == server }
            switch entry.step.action {
            case .forget(let forgetting):
                // An entry without its resource would have a run by hand make the guest anew.
                if forgetting.isInState, resource == nil { try await session.restoreEntries([server: nil]) }
                // Where the guest is gone too, the row is left to the next plan, which sees what became of it.
                let isDone = forgetting.isInState && resource == nil && forgetting.remainingGuest != nil
                outcomes[entry.step.id] = isDone ? .done : .interrupted
            case .untaint: outcomes[entry.step.id] = resource.map { !$0.isTainted } ?? false ? .done : .interrupted
            case .repairEntry(let configuration):
                outcomes[entry.step.id] = observation.tfvars.entries[server] == configuration ? .done : .interrupted
            case .create, .recreate, .update, .destroy, .adopt, .move, .rename, .power, .restart, .rebuild, .record,
                .retire, .register,
                .updateRegistration, .unregister:
                break
            }
        }
        return .outcomes(outcomes)
    }
}
