import Model

/// A place of a file in an editor's words.
package struct SourcePlace: Hashable, Sendable {
    package let path: String
    /// From 1.
    package let line: Int
    /// Characters from 1.
    package let column: Int
    /// The line itself and the characters of it that are meant; nil for a file without text.
    let sourceLine: Line?

    struct Line: Hashable, Sendable {
        var text: String
        var marked: Range<Int>
    }

    /// Longer lines are cut around the place.
    private static let mostCharacters = 200

    init?(span: SourceSpan, files: [SourceFile]) {
        guard files.indices.contains(Int(span.file)) else { return nil }
        let file = files[Int(span.file)]
        path = file.path
        guard !file.bytes.isEmpty else {
            (line, column, sourceLine) = (1, 1, nil)
            return
        }
        let bytes = file.bytes
        let offset = min(max(0, Int(span.offset)), bytes.count)
        let (number, start) = Self.line(of: offset, in: bytes)
        line = number
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        // A byte order mark is no part of the first line.
        let textStart = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : start
        let before = String(decoding: bytes[min(textStart, offset)..<max(textStart, offset)], as: UTF8.self)
        let firstCharacter = offset <= textStart ? 0 : before.count
        column = firstCharacter + 1
        let last = min(max(offset, Int(span.offset) + Int(span.length)), max(end, offset))
        let marked = String(decoding: bytes[min(offset, end)..<max(min(last, end), min(offset, end))], as: UTF8.self)
        sourceLine = Self.cut(
            Self.visible(bytes[min(textStart, end)..<min(end, textStart + 100_000)]), first: firstCharacter,
            count: marked.count)
    }

    private static func line(of offset: Int, in bytes: [UInt8]) -> (number: Int, start: Int) {
        bytes.withUnsafeBufferPointer { bytes in
            var number = 1
            var start = 0
            var at = 0
            while at < offset {
                let byte = bytes[at]
                at += 1
                if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A { continue }
                if byte == 0x0A || byte == 0x0D {
                    number += 1
                    start = at
                }
            }
            return (number, start)
        }
    }

    /// Control characters could change a terminal: each becomes a `·`.
    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        for character in String(decoding: bytes, as: UTF8.self) {
            let isControl = character.unicodeScalars.contains { scalar in
                (scalar.value < 0x20 && scalar.value != 9) || (0x7F...0x9F).contains(scalar.value)
                    || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            }
            text.append(isControl ? "·" : character)
        }
        return text
    }

    private static func cut(_ text: String, first: Int, count: Int) -> Line {
        let marked = first..<(first + max(1, min(count, mostCharacters)))
        guard text.count > mostCharacters else { return Line(text: text, marked: marked) }
        let start = max(0, min(first - 60, text.count - mostCharacters))
        let part = String(text.dropFirst(start).prefix(mostCharacters))
        let lead = start > 0 ? "… " : ""
        let shift = lead.count - start
        let upper = min(marked.upperBound + shift, part.count + lead.count)
        return Line(text: lead + part, marked: (marked.lowerBound + shift)..<max(marked.lowerBound + shift + 1, upper))
    }
}

extension Positions {
    /// A span in an editor's words; nil for none.
    package func location(of span: SourceSpan?) -> SourcePlace? { span.flatMap { SourcePlace(span: $0, files: files) } }
}
