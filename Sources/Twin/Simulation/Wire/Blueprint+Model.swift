import Model

extension Blueprint {
    /// The cluster that a `Cluster` document with `simulated` describes.
    ///
    /// Beside root's token for Plumb it has one for a person who works behind Plumb's back, `alice@pve!cli`
    /// (PVEAdmin), and one that may see nothing, `blind@pve!cli`.
    package init(_ simulated: Cluster.Simulated, name: ClusterName) {
        self.init(name: name.text, nodes: simulated.nodes.map { Node($0.text) })
        templates = simulated.templates.map { template in
            var made = Template(name: template.name, vmid: template.vmid.rawValue)
            made.node = template.node?.text
            made.disk = template.disk
            return made
        }
        latency = simulated.latency
        seed = simulated.seed
        faults = simulated.faults.map(FaultRule.init)
        users = [User("alice@pve", password: "alice", rights: [Right("/", ["PVEAdmin"])]), User("blind@pve")]
        tokens += [Token(id: "alice@pve!cli"), Token(id: "blind@pve!cli")]
    }
}

extension FaultRule {
    package init(_ fault: Cluster.Fault) {
        let effect: Effect =
            switch fault.effect {
            case .delay(let span): .delay(span)
            case .error(let status, let text): .error(status: status, text: text)
            case .hang: .hang
            case .truncate: .truncate
            case .loseAnswer: .loseAnswer
            }
        self.init(on: fault.on, guest: fault.guest, chance: fault.chance, times: fault.times, effect: effect)
    }
}
