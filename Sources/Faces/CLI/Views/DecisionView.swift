import JSONArena
import Model

/// What someone said yes or no to.
package struct DecisionView: View {
    package enum Decision: String, Sendable { case approved, rejected }

    package var decision: Decision
    package var plan: PlanID
    package var person: String
    /// The steps that it is about.
    package var steps: [StepID]

    package init(_ decision: Decision, plan: PlanID, by person: String, steps: [StepID]) {
        self.decision = decision
        self.plan = plan
        self.person = person
        self.steps = steps
    }

    package func text(in page: Page) -> String {
        let code = SentenceCode(rawValue: "view.decision.\(decision.rawValue)")
        let lines = steps.map { "  \($0)" }
        return (lines + [page.whole(Sentence(code, plan.description, String(steps.count), person))])
            .joined(separator: "\n")
    }

    package func json(in language: Language) -> JSONValue {
        [
            "decision": .string(decision.rawValue), "plan": .string(plan.rawValue), "by": .string(person),
            "steps": .array(steps.map { .string($0.rawValue) }),
        ]
    }
}
