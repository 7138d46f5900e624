/// Composes one protobuf message. Fields at their default are left out, as proto3 does.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: Int, _ value: Bool) {
        guard value else { return }
        key(number, wire: 0)
        bytes.append(1)
    }

    mutating func write(_ number: Int, _ value: Int) {
        guard value != 0 else { return }
        key(number, wire: 0)
        varint(UInt64(bitPattern: Int64(value)))
    }

    mutating func write(_ number: Int, _ value: String) {
        guard !value.isEmpty else { return }
        write(number, bytes: Array(value.utf8))
    }

    /// A field of bytes or a message; written even when empty, because an empty message is not an absent one.
    mutating func write(_ number: Int, bytes value: [UInt8]) {
        key(number, wire: 2)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func write(_ number: Int, message: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        message(&inner)
        write(number, bytes: inner.bytes)
    }

    /// An integer of a `oneof`, which is present even when it is zero.
    mutating func writePresent(_ number: Int, _ value: Int) {
        key(number, wire: 0)
        varint(UInt64(bitPattern: Int64(value)))
    }

    private mutating func key(_ number: Int, wire: UInt64) { varint(UInt64(number) << 3 | wire) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
