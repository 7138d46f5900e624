import Model

/// The names that a document claims which YAML cannot read, as far as its lines show: they keep the objects of those
/// names from being touched.
struct TextClaims {
    private(set) var names: [ObjectName] = []

    /// Of a whole configuration. Names beyond it are protected as well, because no removal happens at all.
    static let mostClaims = 200_000

    /// - Parameter limit: how many names are taken, or few more.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, atMost limit: Int) {
        var start = range.lowerBound
        while start < range.upperBound, names.count < limit {
            let end = min(range.upperBound, DocumentBoundary.next(in: bytes, after: start))
            readDocument(bytes, start..<max(end, start + 1))
            start = max(end, start + 1)
        }
    }

    private mutating func readDocument(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var kind: Kind?
        var name: String?
        var pattern: String?
        var isMetadata = false
        var at = range.lowerBound
        while at < range.upperBound {
            var end = at
            while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            let line = bytes[at..<end].prefix(300)
            at = end + 1
            if let word = Self.value(of: "kind", in: line, indented: false) { kind = Kind(rawValue: word) ?? kind }
            if line.starts(with: "metadata:".utf8) { isMetadata = true }
            if isMetadata, name == nil { name = Self.value(of: "name", in: line, indented: true) }
            if pattern == nil { pattern = Self.value(of: "names", in: line, indented: true) }
        }
        guard let name else { return }
        let kinds = kind.map { [$0] } ?? Kind.allCases
        names += kinds.map { ObjectName($0, name) }
        guard kind == .serverSet, let pattern = pattern.flatMap({ NamePattern($0) }), let last = pattern.last else {
            return
        }
        let count = min(last - pattern.first + 1, ServerSetDraft.mostMembers)
        names += (0..<count).map { ObjectName(.server, pattern.name($0)) }
    }

    /// `key: value` anywhere in a line, or only at its beginning.
    private static func value(of key: String, in line: Slice<UnsafeBufferPointer<UInt8>>, indented: Bool) -> String? {
        let wanted = Array((key + ":").utf8)
        var at = line.startIndex
        while line.endIndex - at > wanted.count {
            let isWordStart = at == line.startIndex || " \t{,".utf8.contains(line[at - 1])
            if isWordStart, line[at...].starts(with: wanted) {
                let rest = line[(at + wanted.count)...].drop { $0 == 0x20 }
                let word = rest.prefix { !" \t,#\"'".utf8.contains($0) }
                let quoted = rest.first.map { $0 == 0x22 || $0 == 0x27 } ?? false
                let text = quoted ? rest.dropFirst().prefix { !"\"'".utf8.contains($0) } : word
                let value = String(decoding: text, as: UTF8.self)
                let isPattern = value.contains("..")
                return isPattern || !value.hasSuffix("}") ? value : String(value.dropLast())
            }
            guard indented else { return nil }
            at += 1
        }
        return nil
    }
}
