/// A set of ASCII characters.
struct ByteSet: Sendable, ExpressibleByStringLiteral {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Characters and ranges: `a-z0-9_-`, a hyphen last.
    init(stringLiteral value: String) {
        let bytes = Array(value.utf8)
        var at = 0
        while at < bytes.count {
            let isRange = at + 2 < bytes.count && bytes[at + 1] == UInt8(ascii: "-")
            for byte in bytes[at]...(isRange ? bytes[at + 2] : bytes[at]) { insert(byte) }
            at += isRange ? 3 : 1
        }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low & (1 << UInt64(byte)) != 0 : byte < 128 && high & (1 << UInt64(byte - 64)) != 0
    }
}
