import Model

/// The registry, as far as execution writes to it. Every write is idempotent by its key.
package protocol RecordKeeper: Sendable {
    func save(_ server: RecordedServer) async throws(StepFailure)
    /// Counts a birth, so that a later server of this name bears another mark.
    ///
    /// - Parameter birth: what it was born with; nil: what is known of that stays.
    func recordBirth(
        of server: ServerName, bearing mark: OwnershipMark, with birth: RecordedBirth?
    ) async throws(StepFailure)
    /// Writes the rows of servers that were born, each with its mark, and counts their births: all of them, or none.
    func recordBirths(of servers: [BornServer]) async throws(StepFailure)
    func retire(_ server: ServerName) async throws(StepFailure)
    /// Notes, before a server's guest is asked to shut down, that whoever finds it down afterwards is to start it.
    ///
    /// - Returns: what was owed to it already.
    @discardableResult
    func oweStart(of server: ServerName, _ owed: OwedStart) async throws(StepFailure) -> OwedStart?
    /// What is owed to a server that was asked to shut down and is not known to run anew; nil: nothing.
    func owedStart(of server: ServerName) async throws(StepFailure) -> OwedStart?
    /// Takes that back, because the guest runs anew.
    func settleStart(of server: ServerName) async throws(StepFailure)
    /// Gives the row of a server to the name that it has now, and writes it, in one transaction. Where the former name
    /// has none any more, the row is only written.
    func rename(_ former: ServerName, to server: RecordedServer) async throws(StepFailure)
    func rename(_ former: ObjectName, to object: RecordedObject) async throws(StepFailure)
    func save(_ object: RecordedObject) async throws(StepFailure)
    func remove(_ object: ObjectName) async throws(StepFailure)
}

extension RecordKeeper {
    /// Takes back what was noted of a guest that was not asked after all.
    func withdrawStart(of server: ServerName, leaving earlier: OwedStart?) async throws(StepFailure) {
        if let earlier { try await oweStart(of: server, earlier) } else { try await settleStart(of: server) }
    }
}

/// The durable log of batches: what was intended is on disk before anything is done.
package protocol BatchJournal: Sendable {
    func begin(_ intent: BatchIntent) async throws(StepFailure) -> BatchID
    func advance(_ batch: BatchID, to phase: BatchPhase) async throws(StepFailure)
    /// Notes the program that a batch started, so that whoever finds the batch open knows what to wait for.
    func record(_ program: StartedProgram, of batch: BatchID) async throws(StepFailure)
    /// Notes the volume to which a batch backed its guest up, before the guest ends.
    func note(backup volume: String, of batch: BatchID) async throws(StepFailure)
    func close(_ batch: BatchID, outcomes: [StepID: StepOutcome]) async throws(StepFailure)
    /// Batches that were begun and not closed, oldest first. Whoever holds a stack's lock and finds one of its batches
    /// here knows that nobody works on it any more.
    func openBatches() async throws(StepFailure) -> [OpenBatch]
    /// Notes what a stack's state is now and what it holds.
    func note(_ sightings: [StateSighting]) async throws(StepFailure)
    /// Why nothing that rests on the whole state may be done in a stack: it is not the one that was last seen there, nor
    /// one that came of it. Nil: it is.
    func replacement(of stack: StackObservation) async throws(StepFailure) -> ReplacedState?
}

/// What a batch is about to do, and what is needed to finish or undo it, also by a later process.
package struct BatchIntent: Sendable {
    package var stack: StackID
    package var verb: Action.Verb
    package var steps: [Entry]
    /// SHA-256 of tfvars before the batch.
    package var tfvarsDigest: String

    package init(stack: StackID, verb: Action.Verb, steps: [Entry], tfvarsDigest: String) {
        self.stack = stack
        self.verb = verb
        self.steps = steps
        self.tfvarsDigest = tfvarsDigest
    }

    package struct Entry: Sendable {
        package var step: Step
        /// The text of its server's tfvars entry before; nil: it had none.
        package var previousEntry: String?
        /// Whether its guest ran just before: one that is shut down for a destroy which does not come gets its power back.
        package var wasRunning: Bool
        /// Which machine its guest was (``GuestConfiguration/machineID``); nil: not known.
        package var machineID: String?

        package init(step: Step, previousEntry: String?, wasRunning: Bool = false, machineID: String? = nil) {
            self.step = step
            self.previousEntry = previousEntry
            self.wasRunning = wasRunning
            self.machineID = machineID
        }
    }
}

/// A program that goes on whatever happens to this process.
package struct StartedProgram: Hashable, Sendable {
    package var process: ProcessStamp
    /// Where it writes its events; an absolute path.
    package var eventsFile: String

    package init(process: ProcessStamp, eventsFile: String) {
        self.process = process
        self.eventsFile = eventsFile
    }
}

/// A batch that was begun and not closed.
package struct OpenBatch: Sendable {
    package var id: BatchID
    package var run: RunID
    package var intent: BatchIntent
    package var phase: BatchPhase
    package var openedAt: Timestamp
    package var program: StartedProgram?
    /// Whether that program still runs.
    package var isProgramAlive = false
    /// The volume to which it backed its guest up; nil: it has not, or was to make none.
    package var backup: String?
    /// Another process that opened it and is still there; nil: nobody works on it, or this process does.
    package var owner: ProcessStamp?
    /// Steps of it whose content the journal does not have, or that cannot be read.
    package var unreadable: [StepID] = []

    package init(id: BatchID, run: RunID, intent: BatchIntent, phase: BatchPhase, openedAt: Timestamp) {
        self.id = id
        self.run = run
        self.intent = intent
        self.phase = phase
        self.openedAt = openedAt
    }

    /// The stacks that it may have changed, in the order in which their locks are taken.
    package var stacks: [StackID] {
        var stacks: Set<StackID> = [intent.stack]
        for entry in intent.steps {
            if case .move(let move) = entry.step.action { stacks.insert(move.from) }
        }
        return stacks.sorted()
    }

    /// Who works on it, on what and since when; nil: nobody does, or this process.
    package var atWork: Sentence? { owner.map { Sentence("recovery.atWork", whoIsAtWork($0)) } }

    /// The batch, the process that works on it, its stack, what is done to how many servers, and since when.
    package func whoIsAtWork(_ owner: ProcessStamp) -> [String] {
        [
            id.rawValue, String(owner.pid), intent.stack.description, intent.verb.rawValue, String(steps.count),
            openedAt.description,
        ]
    }

    /// All its steps, those that cannot be read too.
    package var steps: [StepID] { intent.steps.map(\.step.id) + unreadable }
}
