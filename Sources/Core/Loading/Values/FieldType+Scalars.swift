import Model

/// What text must look like: the check that the reader does and the pattern that editors get.
struct TextFormat: Sendable {
    /// For the documentation: `a DNS label`.
    var phrase: String
    /// A regular expression of ECMA 262 that agrees with `isValid`, as far as one can.
    var pattern: String?
    var example: String
    /// The sentence where `isValid` says no.
    var code: SentenceCode
    var isValid: @Sendable (UnsafeBufferPointer<UInt8>) -> Bool
}

extension DocumentReader {
    mutating func expectScalar(_ node: Int, _ code: SentenceCode) -> Bool {
        if document.nodes[node].kind == .scalar { return true }
        report(code, at: node, fix: code == "type.text" ? onlyName(in: node) : nil)
        return false
    }

    /// `pve1` of `{name: pve1}`, which is written where a name alone is wanted; nil for anything else.
    private func onlyName(in node: Int) -> String? {
        let key = node + 1
        guard document.nodes[node].kind == .mapping, document.nodes[node].count == 1, key < document.nodes.count,
            document.nodes[key].kind == .scalar, text(key) == "name", shown(node).hasPrefix("{")
        else { return nil }
        let value = Int(document.nodes[key].end)
        guard value < document.nodes.count, document.nodes[value].kind == .scalar,
            document.nodes[value].textLength > 0, document.nodes[value].style == .plain
        else { return nil }
        return text(value)
    }
}

extension FieldType where Value == String {
    /// Any text of at least one character.
    static func text(_ phrase: String = "text", example: String, limit: Int = 8192) -> FieldType<String> {
        FieldType<String>(.text(phrase: phrase, pattern: nil, example: example)) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let length = Int(reader.document.nodes[node].textLength)
            guard length > 0 else {
                reader.report("field.empty", at: node)
                return nil
            }
            guard length <= limit else {
                reader.report("field.tooLong", at: node, [String(limit)])
                return nil
            }
            return reader.text(node)
        }
    }

    static func text(_ format: TextFormat) -> FieldType<String> {
        let shape = Shape.text(phrase: format.phrase, pattern: format.pattern, example: format.example)
        return FieldType<String>(shape) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            guard reader.withBytes(reader.document.nodes[node], format.isValid) else {
                reader.report(format.code, at: node)
                return nil
            }
            return reader.text(node)
        }
    }
}

extension FieldType {
    /// The name of an object of that kind; whether it exists is looked at when all documents are read.
    static func reference<Identity>(to kind: Kind) -> FieldType<Identifier<Identity>>
    where Value == Identifier<Identity> {
        FieldType<Identifier<Identity>>(.reference(kind)) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            guard reader.document.nodes[node].textLength > 0 else {
                reader.report("field.empty", at: node)
                return nil
            }
            return Identifier(reader.text(node))
        }
    }

    /// One of the words of an enumeration.
    static func choice(_ words: [String], _ value: @escaping @Sendable (String) -> Value?) -> FieldType<Value> {
        let choices = words.joined(separator: ", ")
        return FieldType<Value>(.choice(words)) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let word = reader.text(node)
            if let value = value(word) { return value }
            let near = Suggestion.nearest(to: word, among: words)
            reader.report("field.choice", at: node, [choices], fix: near)
            return nil
        }
    }
}

extension FieldType where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    static var choice: FieldType<Value> { .choice(Value.allCases.map(\.rawValue)) { Value(rawValue: $0) } }
}

extension FieldType where Value == Int {
    static func integer(_ range: ClosedRange<Int>, _ code: SentenceCode = "field.range") -> FieldType<Int> {
        FieldType<Int>(.integer(range)) { reader, node in
            guard reader.expectScalar(node, "type.integer") else { return nil }
            let found = reader.document.nodes[node]
            let upper = range.upperBound == .max ? "2^63-1" : String(range.upperBound)
            guard let number = reader.withBytes(found, decimal) else {
                let isLong = found.style == .plain && reader.withBytes(found, isLongDecimal)
                reader.report(
                    isLong ? code : "type.integer", at: node, isLong ? [String(range.lowerBound), upper] : [])
                return nil
            }
            // Without its quotes a number that is out of range would be none the better.
            guard range.contains(number) else {
                reader.report(code, at: node, [String(range.lowerBound), upper])
                return nil
            }
            guard found.style == .plain else {
                reader.report("type.quotedNumber", at: node, fix: String(number))
                return nil
            }
            return number
        }
    }
}

/// Decimal digits with a sign perhaps; no leading zero, because YAML 1.1 takes `0100` for 64.
func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard bytes.count > start, bytes.count <= start + 18 else { return nil }
    guard bytes[start] != 0x30 || bytes.count == start + 1 else { return nil }
    var value = 0
    for index in start..<bytes.count {
        let digit = bytes[index] &- 0x30
        guard digit <= 9 else { return nil }
        value = value * 10 + Int(digit)
    }
    return isNegative ? -value : value
}

/// Whether it is a number as ``decimal(_:)`` reads them, but for having more digits than any range.
private func isLongDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    return digits.count > 18 && digits.first != 0x30 && digits.allSatisfy { (0x30...0x39).contains($0) }
}

extension FieldType where Value == Double {
    static func number(_ range: ClosedRange<Double>) -> FieldType<Double> {
        FieldType<Double>(.number(range)) { reader, node in
            guard reader.expectScalar(node, "type.number") else { return nil }
            let word = reader.text(node)
            let isPlain = word.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
            guard isPlain, let number = Double(word), reader.document.nodes[node].style == .plain else {
                reader.report("type.number", at: node)
                return nil
            }
            guard range.contains(number) else {
                reader.report("field.range", at: node, [plain(range.lowerBound), plain(range.upperBound)])
                return nil
            }
            return number
        }
    }
}

/// A number without `.0`.
func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
}

extension FieldType where Value == Bool {
    static var boolean: FieldType<Bool> {
        FieldType<Bool>(.boolean) { reader, node in
            guard reader.expectScalar(node, "type.boolean") else { return nil }
            let isPlain = reader.document.nodes[node].style == .plain
            let word = reader.text(node)
            if isPlain, word == "true" { return true }
            if isPlain, word == "false" { return false }
            let lower = word.lowercased()
            let meant: String? =
                ["true", "yes", "on", "y", "1"].contains(lower)
                ? "true" : ["false", "no", "off", "n", "0"].contains(lower) ? "false" : nil
            reader.report("type.boolean", at: node, fix: meant)
            return nil
        }
    }
}
