import Model
import Planning

/// Takes existing guests into the state, one after another, each by a saved plan that imports it and sets what differs
/// from its declaration. The plan is looked at first: one that would replace the guest, or change more of it than was
/// announced, is not applied, and the guest was not touched. A resource of the same server that the provider lost sight
/// of is let go of before, and its guest is taken in again at once.
struct AdoptionBatch: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    /// Who else may be down: the provider restarts some guests for what it sets.
    let gate: DisruptionGate
    let report: @Sendable (ExecutionEvent) -> Void

    func run(_ steps: [Step]) async -> [StepID: StepOutcome] {
        var outcomes: [StepID: StepOutcome] = [:]
        for step in steps {
            guard case .adopt(let adoption) = step.action else { preconditionFailure("\(step.id) adopts nothing") }
            let work = JournaledWork(stack: stack, session: session, journal: ports.journal)
            let settled = await work.run([step], verb: .adopt) { batch, _ in
                await adopt(step, adoption, batch: batch)
            }
            outcomes.merge(settled) { first, _ in first }
            await gate.release([step])
        }
        return outcomes
    }

    private func adopt(
        _ step: Step, _ adoption: Action.Adoption, batch: BatchID
    ) async -> JournaledWork.End {
        var isTouched = false
        var wasInState = false
        var outcome: StepOutcome
        do throws(StepFailure) {
            try await GuestCheck(inventory: ports.inventory).confirm(adoption.guest)
            wasInState = try await session.serversInState().contains(step.server)
            // The stack's lock may have taken long, and what was let go of must be taken in again.
            if let objection = await ports.orders.objection(to: step) { return JournaledWork.End([step.id: objection]) }
            isTouched = true
            try await session.writeEntries([step.server: adoption.configuration])
            try await ports.journal.advance(batch, to: .tfvarsWritten)
            if wasInState { try await session.removeFromState([step.server]) }
            let plan: SavedPlan
            do throws(ProvisioningFailure) {
                if wasInState {
                    try await session.importGuest(adoption.guest, as: step.server, type: adoption.guest.type)
                    plan = try await session.plan(targets: [step.server], dropping: [])
                } else {
                    plan = try await session.planImport(of: adoption.guest, as: step.server)
                }
            } catch {
                throw error.failure(for: step.server)
            }
            // What bears a mark of ours was made by us: what no document has a word for is as our root writes it.
            let isOurs = adoption.guest.mark != nil && !adoption.isStranger
            switch try await takeIn(step, adoption.guest, plan, isOurs: isOurs, batch: batch) {
            case .left(let failure): return JournaledWork.End([step.id: .failed(failure)], isLeft: true)
            case .ended(let end): outcome = end
            }
            if outcome == .done { return JournaledWork.End([step.id: await register(step.server, adoption)]) }
        } catch {
            outcome = .failed(error)
        }
        if isTouched {
            do throws(StepFailure) {
                // An entry from before without a resource would have a run by hand make the server again.
                try await undo(step.server, entry: nil, wasInState: wasInState)
            } catch {
                // Why it failed matters more than why the undoing did; the next plan finds what is left.
                if case .refused = outcome { outcome = .failed(error) }
            }
        }
        return JournaledWork.End([step.id: outcome])
    }

    func register(_ server: ServerName, _ adoption: Action.Adoption) async -> StepOutcome {
        do throws(StepFailure) {
            try await ports.records.save(adoption.record)
            if let mark = adoption.mark {
                // What a newborn comes by here it was to be born with.
                let birth = adoption.isNewborn == true ? RecordedBirth(adoption.configuration.birth) : nil
                try await ports.records.recordBirth(of: server, bearing: mark, with: birth)
            }
            return .done
        } catch {
            return .failed(error)
        }
    }

    /// The guest goes back to being nobody's, but one that the state had before stays in it: that one is ours. A key is
    /// taken back only where the state holds no resource of it, which a run by hand would destroy.
    ///
    /// - Parameter entry: what the key becomes; nil: there is none.
    func undo(_ server: ServerName, entry: String?, wasInState: Bool) async throws(StepFailure) {
        let isInState = try await session.serversInState().contains(server)
        if isInState, wasInState { return }
        if isInState { try await session.removeFromState([server]) }
        if try await session.serversInState().contains(server) { return }
        try await session.restoreEntries([server: entry])
    }

    private enum Ending {
        case ended(StepOutcome)
        /// Terraform works on by itself, or its state cannot be believed.
        case left(StepFailure)
    }

    /// Applies a plan that provably does no more than the step announced.
    private func takeIn(
        _ step: Step, _ guest: GuestReference, _ plan: SavedPlan, isOurs: Bool, batch: BatchID
    ) async throws(StepFailure) -> Ending {
        switch ScopeGuard.check(in: stack, announced: [step.server: .adopt], changes: plan.changes) {
        case .setAside(let reasons):
            await session.discard(plan)
            return .ended(.refused(reasons[step.server] ?? Sentence("execution.planFailed", step.server.text)))
        case .refuse(let reason):
            await session.discard(plan)
            return .ended(.refused(reason))
        case .pass: break
        }
        let surprises = isOurs ? [] : step.surprises(in: plan.changes)
        guard surprises.isEmpty else {
            await session.discard(plan)
            let text = surprises.map(\.text).joined(separator: "; ")
            return .ended(.refused(Sentence("execution.adoptionChanges", step.server.text, text)))
        }
        if let refusal = plan.changes.unannounced(by: step) {
            await session.discard(plan)
            return .ended(refusal)
        }
        guard plan.changes.isApplyable else {
            await session.discard(plan)
            return .ended(.done)
        }
        let demand = LaneDemand(stack.cluster, works: [step.lanes])
        let turn = LaneTurn(ports: ports, isOver: { Task.isCancelled })
        guard let taken = try await turn.take(demand, for: batch) else {
            await session.discard(plan)
            return .ended(.skipped(Sentence("execution.cancelled")))
        }
        if taken.waited > LaneTurn.freshness {
            do throws(StepFailure) {
                try await GuestCheck(inventory: ports.inventory).confirm(guest)
            } catch {
                await ports.lanes.giveBack(taken.grant)
                await session.discard(plan)
                throw error
            }
        }
        // The stack's lock, the plan and the lanes may have taken long.
        var refusal = await ports.orders.objection(to: step)
        if refusal == nil { refusal = await gate.refusal(of: step) }
        if refusal == nil { refusal = await LastLook(stack: stack, ports: ports).refusal(ofAdoption: step, of: guest) }
        if let refusal {
            await ports.lanes.giveBack(taken.grant)
            await session.discard(plan)
            return .ended(refusal)
        }
        switch try await apply(plan, in: taken.grant, batch: batch) {
        case .left(let failure): return .left(failure)
        case .ended(let result):
            await session.discard(plan)
            try? await ports.journal.advance(batch, to: .applied)
            if let failure = await session.obstacleToSettling() {
                return .left(result.unsettledFailure(of: step.server, because: failure))
            }
            let isUnchanged = plan.changes.resources.allSatisfy { $0.server != step.server || $0.action == .none }
            // An import that changes nothing has no event of its own: the state says whether it was done.
            let isTaken = try await session.serversInState().contains(step.server)
            if (isUnchanged && isTaken) || result.completed.contains(step.server) { return .ended(.done) }
            return .ended(.failed(result.failure(of: step.server)))
        }
    }
}

extension AdoptionBatch {
    private func apply(
        _ plan: SavedPlan, in grant: LaneGrant, batch: BatchID
    ) async throws(StepFailure) -> ApplyEnd {
        do throws(StepFailure) {
            try await ports.journal.advance(batch, to: .applying)
            let journal = ports.journal
            let end = try await session.apply(plan, batch: batch) { program in
                // It is in the directory of its events too, where a later process finds it.
                try? await journal.record(program, of: batch)
            } onEvent: { _ in
            }
            if case .ended = end { await ports.lanes.giveBack(grant) }
            return end
        } catch {
            await ports.lanes.giveBack(grant)
            throw error
        }
    }
}

extension ApplyResult {
    /// Why a server was not completed.
    func failure(of server: ServerName) -> StepFailure {
        errored[server] ?? general.first
            ?? StepFailure(Sentence("execution.noEvent", server.text), retry: .after(seconds: 30))
    }
}

extension ApplyResult {
    /// What is said of a server as long as the state that its run left cannot be believed.
    func unsettledFailure(of server: ServerName, because obstacle: StepFailure) -> StepFailure {
        guard let cause = errored[server] ?? general.first else { return obstacle }
        var sentence = Sentence("execution.unsettled", server.text, reason: obstacle.sentence)
        sentence.parts?.append(cause.sentence)
        return StepFailure(sentence, retry: obstacle.retry)
    }

    func unsettled(_ server: ServerName, because obstacle: StepFailure) -> StepOutcome {
        .failed(unsettledFailure(of: server, because: obstacle))
    }
}

extension Step {
    /// Attributes that Terraform would change with the import and that the step does not announce. The mark is always
    /// announced.
    func surprises(in changes: PlannedChanges) -> [AttributeChange] {
        let announced = Set(self.changes.map(\.root) + ["tags", "description"])
        let kept: [GuestOption]
        if case .adopt(let adoption) = action {
            kept = adoption.configuration.settings.options ?? []
        } else {
            kept = []
        }
        return changes.resources.filter { $0.server == server }.flatMap(\.imported)
            .filter { change in
                !announced.contains(change.root) && !self.changes.announce(change)
                    && !kept.contains { $0.isSaid(by: change) }
            }
    }
}

extension AttributeChange {
    /// `disks` of `disks[scsi0].size`.
    fileprivate var root: Substring { path.prefix { $0 != "[" && $0 != "." } }

    fileprivate var text: String { "\(path): \(before ?? "–") → \(after ?? "–")" }
}

extension GuestOption {
    /// Whether the change only writes down what the guest has, where the provider's import says nothing.
    fileprivate func isSaid(by change: AttributeChange) -> Bool {
        change.before == nil && change.after == value && change.path.replacing("[0]", with: "") == name
    }
}

extension ProvisioningFailure {
    func failure(for server: ServerName) -> StepFailure {
        byServer[server] ?? general ?? StepFailure(Sentence("execution.planFailed", server.text))
    }
}
