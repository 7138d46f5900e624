import Model

/// The VMIDs of one cluster that a new guest may have.
struct VMIDPool {
    private var taken: Set<VMID>
    let range: ClosedRange<VMID>
    private var next: Int

    init(_ view: FleetView, cluster: Int) {
        let input = view.input
        let name = view.clusters[cluster].name
        range = view.clusters[cluster].declaration?.defaults.vmidRange ?? VMID(100)...VMID(999_999_999)
        next = range.lowerBound.rawValue
        taken = Set(view.clusters[cluster].guests.map(\.vmid))
        for server in input.desired.servers where server.cluster == name {
            if let vmid = server.vmid { taken.insert(vmid) }
        }
        for server in input.recorded.servers where server.stack.cluster == name { taken.insert(server.vmid) }
        for lease in input.recorded.leases where lease.cluster == name { taken.insert(lease.vmid) }
        for stack in input.observed.stacks where stack.id.cluster == name {
            for entry in stack.tfvars.entries.configurations { taken.insert(entry.birth.vmid) }
            for resource in stack.state.value?.resources ?? [] { taken.insert(resource.vmid) }
        }
        for template in input.desired.clusters.first(where: { $0.name == name })?.simulatedTemplates ?? [] {
            taken.insert(template)
        }
    }

    /// The lowest free number; nil: the range is full.
    mutating func draw() -> VMID? {
        while next <= range.upperBound.rawValue {
            let vmid = VMID(next)
            next += 1
            if taken.insert(vmid).inserted { return vmid }
        }
        return nil
    }
}

extension Cluster {
    fileprivate var simulatedTemplates: [VMID] {
        switch source {
        case .proxmox: []
        case .simulated(let simulated): simulated.templates.map(\.vmid)
        }
    }
}
