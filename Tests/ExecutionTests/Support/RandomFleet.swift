import Chance
import Model
import Simulation

/// Random declarations and random accidents, all drawn from one seed.
struct RandomFleet {
    var random: Dice
    var desired = Desired()
    /// Drawn by itself, so that the rest of a seed's world stays as it is.
    var hands: Dice
    /// The same, for those who put their guests in the place of others.
    var rivals: Dice
    /// The same, for whoever says no.
    var noes: Dice
    private let names = (1...9).map { ServerName("s-0\($0)") }
    /// Whoever is declared a second time is of the same type.
    private let containers: Set<ServerName>
    /// Those that are declared in the second cluster, which a third of the worlds have.
    private let twins: Set<ServerName>
    /// Who is there beside them, on numbers that the first cluster gives to servers; nil: there is no second cluster.
    let twinStrangers: [VMID]?

    init(seed: UInt64) {
        random = Dice(seed: seed)
        hands = Dice(seed: seed ^ 0x5A5A_5A5A)
        rivals = Dice(seed: seed ^ 0xC3C3_C3C3)
        noes = Dice(seed: seed ^ 0x3C3C_3C3C)
        var chance = Dice(seed: ~seed)
        containers = Set(names.filter { _ in chance.chance(0.3) })
        var second = Dice(seed: seed ^ 0xA5A5_A5A5)
        let hasTwin = second.chance(1.0 / 3)
        twins = Set(names.filter { _ in hasTwin && second.chance(0.5) })
        let strangers = [
            VMID(Int.random(in: 100...104, using: &second)), VMID(Int.random(in: 171...173, using: &second)),
        ]
        twinStrangers = hasTwin ? strangers : nil
        var cluster = Self.cluster("lab")
        if random.chance(0.3) { cluster.terraform.stacks = .hashed(2) }
        var twin = Self.cluster(World.secondCluster)
        if second.chance(0.3) { twin.terraform.stacks = .hashed(2) }
        desired.clusters = hasTwin ? [cluster, twin] : [cluster]
        var policy = Policy(name: "all")
        policy.apply = random.pick([.safe, .auto, .manual])
        policy.destroyBudget = random.chance(0.8) ? .percent(100) : .count(1)
        policy.recreate = random.pick([.approve, .auto])
        policy.restarts = random.pick([.approve, .allow])
        var words = Dice(seed: seed ^ 0x6969_6969)
        policy.absenceConfirmations = words.pick([1, 2, 3])
        if words.chance(0.2) { policy.dailyDestroyBudget = words.pick([.count(1), .count(2), .percent(50)]) }
        if words.chance(0.2) { policy.requiredApprovals = 2 }
        desired.policies = [policy]
        if random.chance(0.6) {
            var role = Role(name: "web")
            role.maxUnavailable = random.pick([.count(1), .count(1), .count(2), .percent(50)])
            desired.roles = [role]
        }
        declareSome()
        declareHandmade()
        declareObjects()
    }

    /// Every cluster has the same nodes, and gives the same numbers.
    private static func cluster(_ name: ClusterName) -> Cluster {
        var cluster = Cluster(name: name, source: .simulated(.init(nodes: ["pve1", "pve2", "pve3"])))
        cluster.defaults.node = "pve1"
        cluster.defaults.datastore = "local-lvm"
        cluster.defaults.bridge = "vmbr0"
        cluster.defaults.template = .vmid(VMID(9000))
        cluster.defaults.vmidRange = VMID(100)...VMID(140)
        return cluster
    }

    private mutating func declareSome() {
        for name in names where random.chance(0.6) { desired.servers.append(server(name)) }
    }

    private mutating func server(_ name: ServerName) -> Server {
        let isTwin = twins.contains(name)
        var server = Server(name: name, cluster: isTwin ? World.secondCluster : "lab")
        server.cores = random.pick([1, 2, 4]) ?? 1
        server.memory = .mebibytes(random.pick([512, 1024]) ?? 512)
        server.tags = random.chance(0.5) ? ["web"] : []
        server.node = random.pick(["pve1", "pve2"])
        server.protect = random.chance(0.15)
        server.roles = desired.roles.isEmpty || random.chance(0.3) ? [] : ["web"]
        server.power = random.pick([.unmanaged, .unmanaged, .running, .stopped]) ?? .unmanaged
        server.onRemove = random.chance(0.1) ? .forget : .destroy
        let place = Int(String(name.text.suffix(1))) ?? 0
        // Counted from the other end, so that who has one number in the two clusters is not one server.
        if random.chance(0.2) { server.vmid = VMID(150 + (isTwin ? 10 - place : place)) }
        if containers.contains(name) {
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
        }
        if random.chance(0.4) { server.networks = [network("10.0.0.\(10 + place)/24")] }
        // On one with a lower number, so that there is an order.
        if random.chance(0.25) { server.dependsOn = desired.servers.suffix(1).map(\.name).filter { $0 < name } }
        return server
    }

    /// Gives cores to many.
    ///
    /// - Returns: whether there was a change.
    mutating func giveCores() -> Bool {
        guard random.chance(0.5) else { return false }
        for index in desired.servers.indices where random.chance(0.7) { desired.servers[index].cores += 8 }
        return true
    }

    /// Changes what is declared: some servers go, some come, some change.
    mutating func edit() {
        if random.chance(0.15) { desired.clusters[0].terraform.stacks = .hashed(random.pick([2, 3]) ?? 2) }
        var kept: [Server] = []
        for var server in desired.servers {
            if random.chance(0.2) { continue }
            if random.chance(0.3) { server.cores = random.pick([1, 2, 4, 8]) ?? 2 }
            if random.chance(0.1) { server.tags = ["db"] }
            if random.chance(0.1) { server.power = .running }
            if random.chance(0.1), !server.networks.isEmpty {
                server.networks = [network("10.0.1.\(10 + kept.count)/24")]
            }
            kept.append(server)
        }
        renameSome(&kept)
        editHandmade(&kept)
        let present = Set(kept.map(\.name)).union(kept.compactMap { $0.metadata.formerName.map { ServerName($0) } })
        for name in names where !present.contains(name) && random.chance(0.2) { kept.append(server(name)) }
        desired.servers = kept.sorted { $0.name < $1.name }
        editObjects()
    }

    /// Some servers get a new name and say which they had; one in a while forgets to.
    private mutating func renameSome(_ kept: inout [Server]) {
        for index in kept.indices where Handmade(kept[index].name) == nil && random.chance(0.15) {
            let former = kept[index].name.text
            kept[index].name = ServerName("r-" + former.dropFirst(2))
            if random.chance(0.9) {
                kept[index].metadata.formerName = former
                for other in kept.indices {
                    kept[other].dependsOn = kept[other].dependsOn.map { $0.text == former ? kept[index].name : $0 }
                }
            } else {
                // Two servers, of which the new one cannot have the old one's number and address.
                kept[index].vmid = nil
                kept[index].networks = []
            }
        }
    }

    /// One broken document, which claims nothing.
    mutating func breakSometimes() {
        let isBroken = random.chance(0.15)
        desired.completeness = isBroken ? .broken(.init(documents: ["servers.yaml:7"], claims: [])) : .complete
    }

    /// What people and machines do behind Plumb's back.
    mutating func accidents() -> [Accident] {
        (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
            random.pick(Accident.Sort.allCases).map { sort in
                Accident(sort: sort, pick: Int.random(in: 0..<1000, using: &random))
            }
        }
    }

    mutating func failures() -> [ServerName: TerraformDouble.Failure] {
        var failures: [ServerName: TerraformDouble.Failure] = [:]
        for name in names where random.chance(0.15) { failures[name] = random.pick(TerraformDouble.Failure.allCases) }
        return failures
    }

    /// Guests that follow no shutdown, and guests that do not start, by their place among all.
    mutating func stubborn() -> (deaf: [Int], unstartable: [Int]) {
        func some() -> [Int] { random.chance(0.2) ? [Int.random(in: 0..<1000, using: &random)] : [] }
        return (some(), some())
    }

    /// Servers that somebody wants to be rebuilt.
    mutating func rebuilds() -> Set<ServerName> {
        guard random.chance(0.4) else { return [] }
        return Set(desired.servers.map(\.name).filter { _ in random.chance(0.4) })
    }

    /// How often each answer about the cluster is wrong; nil: never.
    ///
    /// - Parameter share: of all worlds those in which any is.
    mutating func listingFaults(in share: Double) -> ListingFaults? {
        guard random.chance(share) else { return nil }
        return ListingFaults(seed: random.next(), probability: random.pick([0.1, 0.3, 0.6]) ?? 0.1)
    }

    /// Whether those that follow no shutdown do so in the end, when nobody looks any more.
    mutating func areSlow() -> Bool { random.chance(0.9) }
    mutating func terraformOutlivesCrash() -> Bool { random.chance(0.5) }
    mutating func crash() -> Int? { random.chance(0.5) ? Int.random(in: 0...40, using: &random) : nil }
    mutating func offlineNode() -> NodeName? { random.chance(0.2) ? random.pick(["pve1", "pve2", "pve3"]) : nil }
    mutating func replacesUnmarked() -> Bool { random.chance(0.5) }
    mutating func approves() -> Bool { random.chance(0.7) }
}

/// Something that happens to the cluster, not through Plumb.
struct Accident: Sendable {
    enum Sort: CaseIterable, Sendable { case delete, migrate, cores, tags, power, stranger, protect, lock, description }
    var sort: Sort
    /// Which guest: an index into the guests, wrapped round.
    var pick: Int
}

extension World {
    func happen(_ accidents: [Accident]) {
        for accident in accidents {
            let owned = pool.guests.filter { $0.value.settings.tags.contains(OwnershipMark.tag) }.keys.sorted()
            guard !owned.isEmpty else { continue }
            let vmid = owned[accident.pick % owned.count]
            switch accident.sort {
            case .delete: pool.guests[vmid] = nil
            case .migrate: pool.guests[vmid]?.node = nodes[accident.pick % nodes.count]
            case .cores: pool.guests[vmid]?.settings.cores = 16
            case .tags:
                pool.guests[vmid]?.settings.tags.append("zz")
                pool.guests[vmid]?.runningSettings?.tags.append("zz")
            case .power: togglePower(vmid)
            case .stranger:
                let isInSecond = hasSecondCluster && (accident.pick / 60).isMultiple(of: 2)
                let vmid = VMID(100 + accident.pick % 60)
                addStranger(vmid, in: isInSecond ? Self.secondCluster : self.cluster)
            case .protect:
                // It never waits for a start.
                pool.guests[vmid]?.settings.protection = true
                pool.guests[vmid]?.runningSettings?.protection = true
            case .lock: pool.guests[vmid]?.lock = "backup"
            case .description:
                // The mark's line goes with the rest.
                pool.guests[vmid]?.settings.description = "ask Alice before you touch this"
                pool.guests[vmid]?.runningSettings?.description = "ask Alice before you touch this"
            }
        }
    }

    private func addStranger(_ vmid: VMID, in cluster: ClusterName) {
        let place = vmid.place(in: cluster)
        guard pool.guests[place] == nil else { return }
        pool.guests[place] = .stranger(on: vmid)
    }

    /// Guests that are nobody's of Plumb's.
    var strangers: [VMID: GuestPool.PooledGuest] {
        pool.guests.filter { !$0.value.settings.tags.contains(OwnershipMark.tag) }
    }

    func turnStubborn(_ stubborn: (deaf: [Int], unstartable: [Int])) {
        let owned = pool.guests.filter { $0.value.settings.tags.contains(OwnershipMark.tag) }.keys.sorted()
        guard !owned.isEmpty else { return }
        deaf = Set(stubborn.deaf.map { owned[$0 % owned.count] })
        unstartable = Set(stubborn.unstartable.map { owned[$0 % owned.count] })
    }

    func unlockAll() {
        for vmid in pool.guests.keys { pool.guests[vmid]?.lock = nil }
    }
}
