import Model

extension FieldType where Value == ByteCount {
    /// An amount of bytes with a binary unit.
    ///
    /// - Parameters:
    ///   - bareUnit: what a number without a unit counts.
    ///   - step: the amount must be a multiple of it.
    static func bytes(
        bareUnit: ByteUnit, step: ByteUnit, from least: ByteCount, to most: ByteCount, example: String
    ) -> FieldType<ByteCount> {
        let phrase = "an amount such as `\(example)`; a bare number counts \(bareUnit.rawValue)"
        let text = Shape.text(phrase: phrase, pattern: #"^[0-9]+(\.[0-9]+)? ?(KiB|MiB|GiB|TiB)$"#, example: example)
        let bare = Shape.integer(0...(most.bytes / bareUnit.bytes))
        return FieldType<ByteCount>(.anyOf([text, bare])) { reader, node in
            guard reader.expectScalar(node, "value.quantity") else { return nil }
            let parsed = reader.withBytes(reader.document.nodes[node]) { ByteUnit.parse($0, bareUnit: bareUnit) }
            switch parsed {
            case .malformed:
                reader.report("value.quantity", at: node, [bareUnit.rawValue, example])
                return nil
            case .decimalUnit(let number, let unit):
                reader.report("value.quantityUnit", at: node, [unit], fix: number + unit.prefix(1).uppercased() + "iB")
                return nil
            case .tooLarge:
                reader.report("field.range", at: node, [least.description, most.description])
                return nil
            case .amount(let bytes):
                guard bytes % step.bytes == 0 else {
                    reader.report("value.quantityStep", at: node, [step.rawValue])
                    return nil
                }
                guard bytes >= least.bytes, bytes <= most.bytes else {
                    reader.report("field.range", at: node, [least.description, most.description])
                    return nil
                }
                return ByteCount(bytes: bytes)
            }
        }
    }

    /// `2GiB`; a bare number is MiB.
    static func memory(from least: ByteCount) -> FieldType<ByteCount> {
        bytes(bareUnit: .mebibyte, step: .mebibyte, from: least, to: .gibibytes(65_536), example: "2GiB")
    }

    /// `20GiB`; a bare number is GiB.
    static var diskSize: FieldType<ByteCount> {
        bytes(bareUnit: .gibibyte, step: .gibibyte, from: .gibibytes(1), to: .gibibytes(1 << 20), example: "20GiB")
    }
}

/// Binary units of amounts.
enum ByteUnit: String, CaseIterable, Sendable {
    case kibibyte = "KiB"
    case mebibyte = "MiB"
    case gibibyte = "GiB"
    case tebibyte = "TiB"

    var bytes: Int {
        switch self {
        case .kibibyte: 1 << 10
        case .mebibyte: 1 << 20
        case .gibibyte: 1 << 30
        case .tebibyte: 1 << 40
        }
    }

    enum Parsed {
        case amount(Int)
        /// `2GB`, `2G`: powers of ten, or nobody knows.
        case decimalUnit(number: String, unit: String)
        /// A number that no machine has, well written.
        case tooLarge
        case malformed
    }

    static func parse(_ text: UnsafeBufferPointer<UInt8>, bareUnit: ByteUnit) -> Parsed {
        var at = 0
        var whole = 0
        while at < text.count, (0x30...0x39).contains(text[at]) {
            // More than any unit has room for; what follows only says whether it is well written.
            if whole < 1 << 50 { whole = whole * 10 + Int(text[at] - 0x30) }
            at += 1
        }
        guard at > 0 else { return .malformed }
        var numerator = 0
        var denominator = 1
        if at + 1 < text.count, text[at] == UInt8(ascii: ".") {
            at += 1
            let first = at
            while at < text.count, at - first < 6, (0x30...0x39).contains(text[at]) {
                numerator = numerator * 10 + Int(text[at] - 0x30)
                denominator *= 10
                at += 1
            }
            guard at > first else { return .malformed }
        }
        let number = String(decoding: text[..<at], as: UTF8.self)
        if at < text.count, text[at] == 0x20 { at += 1 }
        let word = text[at...]
        let unit: ByteUnit
        if word.isEmpty {
            unit = bareUnit
        } else if let found = allCases.first(where: { $0.rawValue.utf8.elementsEqual(word) }) {
            unit = found
        } else {
            let name = String(decoding: word, as: UTF8.self)
            let isUnit = ["k", "m", "g", "t", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib"].contains(
                name.lowercased())
            return isUnit ? .decimalUnit(number: number, unit: name) : .malformed
        }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow, product < 1 << 60 else { return .tooLarge }
        guard (numerator * unit.bytes) % denominator == 0 else { return .malformed }
        return .amount(product + numerator * unit.bytes / denominator)
    }
}

extension FieldType where Value == Duration {
    /// `30s`, `5m`, `1h30m`; at least and at most.
    static func duration(_ range: ClosedRange<Duration>, example: String) -> FieldType<Duration> {
        let phrase = "a duration such as `\(example)`"
        let shape = Shape.text(phrase: phrase, pattern: #"^([0-9]+(ms|s|m|h|d))+$"#, example: example)
        return FieldType<Duration>(shape) { reader, node in
            guard reader.expectScalar(node, "value.duration") else { return nil }
            let isText = reader.document.nodes[node].kind == .scalar
            guard isText, let found = reader.withBytes(reader.document.nodes[node], DurationText.parse) else {
                let number = reader.withBytes(reader.document.nodes[node], decimal)
                reader.report("value.duration", at: node, [example], fix: number.map { "\($0)s" })
                return nil
            }
            guard range.contains(found) else {
                let ends = [range.lowerBound, range.upperBound].map(DurationText.text)
                reader.report("field.range", at: node, ends)
                return nil
            }
            return found
        }
    }
}

/// Durations as operators write them.
enum DurationText {
    private static let units: [(name: String, milliseconds: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Duration? {
        guard !text.isEmpty, text.count < 32 else { return nil }
        var total = 0
        var at = 0
        var lastUnit = Int.max
        while at < text.count {
            let first = at
            var number = 0
            while at < text.count, at - first < 10, (0x30...0x39).contains(text[at]) {
                number = number * 10 + Int(text[at] - 0x30)
                at += 1
            }
            guard at > first else { return nil }
            let word = at
            while at < text.count, !(0x30...0x39).contains(text[at]) { at += 1 }
            guard let unit = units.first(where: { $0.name.utf8.elementsEqual(text[word..<at]) }) else { return nil }
            guard unit.milliseconds < lastUnit else { return nil }
            lastUnit = unit.milliseconds
            total += number * unit.milliseconds
        }
        return .milliseconds(total)
    }

    static func text(_ duration: Duration) -> String {
        let milliseconds = Int(duration.wholeMilliseconds)
        for (name, size) in units where milliseconds != 0 && milliseconds % size == 0 {
            return "\(milliseconds / size)\(name)"
        }
        return "0s"
    }
}
