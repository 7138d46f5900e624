import Model
import Registry

/// What earlier and other runs did, as far as the next one has to know.
extension RegistryLedger {
    /// Rebuilds that ended a guest, and whose new one no run has made since; oldest first.
    func unfinishedRebuilds() async throws(StepFailure) -> [UnfinishedRebuild] {
        let steps = try await guarded { () throws(RegistryFailure) in try await registry.unfinishedRebuilds() }
        return steps.compactMap { step in
            step.subject.server.flatMap { UnfinishedRebuild(of: $0, step.outcome, begunAt: step.startedAt) }
        }
    }

    /// What a run did in some stacks since a moment, as far as its batches are closed; nil: nothing.
    func otherRun(
        _ run: RunID, in stacks: Set<StackID>, since moment: Timestamp
    ) async throws(StepFailure) -> OtherRun? {
        try await guarded { () throws(RegistryFailure) -> OtherRun? in
            let closed = try await registry.batches(of: run).filter { batch in
                stacks.contains(batch.stack) && (batch.closedAt.map { $0 >= moment } ?? false)
            }
            let done = closed.flatMap(\.steps).filter { $0.outcome == .done }.map(\.step)
            guard let last = closed.compactMap(\.closedAt).max(), !done.isEmpty else { return nil }
            let person = try await registry.run(run).who
            return OtherRun(id: run, by: person, done: done, at: last)
        }
    }
}
