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
        var nodes: KnownNames?
        var templates: KnownNames?
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
        for position in 0..<count {
            // Fields one by one: a copy of the whole server would cost more than the checks.
            let cluster = draft.servers.values[position].cluster
            let isKnown = check(
                cluster, is: .cluster, in: draft.servers.places[position], member: draft.servers.keys[position],
                "spec.cluster")
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
            facts.nodes = KnownNames(simulated.nodes.map(\.key))
            facts.templates = KnownNames(simulated.templates.flatMap { [$0.name.lowercased(), $0.vmid.description] })
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
        if let node, let nodes = cluster.nodes, !nodes.all.contains(node.key) {
            let name = draft.servers.values[position].cluster.text
            refuse(position, "reference.node", [node.text, name], "spec.node", instead: nodes)
        }
        if type == .container {
            guard template == nil, !cluster.hasTemplate, isBorn else { return }
            refuse(position, "server.noTemplate", [draft.servers.values[position].name.text], "spec.type")
        } else if let template, let templates = cluster.templates {
            let text = template.text
            guard !templates.all.contains(text), !templates.all.contains(text.lowercased()) else { return }
            let name = draft.servers.values[position].cluster.text
            refuse(position, "reference.template", [text, name], "spec.template", instead: templates)
        }
    }

    /// - Parameter instead: the names that would be right; the first argument is nearest to one of them.
    private mutating func refuse(
        _ position: Int, _ code: SentenceCode, _ arguments: [String], _ field: String, instead: KnownNames? = nil
    ) {
        draft.servers.refused.insert(position)
        guard mayShow(code) else { return }
        let span = span(draft.servers.places[position], member: draft.servers.values[position].name.key, field)
        let near = instead.flatMap { suggestions.nearest(to: arguments[0], among: $0.sorted) }
        let fixIts = near.map { [Diagnostic.FixIt(span: span, replacement: $0)] }
        let sentence = Sentence(code, arguments + (instead.map { [$0.shown] } ?? []))
        draft.diagnostics.append(Diagnostic(.error, sentence, at: span, fixIts: fixIts ?? []))
    }
}

/// Names of which one would be right, in lower case.
private struct KnownNames {
    let all: Set<String>
    let sorted: [String]
    /// For people: the first of them.
    let shown: String

    private static let mostShown = 50

    init(_ names: [String]) {
        all = Set(names)
        sorted = all.sorted()
        shown = sorted.prefix(Self.mostShown).joined(separator: ", ") + (sorted.count > Self.mostShown ? ", …" : "")
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
