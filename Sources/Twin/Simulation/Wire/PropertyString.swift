/// Proxmox's `key=value,key=value` texts, whose first part may lack its key.
struct PropertyString: Hashable, Sendable {
    /// The part without a key; nil where every part has one.
    var bare: String?
    var values: [String: String] = [:]

    init() {}

    init(_ text: String) {
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            guard let separator = part.firstIndex(of: "=") else {
                if bare == nil { bare = String(part) } else { values[String(part)] = "1" }
                continue
            }
            values[String(part[..<separator])] = String(part[part.index(after: separator)...])
        }
    }

    /// The value of a key that may also have been given bare.
    mutating func take(_ key: String) -> String? {
        if let value = values.removeValue(forKey: key) { return value }
        defer { bare = nil }
        return bare
    }

    /// `first`, then the others in the order of their keys, which is how Proxmox prints them.
    func text(first: String?) -> String {
        let others = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ([first].compactMap(\.self) + others).joined(separator: ",")
    }
}

/// Sizes as Proxmox writes them: `20G`, `2252M`, `528K`.
enum DiskSize {
    static func text(bytes: Int) -> String {
        for (shift, unit) in [(40, "T"), (30, "G"), (20, "M"), (10, "K")]
        where bytes > 0 && bytes & ((1 << shift) - 1) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return String(bytes)
    }

    /// Bytes of `20G`, `512M`, `1.5T` or a plain number; nil for anything else.
    static func bytes(_ text: some StringProtocol) -> Int? {
        guard let last = text.last else { return nil }
        let shift: Int
        switch last {
        case "K": shift = 10
        case "M": shift = 20
        case "G": shift = 30
        case "T": shift = 40
        default: return Int(text)
        }
        guard let number = Double(text.dropLast()), number >= 0, number < 1e6 else { return nil }
        return Int(number * Double(1 << shift))
    }
}
