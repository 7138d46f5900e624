/// The rules by which calls go wrong, and how often each has.
struct FaultTable: Hashable, Sendable, Codable {
    struct Entry: Hashable, Sendable, Codable {
        var rule: FaultRule
        /// Calls that matched.
        var seen: UInt64 = 0
        /// Calls that were hit.
        var hit = 0
        /// Whether the call that the rule waits for was made.
        var isAwake: Bool?
    }

    private(set) var entries: [Entry] = []
    private let seed: UInt64

    init(_ rules: [FaultRule], seed: UInt64) {
        entries = rules.map { Entry(rule: $0) }
        self.seed = seed
    }

    mutating func add(_ rule: FaultRule) { entries.append(Entry(rule: rule)) }
    mutating func removeAll() { entries = [] }
    mutating func remove(on pattern: String) { entries.removeAll { $0.rule.on == pattern } }

    /// The effect of the first rule that hits this call; `name` is asked for only where a rule wants it.
    ///
    /// - Returns: the effect, and whether any count moved.
    mutating func strike(
        _ method: APIMethod, _ path: String, guestName: () -> String?
    ) -> (effect: FaultRule.Effect?, hasCounted: Bool) {
        var hasCounted = wake(method, path)
        for index in entries.indices {
            let entry = entries[index]
            if entry.rule.after != nil, entry.isAwake != true { continue }
            guard entry.rule.times.map({ entry.hit < $0 }) ?? true,
                Self.matches(entry.rule.on, method: method, path: path)
            else { continue }
            if let wanted = entry.rule.guest, wanted != guestName() { continue }
            entries[index].seen += 1
            hasCounted = true
            if entries[index].seen <= UInt64(clamping: entry.rule.skip ?? 0) { continue }
            let lot = SeededRandom.fraction(
                SeededRandom.mix(seed ^ SeededRandom.hash(entry.rule.on) &+ UInt64(index), entry.seen))
            guard lot < entry.rule.chance else { continue }
            entries[index].hit += 1
            return (entry.rule.effect, true)
        }
        return (nil, hasCounted)
    }

    /// Rules that wait for a call like this hit from the next one on.
    ///
    /// - Returns: whether any woke.
    private mutating func wake(_ method: APIMethod, _ path: String) -> Bool {
        var hasWoken = false
        for index in entries.indices where entries[index].isAwake != true {
            guard let call = entries[index].rule.after, Self.matches(call, method: method, path: path) else { continue }
            entries[index].isAwake = true
            hasWoken = true
        }
        return hasWoken
    }

    /// `POST /nodes/*/qemu/*/clone`: one star stands for one part; without a method, for every method.
    static func matches(_ pattern: String, method: APIMethod, path: String) -> Bool {
        var rest = Substring(pattern)
        if let space = pattern.firstIndex(of: " ") {
            let wanted = pattern[..<space]
            guard wanted == "*" || wanted.uppercased() == method.rawValue else { return false }
            rest = pattern[pattern.index(after: space)...]
        }
        let wanted = rest.split(separator: "/")
        let given = path.split(separator: "/")
        return wanted.count == given.count && zip(wanted, given).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
