/// Colours of a terminal, or none.
package struct Paint: Sendable, Hashable {
    package var isColoured: Bool

    package init(isColoured: Bool) { self.isColoured = isColoured }

    package static let none = Paint(isColoured: false)

    package enum Colour: String, Sendable {
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
}
