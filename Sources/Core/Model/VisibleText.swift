/// Somebody else's text as it may stand before a person's eyes: a description in Proxmox or in YAML could otherwise
/// clear the screen, or turn around what is read, just where someone says yes.
package enum VisibleText {
    /// The same with every character that changes a terminal, or the direction of reading, written as an escape:
    /// `\n`, `\t`, `\u001b`.
    ///
    /// - Parameter keepsLines: for what is meant to have lines: line feeds and tabs stay.
    package static func of(_ text: String, keepsLines: Bool = false) -> String {
        guard text.utf8.contains(where: isSuspicious) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLines, "\t" where keepsLines: out.unicodeScalars.append(scalar)
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case _ where changesWhatIsSeen(scalar):
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Whether a character that is written as an escape can begin with, or contain, that byte; most texts have none.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF || byte == 0xF3
    }

    /// C0, delete, C1; line and paragraph separators; what sets the direction of reading (UAX 9) and what shows nothing.
    private static func changesWhatIsSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }
}
