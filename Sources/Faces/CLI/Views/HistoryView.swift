import JSONArena
import Model

/// What Plumb did, latest first: who, which commit, what, how long.
package struct HistoryView: View {
    package var runs: [RunRecord]
    package var decisions: [StackDecision]

    package init(_ runs: [RunRecord], decisions: [StackDecision]) {
        self.runs = runs
        self.decisions = decisions
    }

    package func text(in page: Page) -> String {
        guard !runs.isEmpty || !decisions.isEmpty else { return page.what("view.history.empty") }
        let all =
            runs.map { ($0.startedAt, lines(of: $0, in: page)) }
            + decisions.map { ($0.at, lines(of: $0, in: page)) }
        let latest = all.enumerated().sorted { one, other in
            one.element.0 == other.element.0 ? one.offset < other.offset : one.element.0 > other.element.0
        }
        return latest.flatMap(\.element.1).joined(separator: "\n")
    }

    private func lines(of decision: StackDecision, in page: Page) -> [String] {
        let parts = ["Stack/\(decision.stack)", decision.at.description, decision.by]
        return [page.paint(parts.joined(separator: "  "), .bold), "  " + page.what(decision.sentence)]
    }

    private func lines(of run: RunRecord, in page: Page) -> [String] {
        let took = run.endedAt.map { ($0 - run.startedAt).spoken } ?? page.what("view.history.unfinished")
        let parts = [
            "#\(run.id)", run.startedAt.description, run.by, run.commit, run.plan?.description, took,
            run.isInterrupted ? page.what("view.history.interrupted") : nil,
        ]
        var table = TextTable(indent: 2)
        for line in run.steps {
            var cells = [TextTable.Cell(line.step.description)]
            if let outcome = line.outcome {
                cells.append(TextTable.Cell(page.what(Sentence(outcome.name.label)), outcome.name.colour))
                if let sentence = outcome.sentence {
                    cells.append(TextTable.Cell(outcome.text(of: sentence, in: page)))
                }
            }
            table.add(cells)
        }
        return [page.paint(parts.compactMap(\.self).joined(separator: "  "), .bold)] + table.lines(page.paint)
    }

    package func json(in language: Language) -> JSONValue {
        [
            "decisions": .array(
                decisions.map { decision in
                    [
                        "stack": .string(decision.stack.description), "at": .string(decision.at.description),
                        "by": .string(decision.by), "decision": decision.sentence.json(in: language),
                    ]
                }),
            "runs": .array(
                runs.map { run in
                    [
                        "run": .string(run.id), "startedAt": .string(run.startedAt.description),
                        "endedAt": (run.endedAt?.description).json, "isInterrupted": .bool(run.isInterrupted),
                        "by": .string(run.by), "commit": run.commit.json,
                        "plan": (run.plan?.rawValue).json,
                        "steps": .array(
                            run.steps.map { line in
                                var members = [JSONValue.Member("id", .string(line.step.rawValue))]
                                if case .object(let outcome)? = line.outcome?.json(in: language) { members += outcome }
                                return .object(members)
                            }),
                    ]
                }),
        ]
    }
}
