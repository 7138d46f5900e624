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

    /// Bytes on each side of the place from which what is shown is taken; a line can be the whole file.
    private static let reach = 4_096

    init(span: SourceSpan, in file: SourceFile, lines: LineTable) {
        path = file.path
        let bytes = file.bytes
        guard !bytes.isEmpty else {
            (line, column, sourceLine) = (1, 1, nil)
            return
        }
        let offset = min(max(0, Int(span.offset)), bytes.count)
        let found = lines.position(of: offset)
        line = found.number
        // A byte order mark is no part of the first line.
        let hasMark = found.start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let textStart = hasMark ? 3 : found.start
        let isFar = offset - textStart > Self.reach
        let start = isFar ? Self.character(in: bytes, at: offset - Self.reach / 2) : textStart
        let farthest = min(bytes.count, max(offset, textStart) + Self.reach)
        let end =
            bytes[found.start..<farthest].suffix(from: min(max(start, found.start), farthest))
            .firstIndex { $0 == 0x0A || $0 == 0x0D } ?? farthest
        let before = String(decoding: bytes[min(start, offset)..<max(start, offset)], as: UTF8.self)
        let firstCharacter = offset <= start ? 0 : before.count
        // So far to the right nobody counts what a character of several scalars is.
        column = isFar ? found.scalars + (hasMark ? 0 : 1) : firstCharacter + 1
        let last = min(max(offset, Int(span.offset) + Int(span.length)), max(end, offset))
        let marked = String(decoding: bytes[min(offset, end)..<max(min(last, end), min(offset, end))], as: UTF8.self)
        sourceLine = Self.cut(
            Self.visible(bytes[min(start, end)..<end]), first: firstCharacter, count: marked.count, isFar: isFar)
    }

    /// Where the character begins in which a byte stands.
    private static func character(in bytes: [UInt8], at offset: Int) -> Int {
        var at = offset
        while at > 0, bytes[at] & 0xC0 == 0x80, offset - at < 4 { at -= 1 }
        return at
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

    /// - Parameter isFar: the text begins in the middle of its line.
    private static func cut(_ text: String, first: Int, count: Int, isFar: Bool) -> Line {
        let marked = first..<(first + max(1, min(count, mostCharacters)))
        guard isFar || text.count > mostCharacters else { return Line(text: text, marked: marked) }
        let start = max(0, min(first - 60, text.count - mostCharacters))
        let part = String(text.dropFirst(start).prefix(mostCharacters))
        let lead = isFar || start > 0 ? "… " : ""
        let shift = lead.count - start
        let upper = min(marked.upperBound + shift, part.count + lead.count)
        return Line(text: lead + part, marked: (marked.lowerBound + shift)..<max(marked.lowerBound + shift + 1, upper))
    }
}

extension Positions {
    /// A span in an editor's words; nil for none. Who asks for many places has ``SourceLines`` or ``PlaceFinder``.
    package func location(of span: SourceSpan?) -> SourcePlace? {
        var lines = SourceLines(files)
        return lines.place(of: span)
    }
}
