import Model
import Reconciliation
import Simulation

/// What one step's failure would leave behind, in a few lines.
struct FailureText {
    private let failure: RehearsalReport.Failure

    init(_ failure: RehearsalReport.Failure) { self.failure = failure }

    func lines(in page: Page) -> [String] {
        var lines: [String] = []
        if let sentence = failure.outcome.sentence {
            lines.append(page.what(Sentence(failure.outcome.name.label)) + ": " + page.what(sentence))
        } else {
            lines.append(page.what("rehearse.notHit"))
        }
        if let remains = failure.remains { lines.append(page.what("rehearse.left", left(remains, in: page))) }
        if !failure.heldBack.isEmpty {
            lines.append(
                page.what("rehearse.heldBack", failure.heldBack.map(\.description).joined(separator: ", ")))
        }
        lines.append(next(in: page))
        return lines
    }

    private func left(_ remains: Remains, in page: Page) -> String {
        let guest =
            failure.guest.isEmpty
            ? page.what("rehearse.guest.asBefore")
            : failure.guest.map { page.what("rehearse.guest", String($0.vmid), $0.text(in: page)) }
                .joined(separator: "; ")
        return [
            guest, page.what(Sentence(remains.resource.label)),
            page.what(Sentence(remains.hasEntry ? "rehearse.entry.there" : "rehearse.entry.none")),
            page.what(Sentence(remains.isRecorded ? "rehearse.record.there" : "rehearse.record.none")),
        ].joined(separator: "; ")
    }

    private func next(in page: Page) -> String {
        let findings = failure.remains?.findings.map { page.what($0.sentence) } ?? []
        if failure.next.isEmpty && findings.isEmpty { return page.what("rehearse.next.nothing") }
        let steps = failure.next.map(\.description).joined(separator: ", ")
        let text = [steps].filter { !$0.isEmpty } + findings
        return page.what("rehearse.next", text.joined(separator: "; "))
    }
}

extension Remains.Resource {
    var label: SentenceCode { SentenceCode(rawValue: "rehearse.state.\(rawValue)") }
}
