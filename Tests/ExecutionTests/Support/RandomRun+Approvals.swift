import Model
import Reconciliation

/// Who says yes.
extension RandomRun {
    /// As many people as the policy asks for say yes to all that waits for it.
    ///
    /// - Parameter isEnough: otherwise one person fewer.
    func agree(to pass: PlannedPass, isEnough: Bool = true) async throws(StepFailure) -> PlannedPass {
        let required = fleet.desired.policies[0].requiredApprovals ?? 1
        let people = ["test", "second"].prefix(isEnough ? required : required - 1)
        var pass = pass
        for person in people {
            pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: person)
        }
        if !isEnough, !people.isEmpty, !pass.awaitingApproval.isEmpty { tally.count("too few said yes") }
        return pass
    }
}
