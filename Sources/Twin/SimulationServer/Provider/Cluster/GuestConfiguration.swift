import JSONArena

/// A guest's configuration as `GET …/config` tells it.
struct GuestConfiguration: Sendable {
    private let members: [String: JSONValue]

    init(_ data: JSONValue) {
        guard case .object(let list) = data else {
            members = [:]
            return
        }
        members = Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    var keys: [String] { members.keys.sorted() }

    func text(_ key: String) -> String? {
        guard let value = members[key], value != .null else { return nil }
        return value.text
    }

    func integer(_ key: String) -> Int? { members[key]?.integer }
    func flag(_ key: String) -> Bool? { members[key].map(\.flag) }
    func options(_ key: String) -> OptionList? { text(key).map(OptionList.init) }

    /// The numbered keys that begin with a prefix, by number: `net0`, `net1`, ….
    func numbered(_ prefix: String) -> [(number: Int, key: String)] {
        members.keys.compactMap { key in
            guard key.hasPrefix(prefix), let number = Int(key.dropFirst(prefix.count)) else { return nil }
            return (number, key)
        }.sorted { $0.number < $1.number }
    }
}

/// Proxmox's `first,key=value,…`, in its order.
struct OptionList: Hashable, Sendable {
    /// The words before the first `=`: a volume, a CPU type.
    private(set) var first: String?
    private(set) var pairs: [(name: String, value: String)] = []

    init(_ text: String) {
        for word in text.split(separator: ",") {
            if let sign = word.firstIndex(of: "=") {
                pairs.append((String(word[..<sign]), String(word[word.index(after: sign)...])))
            } else if first == nil {
                first = String(word)
            }
        }
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    func flag(_ name: String) -> Bool? { self[name].map { $0 == "1" } }
    func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    static func == (left: OptionList, right: OptionList) -> Bool {
        left.first == right.first && left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(first)
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }
}

/// A size as Proxmox writes it: `20G`, `512M`, or bytes.
enum DiskSize {
    static func bytes(_ text: String) -> Int? {
        let units: [(Character, Int)] = [("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10)]
        for (unit, factor) in units where text.last == unit {
            return Double(text.dropLast()).map { Int($0 * Double(factor)) }
        }
        return Int(text)
    }

    /// Whole GiB, rounded down, as the provider reads a size.
    static func gibibytes(_ text: String) -> Int? { bytes(text).map { $0 >> 30 } }
}
