extension Selector {
    /// Whether all parts that are given hold.
    ///
    /// - Parameter labels: nil where they are not known: they may be any.
    package func matches(name: String, labels: [Metadata.Label]?, roles held: [RoleName]) -> Bool {
        if let labels { for label in matchLabels where !labels.contains(label) { return false } }
        if !names.isEmpty {
            let key = Array(name.lowercased().utf8)
            guard names.contains(where: { Self.glob(Array($0.lowercased().utf8), key) }) else { return false }
        }
        return roles.isEmpty || roles.contains { held.contains($0) }
    }

    /// `*` is any run of characters and `?` one; no backtracking beyond the last star, so it is linear in practice and
    /// quadratic at worst.
    static func glob(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var at = 0
        var position = 0
        var star: Int?
        var resume = 0
        while position < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = at
                resume = position
                at += 1
            } else if at < pattern.count, pattern[at] == UInt8(ascii: "?") || pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let star {
                at = star + 1
                resume += 1
                position = resume
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
