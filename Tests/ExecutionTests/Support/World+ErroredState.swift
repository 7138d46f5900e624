import Model
import Simulation

/// States that Terraform could not write.
extension World {
    static let noRoom = StepFailure(Sentence("execution.planFailed", "no space left on device"))

    /// Puts down the state that an apply came to, where there is room for it.
    func keep(_ double: TerraformDouble, of stack: StackID) {
        guard losesNextState else {
            stacks[stack] = double
            return
        }
        losesNextState = false
        erroredStates[stack] = double
    }

    /// What a person does with `plumb recover --errored-state push`.
    func pushErroredStates() {
        for (stack, errored) in erroredStates {
            var double = errored
            double.entries = stacks[stack]?.entries ?? [:]
            stacks[stack] = double
        }
        erroredStates = [:]
    }
}
