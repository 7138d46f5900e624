import JSONArena

/// Reads a resource's attributes from the JSON of a state file into the form of the schema.
///
/// A state of another version of the provider may lack attributes, which become null, or have more, which are dropped.
enum StateUpgrade {
    struct Failure: Error, Hashable { var text: String }

    static func value(_ json: ArraySlice<UInt8>, _ body: SchemaBody) throws(Failure) -> TerraformValue {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: Array(json))
        } catch {
            throw Failure(text: error.description)
        }
        return try object(document.root, body)
    }

    private static func object(_ node: JSONNode, _ body: SchemaBody) throws(Failure) -> TerraformValue {
        guard node.kind == .object else { throw Failure(text: "a \(node.kind.rawValue) where an object belongs") }
        let members = Dictionary(node.members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        var result: [String: TerraformValue] = [:]
        for attribute in body.attributes {
            result[attribute.name] =
                try members[attribute.name].map { node throws(Failure) in
                    try value(node, attribute.type, attribute.name)
                } ?? .null
        }
        for block in body.blocks {
            var elements: [TerraformValue] = []
            if let list = members[block.name] {
                for element in list.elements { elements.append(try object(element, block.body)) }
            }
            result[block.name] = .list(elements)
        }
        return .object(result)
    }

    private static func value(_ node: JSONNode, _ type: SchemaType, _ name: String) throws(Failure) -> TerraformValue {
        if node.isNull { return .null }
        switch type {
        case .bool: if let flag = node.bool { return .bool(flag) }
        case .string: if let text = node.string { return .string(text) }
        case .number: if let number = node.number { return .number(number) }
        case .list(let element):
            guard node.kind == .array else { break }
            var elements: [TerraformValue] = []
            for item in node.elements { elements.append(try value(item, element, name)) }
            return .list(elements)
        case .map(let element):
            guard node.kind == .object else { break }
            var members: [String: TerraformValue] = [:]
            for member in node.members { members[member.name] = try value(member.value, element, name) }
            return .object(members)
        case .object(let fields):
            return try object(node, SchemaBody(attributes: fields, blocks: []))
        }
        throw Failure(text: "\(name) is a \(node.kind.rawValue)")
    }
}
