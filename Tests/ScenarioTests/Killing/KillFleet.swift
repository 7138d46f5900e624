import Foundation

/// What is declared on a stage, and what should therefore be there: written as YAML by the one who keeps this book.
///
/// Servers live in two stacks; a third of them are containers. Every other one is declared as stopped, so that its cores
/// can change in place; the others run, and nobody may ever take their power. Beside them is a guest that somebody made
/// by hand.
struct KillFleet: Sendable {
    struct Declared: Hashable, Sendable {
        var name: String
        /// The stack, by its label.
        var env = "a"
        var cores = 2
        var tags: [String] = []
        var formerName: String?
        /// The guest that it takes over.
        var adopted: Int?
        var isStopped = false
        var isContainer = false
        /// In GiB.
        var memory = 2
        /// In GiB; each server's own: one that is made beside another's end would be taken for its new name otherwise.
        var diskSize = 8
        /// Whether it lived before the present round: then it must be the same guest afterwards.
        var isOld = false
    }

    let stage: Stage
    private(set) var servers: [Declared] = []
    /// What the present plan destroys, by name.
    private(set) var removed: Set<String> = []
    /// What it restarts, and what it destroys and makes again.
    private(set) var restarted: Set<String> = []
    private(set) var rebuilt: Set<String> = []
    /// Containers, by the names that they had before, which the provider restarts by what changes.
    private(set) var rebooted: Set<String> = []
    private var count = 0
    private var rebuilds = 0

    init(on stage: Stage) { self.stage = stage }

    /// Whether that is what every server of the fleet is born with.
    static func isAccount(_ text: String) -> Bool { text.hasPrefix("ops ") && text.contains("ops%40lab") }

    private static let image = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"

    static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec:
          simulated:
            nodes: [pve1, pve2]
            templates: [{name: debian-12, vmid: 9000}]
            latency: 20ms
          terraform: {binary: BINARY, stacks: {byLabel: env}}
          defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1, vmidRange: 100-399, user: ops, sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlumbKillRoundsKeyOfTheOps000000000000001 ops@lab"]}
        ---
        apiVersion: plumb/v1
        kind: Policy
        metadata: {name: all}
        spec: {apply: auto, recreate: auto, restarts: allow, rebuild: {backupTo: local}, destroyBudget: {perPlan: 100%}}

        """

    /// A settled fleet of six, and the guest of somebody else, which runs.
    mutating func settle() async throws {
        try stage.write(Self.cluster.replacing("BINARY", with: try stage.heldTerraform()), to: "cluster.yaml")
        for _ in 0..<6 { try add() }
        try await stage.expect(["apply", "--yes"], exit: 0)
        _ = try await stage.call([
            "alice", "POST", "/nodes/pve1/qemu/9000/clone", "newid=500", "name=by-hand", "full=1",
        ])
        _ = try await stage.call(["alice", "POST", "/nodes/pve1/qemu/500/status/start"])
    }

    /// Changes what is declared, so that the next plan is of that kind.
    mutating func edit(for kind: KillKind) async throws {
        removed = []
        restarted = []
        rebuilt = []
        rebooted = []
        for index in servers.indices { servers[index].isOld = true }
        while servers.count < 6 || !isVaried { try add() }
        if servers.contains(where: { !$0.isOld }) {
            try await stage.expect(["apply", "--yes"], exit: 0)
            for index in servers.indices { servers[index].isOld = true }
        }
        switch kind {
        case .create: for isContainer in [false, true] { try add(isContainer: isContainer) }
        case .update: for index in try [0, 1, 2, first(isContainer: true, besides: 0..<3)] { try update(index) }
        case .destroy: for isContainer in [false, true] { try remove(first(isContainer: isContainer)) }
        case .adopt: for _ in 0..<2 { try await adopt() }
        case .rename: for isContainer in [false, true] { try rename(first(isContainer: isContainer)) }
        case .move: for isContainer in [false, true] { try move(first(isContainer: isContainer)) }
        case .restart: try await waitForRestart()
        case .rebuild: try await agreeToRebuild()
        case .growth: for isContainer in [false, true] { try grow(isContainer: isContainer) }
        case .mixed:
            try remove(0)
            try remove(0)
            try rename(0)
            try move(1)
            try update(2)
            try update(3)
            try add()
            try await adopt()
        }
    }

    private mutating func nextName() -> String {
        count += 1
        return "s-\(count)"
    }

    /// Those who may end or be made anew, by every name that they have or had: a server that lives is none of them.
    var mayEnd: Set<String> { removed.union(rebuilt).union(servers.filter { !$0.isOld }.map(\.name)) }

    /// Whether there is somebody for every kind of plan: own VMs and containers that run and that stand, and two VMs that
    /// run.
    private var isVaried: Bool {
        let own = servers.filter { $0.adopted == nil }
        return own.count { !$0.isContainer && !$0.isStopped } > 1
            && [(false, true), (true, false), (true, true)].allSatisfy { isContainer, isStopped in
                own.contains { $0.isContainer == isContainer && $0.isStopped == isStopped }
            }
    }

    /// - Parameter others: places that are not meant.
    private func first(isContainer: Bool, besides others: Range<Int> = 0..<0) throws -> Int {
        let found = servers.indices.first { servers[$0].isContainer == isContainer && !others.contains($0) }
        guard let found else { throw StageFailure("no \(isContainer ? "container" : "VM") is left") }
        return found
    }

    /// - Parameter isContainer: nil: two of six are.
    private mutating func add(isContainer: Bool? = nil) throws {
        var server = Declared(name: nextName())
        server.isContainer = isContainer ?? [3, 4].contains(count % 6)
        server.env = count.isMultiple(of: 3) ? "b" : "a"
        server.isStopped = count.isMultiple(of: 2)
        server.diskSize = 5 + count % 60
        servers.append(server)
        try write(server)
    }

    private mutating func update(_ index: Int) throws {
        if servers[index].isStopped { servers[index].cores = servers[index].cores % 8 + 1 }
        servers[index].tags = servers[index].tags.isEmpty ? ["web"] : []
        try write(servers[index])
    }

    /// Something else changes with the disk, so that an entry that went back shows.
    private mutating func grow(isContainer: Bool) throws {
        let found = servers.indices.first { servers[$0].isContainer == isContainer && servers[$0].adopted == nil }
        guard let index = found else { throw StageFailure("no \(isContainer ? "container" : "VM") of its own is left") }
        // By more than the sizes of two servers differ.
        servers[index].diskSize += 60
        servers[index].tags = servers[index].tags.isEmpty ? ["web"] : []
        try write(servers[index])
    }

    private mutating func remove(_ index: Int) throws {
        let server = servers.remove(at: index)
        removed.insert(server.name)
        try FileManager.default.removeItem(atPath: "\(stage.fleet)/\(server.name).yaml")
    }

    /// The renamed one goes to the end, so that no round renames the same again.
    private mutating func rename(_ index: Int) throws {
        var server = servers.remove(at: index)
        try FileManager.default.removeItem(atPath: "\(stage.fleet)/\(server.name).yaml")
        if server.isContainer, !server.isStopped { rebooted.insert(server.name) }
        server.formerName = server.name
        server.name = nextName()
        servers.append(server)
        try write(server)
    }

    private mutating func move(_ index: Int) throws {
        servers[index].env = servers[index].env == "a" ? "b" : "a"
        try write(servers[index])
    }

    /// Somebody makes a guest by hand, and it is declared as it is.
    private mutating func adopt() async throws {
        var server = Declared(name: nextName())
        let vmid = 600 + count
        server.adopted = vmid
        server.isStopped = true
        server.isOld = true
        server.isContainer = count.isMultiple(of: 2)
        if server.isContainer {
            _ = try await stage.call([
                "alice", "POST", "/nodes/pve1/lxc", "vmid=\(vmid)", "hostname=\(server.name)",
                "ostemplate=\(Self.image)", "rootfs=local-lvm:4", "cores=2", "memory=2048",
                "net0=name=eth0,bridge=vmbr0,ip=dhcp",
            ])
        } else {
            let clone = "/nodes/pve1/qemu/9000/clone"
            _ = try await stage.call(["alice", "POST", clone, "newid=\(vmid)", "name=\(server.name)", "full=1"])
            _ = try await stage.call(["alice", "PUT", "/nodes/pve1/qemu/\(vmid)/config", "cores=2", "memory=2048"])
        }
        servers.append(server)
        try write(server)
    }

    /// Two VMs that run get more cores, which are written and wait for their next start. A container that runs gets
    /// another size of memory besides, with which the provider restarts it.
    private mutating func waitForRestart() async throws {
        for index in servers.indices.filter({ !servers[$0].isStopped && !servers[$0].isContainer }).prefix(2) {
            servers[index].cores = servers[index].cores % 8 + 1
            restarted.insert(servers[index].name)
            try write(servers[index])
        }
        try await stage.expect(["apply", "--yes"], exit: 0)
        guard let index = servers.firstIndex(where: { $0.isContainer && !$0.isStopped }) else { return }
        servers[index].memory = 3 - servers[index].memory
        rebooted.insert(servers[index].name)
        try write(servers[index])
    }

    /// Somebody asks for the rebuild of one that runs and one that stands, a VM and a container, and somebody says yes.
    private mutating func agreeToRebuild() async throws {
        rebuilds += 1
        let ofContainer = rebuilds.isMultiple(of: 2)
        let own = servers.filter { $0.adopted == nil }
        rebuilt = Set(
            [
                own.first { !$0.isStopped && $0.isContainer == ofContainer },
                own.first { $0.isStopped && $0.isContainer != ofContainer },
            ].compactMap { $0?.name })
        let said = try await stage.plumb(["rebuild"] + rebuilt.sorted())
        guard let plan = said.matches(of: /Plan ([0-9a-f]{12})\b/).last else {
            throw StageFailure("no plan of a rebuild: \(said)")
        }
        try await stage.expect(["approve", String(plan.1)], exit: 0)
    }

    private func write(_ server: Declared) throws {
        let former = server.formerName.map { ", formerName: \($0)" } ?? ""
        var rest =
            server.adopted.map { "vmid: \($0), adopt: true, onBoot: false, disks: [{size: 4GiB}]" }
            ?? "disks: [{size: \(server.diskSize)GiB}], networks: [{address: dhcp}]"
        if server.isContainer {
            rest += ", type: container, template: \(Self.image)"
            if server.adopted != nil { rest += ", networks: [{address: dhcp}]" }
        }
        let power = server.isStopped ? ", power: stopped" : ""
        let text = """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: \(server.name)\(former), labels: {env: \(server.env)}}
            spec: {cluster: lab, cores: \(server.cores), memory: \(server.memory)GiB, tags: [\(server.tags.joined())]\(power), \(rest)}

            """
        try stage.write(text, to: "\(server.name).yaml")
    }
}

extension Stage {
    /// Runs `plumb`, which must end with that code.
    @discardableResult
    func expect(_ arguments: [String], exit: Int) async throws -> String {
        let said = try await plumb(arguments)
        let code =
            said.split(separator: "\n").last.flatMap { $0.wholeMatch(of: /exit (\d+)/) }.flatMap { Int($0.1) } ?? 0
        guard code == exit else {
            throw StageFailure("plumb \(arguments.joined(separator: " ")) ended with \(code), not \(exit):\n\(said)")
        }
        return said
    }
}
