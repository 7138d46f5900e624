/// A perfect hash of a declaration's field names: one multiplication and one comparison a key, no dictionary.
struct NameTable: Sendable {
    private let names: [[UInt8]]
    private let slots: [Int16]
    private let multiplier: UInt64
    private let shift: UInt64

    init(_ names: [String]) {
        self.names = names.map { Array($0.utf8) }
        var bits: UInt64 = 2
        while 1 << bits < names.count * 2 { bits += 1 }
        var candidate: UInt64 = 0x9E37_79B9_7F4A_7C15
        while true {
            for _ in 0..<64 {
                if let slots = Self.slots(self.names, multiplier: candidate, shift: 64 - bits) {
                    self.slots = slots
                    multiplier = candidate
                    shift = 64 - bits
                    return
                }
                candidate = candidate &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 | 1
            }
            bits += 1
        }
    }

    private static func slots(_ names: [[UInt8]], multiplier: UInt64, shift: UInt64) -> [Int16]? {
        var slots = [Int16](repeating: -1, count: 1 << (64 - shift))
        for (index, name) in names.enumerated() {
            let slot = name.withUnsafeBufferPointer { Int((fingerprint($0) &* multiplier) >> shift) }
            guard slots[slot] < 0 else { return nil }
            slots[slot] = Int16(index)
        }
        return slots
    }

    /// First and last eight bytes and the length: enough to tell declared names apart.
    @inline(__always)
    private static func fingerprint(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var first: UInt64 = 0
        var last: UInt64 = 0
        let count = name.count
        for index in 0..<min(8, count) { first = first << 8 | UInt64(name[index]) }
        if count > 8 {
            for index in (count - 8)..<count { last = last << 8 | UInt64(name[index]) }
        }
        return (first ^ last &* 31) &+ UInt64(count) &* 0x0100_0000_01B3
    }

    /// The index of a name; nil for one that is not declared.
    @inline(__always)
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        let slot = slots[Int((Self.fingerprint(name) &* multiplier) >> shift)]
        guard slot >= 0 else { return nil }
        let declared = names[Int(slot)]
        guard declared.count == name.count else { return nil }
        for index in 0..<declared.count where declared[index] != name[index] { return nil }
        return Int(slot)
    }
}
