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

    init(_ input: PlanningInput) {
        self.input = input
        stackPositions = Dictionary(
            input.observed.stacks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        // A role whose removal is held up by servers that have it means to them what it meant.
        let kept = input.recorded.objects.compactMap(Role.init(recorded:))
        roles = Dictionary(
            (input.desired.roles + kept).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        (clusters, clusterPositions) = Self.clusters(of: input)
        servers = ServerJoin(input, clusters: clusterPositions).servers
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
            let declaration = input.desired.clusters.first { $0.name == name }
            let inventory = input.observed.inventories.first { $0.cluster == name }
            return ClusterView(
                name: name, declaration: declaration, inventory: inventory,
                lostNodes: inventory.map { input.doubtedNodes(of: $0) } ?? [])
        }
        return (views, Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) }))
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
