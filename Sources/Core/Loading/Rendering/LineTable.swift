import Model

/// Lines of a file as editors count them: ended by a line feed, a carriage return, or both.
///
/// The file is walked through once; of every 64 KiB it is kept where they begin. A list of all lines of 60 MB of line feeds
/// would be eight times as large.
package struct LineTable: Sendable {
    struct Line: Hashable {
        /// From 1.
        var number: Int
        /// The line's first byte.
        var start: Int
        /// Unicode's scalars from there to the place that was asked for.
        var scalars: Int
    }

    private static let block = 65_536

    private let bytes: [UInt8]
    /// What the first byte of each block stands in.
    private var marks: [Line] = []

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var line = Line(number: 1, start: 0, scalars: 0)
        var at = 0
        while at < bytes.count {
            marks.append(line)
            let end = min(at + Self.block, bytes.count)
            Self.advance(&line, through: at..<end, of: bytes)
            at = end
        }
    }

    /// The line's number, from 1.
    package func line(of offset: Int) -> Int { position(of: offset).number }

    /// The line in which a byte stands.
    func position(of offset: Int) -> Line {
        let offset = min(max(0, offset), bytes.count)
        guard var line = marks.isEmpty ? nil : marks[min(offset / Self.block, marks.count - 1)] else {
            return Line(number: 1, start: 0, scalars: 0)
        }
        Self.advance(&line, through: min(offset / Self.block, marks.count - 1) * Self.block..<offset, of: bytes)
        return line
    }

    private static func advance(_ line: inout Line, through range: Range<Int>, of bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            for at in range {
                let byte = bytes[at]
                let isPair = byte == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A
                if (byte == 0x0A || byte == 0x0D) && !isPair {
                    line = Line(number: line.number + 1, start: at + 1, scalars: 0)
                } else if byte & 0xC0 != 0x80 {
                    line.scalars += 1
                }
            }
        }
    }
}

/// The lines of a configuration's files. Each file is walked through when the first place in it is asked for.
package struct SourceLines: Sendable {
    let files: [SourceFile]
    private var tables: [Int32: LineTable] = [:]

    package init(_ files: [SourceFile]) { self.files = files }

    /// A span in an editor's words; nil for none.
    package mutating func place(of span: SourceSpan?) -> SourcePlace? {
        guard let span, let table = table(of: span.file) else { return nil }
        return SourcePlace(span: span, in: files[Int(span.file)], lines: table)
    }

    /// `path:line` of the beginning of a span.
    mutating func label(of span: SourceSpan) -> String? {
        table(of: span.file).map { "\(files[Int(span.file)].path):\($0.line(of: Int(span.offset)))" }
    }

    private mutating func table(of file: Int32) -> LineTable? {
        if let table = tables[file] { return table }
        guard files.indices.contains(Int(file)) else { return nil }
        let table = LineTable(files[Int(file)].bytes)
        tables[file] = table
        return table
    }
}
