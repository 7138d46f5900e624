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
        // By bytes and from the end: every guest whose configuration is read is asked for it.
        let bytes = text.utf8
        guard let end = bytes.lastIndex(where: { !Self.isSpace($0) }) else { return nil }
        let start = bytes[..<end].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { bytes.index(after: $0) }
        let words = bytes[(start ?? bytes.startIndex)...end].split(whereSeparator: Self.isSpace)
        guard words.count == 3, words[0].elementsEqual("plumb:".utf8) else { return nil }
        let path = words[1].split(separator: UInt8(ascii: "/"))
        guard path.count == 3 else { return nil }
        stack = StackID(cluster: ClusterName(Self.text(path[0])), name: Self.text(path[1]))
        server = ServerName(Self.text(path[2]))
        id = Self.text(words[2])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

    private static func text(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }

    /// The description that carries the mark below an operator's own text.
    package func appended(to text: String?) -> String {
        guard let text, !text.isEmpty else { return description }
        return text + "\n\n" + description
    }
}
