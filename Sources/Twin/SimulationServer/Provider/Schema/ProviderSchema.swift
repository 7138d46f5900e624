/// What Terraform is told of the provider, with what only the provider knows: defaults, ranges, replacements.
struct ProviderSchema: Sendable {
    let provider: SchemaBody
    let resources: [ResourceKind: SchemaBody]

    /// bpg/proxmox 0.111.1.
    static let proxmox = ProviderSchema(
        provider: SchemaText.parse(SchemaText.provider),
        resources: [
            .virtualMachine: SchemaText.parse(SchemaText.virtualMachine),
            .container: SchemaText.parse(SchemaText.container),
        ])

    func body(_ kind: ResourceKind) -> SchemaBody { resources[kind] ?? SchemaBody(attributes: [], blocks: []) }
}

/// The resource types that the provider serves.
enum ResourceKind: String, Sendable, CaseIterable {
    case virtualMachine = "proxmox_virtual_environment_vm"
    case container = "proxmox_virtual_environment_container"
}

/// The content of a resource, of the provider's configuration or of a nested block.
struct SchemaBody: Sendable {
    var attributes: [SchemaAttribute]
    var blocks: [SchemaBlock]

    func attribute(_ name: String) -> SchemaAttribute? { attributes.first { $0.name == name } }
    func block(_ name: String) -> SchemaBlock? { blocks.first { $0.name == name } }

    /// An object with every attribute null and every block absent.
    var empty: TerraformValue {
        var members: [String: TerraformValue] = [:]
        for attribute in attributes { members[attribute.name] = .null }
        for block in blocks { members[block.name] = .list([]) }
        return .object(members)
    }
}

struct SchemaAttribute: Sendable {
    var name: String
    var type: SchemaType
    var isRequired = false
    var isOptional = false
    var isComputed = false
    var isSensitive = false
    var isDeprecated = false
    /// Whether a change of it replaces the resource.
    var replaces = false
    var range: ClosedRange<Int>?
    /// What the provider plans where the configuration says nothing. An empty string is never one: bpg/proxmox
    /// declares many such defaults, and all of them reach the plan as null.
    var defaultValue: TerraformValue?

    init(name: String, type: SchemaType) {
        self.name = name
        self.type = type
    }
}

/// A nested block; all blocks of the provider are lists.
struct SchemaBlock: Sendable {
    var name: String
    var body: SchemaBody
    /// The most elements that are allowed; 0 for any number.
    var maximum: Int
    /// Whether the provider chooses the content when the configuration has no such block.
    var isComputed: Bool
    var replaces: Bool
}

indirect enum SchemaType: Sendable {
    case bool
    case number
    case string
    case list(SchemaType)
    case map(SchemaType)
    case object([SchemaAttribute])

    /// The type as JSON, in the form in which the protocol carries types.
    var json: String {
        switch self {
        case .bool: #""bool""#
        case .number: #""number""#
        case .string: #""string""#
        case .list(let element): #"["list",\#(element.json)]"#
        case .map(let element): #"["map",\#(element.json)]"#
        case .object(let fields):
            "[\"object\",{" + fields.map { "\"\($0.name)\":\($0.type.json)" }.joined(separator: ",") + "}]"
        }
    }
}
