/// Reads one value in MessagePack, the form in which Terraform sends values.
///
/// Every extension type is an unknown value: Terraform has two, the plain one and the one with refinements, which say
/// more about what is not known yet and which a provider may ignore.
struct MessagePackReader {
    /// Deeper than any schema of bpg/proxmox, and shallow enough for any stack.
    static let maximumDepth = 64

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The one value that the bytes hold.
    static func value(_ bytes: ArraySlice<UInt8>) throws(WireError) -> TerraformValue {
        var reader = MessagePackReader(bytes)
        let value = try reader.value(depth: 0)
        guard reader.position == bytes.endIndex else { throw .trailing(offset: reader.offset) }
        return value
    }

    private var offset: Int { position - bytes.startIndex }

    private mutating func value(depth: Int) throws(WireError) -> TerraformValue {
        guard depth < Self.maximumDepth else { throw .tooDeep(offset: offset) }
        let start = offset
        let lead = try byte()
        switch lead {
        case 0x00...0x7F: return .int(Int(lead))
        case 0x80...0x8F: return try map(Int(lead & 0x0F), depth: depth)
        case 0x90...0x9F: return try array(Int(lead & 0x0F), depth: depth)
        case 0xA0...0xBF: return .string(try string(Int(lead & 0x1F)))
        case 0xC0: return .null
        case 0xC2: return .bool(false)
        case 0xC3: return .bool(true)
        case 0xC7: return try extended(Int(try unsigned(1)))
        case 0xC8: return try extended(Int(try unsigned(2)))
        case 0xC9: return try extended(Int(try unsigned(4)))
        case 0xCA: return .number(Double(Float(bitPattern: UInt32(try unsigned(4)))))
        case 0xCB: return .number(Double(bitPattern: try unsigned(8)))
        case 0xCC: return .int(Int(try unsigned(1)))
        case 0xCD: return .int(Int(try unsigned(2)))
        case 0xCE: return .int(Int(try unsigned(4)))
        case 0xCF:
            let value = try unsigned(8)
            return Int(exactly: value).map(TerraformValue.int) ?? .number(Double(value))
        case 0xD0: return .int(Int(Int8(truncatingIfNeeded: try unsigned(1))))
        case 0xD1: return .int(Int(Int16(truncatingIfNeeded: try unsigned(2))))
        case 0xD2: return .int(Int(Int32(truncatingIfNeeded: try unsigned(4))))
        case 0xD3: return .int(Int(Int64(bitPattern: try unsigned(8))))
        case 0xD4...0xD8: return try extended(1 << Int(lead - 0xD4))
        case 0xD9: return .string(try string(Int(try unsigned(1))))
        case 0xDA: return .string(try string(Int(try unsigned(2))))
        case 0xDB: return .string(try string(Int(try unsigned(4))))
        case 0xDC: return try array(Int(try unsigned(2)), depth: depth)
        case 0xDD: return try array(Int(try unsigned(4)), depth: depth)
        case 0xDE: return try map(Int(try unsigned(2)), depth: depth)
        case 0xDF: return try map(Int(try unsigned(4)), depth: depth)
        case 0xE0...0xFF: return .int(Int(Int8(bitPattern: lead)))
        default:  // 0xC1 and the three forms of raw bytes.
            throw .malformed(offset: start, what: "a MessagePack form that Terraform's types never take")
        }
    }

    private mutating func byte() throws(WireError) -> UInt8 {
        guard position < bytes.endIndex else { throw .truncated(offset: offset) }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func unsigned(_ count: Int) throws(WireError) -> UInt64 {
        guard bytes.endIndex - position >= count else { throw .truncated(offset: offset) }
        var value: UInt64 = 0
        for index in position..<position + count { value = value << 8 | UInt64(bytes[index]) }
        position += count
        return value
    }

    private mutating func string(_ count: Int) throws(WireError) -> String {
        guard bytes.endIndex - position >= count else { throw .truncated(offset: offset) }
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw .malformed(offset: offset, what: "a string that is not UTF-8")
        }
        position += count
        return text
    }

    private mutating func extended(_ count: Int) throws(WireError) -> TerraformValue {
        guard bytes.endIndex - position >= count + 1 else { throw .truncated(offset: offset) }
        position += count + 1
        return .unknown
    }

    private mutating func array(_ count: Int, depth: Int) throws(WireError) -> TerraformValue {
        // Each element takes at least a byte: a count beyond the rest must not reserve memory.
        guard bytes.endIndex - position >= count else { throw .truncated(offset: offset) }
        var elements: [TerraformValue] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
        return .list(elements)
    }

    private mutating func map(_ count: Int, depth: Int) throws(WireError) -> TerraformValue {
        guard (bytes.endIndex - position) / 2 >= count else { throw .truncated(offset: offset) }
        var members: [String: TerraformValue] = [:]
        members.reserveCapacity(count)
        for _ in 0..<count {
            let start = offset
            guard case .string(let name) = try value(depth: depth + 1) else {
                throw .malformed(offset: start, what: "a map key that is not a string")
            }
            let member = try value(depth: depth + 1)
            guard members.updateValue(member, forKey: name) == nil else {
                throw .malformed(offset: start, what: "a map key that occurs twice")
            }
        }
        return .object(members)
    }
}
