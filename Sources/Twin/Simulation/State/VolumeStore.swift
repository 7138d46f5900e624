/// What lies on the storages: one entry for each volume, found by name and by owner.
struct VolumeStore: Hashable, Sendable, Codable {
    struct Volume: Hashable, Sendable, Codable {
        /// `local-lvm:vm-100-disk-0`
        var identifier: String
        var storage: String
        /// nil on shared storages.
        var node: String?
        var size: Int
        /// The guest whose number it bears.
        var owner: Int?
        /// `images`, `rootdir`, `vztmpl`, `iso`, `backup`.
        var content: String
        var format: String
        /// Seconds since 1970.
        var createdAt: Int64
        /// The volume that a linked clone stands on.
        var parent: String?
    }

    private var volumes: [String: Volume] = [:]
    private var owned: [Int: [String]] = [:]
    private var unowned: [String] = []
    private var used: [String: Int] = [:]

    subscript(identifier: String, node node: String) -> Volume? {
        volumes[Self.key(identifier, nil)] ?? volumes[Self.key(identifier, node)]
    }

    /// A guest's disks. Its backups bear its number too, and neither move nor end with it.
    func volumes(of owner: Int) -> [Volume] {
        (owned[owner] ?? []).compactMap { volumes[$0] }.filter { $0.content != "backup" }
    }

    /// Those of a storage as one node sees it, by name.
    func listing(storage: String, node: String) -> [Volume] {
        volumes.values.filter { $0.storage == storage && ($0.node == nil || $0.node == node) }
            .sorted { $0.identifier < $1.identifier }
    }

    /// Bytes allocated on a storage; `node` is nil for shared ones.
    func used(storage: String, node: String?) -> Int { used[Self.key(storage, node)] ?? 0 }

    mutating func insert(_ volume: Volume) {
        let key = Self.key(volume.identifier, volume.node)
        if volumes.updateValue(volume, forKey: key) == nil {
            if let owner = volume.owner { owned[owner, default: []].append(key) } else { unowned.append(key) }
        }
        used[Self.key(volume.storage, volume.node), default: 0] += volume.size
    }

    mutating func remove(_ identifier: String, node: String) {
        for key in [Self.key(identifier, nil), Self.key(identifier, node)] {
            guard let volume = volumes.removeValue(forKey: key) else { continue }
            if let owner = volume.owner {
                owned[owner]?.removeAll { $0 == key }
                if owned[owner]?.isEmpty == true { owned[owner] = nil }
            } else {
                unowned.removeAll { $0 == key }
            }
            used[Self.key(volume.storage, volume.node), default: 0] -= volume.size
            return
        }
    }

    mutating func grow(_ identifier: String, node: String, to size: Int) {
        guard var volume = self[identifier, node: node] else { return }
        remove(identifier, node: node)
        volume.size = size
        insert(volume)
    }

    /// A name that no volume has: the first free of `vm-100-disk-0`, `vm-100-disk-1`, ….
    func isFree(_ identifier: String, node: String?) -> Bool { volumes[Self.key(identifier, node)] == nil }

    private static func key(_ name: String, _ node: String?) -> String { node.map { "\($0)|\(name)" } ?? name }
}
