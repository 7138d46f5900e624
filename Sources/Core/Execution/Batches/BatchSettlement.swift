import Model

/// What a batch came to: Terraform's events and a live read decide, not its exit code; then what failed is undone, and
/// only last does the registry learn of it.
struct BatchSettlement: Sendable {
    let stack: StackID
    let session: any StackSession
    let ports: ExecutionPorts
    let batch: BatchID
    /// Whether a removal is half of a rebuild, which may not be closed before its end is seen.
    var isHalf = false

    func settle(_ items: [BatchItem], _ result: ApplyResult) async -> [StepID: StepOutcome] {
        let now = await ports.inventory.inventory(of: stack.cluster, details: Set(items.map(\.vmid)))
        let inState: Set<ServerName>
        do throws(StepFailure) {
            inState = try await session.serversInState()
        } catch {
            return outcomes(of: unwritten(items, result, now, because: error))
        }
        var ends = items.map { end(of: $0, result, now, isInState: inState.contains($0.server)) }
        await note(.verified)
        await letGo(&ends)
        await restoreEntries(&ends)
        await note(.rolledBack)
        await writeRows(&ends)
        await holdNewborn(&ends)
        await startNewborn(&ends)
        return outcomes(of: ends)
    }

    private func outcomes(of ends: [End]) -> [StepID: StepOutcome] {
        Dictionary(ends.map { ($0.item.step.id, $0.outcome) }) { first, _ in first }
    }

    /// What is said where the state cannot be read: nothing is written down then, and a guest that is gone is gone.
    private func unwritten(
        _ items: [BatchItem], _ result: ApplyResult, _ now: ClusterInventory, because failure: StepFailure
    ) -> [End] {
        items.map { item in
            var one = end(of: item, result, now, isInState: true)
            if one.outcome.openEnd == nil { one.fail(failure) }
            return one
        }
    }

    /// All of this can be done a second time: a phase that could not be written costs nothing but that.
    private func note(_ phase: BatchPhase) async { try? await ports.journal.advance(batch, to: phase) }

    /// How one item ended, and what is to be done about it.
    private struct End: Sendable {
        let item: BatchItem
        var outcome: StepOutcome
        /// Whether the state must let go of it.
        var leavesState = false
        /// What its entry in tfvars becomes; nil: it stays as it is.
        var entry: Entry?
        /// What a previous entry keeps of the disks that its guest has by now.
        var disks: [GuestSettings.Disk] = []
        var row = Row.none
        /// The guest to start for the first time.
        var newborn: GuestReference?
        /// Whether its guest is gone for it, whatever of that can be written down.
        var hasEnded = false

        init(_ item: BatchItem, _ outcome: StepOutcome) {
            self.item = item
            self.outcome = outcome
        }

        /// Notes that something of it could not be written down. A guest that is gone has ended all the same: closed as
        /// failed, its end would be in no day's budget, and its entry would stay beside a state without it.
        mutating func fail(_ failure: StepFailure) {
            outcome = .failed(hasEnded ? failure.asUnsettledEnd(of: item) : failure)
        }

        enum Entry: Sendable { case previous, none }
        enum Row: Sendable {
            case none, born(Action.Creation), save(RecordedServer), retire

            var born: Action.Creation? { if case .born(let creation) = self { creation } else { nil } }
        }
    }

    // MARK: What happened

    private func end(
        of item: BatchItem, _ result: ApplyResult, _ now: ClusterInventory, isInState: Bool
    ) -> End {
        switch item.step.action {
        case .create(let creation), .recreate(let creation):
            endOfCreation(item, creation, result, now, isInState: isInState)
        case .update(let change): endOfUpdate(item, change, result, now)
        case .destroy(let removal): endOfRemoval(item, removal, result, now, isInState: isInState)
        case .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record, .retire,
            .register,
            .updateRegistration,
            .unregister:
            preconditionFailure("\(item.step.id) is no step of a Terraform batch")
        }
    }

    private func endOfCreation(
        _ item: BatchItem, _ creation: Action.Creation, _ result: ApplyResult, _ now: ClusterInventory, isInState: Bool
    ) -> End {
        let vmid = creation.configuration.birth.vmid
        var end = End(item, .failed(result.failure(of: item.server)))
        // What may exist keeps its entry while the state holds it, and the next plan looks again.
        if !isInState { end.entry = .previous }
        if let distrust = now.distrust {
            end.outcome = .failed(StepFailure(distrust, retry: .after(seconds: 30)))
            return end
        }
        guard let guest = now.guest(vmid) else {
            // Only where nothing was made is the same creation worth another try.
            if isInState || !now.isFree(vmid) { end.outcome = end.outcome.leftToNextPlan }
            return end
        }
        end.outcome = end.outcome.leftToNextPlan
        guard let details = now.details[vmid]?.value else {
            // Whose it is cannot be said, so nothing is written down of it and nothing is started.
            end.outcome = .failed(.notRead(vmid, now))
            return end
        }
        if details.mark == nil, let lock = details.lock ?? guest.lock, GuestLock.isOfBirth(lock) {
            // What is being cloned shows no description yet, and what was given up never will.
            end.outcome = .failed(
                StepFailure(Sentence("execution.halfMade", vmid.description, lock), retry: .after(seconds: 30)))
            return end
        }
        guard details.mark == creation.mark else {
            // A stranger: the provider took "already exists" for success. It must leave the state at once.
            end.outcome = .failed(
                StepFailure(Sentence("execution.strangerInState", String(vmid.rawValue), guest.name)))
            end.leavesState = isInState
            end.entry = .previous
            return end
        }
        end.row = .born(creation)
        guard result.completed.contains(item.server), isInState else { return end }
        end.outcome = .done
        if creation.start {
            end.newborn = GuestReference(
                cluster: stack.cluster, vmid: vmid, type: guest.type, node: guest.node, mark: creation.mark)
        }
        return end
    }

    private func endOfUpdate(
        _ item: BatchItem, _ change: Action.Change, _ result: ApplyResult, _ now: ClusterInventory
    ) -> End {
        var end = End(item, .failed(result.failure(of: item.server)))
        guard result.completed.contains(item.server) else {
            end.entry = .previous
            end.disks = change.disks(in: now, newly: item.newDisks)
            return end
        }
        let expected = (item.guestNow ?? change.guest).updated(as: item.server, in: now)
        switch GuestCheck.verdict(on: expected, in: now) {
        case .failure(let failure):
            let isAnother = failure.sentence.code == "execution.guestReplaced"
            end.outcome = .failed(isAnother ? .updatedAnother(expected, in: now) : failure)
        case .success:
            end.outcome = .done
            end.row = .save(change.record)
        }
        return end
    }

    private func endOfRemoval(
        _ item: BatchItem, _ removal: Action.Removal, _ result: ApplyResult, _ now: ClusterInventory, isInState: Bool
    ) -> End {
        var end = End(item, .failed(result.failure(of: item.server)))
        // Trying again in this run would shut it down once more, and who ran then is forgotten by the second try.
        if item.isRunning { end.outcome = end.outcome.leftToNextPlan }
        let isReported = result.completed.contains(item.server)
        switch GuestCheck.presence(of: removal.guest, in: now, isEndReported: isReported) {
        case .unknown(let failure):
            end.outcome = .failed(
                isHalf || isReported ? failure.asUnseenEnd(of: item, isHalf: isHalf) : failure)
        case .same: break
        // Whether ours ended before that one came cannot be said; its entry and its row stay.
        case .another where !isReported: break
        case .another, .gone:
            end.outcome = .done
            end.hasEnded = true
            end.leavesState = isInState
            end.entry = End.Entry.none
            end.row = .retire
        }
        return end
    }

    // MARK: What is done about it

    private func letGo(_ ends: inout [End]) async {
        let leaving = ends.filter(\.leavesState).map(\.item.server)
        guard !leaving.isEmpty else { return }
        do throws(StepFailure) {
            try await session.removeFromState(leaving)
        } catch {
            // What the state holds keeps its entry: a run by hand would destroy a resource without one.
            for index in ends.indices where ends[index].leavesState {
                ends[index].entry = nil
                ends[index].row = .none
                ends[index].fail(error)
            }
        }
    }

    private func restoreEntries(_ ends: inout [End]) async {
        var texts: [ServerName: String?] = [:]
        var disks: [ServerName: [GuestSettings.Disk]] = [:]
        for end in ends {
            if !end.disks.isEmpty { disks[end.item.server] = end.disks }
            switch end.entry {
            case .previous: texts[end.item.server] = .some(end.item.previousEntry)
            case .some(.none): texts[end.item.server] = .some(nil)
            case nil: break
            }
        }
        guard !texts.isEmpty else { return }
        do throws(StepFailure) {
            try await session.restoreEntries(texts, keeping: disks)
        } catch {
            for index in ends.indices where ends[index].entry != nil {
                ends[index].fail(error)
                if case .retire = ends[index].row { ends[index].row = .none }
            }
        }
    }

    private func writeRows(_ ends: inout [End]) async {
        // A write is on disk before it returns: hundreds of births in one cost what one does. Where that fails, each is
        // written by itself, so that one row that cannot be written fails alone.
        let born = ends.compactMap(\.row.born).map { BornServer($0.bornRecord, $0.birth) }
        var areWritten = false
        if !born.isEmpty { areWritten = (try? await ports.records.recordBirths(of: born)) != nil }
        for index in ends.indices {
            let server = ends[index].item.server
            do throws(StepFailure) {
                switch ends[index].row {
                case .none: break
                case .born where areWritten: break
                case .born(let creation):
                    try await ports.records.save(creation.bornRecord)
                    try await ports.records.recordBirth(of: server, bearing: creation.mark, with: creation.birth)
                case .save(let row): try await ports.records.save(row)
                case .retire: try await ports.records.retire(server)
                }
            } catch {
                ends[index].fail(error)
                ends[index].newborn = nil
            }
        }
    }

    /// A birth can take long, or be found by a later process: by then people may want it held. The second half of a
    /// rebuild gives back what ran before.
    private func holdNewborn(_ ends: inout [End]) async {
        guard !isHalf else { return }
        let steps = ends.filter { $0.newborn != nil }.map(\.item.step)
        guard !steps.isEmpty else { return }
        let objections = await ports.orders.objections(to: steps, areBorn: true)
        for index in ends.indices {
            guard let guest = ends[index].newborn, let said = objections[ends[index].item.step.id] else { continue }
            ends[index].newborn = nil
            ends[index].outcome = said.heldBeforeStart(of: ends[index].item, guest)
        }
    }

    private func startNewborn(_ ends: inout [End]) async {
        let newborn = ends.indices.filter { ends[$0].newborn != nil }
        let lookedAt = ports.pace.elapsed()
        let starting = ends
        // Born stopped and recorded so: whom the lanes do not let start now the next plan starts.
        let turn = LaneTurn(ports: ports, isOver: { Task.isCancelled })
        let failures = await turn.run(
            newborn, in: stack.cluster, node: { starting[$0].newborn?.node ?? "" },
            refused: { $1 ?? StepFailure(Sentence("execution.cancelled"), retry: .after(seconds: 1)) }
        ) { index async -> StepFailure? in
            guard let guest = starting[index].newborn, case .born(let creation) = starting[index].row else {
                return nil
            }
            do throws(StepFailure) {
                if ports.pace.elapsed() - lookedAt > LaneTurn.freshness {
                    try await GuestCheck(inventory: ports.inventory).confirm(guest)
                }
                try await ports.power.start(guest)
                var started = creation.record
                started.node = guest.node
                started.wasStarted = true
                try await ports.records.save(started)
                return nil
            } catch {
                return error
            }
        }
        for (index, failure) in zip(newborn, failures) {
            // It is made, and only its start failed: that is a step of the next plan.
            if let failure { ends[index].outcome = StepOutcome.failed(failure).leftToNextPlan }
        }
    }
}

extension StepFailure {
    fileprivate func asUnseenEnd(of item: BatchItem, isHalf: Bool) -> StepFailure {
        let code = isHalf ? StepOutcome.endUnseen : StepOutcome.removalUnseen
        return StepFailure(Sentence(code, item.server.text, item.vmid.description, reason: sentence), retry: retry)
    }

    fileprivate func asUnsettledEnd(of item: BatchItem) -> StepFailure {
        let code = StepOutcome.endUnsettled
        return StepFailure(
            Sentence(code, item.server.text, item.vmid.description, reason: sentence), retry: .after(seconds: 30))
    }
}

extension StepOutcome {
    /// The same of a guest that is made and stands still for it.
    fileprivate func heldBeforeStart(of item: BatchItem, _ guest: GuestReference) -> StepOutcome {
        func held(_ reason: Sentence) -> Sentence {
            Sentence("execution.startHeld", item.server.text, guest.vmid.description, reason: reason)
        }
        switch self {
        case .skipped(let reason), .refused(let reason), .stale(let reason): return .skipped(held(reason))
        case .failed(let failure): return StepOutcome.failed(StepFailure(held(failure.sentence))).leftToNextPlan
        case .done: return .done
        }
    }

    /// Why the end of a guest leaves its batch open: whether it came about cannot be said yet, of the old one of a
    /// rebuild or of one whose end Terraform reported; or it did, and that could not be written down. Nil: nothing does.
    var openEnd: Sentence? {
        guard case .failed(let failure) = self else { return nil }
        let codes = [Self.endUnseen, Self.removalUnseen, Self.endUnsettled]
        return codes.contains(failure.sentence.code) ? failure.sentence : nil
    }

    /// The same where the step as it is must not be tried again, because it left something behind: a fresh plan knows
    /// how to go on with that.
    var leftToNextPlan: StepOutcome {
        guard case .failed(var failure) = self, failure.retry == .afterLock else { return self }
        failure.retry = .after(seconds: 1)
        return .failed(failure)
    }
}

extension Action.Change {
    /// Those of its disks that its guest has, as large as they are there; where that cannot be read, those that it had as
    /// they were to become.
    ///
    /// An update that did not come to its end may have grown or made some. Of all that an update writes this alone cannot
    /// be taken back: with the entry of before, Terraform would replace a container and take a VM's new disk away. Whatever
    /// else replaces a guest does so in both directions, and no plan that replaces one passes the scope guard.
    ///
    /// - Parameter newly: the interfaces of those that it was to get. An entry with one that was never made would say that
    ///   somebody detached it, and hold all further updates of the server.
    fileprivate func disks(in now: ClusterInventory, newly: Set<String>) -> [GuestSettings.Disk] {
        let own = configuration.settings.disks
        // The state says nothing of it: after an update that failed it has what was asked for.
        guard let found = now.details[guest.vmid]?.value else { return own.filter { !newly.contains($0.interface) } }
        let there = (found.pending ?? found.settings).disks
        return own.compactMap { disk in
            guard let other = there.first(where: { $0.interface == disk.interface }) else { return nil }
            var disk = disk
            disk.size = other.size
            return disk
        }
    }
}

extension Action.Creation {
    /// The row of a server that was born just now. Not started yet, whatever was planned: a creation that breaks off here
    /// is started by the next plan.
    fileprivate var bornRecord: RecordedServer {
        var born = record
        born.wasStarted = false
        born.mark = mark.id
        return born
    }

    fileprivate var birth: RecordedBirth { RecordedBirth(configuration.birth) }
}

extension StackSession {
    /// - Throws: when the state cannot be read.
    func serversInState() async throws(StepFailure) -> Set<ServerName> {
        switch try await observe().state {
        case .present(let state): return Set(state.resources.map(\.server))
        case .absent: return []
        case .unknown(let reason): throw StepFailure(reason)
        }
    }
}
