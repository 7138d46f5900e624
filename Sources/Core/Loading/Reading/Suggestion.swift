/// The name that somebody probably meant.
package enum Suggestion {
    /// The candidate with the fewest slips (a letter more, less, other, or two swapped), where those are few enough for
    /// the length of the name; nil where none is near.
    package static func nearest<Names: Sequence>(to name: String, among candidates: Names) -> String?
    where Names.Element == String {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let allowed = max(1, min(3, wanted.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().utf8.prefix(64))
            // `password` is half of `passwordFrom`.
            if best == nil, wanted.count >= 4, other.starts(with: wanted) { best = (candidate, allowed) }
            guard abs(other.count - wanted.count) <= allowed else { continue }
            let found = distance(wanted, other)
            if found <= allowed, found < best?.distance ?? Int.max { best = (candidate, found) }
        }
        return best?.name
    }

    /// Optimal string alignment (Damerau and Levenshtein, without editing a pair twice).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 0..<one.count {
            var current = [row + 1]
            for column in 0..<other.count {
                let substitution = last[column] + (one[row] == other[column] ? 0 : 1)
                var least = min(substitution, min(last[column + 1], current[column]) + 1)
                if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
