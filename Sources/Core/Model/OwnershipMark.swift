/// Plumb's sign on a guest: the tag ``tag``, and as the last line of its description `plumb: CLUSTER/STACK/NAME ID`.
///
/// The id is random and kept by the registry, so that a guest of the same name on another day is not mistaken for it.
package struct OwnershipMark: Hashable, Sendable, Codable, CustomStringConvertible {
    package var stack: StackID
    package var server: ServerName
    /// 16 hexadecimal digits.
    package var id: String

    package init(stack: StackID, server: ServerName, id: String) {
        self.stack = stack
        self.server = server
        self.id = id
    }

    /// The tag that shows in a listing.
    package static let tag = "plumb"

    /// The line as it stands in the guest's description.
    package var description: String { "plumb: \(stack)/\(server) \(id)" }

    /// Reads the mark from a description's last line that is not empty; nil where there is none.
    package init?(readingDescription text: String) {
        guard let line = text.split(separator: "\n").last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == "plumb:" else { return nil }
        let path = words[1].split(separator: "/")
        guard path.count == 3 else { return nil }
        stack = StackID(cluster: ClusterName(String(path[0])), name: String(path[1]))
        server = ServerName(String(path[2]))
        id = String(words[2])
    }

    /// The description that carries the mark below an operator's own text.
    package func appended(to text: String?) -> String {
        guard let text, !text.isEmpty else { return description }
        return text + "\n\n" + description
    }
}
