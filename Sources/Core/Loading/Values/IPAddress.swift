/// An address of either family, as a number that can be counted up.
struct IPAddress: Hashable, Sendable {
    enum Family: Sendable { case v4, v6 }

    var family: Family
    var value: UInt128

    var bits: Int { family == .v4 ? 32 : 128 }

    /// RFC 4632's dotted quads (no leading zeros, which some readers take for octal) and RFC 4291's text forms.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        if text.contains(UInt8(ascii: ":")) {
            guard let value = Self.v6(text) else { return nil }
            (family, self.value) = (.v6, value)
        } else {
            guard let value = Self.v4(text[...]) else { return nil }
            (family, self.value) = (.v4, UInt128(value))
        }
    }

    init?(_ text: String) {
        var copy = text
        guard let address = copy.withUTF8({ IPAddress($0) }) else { return nil }
        self = address
    }

    init(family: Family, value: UInt128) {
        self.family = family
        self.value = value
    }

    private static func v4(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        var value: UInt32 = 0
        var part = 0
        var digits = 0
        var dots = 0
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                value = value << 8 | UInt32(part)
                (part, digits) = (0, 0)
                dots += 1
            } else {
                let digit = byte &- 0x30
                guard digit <= 9, digits == 0 || part > 0 else { return nil }
                part = part * 10 + Int(digit)
                digits += 1
                guard part <= 255 else { return nil }
            }
        }
        guard dots == 3, digits > 0 else { return nil }
        return value << 8 | UInt32(part)
    }

    private static func v6(_ text: UnsafeBufferPointer<UInt8>) -> UInt128? {
        guard text.count <= 45 else { return nil }
        var groups: [UInt16] = []
        var gap: Int?
        var at = 0
        if text.count >= 2, text[0] == 0x3A {
            guard text[1] == 0x3A else { return nil }
            gap = 0
            at = 2
        }
        while at < text.count {
            let first = at
            var group = 0
            while at < text.count, let digit = hexDigit(text[at]), at - first < 4 {
                group = group << 4 | digit
                at += 1
            }
            if at < text.count, text[at] == UInt8(ascii: ".") {
                guard let tail = v4(text[first...]) else { return nil }
                groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
                at = text.count
                break
            }
            guard at > first else { return nil }
            groups.append(UInt16(group))
            guard at < text.count else { break }
            guard text[at] == 0x3A, at + 1 < text.count else { return nil }
            at += 1
            if text[at] == 0x3A {
                guard gap == nil else { return nil }
                gap = groups.count
                at += 1
            }
        }
        guard gap == nil ? groups.count == 8 : groups.count < 8 else { return nil }
        if let gap { groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap) }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
}

extension IPAddress: CustomStringConvertible {
    /// RFC 5952 for the sixth version, as far as zeros are concerned.
    var description: String {
        switch family {
        case .v4: return [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: value >> $0)) }.joined(separator: ".")
        case .v6:
            let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> (112 - 16 * $0)) }
            var best = 0..<0
            var run = 0..<0
            for (index, group) in groups.enumerated() {
                run = group == 0 ? (run.isEmpty ? index : run.lowerBound)..<(index + 1) : 0..<0
                if run.count > best.count { best = run }
            }
            let words = groups.map { String($0, radix: 16) }
            guard best.count > 1 else { return words.joined(separator: ":") }
            return words[..<best.lowerBound].joined(separator: ":") + "::"
                + words[best.upperBound...].joined(separator: ":")
        }
    }
}

/// An address with the length of its network's prefix: `10.0.0.11/24`.
struct CIDR: Hashable, Sendable {
    var address: IPAddress
    var prefix: Int

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
            let address = IPAddress(UnsafeBufferPointer(rebasing: text[..<slash])),
            let prefix = decimal(UnsafeBufferPointer(rebasing: text[(slash + 1)...])),
            (0...address.bits).contains(prefix)
        else { return nil }
        self.address = address
        self.prefix = prefix
    }

    init?(_ text: String) {
        var copy = text
        guard let found = copy.withUTF8({ CIDR($0) }) else { return nil }
        self = found
    }

    private var hostMask: UInt128 {
        prefix == 0 && address.bits == 128 ? .max : (1 << UInt128(address.bits - prefix)) - 1
    }

    /// The address names the network itself, or all of its hosts: no host can have it. RFC 3021 allows both in a /31.
    var isNetworkOrBroadcast: Bool {
        guard address.bits - prefix > 1 else { return false }
        let host = address.value & hostMask
        return host == 0 || (address.family == .v4 && host == hostMask)
    }

    func contains(_ other: IPAddress) -> Bool {
        other.family == address.family && other.value & ~hostMask == address.value & ~hostMask
    }

    /// The address that many further on; nil when it leaves the network.
    func advanced(by count: Int) -> CIDR? {
        var next = self
        let (sum, overflow) = address.value.addingReportingOverflow(UInt128(count))
        next.address.value = sum
        return !overflow && contains(next.address) && !next.isNetworkOrBroadcast ? next : nil
    }

    var text: String { "\(address)/\(prefix)" }
}
