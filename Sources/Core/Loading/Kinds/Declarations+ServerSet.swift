import Model

/// A set as it is written; ``ServerSetDraft/members`` spreads it.
struct ServerSetDraft: Sendable {
    /// Node of the template, which every member is read from.
    var template: Int?
    var names: String?
    var count: Int?
    var exclude: [String] = []
    /// Node of the overrides.
    var overrides: Int?
    var addresses: CIDR?
    var spread: [NodeName] = []
}

extension Declarations {
    static let serverSet = Declaration<ServerSetDraft>("ServerSet") { fields in
        fields.field("template", .template(server.shape), required: true, "The `spec` of a Server, for all members.") {
            $0.template = $1
        }
        fields.field(
            "names", .pattern, default: "NAME-{01..} where `count` is given",
            "The members' names: `web-{01..20}`, or `web-{01..}` with `count`."
        ) { $0.names = $1 }
        fields.field("count", .integer(0...10_000), "How many members.") { $0.count = $1 }
        fields.field(
            "exclude", FieldType<String>.text(.name).uniqueList(), default: "none", "Members that are left out."
        ) {
            $0.exclude = $1
        }
        fields.field(
            "overrides", .overrides(server.shape), default: "none", "By member, what differs from the template."
        ) {
            $0.overrides = $1
        }
        fields.field("addresses", addresses.type { nil }, "Addresses for the first network device.") {
            $0.addresses = $1
        }
        fields.field("spread", spread.type { [] }, "Nodes that members are born on in turn.") { $0.spread = $1 }
    }

    private static let addresses = Declaration<CIDR?>("addresses") { fields in
        fields.field("from", .hostAddress, required: true, "The first member's address; the others count on.") {
            $0 = $1
        }
    }

    private static let spread = Declaration<[NodeName]>("spread") { fields in
        fields.field(
            "nodes", FieldType<String>.text(.node).map { NodeName($0) }.uniqueList(atLeast: 1), required: true,
            "The nodes."
        ) { $0 = $1 }
    }
}

extension FieldType where Value == Int {
    fileprivate static func template(_ shape: RecordShape) -> FieldType<Int> {
        FieldType<Int>(.record(shape)) { reader, node in reader.expectMapping(node) ? node : nil }
    }

    fileprivate static func overrides(_ shape: RecordShape) -> FieldType<Int> {
        var partial = shape
        for index in partial.fields.indices { partial.fields[index].isRequired = false }
        return FieldType<Int>(.map(.record(partial))) { reader, node in reader.expectMapping(node) ? node : nil }
    }
}

extension FieldType where Value == String {
    fileprivate static var pattern: FieldType<String> {
        let shape = Shape.text(
            phrase: "a pattern", pattern: #"^[A-Za-z0-9-]*\{[0-9]+\.\.[0-9]*\}[A-Za-z0-9-]*$"#, example: "web-{01..20}")
        return FieldType<String>(shape) { reader, node in
            guard reader.expectScalar(node, "value.namePattern") else { return nil }
            let text = reader.text(node)
            guard let pattern = NamePattern(text), isLabel(pattern.name(0)), isLabel(pattern.name(999_999)) else {
                reader.report("value.namePattern", at: node)
                return nil
            }
            return text
        }
    }
}

private func isLabel(_ name: String) -> Bool {
    var copy = name
    return copy.withUTF8 { TextFormat.name.isValid($0) }
}
