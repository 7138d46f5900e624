import Model

/// What every document has; values are nodes, because the kind decides how `spec` is read.
struct Envelope: Sendable {
    var apiVersion: Int?
    var kind: Int?
    var metadata: Int?
    var spec: Int?
}

/// `metadata` with the name, which the typed kinds keep for themselves.
struct NamedMetadata: Sendable {
    var name: String?
    var metadata = Metadata()
}

extension Declarations {
    static let apiVersion = "plumb/v1"

    static let envelope = Declaration<Envelope>("document") { fields in
        fields.field("apiVersion", .node(.choice([apiVersion])), "Always `plumb/v1`.") { $0.apiVersion = $1 }
        fields.field("kind", .node(.choice(Kind.allCases.map(\.rawValue))), "What the document describes.") {
            $0.kind = $1
        }
        fields.field("metadata", .node(.record(metadata.shape)), "Name and labels.") { $0.metadata = $1 }
        fields.field("spec", .node(.map(.text(phrase: "", pattern: nil, example: ""))), "What is wanted.") {
            $0.spec = $1
        }
    }

    static let metadata = Declaration<NamedMetadata>("metadata") { fields in
        fields.field(
            "name", .objectName, required: true,
            "A DNS label, unique in its kind; its case is kept and does not count when names are compared."
        ) { $0.name = $1 }
        fields.field("displayName", .displayName, "Any text on one line, unique in its kind.") {
            $0.metadata.displayName = $1
        }
        fields.field(
            "formerName", .objectName,
            "The name that the object had before, so that a rename is no removal. Of a Cluster, a ServerSet or a Policy it is not enforced yet, and refused."
        ) { $0.metadata.formerName = $1 }
        fields.field("labels", .labels(), "Keys and values that selectors look at.") { $0.metadata.labels = $1 }
        fields.field("annotations", .labels(), "Keys and values for people and other programs; Plumb keeps them only.")
        {
            $0.metadata.annotations = $1
        }
    }

    /// Words of the HTTP API's paths: an object of that name could not be reached there.
    static let reservedNames: Set<String> = [
        "next", "bulk_action", "bulk-action", "test-connection", "test-all", "assign_bulk", "assign-bulk", "available",
    ]
}

extension FieldType where Value == Int {
    /// The node itself.
    fileprivate static func node(_ shape: Shape) -> FieldType<Int> { FieldType<Int>(shape) { _, node in node } }
}

extension FieldType where Value == String {
    /// A DNS label that is no word of the API's paths and no number: numbers are the registry's.
    fileprivate static var objectName: FieldType<String> {
        let label = FieldType<String>.text(.name)
        return FieldType<String>(label.shape) { reader, node in
            let found = reader.document.nodes[node]
            let isNumber = found.kind == .scalar && reader.withBytes(found, isDigits)
            if isNumber {
                reader.report("value.numericName", at: node)
                return nil
            }
            guard let name = label.read(&reader, node) else { return nil }
            if Declarations.reservedNames.contains(name.lowercased()) {
                reader.report("value.reservedName", at: node)
                return nil
            }
            return name
        }
    }

    fileprivate static var displayName: FieldType<String> {
        let shape = Shape.text(
            phrase: "text on one line, at most 200 characters", pattern: nil, example: "Web server 1")
        return FieldType<String>(shape) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let name = reader.text(node)
            let isOneLine = !name.unicodeScalars.contains { $0.value < 0x20 }
            guard isOneLine, !name.isEmpty, name.count <= 200, name.first != " ", name.last != " " else {
                reader.report("value.displayName", at: node)
                return nil
            }
            return name
        }
    }
}

private func isDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
}
