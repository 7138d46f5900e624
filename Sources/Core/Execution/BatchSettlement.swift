import Model

/// What a batch came to: Terraform's events and a live read decide, not its exit code; then what failed is undone, entry
/// by entry, and only last does the registry learn of it.
struct BatchSettlement: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts

    func settle(_ items: [BatchItem], _ result: ApplyResult, stopped: Set<ServerName>) async -> [StepID: StepOutcome] {
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.vmid)))
        var outcomes: [StepID: StepOutcome] = [:]
        let inState: Set<ServerName>
        do {
            inState = try await serversInState()
        } catch {
            return items.map(\.step).outcomes(.failed(error))
        }
        for item in items {
            let isInState = inState.contains(item.server)
            do throws(StepFailure) {
                switch item.step.action {
                case .create(let creation), .recreate(let creation):
                    outcomes[item.step.id] = try await settleCreation(item, creation, result, now, isInState: isInState)
                case .update(let change):
                    outcomes[item.step.id] = try await settleUpdate(item, change, result, now)
                case .destroy(let removal):
                    outcomes[item.step.id] = try await settleRemoval(
                        item, removal, result, now, wasStopped: stopped.contains(item.server), isInState: isInState)
                case .adopt, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register,
                    .updateRegistration, .unregister:
                    preconditionFailure("\(item.step.id) is no step of a Terraform batch")
                }
            } catch {
                outcomes[item.step.id] = .failed(error)
            }
        }
        return outcomes
    }

    private func failure(of item: BatchItem, in result: ApplyResult) -> StepFailure {
        result.errored[item.server] ?? result.general.first
            ?? StepFailure(Sentence("execution.noEvent", item.server.text), retry: .after(seconds: 30))
    }

    private func serversInState() async throws(StepFailure) -> Set<ServerName> {
        switch try await session.observe().state {
        case .present(let state): return Set(state.resources.map(\.server))
        case .absent: return []
        case .unknown(let reason): throw StepFailure(reason)
        }
    }

    private func settleCreation(
        _ item: BatchItem, _ creation: Action.Creation, _ result: ApplyResult, _ now: ClusterInventory, isInState: Bool
    ) async throws(StepFailure) -> StepOutcome {
        let vmid = creation.configuration.birth.vmid
        if let distrust = now.distrust {
            // It may exist. The entry stays while the state holds it, and the next plan looks again.
            if !isInState { try await session.restoreEntries([item.server: item.previousEntry]) }
            return .failed(StepFailure(distrust, retry: .after(seconds: 30)))
        }
        let details = now.details[vmid]?.value
        if now.guest(vmid) != nil, let details, details.mark != creation.mark {
            // A stranger: the provider took "already exists" for success. It must leave the state at once.
            if isInState { try await session.removeFromState([item.server]) }
            try await session.restoreEntries([item.server: item.previousEntry])
            return .failed(StepFailure(Sentence("execution.strangerInState", String(vmid.rawValue), details.name)))
        }
        if now.guest(vmid) != nil {
            // Not started yet, whatever was planned: a creation that breaks off here is started by the next plan.
            var born = creation.record
            born.wasStarted = false
            try await ports.records.save(born)
            try await ports.records.recordBirth(of: item.server, bearing: creation.mark)
        }
        if !isInState { try await session.restoreEntries([item.server: item.previousEntry]) }
        guard result.completed.contains(item.server), isInState, let guest = now.guest(vmid) else {
            return .failed(failure(of: item, in: result))
        }
        guard creation.start else { return .done }
        let born = GuestReference(
            cluster: stack.cluster, vmid: vmid, type: guest.type, node: guest.node, mark: creation.mark)
        try await ports.power.start(born)
        var started = creation.record
        started.node = guest.node
        started.wasStarted = true
        try await ports.records.save(started)
        return .done
    }

    private func settleUpdate(
        _ item: BatchItem, _ change: Action.Change, _ result: ApplyResult, _ now: ClusterInventory
    ) async throws(StepFailure) -> StepOutcome {
        guard result.completed.contains(item.server) else {
            try await session.restoreEntries([item.server: item.previousEntry])
            return .failed(failure(of: item, in: result))
        }
        if case .failure(let failure) = GuestCheck.verdict(on: item.guestNow ?? change.guest, in: now) {
            return .failed(failure)
        }
        try await ports.records.save(change.record)
        return .done
    }

    private func settleRemoval(
        _ item: BatchItem, _ removal: Action.Removal, _ result: ApplyResult, _ now: ClusterInventory, wasStopped: Bool,
        isInState: Bool
    ) async throws(StepFailure) -> StepOutcome {
        if let distrust = now.distrust { return .failed(StepFailure(distrust, retry: .after(seconds: 30))) }
        if let guest = now.guest(removal.guest.vmid) {
            let failure = failure(of: item, in: result)
            if wasStopped, guest.status == .stopped {
                // It was running and should still be there: give it back its power.
                try await ports.power.start(guest.reference(as: removal.guest))
            }
            return .failed(failure)
        }
        guard now.canProveAbsence else {
            return .failed(StepFailure(Sentence("execution.cannotProveGone", String(removal.guest.vmid.rawValue))))
        }
        if isInState { try await session.removeFromState([item.server]) }
        try await session.restoreEntries([item.server: nil])
        try await ports.records.retire(item.server)
        return .done
    }
}
