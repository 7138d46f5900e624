import Model

/// Colours of a terminal, or none.
package struct Paint: Sendable, Hashable {
    package var isColoured: Bool

    package init(isColoured: Bool) { self.isColoured = isColoured }

    package static let none = Paint(isColoured: false)

    package enum Colour: String, Sendable, CaseIterable {
        case green = "32"
        case yellow = "33"
        case red = "31"
        case cyan = "36"
        case bold = "1"
        case faint = "2"
    }

    package func callAsFunction(_ text: String, _ colour: Colour) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// A whole text with nothing in it that changes a terminal but these colours: whatever a view forgot to make
    /// visible where it took somebody else's words.
    func keepingOwnColours(in text: String) -> String {
        guard isColoured else { return VisibleText.of(text, keepsLines: true) }
        let parts = text.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        var out = VisibleText.of(String(parts[0]), keepsLines: true)
        for part in parts.dropFirst() {
            let isOwn = Self.sequences.contains { part.hasPrefix($0) }
            out += (isOwn ? "\u{1B}" : VisibleText.of("\u{1B}")) + VisibleText.of(String(part), keepsLines: true)
        }
        return out
    }

    private static let sequences = ["[0m"] + Colour.allCases.map { "[\($0.rawValue)m" }
}
