/// A value of Terraform's type system as the provider protocol carries it.
///
/// Numbers that are whole are always ``int``, so that 1 and 1.0 compare equal, as they do in Terraform. An object
/// holds every attribute of its type, absent ones as ``null``.
enum TerraformValue: Hashable, Sendable {
    case null
    /// A value that is known only after the apply.
    case unknown
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    /// A list, a set or a tuple.
    case list([TerraformValue])
    /// An object or a map.
    case object([String: TerraformValue])

    /// A number in the one form that equal numbers share.
    static func number(_ value: Double) -> TerraformValue {
        if value.rounded() == value, abs(value) < 9_007_199_254_740_992 { return .int(Int(value)) }
        return .double(value)
    }

    var isNull: Bool { self == .null }
    var isUnknown: Bool { self == .unknown }

    /// Whether it is null or the empty value of its type: what an absent optional value and a given empty one share.
    var isEmpty: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .list(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .unknown: false
        }
    }

    /// Whether it or something inside it is unknown.
    var holdsUnknown: Bool {
        switch self {
        case .unknown: true
        case .list(let elements): elements.contains { $0.holdsUnknown }
        case .object(let members): members.values.contains { $0.holdsUnknown }
        case .null, .bool, .int, .double, .string: false
        }
    }

    /// A member of an object; null where there is none.
    subscript(name: String) -> TerraformValue {
        get {
            guard case .object(let members) = self else { return .null }
            return members[name] ?? .null
        }
        set {
            guard case .object(var members) = self else { return }
            self = .null  // Released first, or the assignment below would copy the whole dictionary.
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The elements of a list; none for anything else.
    var elements: [TerraformValue] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    /// The only element of a block that occurs at most once; null where the block is absent.
    var block: TerraformValue { elements.first ?? .null }

    var text: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The text of a string; the empty string for anything else, as an absent string reads in bpg/proxmox.
    var string: String { text ?? "" }

    var integer: Int? {
        switch self {
        case .int(let value): value
        // cty writes a number that no float holds as its decimal text.
        case .string(let value): Int(value)
        case .null, .unknown, .bool, .double, .list, .object: nil
        }
    }

    var boolean: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    var isTrue: Bool { boolean ?? false }
}

extension TerraformValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .int(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}
