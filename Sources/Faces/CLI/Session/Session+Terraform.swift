import Model
import Reconciliation

extension Session {
    /// Terraform's own words on what waits for approval, by stack.
    func terraformTexts(for pass: PlannedPass) async throws(StepFailure) -> [(stack: StackID, text: String)] {
        var steps: [StackID: [Step]] = [:]
        for step in pass.awaitingApproval {
            if case .server(_, let stack) = step.subject { steps[stack, default: []].append(step) }
        }
        var texts: [(stack: StackID, text: String)] = []
        for (stack, steps) in steps.sorted(by: { $0.key < $1.key }) {
            texts.append((stack, try await reconciler.stacks.terraformText(for: steps, in: stack)))
        }
        return texts
    }
}
