import Chance

/// What is declared in one world: written as YAML by the one who keeps this book.
struct WorldFleet: Sendable {
    struct Declared: Hashable, Sendable {
        var name: String
        var cluster: String
        /// The stack, by its label.
        var env = "a"
        var isContainer = false
        var cores = 1
        /// In MiB.
        var memory = 512
        var node: String?
        var vmid: Int?
        /// With its prefix; nil: by DHCP.
        var address: String?
        var formerName: String?
        var isProtected = false
        /// Whether its guest stays when its document goes.
        var isForgotten = false
        /// Whether it is a guest of somebody else, at which Plumb only looks.
        var isObserved = false
        /// `running` or `stopped`; nil: nobody's affair.
        var power: String?
    }

    /// Servers that differ in nothing but their names.
    struct Group: Hashable, Sendable {
        var name: String
        /// Each of them, but for the name.
        var model: Declared
        var size: Int
        var excluded: Set<String> = []

        var all: [String] { (1...size).map { "\(name)-\($0)" } }
        var members: [String] { all.filter { !excluded.contains($0) } }
    }

    var clusters: [String]
    var policy: WorldPolicy
    var servers: [Declared] = []
    var groups: [Group] = []
    /// What was taken out and may be put back.
    var removed: [Declared] = []
    /// Files that cannot be read, with what stands in them.
    var spoiled: [String: String] = [:]
    /// Whether nothing is left in the directory.
    var isEmptied = false
    private var count = 0

    init(clusters: [String], policy: WorldPolicy) {
        self.clusters = clusters
        self.policy = policy
    }

    /// Three to seven servers, some of them in a set.
    init(drawnWith dice: inout Dice) {
        clusters = dice.chance(0.3) ? ["east", "west"] : ["east"]
        policy = WorldPolicy(drawnWith: &dice)
        var open = dice.pick([3, 3, 4, 4, 5, 6, 7]) ?? 3
        if dice.chance(0.5) {
            let size = dice.number(2...min(3, open - 1))
            open -= size
            var model = drawn(with: &dice)
            model.vmid = nil
            model.address = nil
            groups.append(Group(name: model.name.replacing("s-", with: "set-"), model: model, size: size))
        }
        for _ in 0..<open {
            let server = drawn(with: &dice)
            servers.append(server)
        }
    }

    mutating func nextName() -> String {
        count += 1
        return "s-\(count)"
    }

    mutating func drawn(with dice: inout Dice) -> Declared {
        var server = Declared(name: nextName(), cluster: dice.pick(clusters) ?? "east")
        server.env = dice.pick(["a", "b"]) ?? "a"
        server.isContainer = dice.chance(0.35)
        server.cores = dice.number(1...3)
        server.memory = dice.pick([512, 1024]) ?? 512
        server.node = dice.pick([nil, "pve1", "pve2", "pve3"]) ?? nil
        // The same numbers in both clusters, where somebody chose them.
        if dice.chance(0.2) { server.vmid = 150 + count }
        if dice.chance(0.4) { server.address = "10.0.0.\(10 + count)/24" }
        server.isProtected = dice.chance(0.12)
        server.isForgotten = dice.chance(0.12)
        server.power = dice.pick([nil, nil, nil, "running", "stopped"]) ?? nil
        return server
    }

    // MARK: What it says

    /// Whether the whole of it can be read; otherwise nobody is to be removed.
    var isReadable: Bool { spoiled.isEmpty && !isEmptied }

    /// Whether some document, readable or not, means a server of that name, or one that had it before.
    func claims(_ name: String) -> Bool {
        servers.contains { $0.name == name || $0.formerName == name } || groups.contains { $0.members.contains(name) }
    }

    /// That name, and the new one that a document gives to the server of that name.
    func names(of name: String) -> Set<String> {
        Set([name] + servers.filter { $0.formerName == name }.map(\.name))
    }

    /// Whether a document means a guest of that number.
    func claims(_ vmid: Int, in cluster: String) -> Bool {
        servers.contains { $0.vmid == vmid && $0.cluster == cluster }
    }

    /// The servers that Plumb is to have made in a cluster.
    func managed(in cluster: String) -> Set<String> {
        let single = servers.filter { $0.cluster == cluster && !$0.isObserved }.map(\.name)
        return Set(single + groups.filter { $0.model.cluster == cluster }.flatMap(\.members))
    }

    func isToStand(_ name: String) -> Bool {
        servers.contains { $0.name == name && $0.power == "stopped" }
            || groups.contains { $0.members.contains(name) && $0.model.power == "stopped" }
    }
}
