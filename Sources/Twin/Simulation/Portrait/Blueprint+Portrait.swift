import Model

extension Blueprint {
    /// A cluster like the one that was looked at: the same nodes, storages, pools, guests, and one token that may do what
    /// the token may that looked.
    ///
    /// - Parameters:
    ///   - user: who looked: `USER@REALM!TOKEN`.
    ///   - seed: decides what is drawn: addresses, which calls a fault hits.
    package init(
        _ portrait: ClusterPortrait, seenBy user: String, durations: TaskDurations, faults: [FaultRule] = [],
        seed: UInt64
    ) {
        self.init(name: portrait.cluster.text, nodes: portrait.nodes.map(Node.init))
        storages = portrait.storages.map(Storage.init)
        containerTemplates = portrait.templateFiles
        pools = portrait.pools
        guests = portrait.guests.map(Inhabitant.init)
        addMissingStorages()
        let rights = portrait.rights.map { Right($0.path, $0.privileges) }
        users = [User(String(user.prefix { $0 != "!" }), rights: rights)]
        var token = Token(id: user)
        token.isSeparated = true
        token.rights = rights
        tokens = [token]
        self.durations = durations.all
        self.faults = faults
        self.seed = seed
    }

    /// A disk may lie on a storage that the token may not see.
    private mutating func addMissingStorages() {
        var known = Set(storages.map(\.name))
        for inhabitant in guests ?? [] {
            for (key, value) in inhabitant.configuration.sorted(by: { $0.key < $1.key })
            where ConfigurationKey.isVolume(key, of: inhabitant.kind) {
                guard let volume = PropertyString(value).bare, let colon = volume.firstIndex(of: ":"),
                    known.insert(String(volume[..<colon])).inserted
                else { continue }
                storages.append(
                    Storage(
                        String(volume[..<colon]), type: "lvmthin", content: ["images", "rootdir"], isShared: false,
                        size: Self.ample))
            }
        }
    }

    /// Of a storage whose size cannot be seen.
    fileprivate static let ample: ByteCount = .gibibytes(1_048_576)
}

extension Blueprint.Node {
    fileprivate init(_ node: ClusterPortrait.Node) {
        self.init(node.name.text)
        processors = node.processors ?? processors
        memory = node.memory ?? memory
        isOffline = !node.isOnline
    }
}

extension Blueprint.Storage {
    fileprivate init(_ storage: ClusterPortrait.Storage) {
        self.init(
            storage.name, type: storage.type, content: storage.content, isShared: storage.isShared,
            size: storage.size ?? Blueprint.ample)
    }
}

extension Blueprint.Inhabitant {
    fileprivate init(_ guest: ClusterPortrait.Guest) {
        let listed = guest.listed
        let kind: GuestKind =
            switch listed.type {
            case .vm: .qemu
            case .container: .lxc
            }
        self.init(
            vmid: listed.vmid.rawValue, kind: kind, node: listed.node.text,
            configuration: guest.configuration?.values ?? Self.configuration(of: listed))
        pending = guest.configuration?.pending ?? [:]
        pendingDeletion = guest.configuration?.removed ?? []
        lock = guest.configuration?.lock ?? listed.lock
        pool = listed.pool
        uptime = .seconds(listed.uptime)
        power =
            switch listed.status {
            case .running: .running
            case .paused: .paused
            case .stopped, .unknown: .stopped
            }
    }

    /// What the listing says of a guest whose own configuration could not be read.
    private static func configuration(of listed: ObservedGuest) -> [String: String] {
        var configuration: [String: String] = [:]
        if !listed.name.isEmpty { configuration[listed.type == .vm ? "name" : "hostname"] = listed.name }
        if !listed.tags.isEmpty { configuration["tags"] = listed.tags.joined(separator: ";") }
        if listed.isTemplate { configuration["template"] = "1" }
        configuration["cores"] = listed.totalCores.map(String.init)
        configuration["memory"] = listed.memory.map(String.init)
        return configuration
    }
}
