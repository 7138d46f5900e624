import Model
import Reconciliation

/// The steps of a rehearsal in the order in which they began, with when each began and ended.
struct RehearsedSteps {
    private let rehearsed: RehearsedPass

    init(_ rehearsed: RehearsedPass) { self.rehearsed = rehearsed }

    func lines(in page: Page) -> [String] {
        var table = TextTable(indent: 2)
        for step in ordered { table.add(cells(of: step, in: page)) }
        let title = page.paint(page.what("rehearse.order"), .bold)
        var lines = [title] + table.lines(page.paint)
        if !rehearsed.takenAsApproved.isEmpty {
            let names = rehearsed.takenAsApproved.map(\.description).joined(separator: ", ")
            lines.append("  " + page.what("rehearse.approved", names))
        }
        return lines
    }

    /// What would not be done: steps that are not planned any more, and what is blocked or waits, as the plan says it.
    static func lines(of gone: [GoneStep], _ findings: [Finding], in page: Page) -> [String] {
        var table = TextTable(indent: 2)
        for step in gone { table.add(step.cells(in: page)) }
        for finding in SharedFinding.groups(of: findings.filter { $0.kind != .notice }, in: page.language) {
            table.add([
                TextTable.Cell(page.what(Sentence(finding.kind.label)), finding.kind.colour),
                TextTable.Cell(finding.address(in: page)), TextTable.Cell(finding.text(in: page, isBrief: false)),
            ])
        }
        return table.lines(page.paint)
    }

    /// By their beginning; steps of one beginning by their names, those that never began last. Beginnings that are less
    /// than a moment apart are one: registry and stacks begin side by side.
    var ordered: [Step] {
        let times = rehearsed.times
        let begun = rehearsed.applied.pass.plan.steps.filter { times[$0.id] != nil }
            .sorted {
                (times[$0.id]?.lowerBound ?? rehearsed.beganAt) < (times[$1.id]?.lowerBound ?? rehearsed.beganAt)
            }
        var groups: [(last: Timestamp, steps: [Step])] = []
        for step in begun {
            guard let began = times[step.id]?.lowerBound else { continue }
            if let last = groups.indices.last, began - groups[last].last < Self.moment {
                groups[last] = (began, groups[last].steps + [step])
            } else {
                groups.append((began, [step]))
            }
        }
        let rest = rehearsed.applied.pass.plan.steps.filter { times[$0.id] == nil }
        return groups.flatMap { $0.steps.sorted { $0.id < $1.id } } + rest.sorted { $0.id < $1.id }
    }

    private static let moment = Duration.milliseconds(20)

    private func cells(of step: Step, in page: Page) -> [TextTable.Cell] {
        let verb = step.action.verb
        let outcome = rehearsed.applied.outcomes[step.id]
        let span = rehearsed.times[step.id].map { time in
            [time.lowerBound, time.upperBound].map { "+" + ($0 - rehearsed.beganAt).spoken }
        }
        let said = outcome?.sentence.map { page.whole($0) }
        return [
            TextTable.Cell(span?[0] ?? "–"), TextTable.Cell(span?[1] ?? "–"), TextTable.Cell(verb.symbol, verb.colour),
            TextTable.Cell(step.subject.description), TextTable.Cell(page.what(Sentence(verb.label)), verb.colour),
            TextTable.Cell(outcome.map { page.what(Sentence($0.name.label)) } ?? "", outcome?.name.colour),
            TextTable.Cell(said ?? ""),
        ]
    }
}
