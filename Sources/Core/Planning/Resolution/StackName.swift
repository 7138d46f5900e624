/// The name of a stack that is chosen by a label: one directory's name and one part of the ownership mark.
///
/// Two labels have one name only where they differ in nothing but case. A plain word is its own name; any other label
/// is what is readable of it, a `~` that no plain word has, and a digest of the whole.
enum StackName {
    /// Characters of a plain word at most, far below what file systems bear (255 bytes).
    private static let longestPlain = 100
    private static let longestReadable = 40

    /// - Parameter label: not empty.
    static func of(label: String) -> String {
        let word = label.lowercased()
        if isPlain(word) { return word }
        let readable = word.unicodeScalars.map { isAllowed($0) ? String($0) : "-" }.joined()
            .drop { $0 == "-" || $0 == "." }.prefix(longestReadable)
        let digits = String(StableHash.mixed(StableHash.of(word)), radix: 16)
        let digest = String(repeating: "0", count: 16 - digits.count) + digits
        return (readable.isEmpty ? "label" : String(readable)) + "~" + digest
    }

    /// A name that begins with a dot would be hidden, or lead out of the directory; with a hyphen, an option.
    private static func isPlain(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first, first != ".", first != "-" else { return false }
        return word.unicodeScalars.count <= longestPlain && word.unicodeScalars.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }
}
