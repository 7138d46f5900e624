import Model

/// What became of a plan that is kept: a yes or a no to it may come too late.
package struct PlanFate: Sendable, Hashable {
    package struct Doing: Sendable, Hashable {
        var by: String
        var at: Timestamp
    }

    package struct Replacement: Sendable, Hashable {
        var at: Timestamp
        /// The plan that stands now; nil: which one that is cannot be said.
        var plan: PlanID?
        /// What is agreed to in that one.
        var steps: Set<Approval.ApprovedStep> = []
    }

    /// Steps that were done since, whichever plan they were done by.
    var done: [StepID: Doing] = [:]
    /// Nil: no later plan took its place.
    var replacement: Replacement?

    package init() {}

    /// What is said beside a yes or a no to some of its steps; empty: all of them are still to be done.
    func sentences(on plan: PlanID, _ steps: [Step]) -> [Sentence] {
        let doings = steps.compactMap { done[$0.id] }
        let total = String(steps.count)
        if let last = doings.max(by: { $0.at < $1.at }) {
            return [
                Sentence(
                    "cli.planDone", plan.description, String(doings.count), total, last.by, last.at.description)
            ]
        }
        guard let replacement, !steps.isEmpty else { return [] }
        let moment = replacement.at.description
        // What was asked for by name comes into a plan by the yes itself.
        let standing = steps.count { $0.action.verb == .rebuild || replacement.steps.contains($0.agreed) }
        if standing == steps.count { return [] }
        guard let now = replacement.plan else { return [Sentence("cli.planReplaced", plan.description, moment)] }
        return [
            Sentence(
                "cli.planReplacedBy", plan.description, moment, now.description, String(standing), total)
        ]
    }
}
