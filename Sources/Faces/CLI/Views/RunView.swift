import JSONArena
import Model
import Reconciliation

/// What an apply came to. A text lists what is not done; what is done was said while it went on.
package struct RunView: View {
    package var applied: AppliedPass
    package var took: Duration
    package var exit: ExitStatus

    package init(_ applied: AppliedPass, took: Duration, exit: ExitStatus) {
        self.applied = applied
        self.took = took
        self.exit = exit
    }

    private var plan: Plan { applied.pass.plan }
    private var outcomes: [StepID: StepOutcome] { applied.outcomes }

    package func text(in page: Page) -> String {
        var table = TextTable(indent: 2)
        for step in plan.steps.sorted(by: { $0.subject < $1.subject }) {
            guard let outcome = outcomes[step.id], let sentence = outcome.sentence else { continue }
            table.add([
                TextTable.Cell(page.what(Sentence(outcome.name.label)), outcome.name.colour),
                TextTable.Cell(step.id.description), TextTable.Cell(page.whole(sentence)),
            ])
        }
        for finding in plan.findings where finding.kind != .notice {
            table.add([
                TextTable.Cell(page.what(Sentence(finding.kind.label)), finding.kind.colour),
                TextTable.Cell(finding.subject.description), TextTable.Cell(page.whole(finding.sentence)),
            ])
        }
        for step in applied.pass.gone {
            table.add([
                TextTable.Cell(page.what("view.outcome.gone"), .cyan), TextTable.Cell(step.description),
                TextTable.Cell(page.what("view.run.gone")),
            ])
        }
        return (table.lines(page.paint) + [summary(in: page)]).joined(separator: "\n")
    }

    private func summary(in page: Page) -> String {
        let byName = Dictionary(grouping: outcomes.values, by: \.name).mapValues(\.count)
        let parts = StepOutcome.Name.allCases.compactMap { name in
            byName[name].map { page.what(Sentence(name.count, String($0))) }
        }
        let text = parts.isEmpty ? page.what("view.run.nothing") : parts.joined(separator: ", ")
        return page.paint(page.what("view.run.title", applied.pass.id.description), .bold)
            + " \(text) (\(took.spoken))."
    }

    package func json(in language: Language) -> JSONValue {
        [
            "run": .string(applied.run.rawValue), "plan": .string(applied.pass.id.rawValue),
            "steps": .array(
                plan.steps.map { step in
                    var members = [
                        JSONValue.Member("id", .string(step.id.rawValue)),
                        JSONValue.Member("subject", step.subject.json),
                        JSONValue.Member("action", .string(step.action.verb.rawValue)),
                    ]
                    if case .object(let outcome)? = outcomes[step.id]?.json(in: language) { members += outcome }
                    return .object(members)
                }),
            "gone": .array(applied.pass.gone.map { .string($0.rawValue) }),
            "findings": .array(plan.findings.map { $0.json(in: language) }),
            "milliseconds": .int(Int(took.wholeMilliseconds)),
            "exitCode": .int(Int(exit.rawValue)),
        ]
    }
}
