import CLI
import Foundation
import Model

/// What a scenario printed, without what differs between two runs of it.
struct Transcript {
    private(set) var text = ""
    /// The directory of this run, which becomes `DIR`.
    let directory: String

    init(directory: String) { self.directory = directory }

    mutating func append(_ line: String) { text += Self.trimmed(line) + "\n" }

    mutating func append(output: String) {
        for line in steady(output).split(separator: "\n", omittingEmptySubsequences: false) where !line.isEmpty {
            append("    " + Self.narrowed(line))
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    /// The columns of a rehearsal's moments are as wide as the widest, which differs.
    private static func narrowed(_ line: Substring) -> String {
        guard let row = line.prefixMatch(of: #/  (\+SPAN|–) {2,}(\+SPAN|–) {2,}(\S) {2}/#),
            symbols.contains(String(row.3))
        else { return String(line) }
        return "  \(row.1)  \(row.2)  \(row.3)  " + line[row.range.upperBound...]
    }

    /// What stands before the line of a step, whatever is done in it.
    private static let symbols = Set(Action.Verb.allCases.map(\.symbol))

    /// Servers are worked on side by side, and what is said of them comes in any order: neighbouring lines of progress
    /// (`! ` and a step's symbol, indented by two) are sorted, everything else stays where it is.
    static func ordered(_ lines: [String]) -> [String] {
        var ordered: [String] = []
        var progress: [String] = []
        for line in lines {
            if let symbol = line.prefixMatch(of: /!   (\S) \w+\//)?.1, symbols.contains(String(symbol)) {
                progress.append(line)
            } else {
                ordered += progress.sorted() + [line]
                progress = []
            }
        }
        return ordered + progress.sorted()
    }

    /// Ids, moments, spans, ports and paths in a form that is the same every time.
    func steady(_ output: String) -> String {
        var text = output.replacing(directory, with: "DIR")
        for (pattern, replacement) in Self.patterns { text.replace(pattern, with: replacement) }
        return text
    }

    private nonisolated(unsafe) static let patterns: [(Regex<Substring>, String)] = [
        (/UPID:[A-Za-z0-9._-]+:[0-9A-F]{8}:[0-9A-F]{8,}:[0-9A-F]{8}:[^ ]*:/, "UPID"),
        (/\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d/, "TIME"),
        (/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?/, "TIME"),
        (/\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?=\d\d:\d\d)/, "DAY "),
        (/\(in \d+ (?:min|h|d)\)/, "(in SPAN)"),
        (/\b\d+ (?:min|h|d) ago:/, "SPAN ago:"),
        (/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/, "LINEAGE"),
        (/[0-9a-f]{64}/, "SHA256"),
        (/\b[0-9a-f]{16}\b/, "MARK"),
        (/\b[0-9a-f]{12}\b/, "PLANID"),
        (/\b(?:\d+m )?\d+(?:\.\d+)? ?m?s\b/, "SPAN"),
        // Which of two clocks is ahead is chance.
        (/clock differs by -SPAN/, "clock differs by SPAN"),
        (/Version \d+\.\d+\.\d+\S* at \S+/, "Version N at PROGRAM"),
        (/"milliseconds": \d+/, "\"milliseconds\": N"),
        (/"planningMicroseconds": \d+/, "\"planningMicroseconds\": N"),
        (/: process \d+\b/, ": process PID"),
        (/\bprocess-\d+\b/, "process-N"),
        (/\(process \d+\)/, "(process PID)"),
        (/`kill \d+`/, "`kill PID`"),
        (/\bend process \d+\b/, "end process PID"),
        (/127\.0\.0\.1:\d+/, "127.0.0.1:PORT"),
        (/\b(?:[0-9A-F]{2}:){5}[0-9A-F]{2}\b/, "MAC"),
    ]
}
