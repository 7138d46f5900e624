import Model

extension Cluster.Stacks {
    /// The stack of a server: the same on every machine and in every version, because a state's address depends on it.
    package func stack(of server: Server) -> String { stack(named: server.name, labels: server.metadata.labels) }

    /// The same for a server of that name with those labels.
    func stack(named name: ServerName, labels: [Metadata.Label]) -> String {
        switch self {
        case .single: return "main"
        case .byLabel(let key):
            guard let label = labels.first(where: { $0.key == key }), !label.value.isEmpty else {
                return "default"
            }
            return StackName.of(label: label.value)
        case .hashed(let count):
            let shard = StableHash.of(name.key) % UInt64(max(1, count))
            return shard < 10 ? "shard-0\(shard)" : "shard-\(shard)"
        }
    }
}

/// FNV-1a in 64 bits: Swift's own `Hasher` is seeded anew in every process.
package enum StableHash {
    package static func of(_ text: String, from seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
        var hash = seed
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x100_0000_01B3
        }
        return hash
    }

    /// The finaliser of SplitMix64: spreads a hash over all bits.
    static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension OwnershipMark {
    /// The mark of a server's next life: random to anyone without the registry's seed, the same for the same input.
    ///
    /// - Parameter besides: the id of a life that is known. A birth that was interrupted is not counted, and must
    ///   not be given twice.
    package static func drawn(
        for server: ServerName, in stack: StackID, recorded: Recorded, besides: String? = nil
    ) -> OwnershipMark {
        let births = recorded.births[server] ?? 0
        let mark = drawn(for: server, in: stack, life: births, recorded)
        return mark.id == besides ? drawn(for: server, in: stack, life: births + 1, recorded) : mark
    }

    private static func drawn(
        for server: ServerName, in stack: StackID, life: Int, _ recorded: Recorded
    ) -> OwnershipMark {
        let path = "\(stack.cluster.key)/\(stack.name)/\(server.key)#\(life)"
        let value = StableHash.mixed(StableHash.mixed(recorded.markSeed) ^ StableHash.of(path))
        let digits = String(value, radix: 16)
        return OwnershipMark(
            stack: stack, server: server, id: String(repeating: "0", count: 16 - digits.count) + digits)
    }

    /// Whether this registry drew the id for any life of the server, the next one included.
    func isDrawn(by recorded: Recorded) -> Bool { isDrawn(by: recorded, fromLife: 0) }

    /// The same for the latest life that was counted, and the next, whose birth may have been interrupted.
    func isDrawnForLatestLife(by recorded: Recorded) -> Bool {
        isDrawn(by: recorded, fromLife: max(0, (recorded.births[server] ?? 0) - 1))
    }

    /// The same for lives that were never counted: the birth broke off before the registry learned of it.
    func isDrawnForUncountedLife(by recorded: Recorded) -> Bool {
        isDrawn(by: recorded, fromLife: recorded.births[server] ?? 0)
    }

    private func isDrawn(by recorded: Recorded, fromLife first: Int) -> Bool {
        (first...(recorded.births[server] ?? 0) + 1).contains {
            Self.drawn(for: server, in: stack, life: $0, recorded).id == id
        }
    }
}
