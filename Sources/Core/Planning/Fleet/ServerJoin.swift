import Model

/// Lays side by side what is known of each server. All lists are in the order of names, so that the next one is mostly
/// where the last one was, plus one; only what is out of order is looked for.
struct ServerJoin {
    private(set) var servers: [KnownServer] = []
    private let clusters: [ClusterName: Int]
    private var latest: (name: ClusterName, position: Int)?
    /// How many at the beginning ascend.
    private var ascending = 0
    /// The places of the others.
    private var others: [ServerName: Int] = [:]
    /// Where the next one of the list that is being joined is expected.
    private var next = 0

    /// - Parameter clusters: the positions of all clusters that any list names.
    init(_ input: PlanningInput, clusters: [ClusterName: Int]) {
        self.clusters = clusters
        servers.reserveCapacity(input.desired.servers.count + 16)
        join(declared: input.desired.servers)
        join(recorded: input.recorded.servers)
        for (position, stack) in input.observed.stacks.enumerated() { join(stack, at: position) }
        if ascending < servers.count { servers.sort { $0.name < $1.name } }
    }

    private mutating func join(declared list: [Server]) {
        next = 0
        for position in list.indices {
            let place = place(of: list[position].name, declared: position, in: list[position].cluster)
            // Of two of one name the first counts; the loader has refused the other.
            if servers[place].declared == nil { servers[place].declared = position }
        }
    }

    private mutating func join(recorded list: [RecordedServer]) {
        next = 0
        for position in list.indices {
            servers[place(of: list[position].name, in: list[position].stack.cluster)].recorded = position
        }
    }

    private mutating func join(_ stack: StackObservation, at stackPosition: Int) {
        next = 0
        let resources = stack.state.value?.resources ?? []
        for position in resources.indices {
            let place = place(of: resources[position].server, in: stack.id.cluster)
            let found = KnownServer.StatePosition(stack: stackPosition, resource: position)
            if servers[place].state == nil { servers[place].state = found } else { servers[place].secondState = found }
        }
        next = 0
        let names = stack.tfvars.entries.servers
        for position in names.indices {
            let place = place(of: names[position], in: stack.id.cluster)
            if servers[place].entry == nil {
                servers[place].entry = KnownServer.EntryPosition(stack: stackPosition, entry: position)
            }
        }
    }

    /// The place of the server, which is made where nothing was known of it.
    private mutating func place(of name: ServerName, declared: Int? = nil, in cluster: ClusterName) -> Int {
        if next < servers.count, servers[next].name.text == name.text {
            next += 1
            return next - 1
        }
        let place = known(name) ?? others[name] ?? servers.count
        next = place + 1
        guard place == servers.count else { return place }
        if ascending == servers.count, servers.last.map({ $0.name < name }) ?? true {
            ascending += 1
        } else {
            others[name] = place
        }
        servers.append(KnownServer(name: name, declared: declared, cluster: position(of: cluster)))
        return place
    }

    /// The place among those that ascend. The servers of one stack lie apart, but not far and in their order: the search
    /// begins where the last one ended, with steps that grow.
    private func known(_ name: ServerName) -> Int? {
        guard ascending > 0, name <= servers[ascending - 1].name else { return nil }
        var low = next < ascending && servers[next].name < name ? next : 0
        var step = 1
        while low + step < ascending, servers[low + step].name < name {
            low += step
            step *= 2
        }
        let place = servers[low..<min(low + step, ascending)].partitioningIndex { $0.name >= name }
        return place < ascending && servers[place].name == name ? place : nil
    }

    private mutating func position(of cluster: ClusterName) -> Int {
        if let latest, latest.name.text == cluster.text { return latest.position }
        let position = clusters[cluster] ?? 0
        latest = (cluster, position)
        return position
    }
}

extension RandomAccessCollection<KnownServer> where Index == Int {
    /// The position of the server of that name, in a list that ascends.
    func position(of name: ServerName) -> Int? {
        let place = partitioningIndex { $0.name >= name }
        return place < endIndex && self[place].name == name ? place : nil
    }
}

/// One server's places in the input.
struct KnownServer {
    let name: ServerName
    /// In `desired.servers`.
    fileprivate(set) var declared: Int?
    /// In ``FleetView/clusters``: where it is declared, or else where it was found first.
    let cluster: Int
    /// In `recorded.servers`.
    var recorded: Int?
    var state: StatePosition?
    /// Its entry in the tfvars of the first stack that has one.
    var entry: EntryPosition?
    /// What one of thousands has: there are as many values of this type as servers, and each is moved several times.
    private var rarity: Boxed?

    init(name: ServerName, declared: Int?, cluster: Int) {
        self.name = name
        self.declared = declared
        self.cluster = cluster
    }

    private struct Rarity {
        var secondState: StatePosition?
        var formerName: ServerName?
        var renaming: Renaming?
        var heir: ServerName?
    }

    private indirect enum Boxed { case rarity(Rarity) }

    private var rare: Rarity {
        get {
            switch rarity {
            case .rarity(let rarity): rarity
            case nil: Rarity()
            }
        }
        set { rarity = .rarity(newValue) }
    }

    /// A second resource of the same server, which must not be.
    var secondState: StatePosition? {
        get { rarity == nil ? nil : rare.secondState }
        set { if newValue != nil || rarity != nil { rare.secondState = newValue } }
    }

    /// The name that it had before, where no other server is declared by it: its guest may still bear it on its mark.
    var formerName: ServerName? {
        get { rarity == nil ? nil : rare.formerName }
        set { if newValue != nil || rarity != nil { rare.formerName = newValue } }
    }

    /// What is still known by that name, or why the rename cannot be; nil: there is none to carry out.
    var renaming: Renaming? {
        get { rarity == nil ? nil : rare.renaming }
        set { if newValue != nil || rarity != nil { rare.renaming = newValue } }
    }

    /// Who is declared to be what this one was, whose guest is gone: it is made once this one is let go of.
    var heir: ServerName? {
        get { rarity == nil ? nil : rare.heir }
        set { if newValue != nil || rarity != nil { rare.heir = newValue } }
    }

    struct StatePosition: Hashable {
        let stack: Int
        let resource: Int
    }

    struct EntryPosition: Hashable {
        let stack: Int
        /// In ``ServerEntries/configurations``.
        let entry: Int
    }
}
