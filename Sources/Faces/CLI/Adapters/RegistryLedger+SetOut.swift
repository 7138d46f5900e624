import Foundation
import Model
import Registry

/// What a run set out to do, so that whoever ends it after a kill knows what it did not come to.
extension RegistryLedger {
    /// Only of what a yes counts once for: it is all that has to be known of a step that nothing was done for.
    func noteSetOut(_ steps: [Step], of run: RunID, at moment: Timestamp) async throws(StepFailure) {
        let cut = steps.filter(\.action.verb.isAgreedOnce).map {
            RunStep($0, outcome: .skipped(Sentence(StepOutcome.runCut)), startedAt: moment, took: .zero)
        }
        guard !cut.isEmpty else { return }
        let text: String
        do {
            text = String(decoding: try JSONEncoder().encode(cut), as: UTF8.self)
        } catch {
            throw StepFailure(Sentence("edge.planUnreadable", String(describing: error)))
        }
        try await guarded { () throws(RegistryFailure) in try await registry.set(.setOut(run), to: text) }
    }

    /// Those of them that no batch of the run was about.
    ///
    /// - Parameter begun: the steps of its batches.
    func notComeTo(by run: RunID, begun: Set<StepID>) async throws(RegistryFailure) -> [RunStep] {
        guard let text = try await registry.value(of: .setOut(run)) else { return [] }
        let cut = try? JSONDecoder().decode([RunStep].self, from: Data(text.utf8))
        return (cut ?? []).filter { !begun.contains($0.id) }
    }
}
