import Model

/// One pass over a file's bytes before libyaml sees them: what libyaml would report at the wrong place (control
/// characters at 1:1), take as a line's end (U+2028, NEL) or grow quadratic on (`%TAG`) is found here.
struct ByteInspection {
    private(set) var isASCII = true
    /// The documents that cannot be read, in order, each with its first problem.
    private(set) var broken: [BrokenRange] = []
    /// Where the text begins: after a byte order mark.
    private(set) var start = 0

    private static let plain: [Bool] = (0..<256).map { byte in
        (0x20...0x7E).contains(byte) || byte == 0x0A || byte == 0x09
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) {
        if bytes.count > limits.fileBytes {
            let sizes = [bytes.count, limits.fileBytes].map { "\(max(1, $0 >> 20)) MiB" }
            refuse(YAMLProblem("yaml.tooLarge", sizes, offset: 0, length: 0), from: 0, to: bytes.count)
            return
        }
        if bytes.count >= 2, (bytes[0], bytes[1]) == (0xFF, 0xFE) || (bytes[0], bytes[1]) == (0xFE, 0xFF) {
            refuse(YAMLProblem("yaml.utf16", offset: 0, length: 2), from: 0, to: bytes.count)
            return
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
        inspect(bytes, limits: limits)
    }

    private mutating func inspect(_ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) {
        let plain = Self.plain
        plain.withUnsafeBufferPointer { plain in
            var at = start
            if Self.isTagDirective(bytes, at) { note(tagDirective: at, bytes, &at) }
            while at < bytes.count, broken.count <= limits.brokenDocuments {
                if Self.areEightPlain(bytes, at) {
                    at += 8
                    continue
                }
                let byte = bytes[at]
                if plain[Int(byte)] {
                    at += 1
                    if byte == 0x0A, Self.isTagDirective(bytes, at) { note(tagDirective: at, bytes, &at) }
                } else if let problem = problem(bytes, &at) {
                    let first = DocumentBoundary.last(in: bytes, atOrBefore: problem.offset, start: start)
                    at = DocumentBoundary.next(in: bytes, after: at)
                    refuse(problem, from: first, to: at)
                }
            }
        }
    }

    /// Whether the next eight bytes are all from space to `~`: no high bit, none that underflows, none that overflows.
    @inline(__always)
    private static func areEightPlain(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at + 8 <= bytes.count else { return false }
        let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let low = word &- 0x2020_2020_2020_2020
        let high = word &+ 0x0101_0101_0101_0101
        return (word | low | high) & 0x8080_8080_8080_8080 == 0
    }

    private mutating func note(tagDirective offset: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        // The `---` that ends the directives begins the document that they belong to.
        let content = DocumentBoundary.next(in: bytes, after: offset)
        at = DocumentBoundary.next(in: bytes, after: content)
        refuse(YAMLProblem("yaml.tagDirective", offset: offset, length: end - offset), from: offset, to: at)
    }

    private mutating func refuse(_ problem: YAMLProblem, from start: Int, to end: Int) {
        broken.append(BrokenRange(problem: problem, start: start, end: end))
    }

    private static func isTagDirective(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        at + 3 < bytes.count && bytes[at] == UInt8(ascii: "%") && bytes[at + 1] == UInt8(ascii: "T")
            && bytes[at + 2] == UInt8(ascii: "A") && bytes[at + 3] == UInt8(ascii: "G")
    }

    /// Looks at a byte that is not plain text and steps over its character.
    private mutating func problem(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> YAMLProblem? {
        let offset = at
        let byte = bytes[at]
        if byte < 0x80 {
            at += 1
            switch byte {
            case 0x0D: return nil
            case 0: return YAMLProblem("yaml.nul", offset: offset)
            case 0x01...0x1F, 0x7F:
                return YAMLProblem("yaml.controlCharacter", [Self.name(UInt32(byte))], offset: offset)
            default: return nil
            }
        }
        isASCII = false
        guard let (scalar, length) = Self.decode(bytes, at) else {
            at += 1
            return YAMLProblem("yaml.encoding", ["0x" + hex(UInt32(byte), width: 2)], offset: offset)
        }
        at += length
        switch scalar {
        case 0x85, 0x2028, 0x2029:
            return YAMLProblem(
                "yaml.lineSeparator",
                [Self.name(scalar), "\\" + (scalar == 0x85 ? "x85" : "u" + hex(scalar, width: 4))],
                offset: offset, length: length)
        case 0xFEFF, 0xFFFE, 0xFFFF, 0x80...0x9F:
            return YAMLProblem("yaml.controlCharacter", [Self.name(scalar)], offset: offset, length: length)
        default: return nil
        }
    }

    private static func name(_ scalar: UInt32) -> String { "U+" + hex(scalar, width: 4) }

    /// RFC 3629: the shortest form, no surrogates, nothing above U+10FFFF.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int)? {
        let lead = bytes[at]
        let length: Int
        var scalar: UInt32
        switch lead {
        case 0xC2...0xDF: (length, scalar) = (2, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (length, scalar) = (3, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (length, scalar) = (4, UInt32(lead & 0x07))
        default: return nil
        }
        guard at + length <= bytes.count else { return nil }
        for index in 1..<length {
            let byte = bytes[at + index]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let isShortest = scalar >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000)
        guard isShortest, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return nil }
        return (scalar, length)
    }
}

/// Bytes of a file that hold one document, or the rest of the file, that cannot be read.
struct BrokenRange {
    var problem: YAMLProblem
    var start: Int
    var end: Int
}

/// Upper-case hexadecimal digits, padded with zeros.
func hex(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
