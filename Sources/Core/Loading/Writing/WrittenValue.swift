import Model

/// A value as it is to stand in a file.
indirect enum WrittenValue: Hashable, Sendable {
    /// What no reader takes for something else: a number, a flag, an amount, a word of a fixed set.
    case word(String)
    /// Free text, quoted where it needs to be.
    case text(String)
    case list([WrittenValue])
    case map([Member])

    struct Member: Hashable, Sendable {
        var name: String
        var value: WrittenValue

        init(_ name: String, _ value: WrittenValue) {
            self.name = name
            self.value = value
        }
    }

    /// In one line, as it may stand anywhere.
    var inline: String {
        switch self {
        case .word(let word): word
        case .text(let text): YAMLScalar.text(text)
        case .list(let values): "[" + values.map(\.inline).joined(separator: ", ") + "]"
        case .map(let members): "{" + members.map { "\($0.name): \($0.value.inline)" }.joined(separator: ", ") + "}"
        }
    }
}

/// How text stands in YAML, so that this reader and every other one read the same text again.
enum YAMLScalar {
    static func text(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Plain only where it cannot be taken for an indicator, a number, a flag, null or a date by anybody.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, last != 0x20, last != 0x3A else { return false }
        let isLetter = (first | 0x20) >= 0x61 && (first | 0x20) <= 0x7A
        guard isLetter || first == 0x2F || first >= 0x80 else { return false }
        guard !text.unicodeScalars.contains(where: isSpecial), !text.contains(": "), !text.contains(" #") else {
            return false
        }
        return !["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"].contains(text.lowercased())
    }

    /// Indicators of flow style, quotes, and what is no printable character of one line.
    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", "[", "]", "{", "}", "\"", "'", "`", "\\": true
        default:
            scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0x2028
                || scalar.value == 0x2029 || scalar.value == 0xFEFF
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default:
                if isSpecial(scalar), ![",", "[", "]", "{", "}", "'", "`"].contains(scalar) {
                    out += "\\u" + hexadecimal(scalar.value)
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
