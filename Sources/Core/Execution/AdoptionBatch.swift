import Model
import Planning

/// Takes existing guests into the state, one after another, and then sets what differs from their declaration. An import
/// that would replace the guest is undone. A resource of the same server that the provider lost sight of is let go of
/// first.
struct AdoptionBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in steps {
            guard case .adopt(let adoption) = step.action else { preconditionFailure("\(step.id) adopts nothing") }
            let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
            let settled = await work.run([step], verb: .adopt) { batch, previous in
                [step.id: await adopt(step, adoption, previous: previous[step.server], batch: batch)]
            }
            outcomes.merge(settled) { first, _ in first }
        }
        return outcomes
    }

    private func adopt(
        _ step: Step, _ adoption: Action.Adoption, previous: String?, batch: BatchID
    ) async -> StepOutcome {
        var isTouched = false
        var wasInState = false
        var outcome: StepOutcome
        do throws(StepFailure) {
            try await GuestCheck(inventory: ports.inventory).confirm(adoption.guest)
            wasInState = try await session.serversInState().contains(step.server)
            isTouched = true
            try await session.writeEntries([step.server: adoption.configuration])
            try await ports.journal.advance(batch, to: .tfvarsWritten)
            if wasInState { try await session.removeFromState([step.server]) }
            do throws(ProvisioningFailure) {
                try await session.importGuest(adoption.guest, as: step.server, type: adoption.guest.type)
            } catch {
                throw error.failure(for: step.server)
            }
            outcome = try await alignWithDeclaration(step, batch: batch)
            if outcome == .done { return await register(step, adoption) }
        } catch {
            outcome = .failed(error)
        }
        if isTouched {
            do throws(StepFailure) {
                try await undo(step.server, previous: previous, wasInState: wasInState)
            } catch {
                // Why it failed matters more than why the undoing did; the next plan finds what is left.
                if case .refused = outcome { outcome = .failed(error) }
            }
        }
        return outcome
    }

    private func register(_ step: Step, _ adoption: Action.Adoption) async -> StepOutcome {
        do throws(StepFailure) {
            try await ports.records.save(adoption.record)
            if let mark = adoption.mark { try await ports.records.recordBirth(of: step.server, bearing: mark) }
            return .done
        } catch {
            return .failed(error)
        }
    }

    /// The guest goes back to being nobody's, but one that the state had before stays in it: that one is ours. A key is
    /// taken back only where the state holds no resource of it, which a run by hand would destroy.
    private func undo(_ server: ServerName, previous: String?, wasInState: Bool) async throws(StepFailure) {
        let isInState = try await session.serversInState().contains(server)
        if isInState, wasInState { return }
        if isInState { try await session.removeFromState([server]) }
        if try await session.serversInState().contains(server) { return }
        try await session.restoreEntries([server: previous])
    }

    private func alignWithDeclaration(_ step: Step, batch: BatchID) async throws(StepFailure) -> StepOutcome {
        let plan: SavedPlan
        do throws(ProvisioningFailure) {
            plan = try await session.plan(targets: [step.server], dropping: [])
        } catch {
            throw error.failure(for: step.server)
        }
        switch ScopeGuard.check(announced: [step.server: .adopt], changes: plan.changes) {
        case .setAside(let reasons):
            await session.discard(plan)
            return .refused(reasons[step.server] ?? Sentence("execution.planFailed", step.server.text))
        case .refuse(let reason):
            await session.discard(plan)
            return .refused(reason)
        case .pass: break
        }
        guard plan.changes.isApplyable else {
            await session.discard(plan)
            return .done
        }
        try await ports.journal.advance(batch, to: .applying)
        let result = try await session.apply(plan, batch: batch) { _ in }
        await session.discard(plan)
        let isUnchanged = plan.changes.resources.allSatisfy { $0.server != step.server || $0.action == .none }
        if isUnchanged || result.completed.contains(step.server) { return .done }
        return .failed(
            result.errored[step.server] ?? result.general.first
                ?? StepFailure(Sentence("execution.noEvent", step.server.text)))
    }
}

extension ProvisioningFailure {
    func failure(for server: ServerName) -> StepFailure {
        byServer[server] ?? general ?? StepFailure(Sentence("execution.planFailed", server.text))
    }
}
