import JSONArena
import Model
import Reconciliation

/// What an import came to, or would come to: server by server, who was left out, and the plan at the end.
struct ImportView: View {
    /// Nil: it was only shown.
    var file: String?
    var verdicts: [Enrolment.Verdict] = []
    var leftOut: [FoundGuests.LeftOut] = []
    /// What would be written, where nothing was.
    var yaml: String?
    /// How many documents were added to the file.
    var written = 0
    /// Files with secrets, and other remarks on what was read.
    var remarks: [Sentence] = []
    var plan: PlanView?

    init(file: String?, leftOut: [FoundGuests.LeftOut]) {
        self.file = file
        self.leftOut = leftOut
    }

    func text(in page: Page) -> String {
        var lines: [String] = []
        if let yaml, !yaml.isEmpty { lines += [String(yaml.dropLast()), ""] }
        for verdict in verdicts {
            lines.append(
                line(verdict.result.symbol, "Server/\(verdict.name)", verdict.result.label, verdict.sentence, page))
            lines += AdoptionHint(changes: verdict.changes, declarations: verdict.lines).lines(in: page)
        }
        for left in leftOut { lines.append(line(".", left.subject, "view.import.leftOut", left.sentence, page)) }
        lines += remarks.map { page.whole($0) }
        if verdicts.isEmpty, written == 0, yaml?.isEmpty ?? true { lines.append(page.what("view.import.nothing")) }
        if let file, written > 0 { lines.append(page.what("view.import.wrote", file, String(written))) }
        if file == nil, yaml.map({ !$0.isEmpty }) ?? false { lines.append(page.what("view.import.onlyShown")) }
        if let plan {
            if plan.pass.leavesServersOut { lines.append(page.what("view.import.planOfImported")) }
            lines.append(plan.text(in: page))
        }
        return lines.joined(separator: "\n")
    }

    private func line(
        _ symbol: String, _ subject: String, _ label: SentenceCode, _ sentence: Sentence?, _ page: Page
    ) -> String {
        let head = "  \(symbol)  \(subject)  \(page.what(label))"
        return sentence.map { head + "  " + page.whole($0) } ?? head
    }

    func json(in language: Language) -> JSONValue {
        [
            "file": file.json, "written": .int(written), "yaml": yaml.json,
            "servers": .array(
                verdicts.map { verdict in
                    [
                        "name": .string(verdict.name.text), "result": .string(verdict.result.rawValue),
                        "reason": verdict.sentence?.json(in: language) ?? .null,
                        "changes": .array(
                            verdict.changes.map { change in
                                [
                                    "path": .string(change.path), "before": change.before.json,
                                    "after": change.after.json,
                                ]
                            }),
                        "declare": .array(verdict.lines.map(JSONValue.string)),
                    ]
                }),
            "leftOut": .array(
                leftOut.map { ["subject": .string($0.subject), "reason": $0.sentence.json(in: language)] }),
            "remarks": .array(remarks.map { $0.json(in: language) }),
            "planIsWhole": plan.map { .bool(!$0.pass.leavesServersOut) } ?? .null,
            "plan": plan?.json(in: language) ?? .null,
        ]
    }
}

extension PlannedPass {
    /// Whether there are servers, declared or on record, that were not planned for.
    fileprivate var leavesServersOut: Bool {
        guard let targets else { return false }
        let known = survey.desired.servers.map(\.name) + survey.recorded.servers.map(\.name)
        return !Set(known).isSubset(of: targets)
    }
}

extension Enrolment.Verdict.Result {
    fileprivate var symbol: String {
        switch self {
        case .enrolled, .wouldEnrol: "="
        case .refused, .failed: "!"
        case .waiting: "?"
        }
    }

    fileprivate var label: SentenceCode { SentenceCode(rawValue: "view.import.\(rawValue)") }
}
