/// The name that somebody probably meant.
package enum Suggestion {
    /// The candidate with the fewest slips (a letter more, less, other, or two swapped), where those are few enough for
    /// the length of the name; nil where none is near.
    package static func nearest<Names: Sequence>(to name: String, among candidates: Names) -> String?
    where Names.Element == String {
        let wanted = letters(of: name)
        let allowed = max(1, min(3, wanted.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let other = letters(of: candidate)
            // `password` is half of `passwordFrom`.
            if best == nil, wanted.count >= 4, other.starts(with: wanted) { best = (candidate, allowed) }
            guard abs(other.count - wanted.count) <= allowed else { continue }
            let found = distance(wanted, other, allowed: allowed)
            if found <= allowed, found < best?.distance ?? Int.max { best = (candidate, found) }
        }
        return best?.name
    }

    /// As many as are compared; in one piece, since hundreds of thousands of names are.
    private static func letters(of name: String) -> [UInt8] {
        var name = name.lowercased()
        return name.withUTF8 { Array($0.prefix(64)) }
    }

    /// Optimal string alignment (Damerau and Levenshtein, without editing a pair twice), as far as it is at most
    /// `allowed`: only cells that near to the diagonal can be.
    private static func distance(_ one: [UInt8], _ other: [UInt8], allowed: Int) -> Int {
        let tooMany = allowed + 1
        let width = other.count + 1
        // Small numbers: a table is made for each candidate.
        var cells = [UInt8](repeating: UInt8(tooMany), count: (one.count + 1) * width)
        for column in 0...min(allowed, other.count) { cells[column] = UInt8(column) }
        var bestBefore = 0
        for row in 0..<one.count {
            let columns = max(0, row - allowed)..<max(0, row - allowed, min(other.count, row + allowed + 1))
            let (above, here) = (row * width, (row + 1) * width)
            if row < allowed { cells[here] = UInt8(row + 1) }
            var best = Int(cells[here])
            for column in columns {
                let substitution = Int(cells[above + column]) + (one[row] == other[column] ? 0 : 1)
                var least = min(substitution, Int(min(cells[above + column + 1], cells[here + column])) + 1)
                if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                    least = min(least, Int(cells[above - width + column - 1]) + 1)
                }
                cells[here + column + 1] = UInt8(min(least, tooMany))
                best = min(best, least)
            }
            // Two rows decide: a swap goes over one.
            if best > allowed, bestBefore > allowed { return tooMany }
            bestBefore = best
        }
        return Int(cells[one.count * width + other.count])
    }
}

/// Bounds how many names are compared for suggestions: ten thousand wrong names against ten thousand right ones would
/// take minutes.
struct SuggestionBudget: Sendable {
    private var left = 200_000

    /// Nil also where the names are more than what is left to compare.
    mutating func nearest(to name: String, among names: [String]) -> String? {
        guard names.count <= left else { return nil }
        left -= names.count
        return Suggestion.nearest(to: name, among: names)
    }
}
