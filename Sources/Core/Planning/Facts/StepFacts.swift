import Model

/// Collects what a step relies on: by meaning, so that a comment, another server's change or the plan's own first batch
/// moves nothing.
struct StepFacts {
    private(set) var facts: [Fact] = []

    mutating func add(_ topic: Fact.Topic, _ path: String, _ value: String?) {
        facts.append(Fact(topic, path, value ?? ""))
    }

    /// Everything that the declaration wants of the server. Its node counts only where the declaration names it, and
    /// its description without the mark, which is a fact of its own.
    mutating func addDesired(_ configuration: ServerConfiguration, _ server: Server) {
        let birth = configuration.birth
        let settings = configuration.settings
        add(.desired, "type", birth.type.rawValue)
        if let node = server.node { add(.desired, "node", node.key) }
        if let vmid = server.vmid { add(.desired, "vmid", vmid.description) }
        add(.desired, "template", birth.templateFile ?? birth.template?.vmid.description)
        add(.desired, "cloudInit.user", birth.user)
        add(.desired, "cloudInit.passwordFrom", birth.passwordSecret)
        add(.desired, "cloudInit.sshKeys", birth.sshKeys.joined(separator: "\n"))
        add(.desired, "cores", String(settings.cores))
        add(.desired, "sockets", String(settings.sockets))
        add(.desired, "memory", "\(settings.memory)MiB")
        for disk in settings.disks { add(.desired, "disks[\(disk.interface)]", disk.text) }
        for (position, network) in settings.networks.enumerated() {
            add(.desired, "networks[\(position)]", network.text)
        }
        add(.desired, "dns", settings.dns?.text)
        add(.desired, "agent", String(settings.agent))
        add(.desired, "onBoot", String(settings.onBoot))
        add(.desired, "tags", settings.tags.joined(separator: ";"))
        add(.desired, "pool", settings.pool)
        add(.desired, "description", server.description)
        add(.desired, "protection", String(settings.protection))
    }

    /// Who the guest is. Its node and whether it runs are no part of that.
    mutating func addIdentity(_ guest: GuestReference) {
        add(.guest, "vmid", guest.vmid.description)
        add(.guest, "type", guest.type.rawValue)
        add(.guest, "mark", guest.mark?.id)
        if let machine = guest.identity?.machineID { add(.guest, "machine", machine) }
    }

    mutating func addState(_ one: ServerCase) {
        guard let resource = one.resource, let stack = one.resourceStack else {
            add(.state, "stack", nil)
            return
        }
        add(.state, "stack", stack.description)
        add(.state, "vmid", resource.vmid.description)
        add(.state, "isTainted", String(resource.isTainted))
    }

    /// What the guest has now of what the step changes.
    mutating func addBefore(_ changes: [AttributeChange]) {
        for change in changes where change.path != "description" { add(.guest, change.path, change.before) }
    }

    var sorted: [Fact] { facts.sorted() }
}

extension StepFacts {
    /// What a guest is, where all of it is at stake.
    init(of settings: GuestSettings) {
        add(.guest, "cores", String(settings.cores))
        add(.guest, "memory", "\(settings.memory)MiB")
        for disk in settings.disks { add(.guest, "disks[\(disk.interface)]", disk.text) }
        for (position, network) in settings.networks.enumerated() {
            add(.guest, "networks[\(position)]", network.text)
        }
        add(.guest, "tags", settings.tags.joined(separator: ";"))
        // The mark's line is a fact of its own.
        let isMarked = settings.description.flatMap(OwnershipMark.init(readingDescription:)) != nil
        let lines = (settings.description ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        add(.guest, "description", lines.dropLast(isMarked ? 1 : 0).joined(separator: "\n"))
        add(.guest, "protection", String(settings.protection))
    }
}
