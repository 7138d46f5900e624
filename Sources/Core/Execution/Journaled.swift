import Model

/// A piece of work in a stack whose intent is on disk before it begins.
struct JournaledWork: Sendable {
    let stack: StackID
    let session: any StackSession
    let journal: any BatchJournal

    /// What a piece of work came to.
    struct End: Sendable {
        var outcomes: [StepID: StepOutcome]
        /// Whether something of it still goes on: the batch then stays open, and whoever looks next finds out what came
        /// of it.
        var isLeft = false

        init(_ outcomes: [StepID: StepOutcome], isLeft: Bool = false) {
            self.outcomes = outcomes
            self.isLeft = isLeft
        }
    }

    /// Journals the intent with the present entries of the steps' servers, does the work, and journals its outcomes.
    ///
    /// - Parameters:
    ///   - running: the servers whose guests run.
    ///   - work: gets the batch and the text of each server's entry before it.
    func run(
        _ steps: [Step], verb: Action.Verb, running: Set<ServerName> = [],
        work: (BatchID, [ServerName: String]) async -> End
    ) async -> [StepID: StepOutcome] {
        guard !steps.isEmpty else { return [:] }
        let batch: BatchID
        let previous: [ServerName: String]
        do throws(StepFailure) {
            let observation = try await session.observe()
            previous = try await session.entryTexts(of: steps.map(\.server))
            let entries = steps.map {
                BatchIntent.Entry(
                    step: $0, previousEntry: previous[$0.server], wasRunning: running.contains($0.server))
            }
            batch = try await journal.begin(
                BatchIntent(stack: stack, verb: verb, steps: entries, tfvarsDigest: observation.tfvars.digest))
        } catch {
            return steps.outcomes(.failed(error))
        }
        let end = await work(batch, previous)
        if end.isLeft { return end.outcomes }
        do throws(StepFailure) {
            try await journal.close(batch, outcomes: end.outcomes)
        } catch {
            // The work is done; only its end is not on disk. The next start finds the open batch and looks again.
            return end.outcomes.mapValues { $0 == .done ? .failed(error) : $0 }
        }
        return end.outcomes
    }
}
