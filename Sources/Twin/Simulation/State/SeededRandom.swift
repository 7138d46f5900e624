/// The cluster's only source of chance: SplitMix64 over the seed and a count of draws.
struct SeededRandom: Hashable, Sendable, Codable {
    let seed: UInt64
    private(set) var drawn: UInt64 = 0

    init(seed: UInt64) { self.seed = seed }

    mutating func next() -> UInt64 {
        drawn &+= 1
        return Self.mix(seed, drawn)
    }

    /// A network address of the vendor range that Proxmox uses: `BC:24:11:xx:xx:xx`.
    mutating func hardwareAddress() -> String {
        let bits = next()
        return "BC:24:11:"
            + [16, 8, 0].map { Self.hex(bits >> UInt64($0) & 0xFF, 2).uppercased() }.joined(separator: ":")
    }

    /// A version 4 UUID.
    mutating func uuid() -> String { Self.uuid(next(), next()) }

    static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        let digits = hex(high & ~0xF000 | 0x4000, 16) + hex(low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000, 16)
        let characters = Array(digits)
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { String(characters[$0]) }.joined(separator: "-")
    }

    /// Two numbers made into one that looks like chance.
    static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        var value = one &+ other &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From 0 up to, but not, 1.
    static func fraction(_ bits: UInt64) -> Double { Double(bits >> 11) / 9_007_199_254_740_992 }

    /// FNV-1a.
    static func hash(_ text: String, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
        text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    static func hex(_ value: UInt64, _ width: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
