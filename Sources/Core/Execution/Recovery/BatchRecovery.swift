import Model

/// Finds out what became of batches that an earlier process left open, finishes or undoes them, and closes them with
/// the truth.
///
/// It must not decide anything new: what a batch was about to do stands in the journal, and what is done here is what
/// the batch itself would have done next, or its undoing. Everything can be done a second time, because recovery can
/// be killed too.
package struct BatchRecovery: Sendable {
    let ports: ExecutionPorts
    /// The pause between two looks at a task that still runs.
    let pause: @Sendable () async -> Void
    let report: @Sendable (RecoveryEvent) -> Void

    package init(
        ports: ExecutionPorts, pause: @escaping @Sendable () async -> Void,
        report: @escaping @Sendable (RecoveryEvent) -> Void = { _ in }
    ) {
        self.ports = ports
        self.pause = pause
        self.report = report
    }

    /// - Returns: what became of every batch that was open, oldest first.
    /// - Throws: when the journal cannot be read.
    package func run() async throws(StepFailure) -> [RecoveredBatch] {
        let open = try await ports.journal.openBatches()
        guard !open.isEmpty else { return [] }
        let chains = Dictionary(grouping: open.indices) { open[$0].intent.stack }
        return await withTaskGroup(of: [(Int, RecoveredBatch)].self) { group in
            for indices in chains.values {
                group.addTask {
                    var recovered: [(Int, RecoveredBatch)] = []
                    for index in indices { recovered.append((index, await self.recover(open[index]))) }
                    return recovered
                }
            }
            var all: [(Int, RecoveredBatch)] = []
            for await recovered in group { all += recovered }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func recover(_ batch: OpenBatch) async -> RecoveredBatch {
        if let atWork = batch.atWork { return RecoveredBatch(batch, .open(atWork)) }
        report(.began(batch))
        var sessions: [StackID: any StackSession] = [:]
        var end: RecoveredBatch.End
        do throws(StepFailure) {
            // In the stacks' order, so that nobody waits for somebody who waits for us.
            for stack in batch.stacks { sessions[stack] = try await ports.provisioner.open(stack) }
            end = try await settle(batch, sessions)
        } catch {
            end = .open(error.sentence)
        }
        for session in sessions.values { await session.close() }
        if case .closed(let outcomes) = end {
            report(.closed(batch, outcomes))
        } else if case .open(let reason) = end {
            report(.stillOpen(batch, reason))
        }
        return RecoveredBatch(batch, end)
    }

    /// With the locks of its stacks held: nobody else works on it.
    private func settle(
        _ stale: OpenBatch, _ sessions: [StackID: any StackSession]
    ) async throws(StepFailure) -> RecoveredBatch.End {
        // Its owner may have closed it, or got further, while the lock was waited for.
        guard let batch = try await ports.journal.openBatches().first(where: { $0.id == stale.id }) else {
            return .closedByOther
        }
        guard let session = sessions[batch.intent.stack] else { return .closedByOther }
        for session in sessions.values {
            switch await session.trouble() {
            case .refused(let reason): return .open(reason)
            case .failed(let failure): return .open(failure.sentence)
            case .done, .stale, .skipped, nil: break
            }
        }
        let resolution: Resolution
        switch batch.intent.verb {
        case .create, .recreate, .update, .destroy:
            resolution = try await TerraformResolution(
                batch: batch, session: session, ports: ports, pause: pause
            ).resolve()
        case .restart:
            resolution = try await RestartResolution(batch: batch, ports: ports, pause: pause).resolve()
        case .rebuild:
            resolution = try await RebuildResolution(
                batch: batch, session: session, ports: ports, pause: pause
            ).resolve()
        case .adopt:
            resolution = try await AdoptionResolution(batch: batch, session: session, ports: ports).resolve()
        case .move:
            resolution = try await MoveResolution(batch: batch, sessions: sessions, ports: ports).resolve()
        case .forget, .untaint, .repairEntry:
            resolution = try await StateResolution(batch: batch, session: session).resolve()
        case .start, .stop, .rename, .record, .retire, .register, .updateRegistration, .unregister:
            // Such steps have no batch; one of another program's journal is closed as unknown.
            resolution = .outcomes([:])
        }
        switch resolution {
        case .wait(let reason): return .open(reason)
        case .outcomes(var outcomes):
            for step in batch.unreadable { outcomes[step] = .unreadable }
            for step in batch.steps where outcomes[step] == nil { outcomes[step] = .interrupted }
            let servers = batch.intent.steps.map(\.step.server)
            for session in sessions.values {
                try await session.dropEntriesWithoutResource(of: batch.serversWhoseGuestsLive, journal: ports.journal)
            }
            for (stack, session) in sessions {
                await session.noteState(of: stack, after: servers, in: ports.journal)
            }
            try await ports.journal.close(batch.id, outcomes: outcomes)
            return .closed(outcomes)
        }
    }
}

/// What a look at an open batch came to.
enum Resolution: Sendable {
    case outcomes([StepID: StepOutcome])
    /// It cannot be said yet.
    case wait(Sentence)
}

extension StepOutcome {
    /// Plumb ended before the step did, and nothing of it is left, or what is left the next plan takes up.
    static var interrupted: StepOutcome { .failed(.interrupted) }

    /// What it was is not known, so nothing was done about it.
    static var unreadable: StepOutcome {
        .failed(StepFailure(Sentence("recovery.unreadable"), retry: .after(seconds: 1)))
    }
}

extension StepFailure {
    /// As ``StepOutcome/interrupted``.
    static var interrupted: StepFailure { StepFailure(Sentence("recovery.interrupted"), retry: .after(seconds: 1)) }
}

/// An open batch and what became of it.
package struct RecoveredBatch: Sendable {
    package var batch: OpenBatch
    package var end: End

    package init(_ batch: OpenBatch, _ end: End) {
        self.batch = batch
        self.end = end
    }

    package enum End: Sendable {
        case closed([StepID: StepOutcome])
        /// It stays open, and nothing begins in its stack until that is settled.
        case open(Sentence)
        /// The process that began it ended it after all.
        case closedByOther
    }
}

package enum RecoveryEvent: Sendable {
    /// Its stack's lock, and a Terraform that still runs, are waited for.
    case began(OpenBatch)
    case closed(OpenBatch, [StepID: StepOutcome])
    case stillOpen(OpenBatch, Sentence)
}

extension OpenBatch {
    /// Every name that its steps go by in a state, but for those that are made or made anew: their entries may stand
    /// before there is a guest.
    fileprivate var serversWhoseGuestsLive: Set<ServerName> {
        var servers: Set<ServerName> = []
        for entry in intent.steps {
            switch entry.step.action {
            case .create, .recreate, .rebuild: continue
            case .move(let move): servers.formUnion([entry.step.server, move.formerName ?? entry.step.server])
            case .update, .destroy, .adopt, .untaint, .rename, .forget, .power, .restart, .repairEntry, .record,
                .retire, .register, .updateRegistration, .unregister:
                servers.insert(entry.step.server)
            }
        }
        return servers
    }
}

extension StackSession {
    /// An entry that was put back beside a state which was begun anew meanwhile would have an apply by hand make the
    /// server a second time. A state that went back, or that is not there, says nothing of what should stand in tfvars:
    /// the right one may come back, and an apply by hand destroys what has no entry.
    fileprivate func dropEntriesWithoutResource(
        of servers: Set<ServerName>, journal: any BatchJournal
    ) async throws(StepFailure) {
        let observation = try await observe()
        guard let state = observation.state.value, try await journal.replacement(of: observation) == nil else { return }
        let bare = servers.subtracting(state.resources.map(\.server)).filter { observation.tfvars.entries[$0] != nil }
        if !bare.isEmpty { try await restoreEntries(Dictionary(uniqueKeysWithValues: bare.map { ($0, nil) })) }
    }
}
