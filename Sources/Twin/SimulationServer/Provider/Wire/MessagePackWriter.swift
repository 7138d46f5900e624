/// Writes a value in MessagePack, as Terraform reads it.
struct MessagePackWriter {
    private(set) var bytes: [UInt8] = []

    static func bytes(_ value: TerraformValue) -> [UInt8] {
        var writer = MessagePackWriter()
        writer.bytes.reserveCapacity(2048)
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: TerraformValue) {
        switch value {
        case .null: bytes.append(0xC0)
        // Extension type 0 with one byte of content: what cty calls its unknown value.
        case .unknown: bytes.append(contentsOf: [0xD4, 0x00, 0x00])
        case .bool(let value): bytes.append(value ? 0xC3 : 0xC2)
        case .int(let value): write(value)
        case .double(let value):
            bytes.append(0xCB)
            bigEndian(value.bitPattern, count: 8)
        case .string(let value): write(value)
        case .list(let elements):
            length(elements.count, short: 0x90, limit: 16, wide: 0xDC)
            for element in elements { write(element) }
        case .object(let members):
            length(members.count, short: 0x80, limit: 16, wide: 0xDE)
            for (name, member) in members {
                write(name)
                write(member)
            }
        }
    }

    private mutating func write(_ value: Int) {
        switch value {
        case 0...0x7F: bytes.append(UInt8(value))
        case -32 ... -1: bytes.append(UInt8(bitPattern: Int8(value)))
        default:
            bytes.append(0xD3)
            bigEndian(UInt64(bitPattern: Int64(value)), count: 8)
        }
    }

    private mutating func write(_ value: String) {
        let text = value.utf8
        switch text.count {
        case 0..<32: bytes.append(0xA0 | UInt8(text.count))
        case 32..<0x100:
            bytes.append(0xD9)
            bigEndian(UInt64(text.count), count: 1)
        case 0x100..<0x1_0000:
            bytes.append(0xDA)
            bigEndian(UInt64(text.count), count: 2)
        default:
            bytes.append(0xDB)
            bigEndian(UInt64(text.count), count: 4)
        }
        bytes.append(contentsOf: text)
    }

    /// The head of an array or a map: its count in the lead byte, in two bytes or in four.
    private mutating func length(_ count: Int, short: UInt8, limit: Int, wide: UInt8) {
        if count < limit {
            bytes.append(short | UInt8(count))
        } else if count < 0x1_0000 {
            bytes.append(wide)
            bigEndian(UInt64(count), count: 2)
        } else {
            bytes.append(wide + 1)
            bigEndian(UInt64(count), count: 4)
        }
    }

    private mutating func bigEndian(_ value: UInt64, count: Int) {
        for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }
}
