extension JSONNode {
    /// A string, its escapes resolved; nil for anything else.
    package var string: String? {
        let entry = entry
        guard entry.tag == .string || entry.tag == .escapedString else { return nil }
        return storage.bytes.withUnsafeBufferPointer { bytes in
            let start = Int(entry.offset) + 1
            let content = UnsafeBufferPointer(rebasing: bytes[start..<start + Int(entry.length) - 2])
            guard entry.tag == .escapedString else { return String(decoding: content, as: UTF8.self) }
            return String(decoding: Self.unescaped(content), as: UTF8.self)
        }
    }

    /// true or false; nil for anything else.
    package var bool: Bool? {
        switch entry.tag {
        case .yes: true
        case .no: false
        case .null, .number, .string, .escapedString, .array, .object: nil
        }
    }

    /// A number without a fraction (`2`, `2.0` and `2e0` are the same) that fits; nil for anything else.
    package var int: Int? {
        guard entry.tag == .number else { return nil }
        return Self.int(from: raw)
    }

    /// A number, rounded to the nearest; nil for anything else, and for numbers beyond what a double can hold.
    package var double: Double? {
        guard entry.tag == .number else { return nil }
        return Self.double(from: raw)
    }

    /// A number, also where it was written as a string (`"2048"`), as Proxmox does; nil for anything else.
    package var number: Double? {
        switch entry.tag {
        case .number: double
        case .string: Self.double(from: raw.dropFirst().dropLast())
        case .null, .yes, .no, .escapedString, .array, .object: nil
        }
    }

    /// A number without a fraction, also where it was written as a string; nil for anything else.
    package var wholeNumber: Int? {
        switch entry.tag {
        case .number: int
        case .string: Self.int(from: raw.dropFirst().dropLast())
        case .null, .yes, .no, .escapedString, .array, .object: nil
        }
    }

    /// true, false, 0, 1, `"0"` and `"1"`, as Proxmox writes its flags; nil for anything else.
    package var flag: Bool? {
        if let bool { return bool }
        switch wholeNumber {
        case 0: return false
        case 1: return true
        default: return nil
        }
    }

    /// The same as a value that can be changed and written. Numbers without a fraction become `.int` where they fit.
    package var value: JSONValue {
        switch entry.tag {
        case .null: .null
        case .yes: .bool(true)
        case .no: .bool(false)
        case .number: int.map(JSONValue.int) ?? .double(double ?? .infinity)
        case .string, .escapedString: .string(string ?? "")
        case .array: .array(elements.map(\.value))
        case .object: .object(members.map { JSONValue.Member($0.name, $0.value.value) })
        }
    }

    private static func int(from text: ArraySlice<UInt8>) -> Int? {
        if let digits = smallNumber(text) { return digits }
        if let int = Int(String(decoding: text, as: UTF8.self)) { return int }
        return double(from: text).flatMap { Int(exactly: $0) }
    }

    /// A number of nothing but a few digits, as nearly all are; nil for any other.
    private static func smallNumber(_ text: ArraySlice<UInt8>) -> Int? {
        guard 1...18 ~= text.count else { return nil }
        var number = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    private static func double(from text: ArraySlice<UInt8>) -> Double? {
        // Double's own reader also takes "nan", "infinity" and hexadecimal, which are words to us.
        let allowed = text.allSatisfy { byte in
            byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "e")
        }
        guard allowed, let double = Double(String(decoding: text, as: UTF8.self)), double.isFinite else { return nil }
        return double
    }

    /// The scanner has checked every escape, so that a short or unpaired one cannot occur here.
    private static func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(content.count)
        var index = 0
        func unit(_ start: Int) -> UInt32 {
            content[start..<start + 4].reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
        }
        while index < content.count {
            guard content[index] == UInt8(ascii: "\\") else {
                out.append(content[index])
                index += 1
                continue
            }
            let escape = content[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = unit(index)
                index += 4
                if 0xD800..<0xDC00 ~= scalar {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(index + 2) - 0xDC00)
                    index += 6
                }
                out.append(contentsOf: String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
            default: out.append(escape)
            }
        }
        return out
    }
}
