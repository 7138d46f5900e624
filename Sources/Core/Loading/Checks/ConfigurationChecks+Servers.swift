import Model

extension ConfigurationChecks {
    private struct Owned<Value: Hashable>: Hashable {
        var cluster: Int32
        var value: Value
    }

    /// What the servers of a cluster are compared with.
    private struct ClusterFacts {
        var hasNode: Bool
        var hasTemplate: Bool
        /// What the first static address of a guest gets for a gateway.
        var gateway: IPAddress?
        /// Nodes and templates of a simulated cluster, in lower case; nil: only Proxmox knows.
        var nodes: Set<String>?
        var templates: Set<String>?
    }

    mutating func checkServers() {
        let count = draft.servers.values.count
        // A cluster and 32 bits in one number: half the memory and the time of a structure as key.
        var vmids: [UInt64: Int32] = [:]
        var addresses: [UInt64: Int32] = [:]
        var longAddresses: [Owned<IPAddress>: Int32] = [:]
        var macs: [Owned<String>: Int32] = [:]
        vmids.reserveCapacity(count)
        addresses.reserveCapacity(count)
        let facts = draft.clusters.values.map(facts)
        let conflicts = roleConflicts()
        for position in 0..<count {
            // Fields one by one: a copy of the whole server would cost more than the checks.
            let cluster = draft.servers.values[position].cluster
            let isKnown = check(
                cluster, is: .cluster, in: draft.servers.places[position], member: draft.servers.keys[position],
                "spec.cluster")
            checkRoles(position, conflicts)
            guard isKnown, let owner = names[.cluster]?[cluster.key] else {
                draft.servers.refused.insert(position)
                continue
            }
            if draft.clusters.refused.contains(Int(owner)) { draft.servers.refused.insert(position) }
            check(position, against: facts[Int(owner)])
            if let vmid = draft.servers.values[position].vmid {
                let other = vmids.updateValue(Int32(position), forKey: Self.key(owner, vmid.rawValue))
                if let other { reportOwners("conflict.vmid", vmid.description, "spec.vmid", Int(other), position) }
            }
            var gateway = facts[Int(owner)].gateway
            for (index, network) in draft.servers.values[position].networks.enumerated() {
                if let text = network.address, let cidr = CIDR(text) {
                    let address = cidr.address
                    if network.gateway == nil, let unreachable = gateway, !cidr.contains(unreachable) {
                        warnOfGateway(unreachable, position, index, cluster)
                    }
                    gateway = nil
                    let other =
                        address.family == .v4
                        ? addresses.updateValue(Int32(position), forKey: Self.key(owner, Int(address.value)))
                        : longAddresses.updateValue(Int32(position), forKey: Owned(cluster: owner, value: address))
                    if let other {
                        let field = "spec.networks[\(index)].address"
                        reportOwners("conflict.address", address.description, field, Int(other), position)
                    }
                }
                if let mac = network.mac {
                    let other = macs.updateValue(Int32(position), forKey: Owned(cluster: owner, value: mac))
                    if let other {
                        reportOwners("conflict.mac", mac, "spec.networks[\(index)].mac", Int(other), position)
                    }
                }
            }
        }
    }

    private mutating func warnOfGateway(_ gateway: IPAddress, _ position: Int, _ index: Int, _ cluster: ClusterName) {
        guard mayShow("network.defaultGatewayOutside") else { return }
        let server = draft.servers.values[position]
        let sentence = Sentence(
            "network.defaultGatewayOutside",
            [server.name.text, gateway.description, cluster.text, server.networks[index].address ?? ""])
        let span = span(
            draft.servers.places[position], member: server.name.key, "spec.networks[\(index)].address")
        draft.diagnostics.append(Diagnostic(.warning, sentence, at: span))
    }

    private static func key(_ cluster: Int32, _ number: Int) -> UInt64 {
        UInt64(UInt32(bitPattern: cluster)) << 32 | UInt64(UInt32(truncatingIfNeeded: number))
    }

    private mutating func reportOwners(
        _ code: SentenceCode, _ value: String, _ field: String, _ first: Int, _ second: Int
    ) {
        draft.servers.refused.formUnion([first, second])
        // Two documents of one name were reported already, and of course they agree.
        guard draft.servers.keys[first] != draft.servers.keys[second], mayShow(code) else { return }
        let (one, other) = (draft.servers.values[first], draft.servers.values[second])
        report(
            code, [value, one.name.text, other.name.text],
            at: span(draft.servers.places[second], member: other.name.key, field),
            first: span(draft.servers.places[first], member: one.name.key, field))
    }

    // MARK: Clusters

    private func facts(of cluster: Cluster) -> ClusterFacts {
        var facts = ClusterFacts(
            hasNode: cluster.defaults.node != nil, hasTemplate: cluster.defaults.template != nil,
            gateway: cluster.defaults.gateway.flatMap { IPAddress($0) }, nodes: nil, templates: nil)
        if case .simulated(let simulated) = cluster.source {
            facts.nodes = Set(simulated.nodes.map(\.key))
            facts.templates = Set(simulated.templates.flatMap { [$0.name.lowercased(), $0.vmid.description] })
        }
        return facts
    }

    private mutating func check(_ position: Int, against cluster: ClusterFacts) {
        let node = draft.servers.values[position].node
        let type = draft.servers.values[position].type
        let template = draft.servers.values[position].template
        // A guest that is there needs neither; should it be gone, the plan says what a birth would want.
        let isBorn = draft.servers.values[position].manage == .full && !draft.servers.values[position].adopt
        if node == nil, !cluster.hasNode, isBorn {
            let server = draft.servers.values[position]
            refuse(position, "server.noNode", [server.name.text, server.cluster.text], "spec.cluster")
        }
        if let node, let nodes = cluster.nodes, !nodes.contains(node.key) {
            let shown = nodes.sorted()
            let name = draft.servers.values[position].cluster.text
            refuse(
                position, "reference.node", [node.text, name, shown.joined(separator: ", ")], "spec.node",
                near: Suggestion.nearest(to: node.key, among: shown))
        }
        if type == .container {
            guard template == nil, !cluster.hasTemplate, isBorn else { return }
            refuse(position, "server.noTemplate", [draft.servers.values[position].name.text], "spec.type")
        } else if let template, let templates = cluster.templates {
            let text = template.text
            guard !templates.contains(text), !templates.contains(text.lowercased()) else { return }
            let shown = templates.sorted()
            let name = draft.servers.values[position].cluster.text
            refuse(
                position, "reference.template", [text, name, shown.joined(separator: ", ")], "spec.template",
                near: Suggestion.nearest(to: text, among: shown))
        }
    }

    private mutating func refuse(
        _ position: Int, _ code: SentenceCode, _ arguments: [String], _ field: String, near: String? = nil
    ) {
        draft.servers.refused.insert(position)
        guard mayShow(code) else { return }
        let span = span(draft.servers.places[position], member: draft.servers.values[position].name.key, field)
        let fixIts = near.map { [Diagnostic.FixIt(span: span, replacement: $0)] }
        draft.diagnostics.append(Diagnostic(.error, Sentence(code, arguments), at: span, fixIts: fixIts ?? []))
    }

    // MARK: Roles

    /// A role that applies to servers by a selector is theirs as if they named it. Selectors look at what a server
    /// itself names, so that the order of roles says nothing.
    mutating func giveRoles() {
        let applying = draft.roles.values.compactMap { role in role.appliesTo.map { (role.name, $0) } }
        guard !applying.isEmpty else { return }
        for position in draft.servers.values.indices {
            let server = draft.servers.values[position]
            let given = applying.filter { name, selector in
                !server.roles.contains(name)
                    && selector.matches(name: server.name.text, labels: server.metadata.labels, roles: server.roles)
            }
            if !given.isEmpty { draft.servers.values[position].roles += given.map(\.0).sorted() }
        }
    }

    /// Pairs of roles that exclude each other, both ways.
    private func roleConflicts() -> [String: Set<String>] {
        var conflicts: [String: Set<String>] = [:]
        for role in draft.roles.values {
            for other in role.conflictsWith {
                conflicts[role.name.key, default: []].insert(other.key)
                conflicts[other.key, default: []].insert(role.name.key)
            }
        }
        return conflicts
    }

    private mutating func checkRoles(_ position: Int, _ conflicts: [String: Set<String>]) {
        let roles = draft.servers.values[position].roles
        for (index, role) in roles.enumerated() {
            let (place, key) = (draft.servers.places[position], draft.servers.keys[position])
            let isKnown = check(role, is: .role, in: place, member: key, "spec.roles[\(index)]", mayStay: true)
            // A role that cannot be read brings unknown tags: better nothing than half of them.
            if !isKnown || isClaimed(.role, role.key) { draft.servers.refused.insert(position) }
            guard let others = conflicts[role.key],
                let other = roles[..<index].first(where: { others.contains($0.key) })
            else { continue }
            let name = draft.servers.values[position].name.text
            refuse(position, "conflict.roles", [name, other.text, role.text], "spec.roles[\(index)]")
        }
    }
}

extension TemplateReference {
    var text: String {
        switch self {
        case .vmid(let vmid): vmid.description
        case .name(let name): name
        }
    }
}
