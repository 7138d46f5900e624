import Model
import Reconciliation

extension Session {
    /// Terraform's own words on what waits for approval, by stack; or why one has none, which costs the others nothing.
    func terraformTexts(for pass: PlannedPass) async -> [TerraformText] {
        var steps: [StackID: [Step]] = [:]
        for step in pass.awaitingApproval {
            if case .server(_, let stack) = step.subject { steps[stack, default: []].append(step) }
        }
        var texts: [TerraformText] = []
        for (stack, steps) in steps.sorted(by: { $0.key < $1.key }) {
            do throws(StepFailure) {
                let text = try await reconciler.stacks.terraformText(for: steps, in: stack)
                texts.append(TerraformText(stack: stack, words: .success(text)))
            } catch {
                texts.append(TerraformText(stack: stack, words: .failure(error)))
            }
        }
        return texts
    }
}

/// What Terraform itself says of the steps of one stack that wait for approval.
package struct TerraformText: Sendable {
    package var stack: StackID
    package var words: Result<String, StepFailure>

    package init(stack: StackID, words: Result<String, StepFailure>) {
        self.stack = stack
        self.words = words
    }
}
