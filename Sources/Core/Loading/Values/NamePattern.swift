/// Names that count: `web-{01..20}`, or `web-{01..}` where a count says how many.
struct NamePattern: Sendable, Hashable {
    var prefix: String
    var suffix: String
    var first: Int
    /// Nil where the pattern is open.
    var last: Int?
    /// Digits that a number is padded to with zeros.
    var width: Int

    /// Nil where the text is no pattern.
    init?(_ text: String) {
        guard let open = text.firstIndex(of: "{"), let close = text.firstIndex(of: "}"), open < close else {
            return nil
        }
        let inside = text[text.index(after: open)..<close]
        guard let dots = inside.range(of: "..") else { return nil }
        let low = inside[..<dots.lowerBound]
        let high = inside[dots.upperBound...]
        guard (1...6).contains(low.utf8.count), high.utf8.count <= 6, let first = Self.number(low) else { return nil }
        prefix = String(text[..<open])
        suffix = String(text[text.index(after: close)...])
        self.first = first
        width = low.hasPrefix("0") ? low.utf8.count : 1
        if high.isEmpty {
            last = nil
        } else {
            guard let last = Self.number(high), last >= first else { return nil }
            self.last = last
        }
        guard !suffix.contains("{"), !suffix.contains("}") else { return nil }
    }

    init(prefix: String, first: Int, width: Int) {
        (self.prefix, suffix, self.first, last, self.width) = (prefix, "", first, nil, width)
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    func name(_ position: Int) -> String {
        let number = String(first + position)
        return prefix + String(repeating: "0", count: max(0, width - number.utf8.count)) + number + suffix
    }
}

extension Substring {
    /// The first place of another text; the standard library has it only for collections of regexes.
    fileprivate func range(of text: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
            at = index(after: at)
        }
        return nil
    }
}
