/// The fields of one protobuf message, in the order of the wire.
///
/// It knows no message: callers pick the field numbers that they know and pass over the rest, which is how protobuf
/// wants newer senders read. Groups, which no message of the plugin protocol has, are refused.
struct ProtobufReader {
    /// One field.
    struct Field: Hashable {
        var number: Int
        var content: Content
    }

    enum Content: Hashable {
        case varint(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        /// A string, bytes or a message.
        case bytes(ArraySlice<UInt8>)
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private var offset: Int { position - bytes.startIndex }

    /// The next field; nil at the end.
    mutating func next() throws(WireError) -> Field? {
        guard position < bytes.endIndex else { return nil }
        let start = offset
        let key = try varint()
        guard let number = Int(exactly: key >> 3), number > 0, number < 1 << 29 else {
            throw .malformed(offset: start, what: "a protobuf field number out of range")
        }
        switch key & 7 {
        case 0: return Field(number: number, content: .varint(try varint()))
        case 1: return Field(number: number, content: .fixed64(try fixed(8)))
        case 2:
            let length = try varint()
            guard length <= UInt64(bytes.endIndex - position) else { throw .truncated(offset: offset) }
            let content = bytes[position..<position + Int(length)]
            position = content.endIndex
            return Field(number: number, content: .bytes(content))
        case 5: return Field(number: number, content: .fixed32(UInt32(try fixed(4))))
        default: throw .malformed(offset: start, what: "a protobuf wire type that is not used")
        }
    }

    private mutating func varint() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        let start = offset
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard position < bytes.endIndex else { throw .truncated(offset: offset) }
            let byte = bytes[position]
            position += 1
            // The tenth byte holds the last bit of 64.
            if shift == 63, byte > 1 { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .malformed(offset: start, what: "a protobuf number longer than 64 bits")
    }

    private mutating func fixed(_ count: Int) throws(WireError) -> UInt64 {
        guard bytes.endIndex - position >= count else { throw .truncated(offset: offset) }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += count
        return value
    }
}
