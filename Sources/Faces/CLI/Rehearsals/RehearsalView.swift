import Execution
import JSONArena
import Model
import Reconciliation
import Simulation

/// What came of a rehearsal: what would be done, in which order, for how long, what the clusters would look like, and what
/// each step's failure would leave.
package struct RehearsalView: View {
    package var report: RehearsalReport

    package init(_ report: RehearsalReport) { self.report = report }

    package func text(in page: Page) -> String {
        var blocks = [head(in: page)]
        if let rehearsed = report.rehearsed {
            blocks.append(RehearsedSteps(rehearsed).lines(in: page) + undoneLines(in: page))
            blocks.append(changeLines(in: page))
            blocks.append(failureLines(in: page))
            blocks.append(basisLines(in: page))
        } else {
            blocks.append(undoneLines(in: page))
        }
        blocks.append([summary(in: page)])
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private func head(in page: Page) -> [String] {
        guard report.rehearsed != nil else { return [] }
        var lines = report.twins.map { twin in
            page.what(
                "rehearse.twin", twin.cluster.text, String(twin.nodes), String(twin.guests),
                report.pass.id.description)
        }
        if !report.faults.isEmpty {
            lines.append(
                page.what(
                    "rehearse.faults", report.faults.map(\.text).joined(separator: ", "), String(report.seed)))
        }
        return lines
    }

    private func undoneLines(in page: Page) -> [String] {
        RehearsedSteps.lines(of: report.gone, report.findings, in: page)
    }

    // MARK: Afterwards

    private func changeLines(in page: Page) -> [String] {
        let title = page.paint(page.what("rehearse.afterwards"), .bold)
        guard !report.changes.isEmpty else { return [title, "  " + page.what("rehearse.unchanged")] }
        var table = TextTable(indent: 2)
        for change in report.changes {
            table.add([
                TextTable.Cell(change.cluster.text), TextTable.Cell(String(change.guest.vmid)),
                TextTable.Cell(change.guest.name),
                TextTable.Cell(change.guest.text(in: page), change.guest.kind.colour),
            ])
        }
        return [title] + table.lines(page.paint)
    }

    // MARK: Failures

    private func failureLines(in page: Page) -> [String] {
        guard !report.failures.isEmpty else { return [] }
        var lines = [page.paint(page.what("rehearse.ifItFails"), .bold)]
        for failure in report.failures {
            lines.append("  \(failure.step.id): " + page.what(Sentence(failure.cause)))
            lines += FailureText(failure).lines(in: page).map { "      " + $0 }
        }
        if report.untried > 0 { lines.append("  " + page.what("rehearse.untried", String(report.untried))) }
        return lines
    }

    // MARK: What it rests on

    private func basisLines(in page: Page) -> [String] {
        var lines = report.twins.compactMap { durationLine(of: $0, in: page) }
        for twin in report.twins {
            if !twin.unread.isEmpty {
                lines.append(
                    page.what(
                        "rehearse.unread", twin.cluster.text, twin.unread.map(\.description).joined(separator: ", ")))
            }
        }
        lines.append(page.what("rehearse.limits"))
        if let kept = report.keptAt { lines.append(page.whole(Sentence("rehearse.kept", kept))) }
        return lines
    }

    private func durationLine(of twin: RehearsalReport.Twin, in page: Page) -> String? {
        let parts = twin.taskTypes.compactMap { type -> String? in
            guard let span = twin.durations.all[type] else { return nil }
            guard let learned = twin.durations.learned[type] else {
                return page.what("rehearse.assumed", type, span.spoken)
            }
            return page.what("rehearse.learned", type, span.spoken, String(learned.count))
        }
        guard !parts.isEmpty else { return nil }
        return page.what("rehearse.durations", twin.cluster.text, parts.joined(separator: ", "))
    }

    private func summary(in page: Page) -> String {
        let title = page.paint(page.what("rehearse.title", report.pass.id.description), .bold)
        let leftOut = report.gone.count(in: page)
        guard let rehearsed = report.rehearsed else {
            return title + " " + (leftOut.map { $0 + "." } ?? page.what("rehearse.nothing"))
        }
        let counts = Dictionary(grouping: rehearsed.applied.outcomes.values, by: \.name).mapValues(\.count)
        var parts = StepOutcome.Name.allCases.compactMap { name in
            counts[name].map { page.what(Sentence(name.count, String($0))) }
        }
        if let leftOut { parts.append(leftOut) }
        let text = parts.isEmpty ? page.what("view.run.nothing") : parts.joined(separator: ", ")
        return title + " " + page.what("rehearse.took", text, (rehearsed.endedAt - rehearsed.beganAt).spoken)
    }
}

extension GuestChange {
    /// What became of the guest, with what differs where little does.
    func text(in page: Page) -> String {
        let label = page.what(Sentence(SentenceCode(rawValue: "rehearse.change.\(kind.rawValue)")))
        guard !settings.isEmpty else { return label }
        return label + ": " + settings.map { $0.text(in: page) }.joined(separator: ", ")
    }
}

extension GuestChange.Setting {
    /// Longest value that is shown.
    private static let width = 40

    /// With a word where the guest runs on without it: a change that wants a restart is none before that.
    func text(in page: Page) -> String { isPending ? page.what("rehearse.fromNextStart", text) : text }

    /// `cores 2 → 4`; only the name where a value is long or is not to be shown.
    private var text: String {
        let values = [before, after].compactMap(\.self)
        guard !values.isEmpty, values.allSatisfy({ $0.count <= Self.width && !$0.contains(where: \.isNewline) }) else {
            return key
        }
        return "\(key) \(before ?? "–") → \(after ?? "–")"
    }
}

extension GuestChange.Kind {
    var colour: Paint.Colour {
        switch self {
        case .made, .started: .green
        case .changed, .restarted: .yellow
        case .gone, .down, .remade: .red
        }
    }
}
