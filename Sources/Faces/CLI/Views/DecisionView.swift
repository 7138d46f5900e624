import JSONArena
import Model
import Planning

/// What someone said yes or no to.
package struct DecisionView: View {
    package enum Decision: String, Sendable { case approved, rejected }

    package var decision: Decision
    package var plan: PlanID
    package var person: String
    /// The steps that it is about.
    package var steps: [StepID]
    /// Of an approval: how many each step has of those that it needs.
    package var standings: [ApprovalStanding] = []

    package init(_ decision: Decision, plan: PlanID, by person: String, steps: [StepID]) {
        self.decision = decision
        self.plan = plan
        self.person = person
        self.steps = steps
    }

    package func text(in page: Page) -> String {
        let code = SentenceCode(rawValue: "view.decision.\(decision.rawValue)")
        let missing = Dictionary(standings.filter { $0.given < $0.required || $0.required > 1 }.map { ($0.step, $0) }) {
            first, _ in first
        }
        let lines = steps.map { step in
            guard let standing = missing[step] else { return "  \(step)" }
            let count = page.what("view.decision.standing", String(standing.given), String(standing.required))
            return "  \(step)  [\(count)]"
        }
        return (lines + [page.whole(Sentence(code, plan.description, String(steps.count), person))])
            .joined(separator: "\n")
    }

    package func json(in language: Language) -> JSONValue {
        [
            "decision": .string(decision.rawValue), "plan": .string(plan.rawValue), "by": .string(person),
            "steps": .array(steps.map { .string($0.rawValue) }),
            "approvals": .object(
                standings.map { standing in
                    JSONValue.Member(
                        standing.step.rawValue, ["given": .int(standing.given), "required": .int(standing.required)])
                }),
        ]
    }
}
