import Foundation
import Synchronization
import Testing

/// A table in `docs/reliability.md`, between its two marks.
struct FaultTable: Sendable {
    /// Its lines in their order.
    let cases: [FaultCase]
    let marks: (start: String, end: String)
    let head: String

    static let births = FaultTable(
        cases: FaultCase.all, marks: ("<!-- faults -->\n", "<!-- /faults -->\n"),
        head: """
            | during | fault | Plumb said | exit | left behind | further runs with work | at rest |
            |---|---|---|---:|---|---:|---|

            """)

    static let turnover = FaultTable(
        cases: FaultCase.ofTurnover, marks: ("<!-- turnover -->\n", "<!-- /turnover -->\n"),
        head: """
            | during | fault | Plumb said | exits | done at once | left behind | further runs with work | at rest |
            |---|---|---|---|---|---|---:|---|

            """)

    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reliability.md")
    private static let writing = Mutex(())

    /// Each line by its first two cells.
    func lines() throws -> [String: String] {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        guard let start = text.range(of: marks.start)?.upperBound, let end = text.range(of: marks.end)?.lowerBound
        else {
            return [:]
        }
        let rows = text[start..<end].split(separator: "\n").dropFirst(2).map(String.init)
        let keyed = rows.compactMap { row in
            cases.first { row.hasPrefix($0.key) }.map { ($0.key, row) } ?? (row, row)
        }
        return Dictionary(keyed) { first, _ in first }
    }

    /// Holds what came of a fault against its line; `PLUMB_ACCEPT=1` writes it.
    func compare(_ cells: [String], of fault: FaultCase, _ transcript: String) throws {
        let line = fault.key + " " + cells.joined(separator: " | ") + " |"
        if ProcessInfo.processInfo.environment["PLUMB_ACCEPT"] == "1" { return try store(line, of: fault) }
        #expect(try lines()[fault.key] == line, "\(transcript)")
    }

    private func store(_ line: String, of fault: FaultCase) throws {
        try Self.writing.withLock { _ in
            var lines = try lines()
            lines[fault.key] = line
            var text = try String(contentsOf: Self.file, encoding: .utf8)
            guard let start = text.range(of: marks.start)?.upperBound, let end = text.range(of: marks.end)?.lowerBound
            else {
                throw StageFailure("docs/reliability.md has no marks for the table")
            }
            let rows = cases.compactMap { lines[$0.key] }
            text.replaceSubrange(start..<end, with: head + rows.joined(separator: "\n") + "\n")
            try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
    }
}
