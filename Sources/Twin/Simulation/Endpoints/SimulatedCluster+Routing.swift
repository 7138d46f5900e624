import JSONArena

/// Which path is whose.
extension SimulatedCluster {
    mutating func route(_ call: Call) throws(Refusal) -> JSONValue {
        let first = call.parts.first ?? ""
        if call.method == .post, call.path == "/access/ticket" { return try ticket(call) }
        if call.identity.isAnonymous { throw .unauthenticated("No ticket") }
        switch first {
        case "": return Self.directory(["access", "cluster", "nodes", "pools", "storage", "version"])
        case "version" where call.parts.count == 1 && call.method == .get:
            return ["release": "9.2", "repoid": "b1d3a6f7c9e04c55", "version": "9.2.4"]
        case "access": return try access(call)
        case "cluster": return try cluster(call)
        case "nodes": return try node(call)
        case "pools": return try pools(call)
        case "storage": return try storages(call)
        case "simulation": return try simulation(call)
        default: throw .unknown(call.method, call.path)
        }
    }

    static func directory(_ names: [String]) -> JSONValue { .array(names.map { ["subdir": .string($0)] }) }

    // MARK: Rights

    func require(_ privilege: String, on path: String, _ call: Call) throws(Refusal) {
        if !access.holds(privilege, on: path, call.identity) { throw .forbidden(path, privilege) }
    }

    /// A right on a guest comes by its number or by its pool.
    func require(_ privilege: String, onGuest vmid: Int, _ call: Call) throws(Refusal) {
        if access.holds(privilege, onGuest: vmid, pool: guests[vmid]?.pool, call.identity) { return }
        throw .forbidden("/vms/\(vmid)", privilege)
    }

    func mayAudit(_ guest: Guest, _ identity: Identity) -> Bool {
        if identity.user == "root@pam" && identity.token == nil { return true }
        return access.holds("VM.Audit", onGuest: guest.vmid, pool: guest.pool, identity)
    }

    /// Writes go through the cluster's file system, which only a majority may change.
    func requireQuorum() throws(Refusal) {
        if !hasQuorum { throw .failed("cluster not ready - no quorum?") }
    }

    // MARK: Nodes

    /// The first node that is online: the one that clients talk to.
    var entryNode: String? { nodes.first { $0.isOnline }?.name }

    /// The node that a path names, if it can be reached.
    func reach(_ name: String) throws(Refusal) -> Node {
        guard let node = nodes.first(where: { $0.name == name }) else {
            throw .failed(
                "hostname lookup '\(name)' failed - failed to get address info for: \(name): Name or service not known")
        }
        if !node.isOnline { throw .unreachable }
        return node
    }

    /// The guest that a path names, where it is said to be.
    func find(_ vmid: Int, _ kind: GuestKind, on node: String) throws(Refusal) -> Guest {
        if let guest = guests[vmid], guest.kind == kind, guest.node == node { return guest }
        let folder = kind == .qemu ? "qemu-server" : "lxc"
        throw .failed("Configuration file 'nodes/\(node)/\(folder)/\(vmid).conf' does not exist")
    }
}
