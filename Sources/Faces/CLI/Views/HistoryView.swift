import JSONArena
import Model

/// What Plumb did, latest first: who, which commit, what, how long.
package struct HistoryView: View {
    package var runs: [RunRecord]

    package init(_ runs: [RunRecord]) { self.runs = runs }

    package func text(in page: Page) -> String {
        guard !runs.isEmpty else { return page.what("view.history.empty") }
        return runs.flatMap { lines(of: $0, in: page) }.joined(separator: "\n")
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
                if let sentence = outcome.sentence { cells.append(TextTable.Cell(page.what(sentence))) }
            }
            table.add(cells)
        }
        return [page.paint(parts.compactMap(\.self).joined(separator: "  "), .bold)] + table.lines(page.paint)
    }

    package func json(in language: Language) -> JSONValue {
        [
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
                })
        ]
    }
}
