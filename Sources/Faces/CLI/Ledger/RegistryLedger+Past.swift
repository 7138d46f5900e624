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
}
