import Execution
import Model

/// How far a run is, from its events: what there is to say when something ends, and the lines to draw meanwhile.
///
/// It must not know whether anything is drawn: it is told the time and gives lines.
package struct ProgressState: Sendable {
    private let actions: [StepID: (symbol: Action.Verb, subject: Subject)]
    private let total: Int
    /// Columns of the longest address, so that what is said of steps lines up.
    private let addressWidth: Int
    private var running: [StepID: Timestamp] = [:]
    private var ended: [StepOutcome.Name: Int] = [:]

    /// Running steps that are drawn at once.
    static let linesShown = 8
    static let barWidth = 24

    package init(_ plan: Plan) {
        let pairs = plan.steps.map { ($0.id, (symbol: $0.action.verb, subject: $0.subject)) }
        actions = Dictionary(pairs) { first, _ in first }
        let ready = plan.steps.filter { $0.disposition == .ready }
        total = ready.count
        addressWidth = ready.map { TextTable.width(of: $0.subject.description) }.max() ?? 0
    }

    /// Takes an event in.
    ///
    /// - Returns: the line that stays, when a step ended, waits for another process, is tried again or made a backup; nil
    ///   otherwise.
    package mutating func take(_ event: ExecutionEvent, at now: Timestamp, page: Page) -> String? {
        switch event {
        case .began(let step):
            running[step] = now
            return nil
        case .progressed(let step, _):
            if running[step] == nil { running[step] = now }
            return nil
        case .backedUp(let step, let volume):
            return heading(of: step, page) + "  " + page.what("view.run.backup") + "  " + page.backup(volume)
        case .waiting(_, let sentence):
            return "  ? " + page.whole(sentence)
        case .retrying(let coming):
            let words = Sentence(
                "execution.retry", coming.due.description, String(coming.number), String(coming.most))
            return [heading(of: coming.step, page), page.what(words), page.cause(coming.failure.sentence)]
                .joined(separator: "  ")
        case .ended(let step, let outcome):
            let began = running.removeValue(forKey: step)
            ended[outcome.name, default: 0] += 1
            return line(of: step, outcome: outcome, took: began.map { now - $0 }, page: page)
        }
    }

    /// What is drawn at the bottom: one line for each running step, the bar last.
    /// - Parameter width: columns of the terminal; a line that wrapped could not be drawn over.
    package func frame(at now: Timestamp, page: Page, width: Int = 80) -> [String] {
        var lines = running.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(Self.linesShown).map {
            step, began in
            let symbol = actions[step].map { page.paint($0.symbol.symbol, $0.symbol.colour) } ?? " "
            // The symbol, spaces and a time of up to five digits stand beside it.
            let address = String(self.address(of: step).prefix(max(8, width - 13)))
            return "  \(symbol) \(address)  " + page.paint("\((now - began).wholeMilliseconds / 1000)s", .faint)
        }
        if running.count > Self.linesShown {
            lines.append("  " + page.what("view.progress.more", String(running.count - Self.linesShown)))
        }
        let done = ended.values.reduce(0, +)
        let columns = max(1, min(Self.barWidth, width - 20))
        let filled = total == 0 ? columns : min(columns, done * columns / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: columns - filled)
        lines.append("  \(page.paint(bar, .green)) \(min(done, total))/\(total)")
        return lines
    }

    private func address(of step: StepID) -> String {
        let text = actions[step]?.subject.description ?? step.rawValue
        return text + String(repeating: " ", count: max(0, addressWidth - TextTable.width(of: text)))
    }

    /// Symbol, address and verb of a step.
    private func heading(of step: StepID, _ page: Page) -> String {
        guard let action = actions[step] else { return "    \(address(of: step))" }
        let symbol = page.paint(action.symbol.symbol, action.symbol.colour)
        return "  \(symbol) \(address(of: step))  \(page.what(Sentence(action.symbol.label)))"
    }

    private func line(of step: StepID, outcome: StepOutcome, took: Duration?, page: Page) -> String {
        var text = heading(of: step, page) + "  "
        text += page.paint(page.what(Sentence(outcome.name.label)), outcome.name.colour)
        if outcome == .done, let took { text += page.paint("  \(took.spoken)", .faint) }
        if let sentence = outcome.sentence { text += "  " + outcome.text(of: sentence, in: page) }
        return text
    }
}

extension StepOutcome {
    /// What one line says of it: of a failure also why, because that is what an operator looks for. What to do stands
    /// where the run ends.
    func text(of sentence: Sentence, in page: Page) -> String {
        switch self {
        case .failed: page.cause(sentence)
        case .done, .stale, .refused, .skipped: page.what(sentence)
        }
    }
}
