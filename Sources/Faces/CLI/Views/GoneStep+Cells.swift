import JSONArena
import Model
import Reconciliation

extension GoneStep {
    /// What became of it, which step it is, and why.
    func cells(in page: Page) -> [TextTable.Cell] {
        [
            isLeftOut
                ? TextTable.Cell(page.what("view.outcome.leftOut"), .yellow)
                : TextTable.Cell(page.what("view.outcome.gone"), .cyan),
            TextTable.Cell(id.description), TextTable.Cell(page.whole(sentence)),
        ]
    }

    func json(in language: Language) -> JSONValue {
        ["id": .string(id.rawValue), "reason": sentence.json(in: language)]
    }
}

extension [GoneStep] {
    var leftOut: [GoneStep] { filter(\.isLeftOut) }

    /// `2 left out`; nil where none is.
    func count(in page: Page) -> String? {
        let count = leftOut.count
        return count == 0 ? nil : page.what("view.outcomes.leftOut", String(count))
    }
}
