import Model

/// A piece of work in a stack whose intent is on disk before it begins.
struct JournaledWork: Sendable {
    let stack: StackID
    let session: any StackSession
    let journal: any BatchJournal

    /// Journals the intent with the present entries of the steps' servers, does the work, and journals its outcomes.
    ///
    /// - Parameter work: gets the batch and the text of each server's entry before it.
    func run(
        _ steps: [Step], verb: Action.Verb,
        work: (BatchID, [ServerName: String]) async -> [StepID: StepOutcome]
    ) async -> [StepID: StepOutcome] {
        guard !steps.isEmpty else { return [:] }
        let batch: BatchID
        let previous: [ServerName: String]
        do throws(StepFailure) {
            let observation = try await session.observe()
            previous = try await session.entryTexts(of: steps.map(\.server))
            let entries = steps.map {
                BatchIntent.Entry(step: $0.id, server: $0.server, previousEntry: previous[$0.server])
            }
            batch = try await journal.begin(
                BatchIntent(stack: stack, verb: verb, steps: entries, tfvarsDigest: observation.tfvars.digest))
        } catch {
            return steps.outcomes(.failed(error))
        }
        let outcomes = await work(batch, previous)
        do throws(StepFailure) {
            try await journal.close(batch, outcomes: outcomes)
        } catch {
            // The work is done; only its end is not on disk. The next start finds the open batch and looks again.
            return outcomes.mapValues { $0 == .done ? .failed(error) : $0 }
        }
        return outcomes
    }
}
