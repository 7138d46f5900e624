import Execution
import Model
import Reconciliation

extension Reconciler {
    /// One whose every port is this world.
    init(_ world: World) {
        let start = Timestamp(seconds: 1_790_000_000)
        self.init(ports: ExecutionPorts(world), stacks: world, ledger: world, clock: { start }, pause: {})
    }
}

extension ExecutionPorts {
    init(_ world: World) {
        self.init(inventory: world, power: world, backup: world, provisioner: world, journal: world, records: world)
    }
}

extension Desired {
    /// Small servers of one cluster; destroys wait for approval and know no budget.
    static func fleet(_ names: [ServerName], edit: (inout Server) -> Void = { _ in }) -> Desired {
        var cluster = Cluster(name: "lab", source: .simulated(.init(nodes: ["pve1", "pve2", "pve3"])))
        cluster.defaults.node = "pve1"
        cluster.defaults.datastore = "local-lvm"
        cluster.defaults.bridge = "vmbr0"
        cluster.defaults.template = .vmid(VMID(9000))
        cluster.defaults.vmidRange = VMID(100)...VMID(140)
        var policy = Policy(name: "all")
        policy.apply = .safe
        policy.destroyBudget = .percent(100)
        var desired = Desired()
        desired.clusters = [cluster]
        desired.policies = [policy]
        desired.servers = names.sorted().map { name in
            var server = Server(name: name, cluster: "lab")
            server.cores = 1
            server.memory = .mebibytes(512)
            edit(&server)
            return server
        }
        return desired
    }
}
