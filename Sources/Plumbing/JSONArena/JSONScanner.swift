/// The one pass over the bytes. It works on a pointer, because bounds checks on every byte double the time of a state
/// of several megabytes; every read is preceded by a comparison with `count`.
struct JSONScanner {
    let base: UnsafePointer<UInt8>
    let count: Int
    var entries: [JSONEntry] = []
    private var at = 0
    /// Entries of the containers that are open, innermost last.
    private var open: [Int] = []

    init(base: UnsafePointer<UInt8>, count: Int) {
        self.base = base
        self.count = count
        // Indented state has an entry for about 16 bytes, compact inventory for about 7.
        entries.reserveCapacity(count / 12 + 4)
        open.reserveCapacity(32)
    }

    mutating func scan() throws(JSONFailure) {
        while true {
            guard try scanValue() else { continue }
            // A value has ended: what follows belongs to the container that holds it.
            var ended = true
            while ended {
                skipSpace()
                guard let container = open.last else {
                    guard at == count else { throw failure(.trailing) }
                    return
                }
                guard at < count else { throw failure(.ended) }
                let isObject = entries[container].tag == .object
                switch base[at] {
                case UInt8(ascii: ","):
                    at += 1
                    if isObject { try scanName() }
                    ended = false
                case UInt8(ascii: "}") where isObject: close(container)
                case UInt8(ascii: "]") where !isObject: close(container)
                default: throw failure(.unexpected)
                }
            }
        }
    }

    /// Reads one scalar or empty container, and says true; or opens a container, up to its first value, and says false.
    private mutating func scanValue() throws(JSONFailure) -> Bool {
        skipSpace()
        guard at < count else { throw failure(.ended) }
        switch base[at] {
        case UInt8(ascii: "\""): try scanString()
        case UInt8(ascii: "{"):
            try openContainer(.object)
            guard at < count, base[at] == UInt8(ascii: "}") else {
                try scanName()
                return false
            }
            closeInnermost()
        case UInt8(ascii: "["):
            try openContainer(.array)
            guard at < count, base[at] == UInt8(ascii: "]") else { return false }
            closeInnermost()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
        case UInt8(ascii: "t"): try scanWord("true", .yes)
        case UInt8(ascii: "f"): try scanWord("false", .no)
        case UInt8(ascii: "n"): try scanWord("null", .null)
        default: throw failure(.unexpected)
        }
        return true
    }

    private mutating func openContainer(_ tag: JSONEntry.Tag) throws(JSONFailure) {
        guard open.count < JSONDocument.depthLimit else { throw failure(.tooDeep) }
        open.append(entries.count)
        entries.append(JSONEntry(offset: UInt32(truncatingIfNeeded: at), length: 0, end: 0, tag: tag))
        at += 1
        skipSpace()
    }

    private mutating func closeInnermost() {
        if let container = open.last { close(container) }
    }

    private mutating func close(_ container: Int) {
        at += 1
        entries[container].length = UInt32(truncatingIfNeeded: at) - entries[container].offset
        entries[container].end = UInt32(truncatingIfNeeded: entries.count)
        open.removeLast()
    }

    private mutating func scanName() throws(JSONFailure) {
        skipSpace()
        guard at < count else { throw failure(.ended) }
        guard base[at] == UInt8(ascii: "\"") else { throw failure(.unexpected) }
        try scanString()
        skipSpace()
        guard at < count else { throw failure(.ended) }
        guard base[at] == UInt8(ascii: ":") else { throw failure(.unexpected) }
        at += 1
    }

    private mutating func append(_ tag: JSONEntry.Tag, from start: Int) {
        entries.append(
            JSONEntry(
                offset: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: at - start),
                end: UInt32(truncatingIfNeeded: entries.count + 1), tag: tag))
    }

    @inline(__always)
    private mutating func skipSpace() {
        while at < count {
            switch base[at] {
            case 0x20:
                at += 1
                // Indentation comes in runs: eight blanks at a time.
                while at + 8 <= count, word(at) == 0x2020_2020_2020_2020 { at += 8 }
            case 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    @inline(__always)
    private func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
    }

    private mutating func scanWord(_ text: StaticString, _ tag: JSONEntry.Tag) throws(JSONFailure) {
        let start = at
        for index in 0..<text.utf8CodeUnitCount {
            guard start + index < count else { throw JSONFailure(offset: count, what: .ended) }
            guard base[start + index] == text.utf8Start[index] else { throw failure(.literal) }
        }
        at = start + text.utf8CodeUnitCount
        append(tag, from: start)
    }

    private mutating func scanNumber() throws(JSONFailure) {
        let start = at
        if base[at] == UInt8(ascii: "-") { at += 1 }
        if at < count, base[at] == UInt8(ascii: "0") {
            at += 1
            if at < count, isDigit(base[at]) { throw failure(.number) }
        } else {
            try scanDigits()
        }
        if at < count, base[at] == UInt8(ascii: ".") {
            at += 1
            try scanDigits()
        }
        if at < count, base[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < count, base[at] == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") { at += 1 }
            try scanDigits()
        }
        append(.number, from: start)
    }

    private mutating func scanDigits() throws(JSONFailure) {
        guard at < count else { throw failure(.ended) }
        guard isDigit(base[at]) else { throw failure(.number) }
        repeat { at += 1 } while at < count && isDigit(base[at])
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    func failure(_ what: JSONFailure.What) -> JSONFailure { JSONFailure(offset: at, what: what) }
}

extension JSONScanner {
    private mutating func scanString() throws(JSONFailure) {
        let start = at
        var tag = JSONEntry.Tag.string
        at += 1
        while true {
            while at + 8 <= count {
                let special = specials(word(at))
                at += special == 0 ? 8 : special.trailingZeroBitCount >> 3
                if special != 0 { break }
            }
            guard at < count else { throw failure(.ended) }
            switch base[at] {
            case UInt8(ascii: "\""):
                at += 1
                append(tag, from: start)
                return
            case UInt8(ascii: "\\"):
                tag = .escapedString
                try scanEscape()
            case 0..<0x20: throw failure(.control)
            case 0x20..<0x80: at += 1
            default: try scanMultibyte()
            }
        }
    }

    /// The highest bit of each of the eight bytes that is a quote, a backslash, a control character or above ASCII. A
    /// borrow can mark bytes behind such a one too, and none before it: the first that is marked is one.
    @inline(__always)
    private func specials(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let hits = (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones) | word
        return hits & (ones &* 0x80)
    }

    private mutating func scanEscape() throws(JSONFailure) {
        guard at + 1 < count else { throw JSONFailure(offset: count, what: .ended) }
        switch base[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(at: at)
            switch unit {
            case 0xD800..<0xDC00:
                for (place, wanted) in [(at + 6, UInt8(ascii: "\\")), (at + 7, UInt8(ascii: "u"))] {
                    guard place < count else { throw JSONFailure(offset: count, what: .ended) }
                    guard base[place] == wanted else { throw failure(.surrogate) }
                }
                guard (0xDC00..<0xE000).contains(try codeUnit(at: at + 6)) else { throw failure(.surrogate) }
                at += 12
            case 0xDC00..<0xE000: throw failure(.surrogate)
            default: at += 6
            }
        default: throw failure(.escape)
        }
    }

    /// The four digits of a `\uXXXX` that begins there.
    private func codeUnit(at escape: Int) throws(JSONFailure) -> UInt32 {
        guard escape + 5 < count else { throw JSONFailure(offset: count, what: .ended) }
        var unit: UInt32 = 0
        for index in escape + 2...escape + 5 {
            guard let digit = hexadecimal(base[index]) else { throw JSONFailure(offset: escape, what: .escape) }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// Well-formed sequences of the Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing past
    /// U+10FFFF.
    private mutating func scanMultibyte() throws(JSONFailure) {
        let lead = base[at]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: throw failure(.encoding)
        }
        guard at + length <= count else { throw JSONFailure(offset: count, what: .ended) }
        guard second.contains(base[at + 1]) else { throw failure(.encoding) }
        var index = at + 2
        while index < at + length {
            guard base[index] & 0xC0 == 0x80 else { throw failure(.encoding) }
            index += 1
        }
        at += length
    }
}

/// The value of a hexadecimal digit in ASCII.
func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
