import Model

/// Moves one server's resource from another stack's state, or from the name that it had before, which may be in the
/// same stack. Where there are two locks, both are taken in the stacks' order, so that two moves in opposite directions
/// cannot wait for each other.
struct StackMove: Sendable {
    let stack: StackID
    let ports: ExecutionPorts

    func run(_ step: Step) async -> StepOutcome {
        guard case .move(let move) = step.action else { preconditionFailure("\(step.id) moves nothing") }
        var sessions: [StackID: any StackSession] = [:]
        var outcome = StepOutcome.done
        do throws(StepFailure) {
            for id in Set([stack, move.from]).sorted() { sessions[id] = try await ports.provisioner.open(id) }
            if let here = sessions[stack], let there = sessions[move.from] {
                outcome = await objection(to: step, move, here: here, there: there)
                if outcome == .done { outcome = await carryOut(step, move, here: here, there: there) }
            }
        } catch {
            outcome = .failed(error)
        }
        for session in sessions.values { await session.close() }
        return outcome
    }

    /// `done`: nothing speaks against it.
    private func objection(
        to step: Step, _ move: Action.Move, here: any StackSession, there: any StackSession
    ) async -> StepOutcome {
        for (id, session) in [(stack, here), (move.from, there)] {
            if let trouble = await session.trouble() { return trouble }
            if let refusal = await ports.refusalOfOpenBatch(in: id) { return refusal }
            if let refusal = await ports.refusalOfReplacedState(session) { return refusal }
        }
        let row = move.record
        let guest = GuestReference(
            cluster: stack.cluster, vmid: row.vmid, type: row.type, node: row.node,
            mark: row.mark.map { OwnershipMark(stack: stack, server: step.server, id: $0) },
            formerName: move.formerName)
        do throws(StepFailure) {
            try await GuestCheck(inventory: ports.inventory).confirm(guest)
            if let former = move.formerName {
                try await confirmNames(step.server, former, move, here: here, there: there)
            }
            return .done
        } catch {
            return .failed(error)
        }
    }

    /// Of the two names one is in the states, and it is the guest that was planned for.
    private func confirmNames(
        _ server: ServerName, _ former: ServerName, _ move: Action.Move, here: any StackSession, there: any StackSession
    ) async throws(StepFailure) {
        var found = try await there.resources(of: [server, former])
        if stack != move.from { found += try await here.resources(of: [server]) }
        guard found.count == 1, let one = found.first else {
            throw .moved("state presence of \(former) and \(server): 1 → \(found.count)")
        }
        let vmid = move.record.vmid
        if one.vmid != vmid { throw .moved("state vmid: \(vmid) → \(one.vmid)") }
    }

    private func carryOut(
        _ step: Step, _ move: Action.Move, here: any StackSession, there: any StackSession
    ) async -> StepOutcome {
        let work = JournaledWork(stack: stack, session: here, journal: ports.journal)
        let outcomes = await work.run([step], verb: .move) { _, previous in
            // The locks may have taken long, and the moves before it.
            if let objection = await ports.orders.objection(to: step) { return JournaledWork.End([step.id: objection]) }
            // What arrived and is not finished is the recovery's: the source may have its entry still.
            var hasArrived = false
            do throws(StepFailure) {
                // First the entry here, then the resource, last the entry there: at no moment does a resource lack
                // its entry, so that a hand-run apply destroys nothing.
                try await here.writeEntries([step.server: move.configuration])
                do throws(StepFailure) {
                    try await here.moveIntoState(step.server, formerly: move.formerName, from: there)
                    hasArrived = true
                    try await Self.finish(move, of: step.server, there, ports.records)
                } catch {
                    // A command that failed may have moved it all the same.
                    hasArrived = true
                    hasArrived = try await here.serversInState().contains(step.server)
                    let isDone = try await Self.settle(
                        move, of: step.server, previousEntry: previous[step.server], here, there, ports.records)
                    if !isDone { throw error }
                }
                if move.from != stack { await there.noteState(of: move.from, after: [], in: ports.journal) }
                return JournaledWork.End([step.id: .done])
            } catch {
                return JournaledWork.End([step.id: .failed(error)], isLeft: hasArrived)
            }
        }
        return outcomes[step.id] ?? .failed(StepFailure(Sentence("execution.noEvent", step.id.rawValue)))
    }
}

extension StackMove {
    /// Finishes a move that was broken off where the resource arrived, and takes it back where it did not leave.
    ///
    /// - Returns: whether it is done now.
    static func settle(
        _ move: Action.Move, of server: ServerName, previousEntry: String?, _ here: any StackSession,
        _ there: any StackSession, _ records: any RecordKeeper
    ) async throws(StepFailure) -> Bool {
        let arrived = try await here.resources(of: [server])
        guard !arrived.isEmpty else {
            try await here.restoreEntries([server: previousEntry])
            return false
        }
        // Somebody else's resource of that name is no arrival.
        guard arrived.allSatisfy({ $0.vmid == move.record.vmid }) else { return false }
        // Terraform writes the destination first: a copy that it did not take out of the source would let two states own
        // one guest.
        let source = move.formerName ?? server
        let copies = try await there.resources(of: [source])
        guard copies.allSatisfy({ $0.vmid == move.record.vmid }) else { return false }
        if !copies.isEmpty { try await there.removeFromState([source]) }
        try await finish(move, of: server, there, records)
        return true
    }

    /// What is left to do once the resource is where it belongs.
    private static func finish(
        _ move: Action.Move, of server: ServerName, _ there: any StackSession, _ records: any RecordKeeper
    ) async throws(StepFailure) {
        try await there.restoreEntries([move.formerName ?? server: nil])
        if let former = move.formerName {
            try await records.rename(former, to: move.record)
        } else {
            try await records.save(move.record)
        }
    }
}

extension StackSession {
    /// - Throws: when the state cannot be read.
    func resources(of servers: Set<ServerName>) async throws(StepFailure) -> [StateResource] {
        switch try await observe().state {
        case .present(let state): return state.resources.filter { servers.contains($0.server) }
        case .absent: return []
        case .unknown(let reason): throw StepFailure(reason)
        }
    }
}
