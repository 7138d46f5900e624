import Model

/// The power of guests that are about to be destroyed: taken cleanly, so that Terraform never cuts it, and given back to
/// every one that is still there in the end.
struct PowerLoan: Sendable {
    let stack: StackID
    let ports: ExecutionPorts

    /// What asking a guest to shut down came to.
    struct Shutdown: Sendable {
        /// Nil: it stands still.
        var obstacle: StepOutcome?
        /// Whether it was asked, so that it may go down later although it has not yet.
        var isAsked = false
    }

    /// Shuts down those that run, side by side. Each waits for those before it, so that people are listened to once more
    /// before each.
    ///
    /// - Parameters:
    ///   - width: how many at a time.
    ///   - gate: counts once more, before each, who is down.
    /// - Returns: what became of each that was listed as running.
    func shutDown(_ items: [BatchItem], atMost width: Int, by gate: DisruptionGate) async -> [StepID: Shutdown] {
        let running = items.filter { $0.isRemoval && $0.isRunning }
        let ends = await sideBySide(running, atMost: width) { item async -> Shutdown in
            if let objection = await ports.orders.objection(to: item.step) { return Shutdown(obstacle: objection) }
            if let refusal = await gate.refusal(of: item.step) { return Shutdown(obstacle: refusal) }
            return await shutDown(item)
        }
        return Dictionary(zip(running, ends).map { ($0.step.id, $1) }) { first, _ in first }
    }

    /// That the guest is to run again where it does not end is on disk before it is asked: it may follow late, when the
    /// removal has failed already, or nobody is there any more to see it.
    func shutDown(_ item: BatchItem) async -> Shutdown {
        guard case .destroy(let removal) = item.step.action else { return Shutdown() }
        let guest = item.guestNow ?? removal.guest
        if let refusal = await refusal(of: item, guest.vmid) { return Shutdown(obstacle: refusal) }
        var end = Shutdown()
        do throws(StepFailure) {
            let before = try await ports.power.reading(of: guest)
            // The listing may be some seconds old: who stopped it meanwhile wants it so.
            guard before.status != .stopped else {
                return Shutdown(obstacle: .refused(Sentence("execution.powerMoved", guest.vmid.description)))
            }
            let earlier = try await ports.records.oweStart(of: item.server, before.owedStart(on: guest.node))
            end.isAsked = true
            do throws(ShutdownFailure) {
                try await ports.power.shutDown(guest, within: .seconds(removal.shutdownSeconds))
            } catch {
                end.obstacle = .failed(error.told(of: item.server, guest, within: removal.shutdownSeconds))
                end.isAsked = error.wasAsked
            }
            if !end.isAsked { try await ports.records.withdrawStart(of: item.server, leaving: earlier) }
        } catch {
            end.obstacle = .failed(error)
        }
        return end
    }

    /// Terraform's plan, the lanes and the shutdowns of others lie between the batch's first look and this one: whoever
    /// came onto the number since is somebody's, and would be started by nobody.
    private func refusal(of item: BatchItem, _ vmid: VMID) async -> StepOutcome? {
        let now = await ports.inventory.inventory(of: stack.cluster, details: [vmid])
        if let refusal = BatchRecheck(inventory: now).refusal(of: item) { return refusal }
        guard item.isAnotherMachine(in: now) else { return nil }
        return .refused(Sentence("execution.changedAtShutdown", vmid.description))
    }

    /// Starts those that ran, were not destroyed, are stopped now and are the same guests still. One whose shutdown
    /// failed counts too: it may have stopped after all.
    ///
    /// - Parameters:
    ///   - items: those that were asked to shut down, or may have been.
    ///   - ended: the servers whose end Terraform reported: one that cannot be seen is owed nothing.
    /// - Returns: what is said of one that may stand still and cannot be seen now, so that whoever looks next must give
    ///   it back; nil: nobody is owed anything more.
    @discardableResult
    func giveBack(
        to items: [BatchItem], _ outcomes: inout [StepID: StepOutcome], besides ended: Set<ServerName> = []
    ) async -> Sentence? {
        let owed = items.filter { $0.isRemoval && $0.isRunning && outcomes[$0.step.id]?.endedGuest != true }
        guard !owed.isEmpty else { return nil }
        var now = await ports.inventory.inventory(of: stack.cluster, details: Set(owed.map(\.vmid)))
        for _ in 0..<Self.rereads where now.distrust != nil {
            now = await ports.inventory.inventory(of: stack.cluster, details: Set(owed.map(\.vmid)))
        }
        var unpaid: Sentence?
        var starting: [(item: BatchItem, guest: GuestReference)] = []
        for item in owed {
            guard let planned = item.plannedGuest else { continue }
            if let task = now.task(ending: item.vmid) {
                // Whoever asked for it waits no longer, and it goes all the same.
                outcomes[item.step.id] = .failed(StepFailure(task.stillRuns, retry: .after(seconds: 30)))
                unpaid = unpaid ?? task.stillRuns
                continue
            }
            switch await debt(of: item, planned, now) {
            case .none: break
            case .unseen where ended.contains(item.server): break
            case .start(let guest): starting.append((item, guest))
            case .unseen:
                let sentence = Sentence("execution.powerOwed", item.vmid.description)
                outcomes[item.step.id] = .failed(StepFailure(sentence, retry: .after(seconds: 30)))
                unpaid = unpaid ?? sentence
            }
        }
        // Side by side, because one whose lock is busy is tried for minutes.
        let failures = await sideBySide(starting, atMost: Self.startsAtOnce) { one in
            await start(one.guest, of: one.item)
        }
        for (one, failure) in zip(starting, failures) {
            guard let failure else { continue }
            let id = one.item.step.id
            var sentence = Sentence(
                "execution.neitherGoneNorStarted", one.item.server.text, one.item.vmid.description,
                reason: failure.sentence)
            sentence.parts?.append(Self.cause(of: outcomes[id]))
            // A second try in this run would find it stopped, and this would be said nowhere.
            outcomes[id] = StepOutcome.failed(StepFailure(sentence, retry: failure.retry)).leftToNextPlan
        }
        return unpaid
    }

    /// - Returns: why it does not run again; nil: it does.
    private func start(_ guest: GuestReference, of item: BatchItem) async -> StepFailure? {
        if let failure = await GuestStart(ports: ports).obstacle(to: guest, of: item.step) { return failure }
        do throws(StepFailure) {
            try await ports.records.settleStart(of: item.server)
            return nil
        } catch {
            return error
        }
    }

    /// What Proxmox's own bulk actions start at a time.
    private static var startsAtOnce: Int { 4 }

    /// What a guest that was switched off is owed.
    private enum Debt {
        case none
        case start(GuestReference)
        /// Whether it is there and stands still cannot be said.
        case unseen
    }

    private func debt(of item: BatchItem, _ planned: GuestReference, _ now: ClusterInventory) async -> Debt {
        if case .unknown = GuestCheck.presence(of: planned, in: now) { return .unseen }
        guard let guest = GuestCheck.own(planned, of: item.server, machineID: item.machineID, in: now) else {
            return .none
        }
        return await debt(to: guest, planned)
    }

    /// A listing is some seconds old, by which a guest that has just shut down still runs in it, and does not know of
    /// every guest whether it runs; its node does.
    private func debt(to guest: ObservedGuest, _ planned: GuestReference) async -> Debt {
        let reference = guest.reference(as: planned)
        if guest.status == .stopped { return .start(reference) }
        return switch try? await ports.power.reading(of: reference).status {
        case .running, .paused: .none
        case .stopped: .start(reference)
        case .unknown, nil: .unseen
        }
    }

    private static func cause(of outcome: StepOutcome?) -> Sentence {
        switch outcome {
        case .failed(let failure)?: failure.sentence
        case .refused(let why)?, .stale(let why)?, .skipped(let why)?: why
        case .done?, nil: Sentence("execution.cancelled")
        }
    }

    /// How often a listing that cannot be trusted is asked for again.
    private static var rereads: Int { 2 }
}

extension ShutdownFailure {
    /// The failure with whose guest it is and how long that had; where it was asked nothing, the failure says it all.
    func told(of server: ServerName, _ guest: GuestReference, within seconds: Int) -> StepFailure {
        guard wasAsked else { return failure }
        return StepFailure(
            Sentence(
                "execution.notDown", server.text, guest.vmid.description, String(seconds), reason: failure.sentence),
            retry: failure.retry)
    }
}
