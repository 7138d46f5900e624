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
        /// Whether Terraform has ended although the batch is left: what came of it cannot be settled yet.
        var hasEnded = false
        /// The servers whose steps Terraform said were done, whatever a look at the cluster said.
        var reported: Set<ServerName> = []

        init(_ outcomes: [StepID: StepOutcome], isLeft: Bool = false) {
            self.outcomes = outcomes
            self.isLeft = isLeft
        }
    }

    /// Journals the intent with the present entries of the steps' servers, does the work, and journals its outcomes.
    ///
    /// - Parameters:
    ///   - running: the servers whose guests run.
    ///   - machines: the machines that guests are, by their servers, as far as they are known.
    ///   - work: gets the batch and the text of each server's entry before it.
    func run(
        _ steps: [Step], verb: Action.Verb, running: Set<ServerName> = [], machines: [ServerName: String] = [:],
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
                    step: $0, previousEntry: previous[$0.server], wasRunning: running.contains($0.server),
                    machineID: machines[$0.server])
            }
            batch = try await journal.begin(
                BatchIntent(stack: stack, verb: verb, steps: entries, tfvarsDigest: observation.tfvars.digest))
        } catch {
            return steps.outcomes(.failed(error))
        }
        let end = await work(batch, previous)
        if end.isLeft { return end.outcomes }
        await session.noteState(of: stack, after: steps.map(\.server), in: journal)
        do throws(StepFailure) {
            try await journal.close(batch, outcomes: end.outcomes)
        } catch {
            // The work is done; only its end is not on disk. The next start finds the open batch and looks again.
            return end.outcomes.mapValues { $0 == .done ? .failed(error) : $0 }
        }
        return end.outcomes
    }
}

extension StackSession {
    /// Writes down which state a batch left and which of its servers that holds, so that an older one in its place is
    /// seen. Where that fails the next pass does it.
    func noteState(of stack: StackID, after servers: [ServerName], in journal: any BatchJournal) async {
        guard let observation = try? await observe(), let state = observation.state.value, let stamp = state.stamp
        else {
            return
        }
        // A change of what is there may be made in a state that went back, which does not make it the right one.
        do throws(StepFailure) {
            if try await journal.replacement(of: observation) != nil { return }
        } catch {
            return
        }
        let held = Set(state.resources.map(\.server)).intersection(servers).sorted()
        try? await journal.note([StateSighting(stack: stack, stamp: stamp, held: held)])
    }
}
