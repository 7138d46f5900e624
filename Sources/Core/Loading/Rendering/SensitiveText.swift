/// Keeps secrets that somebody wrote where a reference belongs out of what is shown.
enum SensitiveText {
    private static let words = ["password", "passwd", "secret", "token", "passphrase", "privatekey", "apikey"]

    static func isSensitive(_ name: some StringProtocol) -> Bool {
        let lower = name.lowercased()
        return words.contains { lower.contains($0) }
    }

    /// A line of a file: what follows a sensitive name becomes dots, unless it is a reference.
    ///
    /// - Parameter hiding: characters that are hidden in any case.
    static func masked(_ line: String, hiding range: Range<Int>?) -> String {
        var characters = Array(line)
        if let range {
            for index in range.clamped(to: characters.indices) { characters[index] = "•" }
            return String(characters[..<min(characters.count, range.lowerBound)]) + "••••"
        }
        let text = withoutUserInfo(String(characters))
        characters = Array(text)
        guard isSensitive(text), let colon = sensitiveColon(characters) else { return text }
        let rest = characters[(colon + 1)...].drop { $0 == " " }
        let isReference =
            rest.first == "{" ? refers(rest) : rest.isEmpty || ["&", "*", "#"].contains(rest.first)
        return isReference ? text : String(characters[...colon]) + " ••••"
    }

    /// A URL's user and password become dots: `https://••••@pve1`. A password may hold a slash where somebody wrote it
    /// as it is.
    static func withoutUserInfo(_ text: String) -> String {
        guard text.contains("://"), text.contains("@") else { return text }
        var out = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            out += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let url = rest.prefix { !$0.isWhitespace && $0 != "," }
            if let at = url.lastIndex(of: "@") {
                out += "••••"
                rest = rest[at...]
            }
        }
        return out + rest
    }

    /// Whether a mapping on one line begins as a reference to a secret does: anything else in it may be the secret.
    private static func refers(_ mapping: ArraySlice<Character>) -> Bool {
        let name = mapping.dropFirst().drop { $0 == " " }.prefix { $0.isLetter }
        return ["env", "file", "stored", "vault"].contains(String(name))
    }

    /// The colon after the first sensitive name of a line.
    private static func sensitiveColon(_ characters: [Character]) -> Int? {
        var start = 0
        for (index, character) in characters.enumerated() {
            if character == ":" {
                if isSensitive(String(characters[start..<index])) { return index }
                start = index + 1
            } else if character == "," || character == "{" {
                start = index + 1
            }
        }
        return nil
    }
}
