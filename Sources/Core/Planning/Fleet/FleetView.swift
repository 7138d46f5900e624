import Model

/// Everything that is known, joined by server once: positions into the input, no copies.
struct FleetView {
    let input: PlanningInput
    private(set) var clusters: [ClusterView]
    let clusterPositions: [ClusterName: Int]
    let stackPositions: [StackID: Int]
    let roles: [RoleName: Role]
    /// In ascending order of names.
    private(set) var servers: [KnownServer]
    let serverPositions: [ServerName: Int]

    init(_ input: PlanningInput) {
        self.input = input
        stackPositions = Dictionary(
            input.observed.stacks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        roles = Dictionary(input.desired.roles.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        (clusters, clusterPositions) = Self.clusters(of: input)
        (servers, serverPositions) = Self.servers(of: input, clusterPositions)
        distrustEmptyListings()
    }

    private static func clusters(of input: PlanningInput) -> ([ClusterView], [ClusterName: Int]) {
        var names = Set(input.desired.clusters.map(\.name))
        names.formUnion(input.observed.inventories.map(\.cluster))
        names.formUnion(input.observed.stacks.map(\.id.cluster))
        for server in input.recorded.servers { names.insert(server.stack.cluster) }
        for server in input.desired.servers { names.insert(server.cluster) }
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
        for (position, server) in input.desired.servers.enumerated() where positions[server.name] == nil {
            positions[server.name] = known.count
            known.append(KnownServer(name: server.name, declared: position, cluster: clusters[server.cluster] ?? 0))
        }
        func slot(_ name: ServerName, _ cluster: ClusterName) -> Int {
            if let position = positions[name] { return position }
            positions[name] = known.count
            known.append(KnownServer(name: name, declared: nil, cluster: clusters[cluster] ?? 0))
            return known.count - 1
        }
        for (position, server) in input.recorded.servers.enumerated() {
            known[slot(server.name, server.stack.cluster)].recorded = position
        }
        for (stack, observation) in input.observed.stacks.enumerated() {
            for (position, resource) in (observation.state.value?.resources ?? []).enumerated() {
                let place = slot(resource.server, observation.id.cluster)
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

    /// A token that lost its rights gets an empty listing with 200. So an empty one is believed only where the task log
    /// shows who destroyed each guest that should be in it.
    private mutating func distrustEmptyListings() {
        for position in clusters.indices
        where clusters[position].distrust == nil && clusters[position].guests.isEmpty {
            let isExplained = servers.allSatisfy { server in
                guard server.cluster == position, let vmid = knownVMID(of: server) else { return true }
                return clusters[position].destroyTask(of: vmid) != nil
            }
            if !isExplained { clusters[position].distrust = Sentence(.emptyListing, clusters[position].name.text) }
        }
    }

    func resource(at position: KnownServer.StatePosition) -> StateResource? {
        guard let state = input.observed.stacks[position.stack].state.value else { return nil }
        return state.resources[position.resource]
    }

    /// The VMID that the state, or else the registry, has for a server that should exist.
    func knownVMID(of server: KnownServer) -> VMID? {
        if let position = server.state, let resource = resource(at: position) { return resource.vmid }
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
