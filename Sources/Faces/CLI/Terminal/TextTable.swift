import Model

/// Rows in columns, each as wide as its widest cell.
package struct TextTable: Sendable {
    package struct Cell: Sendable, ExpressibleByStringInterpolation {
        var text: String
        var colour: Paint.Colour?

        package init(_ text: String, _ colour: Paint.Colour? = nil) {
            self.text = VisibleText.of(text)
            self.colour = colour
        }

        package init(stringLiteral value: String) { self.init(value) }
    }

    private var rows: [[Cell]] = []
    private let indent: Int

    package init(indent: Int = 0) { self.indent = indent }

    package mutating func add(_ cells: [Cell]) { rows.append(cells) }

    package func lines(_ paint: Paint) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? Self.width(of: $0[column].text) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            let last = row.lastIndex { !$0.text.isEmpty } ?? -1
            for (column, cell) in row.enumerated() where column <= last {
                line += cell.colour.map { paint(cell.text, $0) } ?? cell.text
                if column < last {
                    line += String(repeating: " ", count: widths[column] - Self.width(of: cell.text) + 2)
                }
            }
            return line
        }
    }

    /// Columns that a text takes on a terminal: Korean and other full-width characters take two (the ranges `W` and
    /// `F` of Unicode's East Asian Width that operators' texts contain).
    package static func width(of text: String) -> Int {
        text.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first?.value, scalar >= 0x1100 else { return false }
        return switch scalar {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
