import Model

/// One document that Plumb writes, from an object of the model: fields in the order of the declaration that the reader
/// uses, defaults left out. Read again it is the same object.
///
/// It must not know where it will stand: whoever writes files puts documents together.
package struct WrittenDocument: Hashable, Sendable {
    package let kind: Kind
    package let name: String
    /// Stand above the document, one line each, for what its fields cannot say.
    package var comments: [String] = []
    let metadata: [WrittenValue.Member]
    let spec: [WrittenValue.Member]

    init(
        _ kind: Kind, _ name: String, _ metadata: Metadata, _ spec: [WrittenValue.Member], by shape: RecordShape
    ) {
        self.kind = kind
        self.name = name
        self.metadata = Self.ordered(metadata.members(named: name), by: Declarations.metadata.shape)
        self.spec = Self.ordered(spec, by: shape)
    }

    /// The members in the order of their declaration.
    ///
    /// - Precondition: each is declared, at every depth.
    private static func ordered(_ members: [WrittenValue.Member], by shape: RecordShape) -> [WrittenValue.Member] {
        let places = Dictionary(uniqueKeysWithValues: shape.fields.enumerated().map { ($1.name, $0) })
        let known = members.map { member -> (place: Int, member: WrittenValue.Member) in
            guard let place = places[member.name] else {
                preconditionFailure("\(shape.title) has no field \(member.name)")
            }
            let value = ordered(member.value, by: shape.fields[place].shape)
            return (place, WrittenValue.Member(member.name, value))
        }
        return known.sorted { $0.place < $1.place }.map(\.member)
    }

    private static func ordered(_ value: WrittenValue, by shape: Shape) -> WrittenValue {
        switch (value, shape) {
        case (.map(let members), .record(let record)): .map(ordered(members, by: record))
        case (.list(let values), .list(let element, _)): .list(values.map { ordered($0, by: element) })
        case (.word, _), (.text, _), (.list, _), (.map, _): value
        }
    }

    /// The document, its final line break included, without `---`.
    package var text: String {
        var lines = comments.flatMap { comment in
            comment.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "#" : "# \($0)" }
        }
        lines.append("apiVersion: \(Declarations.apiVersion)")
        lines.append("kind: \(kind.rawValue)")
        lines.append("metadata: \(WrittenValue.map(metadata).inline)")
        if spec.isEmpty {
            lines.append("spec: {}")
        } else {
            lines.append("spec:")
            lines += Self.lines(of: spec, indent: 2)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lines of `spec` for some of its fields, as an operator would put them there.
    package func lines(of fields: Set<String>) -> [String] {
        Self.lines(of: spec.filter { fields.contains($0.name) }, indent: 0)
    }

    /// Records of records stand as blocks, and everything else in one line.
    private static func lines(of members: [WrittenValue.Member], indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        return members.flatMap { member -> [String] in
            switch member.value {
            case .list(let values) where values.contains(where: \.isMap):
                return ["\(space)\(member.name):"] + values.map { "\(space)  - \($0.inline)" }
            case .map(let inner) where inner.count > 2 || inner.contains(where: { $0.value.isMap }):
                return ["\(space)\(member.name):"] + lines(of: inner, indent: indent + 2)
            case .word, .text, .list, .map: return ["\(space)\(member.name): \(member.value.inline)"]
            }
        }
    }

    /// Several documents as one file.
    package static func text(of documents: [WrittenDocument]) -> String {
        documents.map(\.text).joined(separator: "---\n")
    }
}

extension WrittenValue {
    fileprivate var isMap: Bool {
        switch self {
        case .map: true
        case .word, .text, .list: false
        }
    }
}

extension Metadata {
    fileprivate func members(named name: String) -> [WrittenValue.Member] {
        var members: WrittenMembers = [WrittenValue.Member("name", .text(name))]
        members.add("displayName", displayName)
        members.add("formerName", formerName)
        members.add("labels", labels)
        members.add("annotations", annotations)
        return members
    }
}
