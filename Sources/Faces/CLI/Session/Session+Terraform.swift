import Model
import Reconciliation

extension Session {
    /// Terraform's own words on what waits for approval, by stack; or why one has none, which costs the others nothing.
    func terraformTexts(for pass: PlannedPass) async -> [TerraformText] {
        var texts: [TerraformText] = []
        for (stack, steps) in pass.awaitingTerraform.sorted(by: { $0.key < $1.key }) {
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

extension PlannedPass {
    /// Steps that wait for approval, of the stacks in which Terraform has something to say of one of them.
    var awaitingTerraform: [StackID: [Step]] {
        var steps: [StackID: [Step]] = [:]
        for step in awaitingApproval {
            if case .server(_, let stack) = step.subject { steps[stack, default: []].append(step) }
        }
        return steps.filter { $0.value.contains(where: \.action.isPlannedByTerraform) }
    }
}

extension Action {
    /// Whether it changes a resource in Terraform's plan; a restart, for one, goes past Terraform.
    fileprivate var isPlannedByTerraform: Bool {
        switch self {
        case .create, .recreate, .rebuild, .update, .destroy, .adopt: true
        case .move, .untaint, .rename, .forget, .power, .restart, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            false
        }
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
