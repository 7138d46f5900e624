import Foundation
import Model
import Registry

/// What a run set out to do, so that whoever ends it after a kill knows what it did not come to.
extension RegistryLedger {
    /// Of what a yes counts once for, and of what no batch is written down for.
    func noteSetOut(_ steps: [Step], of run: RunID, at moment: Timestamp) async throws(StepFailure) {
        let cut = steps.compactMap { step in
            step.action.verb.codeWhereCut.map { code in
                RunStep(step, outcome: .skipped(Sentence(code)), startedAt: moment, took: .zero)
            }
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

extension Action.Verb {
    /// What is said of such a step where its run was cut off and no batch is about it; nil: nothing.
    fileprivate var codeWhereCut: SentenceCode? {
        switch self {
        case .recreate, .destroy, .restart, .rebuild: StepOutcome.runCut
        case .start, .stop: "execution.powerCut"
        case .create, .update, .adopt, .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }
}
