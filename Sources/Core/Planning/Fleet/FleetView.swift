import Model

/// Everything that is known, joined by server once: positions into the input, no copies.
struct FleetView {
    let input: PlanningInput
    private(set) var clusters: [ClusterView]
    let clusterPositions: [ClusterName: Int]
    let stackPositions: [StackID: Int]
    let roles: [RoleName: Role]
    /// In ascending order of names.
    var servers: [KnownServer]
    private(set) var serverPositions: [ServerName: Int]

    init(_ input: PlanningInput) {
        self.input = input
        stackPositions = Dictionary(
            input.observed.stacks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        // A role whose removal is held up by servers that have it means to them what it meant.
        let kept = input.recorded.objects.compactMap(Role.init(recorded:))
        roles = Dictionary(
            (input.desired.roles + kept).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        (clusters, clusterPositions) = Self.clusters(of: input)
        (servers, serverPositions) = Self.servers(of: input, clusterPositions)
        distrustEmptyListings()
        takeOverFormerNames()
    }

    private static func clusters(of input: PlanningInput) -> ([ClusterView], [ClusterName: Int]) {
        var names = Set(input.desired.clusters.map(\.name))
        names.formUnion(input.observed.inventories.map(\.cluster))
        names.formUnion(input.observed.stacks.map(\.id.cluster))
        var latest: ClusterName?
        func add(_ name: ClusterName) {
            if latest?.text == name.text { return }
            latest = name
            names.insert(name)
        }
        for position in input.recorded.servers.indices { add(input.recorded.servers[position].stack.cluster) }
        for position in input.desired.servers.indices { add(input.desired.servers[position].cluster) }
        let ordered = names.sorted()
        let views = ordered.map { name in
            ClusterView(
                name: name, declaration: input.desired.clusters.first { $0.name == name },
                inventory: input.observed.inventories.first { $0.cluster == name })
        }
        return (views, Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) }))
    }

    private static func servers(
        of input: PlanningInput, _ clusters: [ClusterName: Int]
    ) -> ([KnownServer], [ServerName: Int]) {
        var known: [KnownServer] = []
        var positions: [ServerName: Int] = [:]
        known.reserveCapacity(input.desired.servers.count + 16)
        positions.reserveCapacity(input.desired.servers.count + 16)
        var latest: (name: ClusterName, position: Int)?
        func cluster(_ name: ClusterName) -> Int {
            if let latest, latest.name.text == name.text { return latest.position }
            let position = clusters[name] ?? 0
            latest = (name, position)
            return position
        }
        let servers = input.desired.servers
        for position in servers.indices {
            let name = servers[position].name
            if let first = positions.updateValue(known.count, forKey: name) {
                positions[name] = first
                continue
            }
            known.append(KnownServer(name: name, declared: position, cluster: cluster(servers[position].cluster)))
        }
        // Every list is in the order of names, so the next one is mostly where the last one was, plus one.
        var next = 0
        func slot(_ name: ServerName, _ home: ClusterName) -> Int {
            if next < known.count, known[next].name.text == name.text {
                next += 1
                return next - 1
            }
            if let position = positions[name] {
                next = position + 1
                return position
            }
            positions[name] = known.count
            known.append(KnownServer(name: name, declared: nil, cluster: cluster(home)))
            return known.count - 1
        }
        let rows = input.recorded.servers
        for position in rows.indices {
            known[slot(rows[position].name, rows[position].stack.cluster)].recorded = position
        }
        for (stack, observation) in input.observed.stacks.enumerated() {
            let resources = observation.state.value?.resources ?? []
            next = 0
            for position in resources.indices {
                let place = slot(resources[position].server, observation.id.cluster)
                let found = KnownServer.StatePosition(stack: stack, resource: position)
                if known[place].state == nil { known[place].state = found } else { known[place].secondState = found }
            }
            for name in observation.tfvars.entries.keys {
                let place = slot(name, observation.id.cluster)
                if known[place].entryStack == nil { known[place].entryStack = stack }
            }
        }
        let isAscending = zip(known, known.dropFirst()).allSatisfy { $0.name < $1.name }
        if !isAscending {
            known.sort { $0.name < $1.name }
            for (position, server) in known.enumerated() { positions[server.name] = position }
        }
        return (known, positions)
    }

    private mutating func distrustEmptyListings() {
        for position in clusters.indices
        where clusters[position].distrust == nil && clusters[position].guests.isEmpty {
            let expected = servers.filter { $0.cluster == position }.compactMap(knownVMID)
            if clusters[position].inventory?.isSuspiciouslyEmpty(expecting: expected) ?? false {
                clusters[position].distrust = Sentence(.emptyListing, clusters[position].name.text)
            }
        }
    }

    /// Takes servers out that another one stands for.
    mutating func remove(_ taken: Set<Int>) {
        servers = servers.indices.filter { !taken.contains($0) }.map { servers[$0] }
        serverPositions = Dictionary(
            servers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func resource(at position: KnownServer.StatePosition) -> StateResource? {
        guard let state = input.observed.stacks[position.stack].state.value else { return nil }
        return state.resources[position.resource]
    }

    func vmid(at position: KnownServer.StatePosition) -> VMID? {
        input.observed.stacks[position.stack].state.value?.resources[position.resource].vmid
    }

    /// The VMID that the state, or else the registry, has for a server that should exist.
    func knownVMID(of server: KnownServer) -> VMID? {
        if let position = server.state, let vmid = vmid(at: position) { return vmid }
        return server.recorded.map { input.recorded.servers[$0].vmid }
    }
}

/// One server's places in the input.
struct KnownServer {
    let name: ServerName
    /// In `desired.servers`.
    let declared: Int?
    /// In ``FleetView/clusters``: where it is declared, or else where it was found first.
    let cluster: Int
    /// In `recorded.servers`.
    var recorded: Int?
    var state: StatePosition?
    /// A second resource of the same server, which must not be.
    var secondState: StatePosition?
    /// The first stack whose tfvars have an entry of it.
    var entryStack: Int?
    /// The name that it had before, where no other server is declared by it: its guest may still bear it on its mark.
    var formerName: ServerName?
    /// What is still known by that name, or why the rename cannot be; nil: there is none to carry out.
    var renaming: Renaming?

    init(name: ServerName, declared: Int?, cluster: Int) {
        self.name = name
        self.declared = declared
        self.cluster = cluster
    }

    struct StatePosition: Hashable {
        let stack: Int
        let resource: Int
    }
}
