/// The names by which the people who run Plumb are told apart.
package enum PersonName {
    /// As it is kept: no blanks around it, and one wherever there are more. `ann ` and `ann` are one person.
    package static func written(_ text: String) -> String {
        if isWritten(text) { return text }
        return text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    }

    /// As it is compared: as it is kept, without case.
    package static func compared(_ text: String) -> String { written(text).lowercased() }

    /// Whether it is plainly as it is kept already: thousands of steps are compared with a few names.
    private static func isWritten(_ text: String) -> Bool {
        var last = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte), byte != 0x20 || last != 0x20 else { return false }
            last = byte
        }
        return last != 0x20
    }
}
