import JSONArena
import Model

extension KindPage {
    private static let draft = "https://json-schema.org/draft/2020-12/schema"

    /// The schema of a whole document of this kind.
    var schema: JSONValue {
        var metadata = Declarations.metadata.shape
        metadata.title = "metadata"
        return .object([
            .init("$schema", .string(Self.draft)),
            .init("$id", .string("\(kind.rawValue).schema.json")),
            .init("title", .string(kind.rawValue)),
            .init("description", .string(text)),
            .init("type", "object"),
            .init(
                "properties",
                .object([
                    .init("apiVersion", .object([.init("const", .string(Declarations.apiVersion))])),
                    .init("kind", .object([.init("const", .string(kind.rawValue))])),
                    .init("metadata", SchemaWriter.schema(of: .record(metadata))),
                    .init("spec", SchemaWriter.schema(of: .record(spec))),
                ])),
            .init("required", ["apiVersion", "kind", "metadata", "spec"]),
            .init("additionalProperties", false),
        ])
    }

    /// A document of any kind.
    static var wholeSchema: JSONValue {
        .object([
            .init("$schema", .string(draft)),
            .init("$id", "plumb.schema.json"),
            .init("title", "Plumb"),
            .init("description", "One document of a Plumb configuration."),
            .init(
                "oneOf", .array(all.map { .object([.init("$ref", .string("\($0.kind.rawValue).schema.json"))]) })),
        ])
    }
}

/// Turns shapes into JSON Schema.
enum SchemaWriter {
    static func schema(of shape: Shape) -> JSONValue {
        switch shape {
        case .text(_, let pattern, let example):
            var members: [JSONValue.Member] = [.init("type", "string")]
            if let pattern {
                members.append(.init("pattern", .string(pattern)))
            } else {
                members.append(.init("minLength", 1))
            }
            if !example.isEmpty { members.append(.init("examples", [.string(example)])) }
            return .object(members)
        case .integer(let range):
            var members: [JSONValue.Member] = [.init("type", "integer"), .init("minimum", .int(range.lowerBound))]
            if range.upperBound < Int.max { members.append(.init("maximum", .int(range.upperBound))) }
            return .object(members)
        case .number(let range):
            return .object([
                .init("type", "number"), .init("minimum", .double(range.lowerBound)),
                .init("maximum", .double(range.upperBound)),
            ])
        case .boolean: return .object([.init("type", "boolean")])
        case .choice(let words): return .object([.init("enum", .array(words.map { .string($0) }))])
        case .reference(let kind):
            return .object([.init("type", "string"), .init("description", .string("The name of a \(kind.rawValue)."))])
        case .list(let element, let least):
            var members: [JSONValue.Member] = [.init("type", "array"), .init("items", schema(of: element))]
            if least > 0 { members.append(.init("minItems", .int(least))) }
            return .object(members)
        case .map(let value):
            return .object([.init("type", "object"), .init("additionalProperties", mapValue(value))])
        case .record(let record): return schema(of: record)
        case .anyOf(let shapes): return .object([.init("anyOf", .array(shapes.map { schema(of: $0) }))])
        }
    }

    /// Labels are texts whatever YAML takes them for: `port: 80` is the text `80`.
    private static func mapValue(_ shape: Shape) -> JSONValue {
        if case .text = shape { return .object([.init("type", ["string", "number", "boolean"])]) }
        return schema(of: shape)
    }

    private static func schema(of record: RecordShape) -> JSONValue {
        let properties = record.fields.map { field -> JSONValue.Member in
            guard case .object(var members) = schema(of: field.shape) else { return .init(field.name, true) }
            members.removeAll { $0.name == "description" }
            members.insert(.init("description", .string(description(of: field))), at: 0)
            return .init(field.name, .object(members))
        }
        var members: [JSONValue.Member] = [.init("type", "object"), .init("properties", .object(properties))]
        let required = record.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("additionalProperties", false))
        members += alternatives(of: record)
        return .object(members)
    }

    private static func description(of field: FieldShape) -> String {
        let suffix = field.defaultText.map { " Default: \($0)." } ?? ""
        let refused = field.unenforced.map { Unenforced.refused.contains($0) } ?? false
        return field.text + suffix + (refused ? " Not enforced yet, and refused." : "")
    }

    private static func alternatives(of record: RecordShape) -> [JSONValue.Member] {
        func one(of names: [String]) -> JSONValue {
            .object([
                .init("oneOf", .array(names.map { .object([.init("required", [.string($0)])]) }))
            ])
        }
        func atMostOne(of names: [String]) -> JSONValue {
            let pairs = names.indices.flatMap { first in
                names.indices.filter { $0 > first }.map { [names[first], names[$0]] }
            }
            let both = pairs.map { pair in JSONValue.object([.init("required", .array(pair.map { .string($0) }))]) }
            return .object([.init("not", .object([.init("anyOf", .array(both))]))])
        }
        let rules = record.exactlyOne.map(one) + record.atMostOne.map(atMostOne)
        return rules.isEmpty ? [] : [.init("allOf", .array(rules))]
    }
}
