import JSONArena

/// Proxmox's types vary: numbers come as text, booleans as numbers.
extension JSONValue {
    var text: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "1" : "0"
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .string(let value): value
        case .array, .object: ""
        }
    }

    var integer: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        case .string(let value): Int(value)
        case .bool(let value): value ? 1 : 0
        case .null, .array, .object: nil
        }
    }

    var flag: Bool {
        switch self {
        case .bool(let value): value
        case .int(let value): value != 0
        case .string(let value): value == "1" || value == "true"
        case .null, .double, .array, .object: false
        }
    }

    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}
