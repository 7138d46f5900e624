import Model

/// A commit, as far as it says who is behind it.
struct AuthoredCommit {
    let id: String
    let parents: [String]
    /// The author, and whoever `Co-authored-by` names beside: each by name, by address, and by what is before the
    /// address's `@`, in lower case.
    let people: Set<String>

    /// Those that `git log` lists; nil where it fails.
    ///
    /// - Parameter arguments: which commits, and of which paths.
    static func list(_ arguments: [String], in directory: String) -> [AuthoredCommit]? {
        let text = LoadedPlace.git(["log", "--format=%x00%H %P%n%an <%ae>%n%B"] + arguments, in: directory)
        // Before the first one there is nothing, or what git was told to say of signatures.
        return text?.split(separator: "\0", omittingEmptySubsequences: false).dropFirst().map(AuthoredCommit.init)
    }

    private init(_ text: Substring) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline })
        let names = (lines.first ?? "").split(separator: " ").map(String.init)
        id = names.first ?? ""
        parents = Array(names.dropFirst())
        // Git takes a line for a trailer in the last paragraph only; wherever somebody is named, they are.
        let others = lines.dropFirst(2).compactMap(Self.coauthor)
        people = Set((lines.dropFirst().prefix(1).map(String.init) + others).flatMap(Self.names))
    }

    private static let trailer = "co-authored-by:"

    private static func coauthor(in line: Substring) -> String? {
        let line = line.drop { $0.isWhitespace }
        return line.lowercased().hasPrefix(trailer) ? String(line.dropFirst(trailer.count)) : nil
    }

    /// - Parameter person: `Ann Lee <ann@example.org>`, or one of the two.
    private static func names(of person: String) -> [String] {
        let parts = person.split(whereSeparator: { $0 == "<" || $0 == ">" }).map { PersonName.compared(String($0)) }
        let users = parts.compactMap { part -> String? in
            part.contains("@") ? part.split(separator: "@").first.map { PersonName.compared(String($0)) } : nil
        }
        return (parts + users).filter { !$0.isEmpty }
    }
}
