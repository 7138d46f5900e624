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
        /// Nodes and templates of a simulated cluster, in lower case; nil: only Proxmox knows.
        var nodes: Set<String>?
        var templates: Set<String>?
    }

    mutating func checkServers() {
        let count = draft.servers.values.count
        var vmids: [Owned<Int>: Int32] = [:]
        var addresses: [Owned<IPAddress>: Int32] = [:]
        var macs: [Owned<String>: Int32] = [:]
        vmids.reserveCapacity(count)
        addresses.reserveCapacity(count)
        let facts = draft.clusters.values.map(facts)
        let conflicts = roleConflicts()
        for position in 0..<count {
            let server = draft.servers.values[position]
            let place = draft.servers.places[position]
            let isKnown = check(server.cluster, is: .cluster, in: place, member: server.name.key, "spec.cluster")
            checkRoles(server, position, conflicts)
            guard isKnown, let cluster = names[.cluster]?[server.cluster.key] else {
                draft.servers.refused.insert(position)
                continue
            }
            if draft.clusters.refused.contains(Int(cluster)) { draft.servers.refused.insert(position) }
            check(server, position, against: facts[Int(cluster)])
            if let vmid = server.vmid {
                let owner = vmids.updateValue(Int32(position), forKey: Owned(cluster: cluster, value: vmid.rawValue))
                if let owner { reportOwners("conflict.vmid", vmid.description, "spec.vmid", Int(owner), position) }
            }
            for (index, network) in server.networks.enumerated() {
                if let text = network.address, let address = CIDR(text)?.address {
                    let owner = addresses.updateValue(Int32(position), forKey: Owned(cluster: cluster, value: address))
                    if let owner {
                        let field = "spec.networks[\(index)].address"
                        reportOwners("conflict.address", address.description, field, Int(owner), position)
                    }
                }
                if let mac = network.mac {
                    let owner = macs.updateValue(Int32(position), forKey: Owned(cluster: cluster, value: mac))
                    if let owner {
                        reportOwners("conflict.mac", mac, "spec.networks[\(index)].mac", Int(owner), position)
                    }
                }
            }
        }
    }

    private mutating func reportOwners(
        _ code: SentenceCode, _ value: String, _ field: String, _ first: Int, _ second: Int
    ) {
        draft.servers.refused.formUnion([first, second])
        guard mayShow(code) else { return }
        let (one, other) = (draft.servers.values[first], draft.servers.values[second])
        report(
            code, [value, one.name.text, other.name.text],
            at: span(draft.servers.places[second], member: other.name.key, field),
            first: span(draft.servers.places[first], member: one.name.key, field))
    }

    // MARK: Clusters

    private func facts(of cluster: Cluster) -> ClusterFacts {
        var facts = ClusterFacts(
            hasNode: cluster.defaults.node != nil, hasTemplate: cluster.defaults.template != nil, nodes: nil,
            templates: nil)
        if case .simulated(let simulated) = cluster.source {
            facts.nodes = Set(simulated.nodes.map(\.key))
            facts.templates = Set(simulated.templates.flatMap { [$0.name.lowercased(), $0.vmid.description] })
        }
        return facts
    }

    private mutating func check(_ server: Server, _ position: Int, against cluster: ClusterFacts) {
        if server.node == nil, !cluster.hasNode, server.manage == .full {
            refuse(position, "server.noNode", [server.name.text, server.cluster.text], "spec.cluster")
        }
        if let node = server.node, let nodes = cluster.nodes, !nodes.contains(node.key) {
            let shown = nodes.sorted().joined(separator: ", ")
            refuse(
                position, "reference.node", [node.text, server.cluster.text, shown], "spec.node",
                near: Suggestion.nearest(to: node.key, among: nodes))
        }
        if server.type == .container {
            guard server.template == nil, !cluster.hasTemplate, server.manage == .full else { return }
            refuse(position, "server.noTemplate", [server.name.text], "spec.type")
        } else if let template = server.template, let templates = cluster.templates {
            let text = template.text
            guard !templates.contains(text.lowercased()) else { return }
            refuse(
                position, "reference.template",
                [text, server.cluster.text, templates.sorted().joined(separator: ", ")],
                "spec.template", near: Suggestion.nearest(to: text, among: templates.sorted()))
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

    private mutating func checkRoles(_ server: Server, _ position: Int, _ conflicts: [String: Set<String>]) {
        for (index, role) in server.roles.enumerated() {
            let place = draft.servers.places[position]
            let isKnown = check(role, is: .role, in: place, member: server.name.key, "spec.roles[\(index)]")
            // A role that cannot be read brings unknown tags: better nothing than half of them.
            if !isKnown || isClaimed(.role, role.key) { draft.servers.refused.insert(position) }
            guard let others = conflicts[role.key],
                let other = server.roles[..<index].first(where: { others.contains($0.key) })
            else { continue }
            refuse(
                position, "conflict.roles", [server.name.text, other.text, role.text], "spec.roles[\(index)]")
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
