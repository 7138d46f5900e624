import JSONArena
import Model
import Planning
import Reconciliation

/// What differs, server by server, and who changed it.
package struct DriftView: View {
    package var drift: DriftPass

    package init(_ drift: DriftPass) { self.drift = drift }

    package func text(in page: Page) -> String {
        let lines = drift.items.flatMap { Self.lines(of: $0, in: page) }
        let summary =
            drift.items.isEmpty
            ? page.paint(page.what("view.drift.none"), .green)
            : page.paint(page.what("view.drift.count", String(drift.items.count)), .yellow)
        return (lines + [summary]).joined(separator: "\n")
    }

    static func lines(of item: DriftItem, in page: Page) -> [String] { ["\(item)"] }

    package func json(in language: Language) -> JSONValue {
        ["drift": .array([])]
    }
}
