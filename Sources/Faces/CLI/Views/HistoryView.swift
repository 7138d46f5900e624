import JSONArena
import Model

/// What Plumb did, latest first: who, which commit, what changed, how long.
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
        for line in run.steps { table.add(cells(of: line, in: page)) }
        var lines = [page.paint(parts.compactMap(\.self).joined(separator: "  "), .bold)]
        for (step, head) in zip(run.steps, table.lines(page.paint)) {
            lines.append(head)
            if let volume = step.backup {
                lines.append("      " + page.what("view.run.backup") + "  " + page.backup(volume))
            }
            lines += Self.lines(of: step.made, indent: 6, in: page)
            guard step.wasTried, !step.notMade.isEmpty else { continue }
            lines.append("      " + page.paint(page.what("view.history.notMade"), .faint))
            lines += Self.lines(of: step.notMade, indent: 8, in: page)
        }
        return lines
    }

    private static func lines(of changes: [AttributeChange], indent: Int, in page: Page) -> [String] {
        var table = TextTable(indent: indent)
        for change in changes { table.add([TextTable.Cell(change.path), change.values(isBirth: false)]) }
        return table.lines(page.paint)
    }

    private func cells(of line: RunRecord.Line, in page: Page) -> [TextTable.Cell] {
        guard let outcome = line.outcome else { return [TextTable.Cell(line.step.description)] }
        var said = outcome.sentence.map { [outcome.text(of: $0, in: page)] } ?? []
        if line.wasTried { said.insert(line.took.spoken, at: 0) }
        return [
            TextTable.Cell(line.step.description),
            TextTable.Cell(page.what(Sentence(outcome.name.label)), outcome.name.colour),
            TextTable.Cell(said.joined(separator: "  ")),
        ]
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
                                members.append(JSONValue.Member("changes", .array(line.made.map(\.json))))
                                members.append(JSONValue.Member("notMade", .array(line.notMade.map(\.json))))
                                members.append(
                                    JSONValue.Member("milliseconds", .int(Int(line.took.wholeMilliseconds))))
                                if let volume = line.backup {
                                    members.append(JSONValue.Member("backup", .string(volume)))
                                }
                                return .object(members)
                            }),
                    ]
                }),
        ]
    }
}

extension RunRecord.Line {
    /// Whether it was done, or begun and not finished; what was refused or skipped took no time and changed nothing.
    fileprivate var wasTried: Bool {
        switch outcome {
        case .done, .failed: true
        case .stale, .refused, .skipped, nil: false
        }
    }

    /// What it changed: all of what it was to where it is done, the end of the old disks where a rebuild came no further.
    fileprivate var made: [AttributeChange] {
        switch outcome {
        case .done: changes
        case .failed where outcome?.endedGuest == true: changes.filter(\.endsVolume)
        case .failed, .stale, .refused, .skipped, nil: []
        }
    }

    /// What it was to change and is not known to have. What is there the next plan says.
    fileprivate var notMade: [AttributeChange] {
        let made = Set(made)
        return changes.filter { !made.contains($0) }
    }
}

extension AttributeChange {
    /// Whether it is the end of a volume together with its guest.
    fileprivate var endsVolume: Bool { path.hasPrefix("volumes[") && after == nil }
}
