extension JSONValue {
    /// UTF-8 JSON text.
    ///
    /// - Parameter indent: spaces for each level, with a line for each element; nil for one line without white space.
    package func bytes(indent: Int? = nil) -> [UInt8] {
        var out: [UInt8] = []
        write(into: &out, indent: indent, depth: 0)
        return out
    }

    /// The same text as a string.
    package func text(indent: Int? = nil) -> String { String(decoding: bytes(indent: indent), as: UTF8.self) }

    private func write(into out: inout [UInt8], indent: Int?, depth: Int) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): out.append(contentsOf: String(value).utf8)
        case .double(let value):
            // JSON has no infinity and no NaN; null is what other writers put there.
            out.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
        case .string(let value): Self.write(string: value, into: &out)
        case .array(let elements):
            Self.write(open: "[", close: "]", count: elements.count, into: &out, indent: indent, depth: depth) {
                index, out in
                elements[index].write(into: &out, indent: indent, depth: depth + 1)
            }
        case .object(let members):
            Self.write(open: "{", close: "}", count: members.count, into: &out, indent: indent, depth: depth) {
                index, out in
                Self.write(string: members[index].name, into: &out)
                out.append(contentsOf: (indent == nil ? ":" : ": ").utf8)
                members[index].value.write(into: &out, indent: indent, depth: depth + 1)
            }
        }
    }

    private static func write(
        open: String, close: String, count: Int, into out: inout [UInt8], indent: Int?, depth: Int,
        element: (Int, inout [UInt8]) -> Void
    ) {
        out.append(contentsOf: open.utf8)
        for index in 0..<count {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            breakLine(into: &out, indent: indent, depth: depth + 1)
            element(index, &out)
        }
        if count > 0 { breakLine(into: &out, indent: indent, depth: depth) }
        out.append(contentsOf: close.utf8)
    }

    private static func breakLine(into out: inout [UInt8], indent: Int?, depth: Int) {
        guard let indent else { return }
        out.append(UInt8(ascii: "\n"))
        out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
    }

    private static let hex = Array("0123456789abcdef".utf8)

    private static func write(string: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): out.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): out.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\r"): out.append(contentsOf: #"\r"#.utf8)
            case UInt8(ascii: "\t"): out.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                out.append(contentsOf: #"\u00"#.utf8)
                out.append(Self.hex[Int(byte >> 4)])
                out.append(Self.hex[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
