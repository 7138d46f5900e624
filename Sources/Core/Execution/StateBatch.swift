import Model

/// Steps on the state alone: letting go of servers, and taking a taint off.
struct StateBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in steps {
            let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
            let settled = await work.run([step], verb: step.action.verb) { _, _ in
                do throws(StepFailure) {
                    try await carryOut(step)
                    return [step.id: .done]
                } catch {
                    return [step.id: .failed(error)]
                }
            }
            outcomes.merge(settled) { first, _ in first }
        }
        return outcomes
    }

    private func carryOut(_ step: Step) async throws(StepFailure) {
        switch step.action {
        case .forget(let forgetting):
            if forgetting.isInState { try await session.removeFromState([step.server]) }
            try await session.restoreEntries([step.server: nil])
            if forgetting.remainingGuest == nil { try await ports.records.retire(step.server) }
        case .untaint(let guest):
            try await GuestCheck(inventory: ports.inventory).confirm(guest)
            try await session.untaint(step.server)
        case .create, .recreate, .update, .destroy, .adopt, .move, .power, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            preconditionFailure("\(step.id) is no step on the state alone")
        }
    }
}

/// Rewrites entries of tfvars that say something else than what is.
struct EntryBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var entries: [ServerName: ServerConfiguration] = [:]
        for step in steps {
            guard case .repairEntry(let configuration) = step.action else {
                preconditionFailure("\(step.id) repairs no entry")
            }
            entries[step.server] = configuration
        }
        let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
        return await work.run(steps, verb: .repairEntry) { _, _ in
            do throws(StepFailure) {
                try await session.writeEntries(entries)
                return steps.outcomes(.done)
            } catch {
                return steps.outcomes(.failed(error))
            }
        }
    }
}

/// Moves one server's resource from another stack's state. Both locks are taken in the stacks' order, so that two moves
/// in opposite directions cannot wait for each other.
struct StackMove: Sendable {
    let stack: StackID
    let ports: ExecutionPorts

    func run(_ step: Step) async -> StepOutcome {
        guard case .move(let move) = step.action else { preconditionFailure("\(step.id) moves nothing") }
        var sessions: [StackID: any StackSession] = [:]
        var outcome = StepOutcome.done
        do throws(StepFailure) {
            for id in [stack, move.from].sorted() { sessions[id] = try await ports.provisioner.open(id) }
            if let here = sessions[stack], let there = sessions[move.from] {
                outcome = await carryOut(step, move, here: here, there: there)
            }
        } catch {
            outcome = .failed(error)
        }
        for session in sessions.values { await session.close() }
        return outcome
    }

    private func carryOut(
        _ step: Step, _ move: Action.Move, here: any StackSession, there: any StackSession
    ) async -> StepOutcome {
        let work = JournaledWork(stack: stack, session: here, journal: ports.journal)
        let outcomes = await work.run([step], verb: .move) { _, previous in
            do throws(StepFailure) {
                // First the entry here, then the resource, last the entry there: at no moment does a resource lack
                // its entry, so that a hand-run apply destroys nothing.
                try await here.writeEntries([step.server: move.configuration])
                do throws(StepFailure) {
                    try await here.moveIntoState(step.server, from: there)
                } catch {
                    try await here.restoreEntries([step.server: previous[step.server]])
                    throw error
                }
                try await there.restoreEntries([step.server: nil])
                try await ports.records.save(move.record)
                return [step.id: .done]
            } catch {
                return [step.id: .failed(error)]
            }
        }
        return outcomes[step.id] ?? .failed(StepFailure(Sentence("execution.noEvent", step.id.rawValue)))
    }
}
