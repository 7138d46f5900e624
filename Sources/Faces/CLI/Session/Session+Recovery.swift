import Execution
import Model
import Planning
import Reconciliation

extension Session {
    /// Closes what earlier processes left open, before anything new is begun, and says what it finds.
    ///
    /// - Throws: when the registry cannot be read or written; then nothing may be begun either.
    @discardableResult
    func recover(on console: Console) async throws -> Recovery {
        let recovery = try await reconciler.recover { event in
            for sentence in event.sentences { console.notice(sentence) }
        }
        for run in recovery.endedRuns { console.notice(Sentence("recovery.run", run.rawValue)) }
        // Also where no batch was open, as after a Terraform that a person ran.
        _ = await mendCutStates(sayingSo: console)
        return recovery
    }

    /// Mends what a killed Terraform left cut off, and says it.
    func mendCutStates(sayingSo console: Console) async -> Set<StackID> {
        let mended = await stacks.mendCutStates()
        for notice in stacks.takeNotices() { console.notice(notice) }
        return mended
    }

    /// Stacks with a state that Terraform could not write.
    func erroredStates() async -> [ErroredState] {
        await stacks.erroredStates(of: desired.clusters.map(\.name))
    }

    /// Goes on with a stack's state that is older than what was seen there, or another.
    ///
    /// - Returns: what was decided.
    /// - Throws: where there is no such stack, or its state is the one that was seen, or one that came of it.
    func acceptState(of name: String) async throws -> Sentence {
        let stacks = await reconciler.stacks.stacks(of: desired.clusters.map(\.name))
        let replaced = try await reconciler.ledger.recorded().replacedStates(in: stacks)
        guard let (stack, found) = replaced.first(where: { $0.key.description.lowercased() == name.lowercased() })
        else {
            let known = replaced.keys.sorted().map(\.description).joined(separator: ", ")
            throw CommandFailure(Sentence("recovery.whichState", name, known.isEmpty ? "-" : known))
        }
        let decision = decision(
            on: stack,
            Sentence(
                "recovery.accepted", stack.description, String(found.found.serial), String(found.known.serial)))
        try await reconciler.ledger.accept(found.found, as: decision)
        return decision.sentence
    }

    /// Goes on with a cluster that answers under another name than before.
    ///
    /// - Returns: what was decided.
    /// - Throws: where no such cluster is declared.
    func acceptCluster(named name: String) async throws -> Sentence {
        guard let cluster = desired.clusters.map(\.name).first(where: { $0 == ClusterName(name) }) else {
            let known = desired.clusters.map(\.name.text).sorted().joined(separator: ", ")
            throw CommandFailure(Sentence("recovery.whichCluster", name, known.isEmpty ? "-" : known))
        }
        try await ledger.forgetAnsweringCluster(for: cluster)
        return Sentence("recovery.clusterAccepted", cluster.text)
    }

    /// Notes what was just done at this person's word.
    func note(_ sentence: Sentence, on stack: StackID) async throws(StepFailure) {
        try await reconciler.ledger.note(decision(on: stack, sentence))
    }

    private func decision(on stack: StackID, _ sentence: Sentence) -> StackDecision {
        StackDecision(stack: stack, by: person, at: reconciler.clock(), sentence: sentence)
    }

    /// The same for a stack whose state was just begun anew: that it is another one was asked for.
    func acceptReplacedState(of stack: StackID, as sentence: Sentence) async throws(StepFailure) {
        let stacks = await reconciler.stacks.stacks(of: [stack.cluster])
        guard let replaced = try await reconciler.ledger.recorded().replacedStates(in: stacks)[stack] else {
            return try await note(sentence, on: stack)
        }
        try await reconciler.ledger.accept(replaced.found, as: decision(on: stack, sentence))
    }

    /// Says what is still to be found out, for verbs that change nothing.
    func announceOpenBatches(on console: Console) async throws {
        for notice in try await noticesOnOpenBatches() { console.notice(notice) }
    }

    /// What is still to be found out: of batches that were cut off, and of those that others work on.
    ///
    /// - Parameter server: the one that is asked about; nil: all of them.
    func noticesOnOpenBatches(about server: ServerName? = nil) async throws -> [Sentence] {
        let batches = try await reconciler.ports.journal.openBatches().filter { batch in
            // What cannot be read may be about any server.
            server == nil || !batch.unreadable.isEmpty
                || batch.intent.steps.contains { $0.step.subject.server == server }
        }
        guard !batches.isEmpty else { return [] }
        let owed = Set(try await reconciler.ledger.recorded().servers.filter { $0.owedStart != nil }.map(\.name))
        return batches.flatMap { batch -> [Sentence] in
            if let atWork = batch.atWork { return [atWork] }
            var notices = [
                Sentence(
                    "recovery.pending", batch.id.rawValue, batch.intent.stack.description, batch.intent.verb.rawValue,
                    batch.openedAt.description)
            ]
            if batch.isProgramAlive, let program = batch.program { notices.append(program.sentence) }
            return notices + batch.cutOff(owing: owed, of: server)
        }
    }

    /// Of which servers a rebuild ended the guest without making the new one, and where the old one is kept.
    ///
    /// - Parameter outOfPlumb: servers that are not as they are declared; of the others such a rebuild is past.
    func noticesOnUnfinishedRebuilds(of outOfPlumb: Set<ServerName>) async throws -> [Sentence] {
        if outOfPlumb.isEmpty { return [] }
        return try await ledger.unfinishedRebuilds().filter { outOfPlumb.contains($0.server) }.flatMap(\.sentences)
    }

    /// Says that of the servers of a plan.
    func announceUnfinishedRebuilds(in pass: PlannedPass, on console: Console) async throws {
        for notice in try await noticesOnUnfinishedRebuilds(of: pass.outOfPlumb) { console.notice(notice) }
    }

    /// The same where no cluster was looked at: of declared servers that no guest is on record of, but for those of which
    /// the recovery says it.
    func announceUnfinishedRebuilds(beside recovery: Recovery, on console: Console) async throws {
        let known = try await reconciler.ledger.recorded().servers.map(\.name)
        let told = recovery.batches.flatMap { $0.batch.intent.steps.compactMap(\.step.subject.server) }
        let missing = Set(desired.servers.map(\.name)).subtracting(known).subtracting(told)
        for notice in try await noticesOnUnfinishedRebuilds(of: missing) { console.notice(notice) }
    }

    /// What a look at differences has to say beside them.
    func notices(on pass: DriftPass) async throws -> [Sentence] {
        let outOfPlumb = Set(pass.items.filter(\.counts).map(\.server) + pass.unread.map(\.name))
        return try await noticesOnOpenBatches() + noticesOnUnfinishedRebuilds(of: outOfPlumb)
    }
}

extension PlannedPass {
    /// Servers that are not as they are declared.
    fileprivate var outOfPlumb: Set<ServerName> {
        let differing = plan.findings.filter(\.tellsDifference).map(\.subject)
        return Set((plan.steps.map(\.subject) + differing).compactMap(\.server))
    }
}

extension RecoveryEvent {
    fileprivate var sentences: [Sentence] {
        switch self {
        case .began(let batch):
            let began = Sentence(
                "recovery.began", batch.id.rawValue, batch.intent.stack.description, batch.intent.verb.rawValue,
                String(batch.steps.count), batch.openedAt.description)
            guard batch.isProgramAlive, let program = batch.program else { return [began] }
            return [began, program.sentence]
        case .closed(let batch, let outcomes):
            let done = outcomes.values.count { $0 == .done }
            return [Sentence("recovery.closed", batch.id.rawValue, String(done), String(outcomes.count))]
        case .stillOpen(let batch, let reason):
            return [Sentence("recovery.stillOpen", batch.id.rawValue, batch.intent.stack.description), reason]
        }
    }
}

extension StartedProgram {
    fileprivate var sentence: Sentence { Sentence("recovery.waiting", String(process.pid), eventsFile) }
}
