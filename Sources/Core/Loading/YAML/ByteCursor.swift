/// Turns libyaml's positions, which count characters, into bytes. Positions come nearly in order, so that it walks
/// from the last one.
struct ByteCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// In pure ASCII a character is a byte.
    private let isASCII: Bool
    private var character = 0
    private var byte = 0

    init(bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        self.bytes = bytes
        self.isASCII = isASCII
    }

    @inline(__always)
    mutating func byteOffset(ofCharacter index: Int) -> Int {
        isASCII ? min(index, bytes.count) : walk(to: index)
    }

    private mutating func walk(to index: Int) -> Int {
        while character < index, byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            character += 1
        }
        while character > index, byte > 0 {
            byte -= 1
            while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
            character -= 1
        }
        return byte
    }
}
