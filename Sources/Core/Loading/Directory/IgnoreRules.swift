/// What `.plumbignore` says: gitignore's patterns, the last one that matches wins.
///
/// `name` matches at any depth, `/name` and `a/b` from the directory of the file, `name/` directories only, `!name`
/// takes back; `*` and `?` stop at a `/`, `**` does not. Source: gitignore(5).
struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        var pattern: [UInt8]
        var isNegated: Bool
        var isDirectoryOnly: Bool
        var isAnchored: Bool
        /// From 1.
        var line: Int
        var text: String
    }

    private var rules: [Rule] = []
    /// Lines that say nothing: their numbers, from 1, with their text.
    private(set) var malformed: [(line: Int, text: String)] = []

    init(_ bytes: [UInt8] = []) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            var pattern = Array(line)
            while let last = pattern.last, last == 0x20 || last == 0x0D || last == 0x09 { pattern.removeLast() }
            let text = String(decoding: pattern, as: UTF8.self)
            guard let first = pattern.first, first != UInt8(ascii: "#") else { continue }
            let isNegated = first == UInt8(ascii: "!")
            if isNegated || first == UInt8(ascii: "\\") { pattern.removeFirst() }
            let isDirectoryOnly = pattern.last == UInt8(ascii: "/")
            if isDirectoryOnly { pattern.removeLast() }
            let isAnchored = pattern.contains(UInt8(ascii: "/"))
            if pattern.first == UInt8(ascii: "/") { pattern.removeFirst() }
            guard !pattern.isEmpty, !pattern.contains(0), pattern.count <= 1024 else {
                malformed.append((index + 1, String(decoding: line, as: UTF8.self)))
                continue
            }
            rules.append(
                Rule(
                    pattern: pattern, isNegated: isNegated, isDirectoryOnly: isDirectoryOnly, isAnchored: isAnchored,
                    line: index + 1, text: text))
        }
    }

    /// - Parameter path: relative to the directory of the rules, without a `/` at either end.
    func ignores(_ path: String, isDirectory: Bool) -> Bool { rule(ignoring: path, isDirectory: isDirectory) != nil }

    /// The line that leaves a path out, from 1, with its text; nil: none does.
    func rule(ignoring path: String, isDirectory: Bool) -> (line: Int, text: String)? {
        guard !rules.isEmpty else { return nil }
        let all = Array(path.utf8)
        let nameStart = all.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        for rule in rules.reversed() where !rule.isDirectoryOnly || isDirectory {
            let text = rule.isAnchored ? all[...] : all[nameStart...]
            if Self.matches(rule.pattern, text) { return rule.isNegated ? nil : (line: rule.line, text: rule.text) }
        }
        return nil
    }

    /// Which beginnings of the text the pattern's beginnings match, one row for each of its characters: the time grows
    /// with the product of the lengths, however many stars there are.
    private static func matches(_ pattern: [UInt8], _ text: ArraySlice<UInt8>) -> Bool {
        let text = Array(text)
        var row = [Bool](repeating: false, count: text.count + 1)
        row[0] = true
        var at = 0
        while at < pattern.count {
            var next = [Bool](repeating: false, count: text.count + 1)
            let isStar = pattern[at] == UInt8(ascii: "*")
            let isDouble = isStar && at + 1 < pattern.count && pattern[at + 1] == UInt8(ascii: "*")
            if isStar {
                // `**/` also stands for no directory at all.
                let skipsSlash = isDouble && at + 2 < pattern.count && pattern[at + 2] == UInt8(ascii: "/")
                for index in row.indices {
                    let isPassable = index > 0 && (isDouble || text[index - 1] != UInt8(ascii: "/"))
                    next[index] = row[index] || (isPassable && next[index - 1])
                }
                if skipsSlash {
                    let afterSlash = next.indices.map { $0 > 0 && next[$0 - 1] && text[$0 - 1] == UInt8(ascii: "/") }
                    next = zip(row, afterSlash).map { $0 || $1 }
                    at += 1
                }
                at += isDouble ? 2 : 1
            } else {
                for index in text.indices where row[index] {
                    let isAny = pattern[at] == UInt8(ascii: "?") && text[index] != UInt8(ascii: "/")
                    next[index + 1] = isAny || pattern[at] == text[index]
                }
                at += 1
            }
            row = next
        }
        return row[text.count]
    }
}
