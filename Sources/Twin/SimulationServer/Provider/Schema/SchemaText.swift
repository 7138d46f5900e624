/// The schema of bpg/proxmox, as text that is read once when the provider starts.
///
/// One line declares everything that the provider needs to know of an attribute: its type, its flags, the default
/// that the provider fills in, the range that it accepts, and whether a change replaces the resource. The facts are
/// those of the provider's own schema and sources; a test compares the part that Terraform can see with the output of
/// `terraform providers schema -json`.
///
///     NAME TYPE FLAG… [MIN..MAX] [= DEFAULT]      an attribute
///     NAME block MAXIMUM FLAG…                    a nested block; its content is indented by two spaces
///
/// `list(object)` is an attribute whose elements are objects; their members follow, indented.
enum SchemaText {
    /// Reads a text into the body that it declares. A mistake in it is ours, so it stops the program.
    static func parse(_ text: String) -> SchemaBody {
        var lines: [Line] = []
        for raw in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let content = raw.drop { $0 == " " }
            guard !content.isEmpty else { continue }
            lines.append(Line(depth: raw.distance(from: raw.startIndex, to: content.startIndex), content: content))
        }
        var position = 0
        return body(lines, &position, depth: lines.first?.depth ?? 0)
    }

    private struct Line {
        var depth: Int
        var content: Substring
    }

    private static func body(_ lines: [Line], _ position: inout Int, depth: Int) -> SchemaBody {
        var attributes: [SchemaAttribute] = []
        var blocks: [SchemaBlock] = []
        while position < lines.count, lines[position].depth == depth {
            let line = lines[position].content
            position += 1
            var inner = SchemaBody(attributes: [], blocks: [])
            if position < lines.count, lines[position].depth > depth {
                inner = body(lines, &position, depth: lines[position].depth)
            }
            let words = line.split(separator: " ")
            guard words.count >= 2 else { preconditionFailure("A schema line is too short: \(line)") }
            if words[1] == "block" {
                blocks.append(block(words, inner))
            } else {
                attributes.append(attribute(words, line: line, fields: inner.attributes))
            }
        }
        return SchemaBody(attributes: attributes, blocks: blocks)
    }

    private static func block(_ words: [Substring], _ body: SchemaBody) -> SchemaBlock {
        guard words.count >= 3 else { preconditionFailure("A block has no maximum: \(words)") }
        return SchemaBlock(
            name: String(words[0]), body: body, maximum: Int(words[2]) ?? 0,
            isComputed: words.contains("computed"), replaces: words.contains("replace"))
    }

    private static func attribute(
        _ words: [Substring], line: Substring, fields: [SchemaAttribute]
    ) -> SchemaAttribute {
        var attribute = SchemaAttribute(name: String(words[0]), type: type(words[1], fields: fields))
        var index = 2
        while index < words.count {
            switch words[index] {
            case "required": attribute.isRequired = true
            case "optional": attribute.isOptional = true
            case "computed": attribute.isComputed = true
            case "sensitive": attribute.isSensitive = true
            case "deprecated": attribute.isDeprecated = true
            case "replace": attribute.replaces = true
            case "=":
                attribute.defaultValue = value(words[index + 1])
                index += 1
            default:
                let bounds = words[index].split(separator: ".", omittingEmptySubsequences: true).compactMap { Int($0) }
                guard let lower = bounds.first else { preconditionFailure("A schema line has a stray word: \(line)") }
                attribute.range = lower...(bounds.count > 1 ? bounds[1] : Int.max)
            }
            index += 1
        }
        return attribute
    }

    private static func type(_ text: Substring, fields: [SchemaAttribute]) -> SchemaType {
        switch text {
        case "bool": return .bool
        case "number": return .number
        case "string": return .string
        case "object": return .object(fields)
        default:
            guard let open = text.firstIndex(of: "("), text.last == ")" else {
                preconditionFailure("A schema line names no type: \(text)")
            }
            let element = type(text[text.index(after: open)...].dropLast(), fields: fields)
            return text[..<open] == "map" ? .map(element) : .list(element)
        }
    }

    private static func value(_ text: Substring) -> TerraformValue {
        switch text {
        case "true": true
        case "false": false
        default: Int(text).map(TerraformValue.int) ?? .string(String(text.dropFirst().dropLast()))
        }
    }
}
