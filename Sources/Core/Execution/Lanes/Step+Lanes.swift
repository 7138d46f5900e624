import Model

extension Step {
    /// The lanes that it is in while Terraform works on it; none for what changes no guest.
    var lanes: Set<Lane> {
        switch action {
        case .create(let creation), .recreate(let creation): creation.configuration.birthLanes
        case .update(let change): [.cluster, .node(change.guest.node)]
        case .destroy(let removal): [.cluster, .node(removal.guest.node)]
        case .adopt(let adoption): [.cluster, .node(adoption.guest.node)]
        case .power(let change): [.cluster, .node(change.guest.node)]
        case .restart(let restart): [.cluster, .node(restart.guest.node)]
        // One half after the other, each in lanes of its own.
        case .rebuild(let rebuild): rebuild.creation.configuration.birthLanes.union([.node(rebuild.removal.guest.node)])
        case .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register, .updateRegistration,
            .unregister:
            []
        }
    }
}

extension ServerConfiguration {
    /// A clone is a task of the template's node, and where that is another one a migration to its own follows.
    fileprivate var birthLanes: Set<Lane> {
        var lanes: Set<Lane> = [.cluster, .node(birth.node)]
        if let disk = settings.disks.first { lanes.insert(.storage(disk.datastore)) }
        guard let template = birth.template else { return lanes }
        return lanes.union([.node(template.node), .template(template.vmid)])
    }
}
