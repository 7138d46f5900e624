import Model

/// How many of the approvals that a step needs it has.
package struct ApprovalStanding: Hashable, Sendable {
    package var step: StepID
    package var given: Int
    package var required: Int
}

/// What is still missing of the approvals of steps, from what is declared and recorded alone.
package func approvalStandings(of steps: [Step], _ input: PlanningInput) -> [ApprovalStanding] {
    var planner = FleetPlanner(input)
    let book = ApprovalBook(input.recorded, now: input.now)
    return steps.map { step in
        let rule = planner.policy(of: step).approval
        let required = book.required(for: step.id, rule)
        let given: Int
        switch book.verdict(on: step, rule) {
        case .approved: given = required
        case .partly(let people, own: _): given = people.count
        case .unknown, .expired, .ahead, .moved: given = 0
        }
        return ApprovalStanding(step: step.id, given: given, required: required)
    }
}

/// Whether one more yes gives all of these steps as many as they need.
package func isApproved(_ steps: [Step], with approval: Approval, _ input: PlanningInput) -> Bool {
    var input = input
    input.recorded.approvals.append(approval)
    return approvalStandings(of: steps, input).allSatisfy { $0.given >= $0.required }
}
