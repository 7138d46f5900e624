import Model

extension WrittenDocument {
    package init(_ server: Server) {
        var spec: WrittenMembers = [.init("cluster", .text(server.cluster.text))]
        spec.add("type", server.type, default: GuestType.vm.rawValue)
        spec.add("node", server.node?.text)
        spec.add("vmid", server.vmid?.rawValue)
        spec.add("template", server.template)
        spec.add("cores", server.cores)
        spec.add("sockets", server.sockets, default: 1)
        spec.add("memory", word: server.memory.description)
        if !server.disks.isEmpty { spec.add("disks", .list(server.disks.map { .map($0.members) })) }
        if !server.networks.isEmpty { spec.add("networks", .list(server.networks.map { .map($0.members) })) }
        if let dns = server.dns {
            var members: WrittenMembers = []
            members.add("servers", texts: dns.servers)
            members.add("domain", dns.domain)
            spec.add("dns", .map(members))
        }
        if let cloudInit = server.cloudInit {
            var members: WrittenMembers = []
            members.add("user", cloudInit.user)
            members.add("passwordFrom", cloudInit.password)
            members.add("sshKeys", texts: cloudInit.sshKeys)
            spec.add("cloudInit", .map(members))
        }
        spec.add("agent", server.agent)
        spec.add("onBoot", server.onBoot, default: true)
        spec.add("tags", texts: server.tags)
        spec.add("pool", server.pool)
        spec.add("description", server.description)
        spec.add("roles", texts: server.roles.map(\.text))
        spec.add("power", server.power, default: Server.Power.unmanaged.rawValue)
        spec.add("manage", server.manage, default: Server.Manage.full.rawValue)
        spec.add("protect", server.protect)
        spec.add("adopt", server.adopt)
        spec.add("onRemove", server.onRemove, default: Server.OnRemove.destroy.rawValue)
        spec.add("ignore", texts: server.ignore)
        spec.add("dependsOn", texts: server.dependsOn.map(\.text))
        self.init(.server, server.name.text, server.metadata, spec, by: Declarations.server.shape)
    }

    package init(_ role: Role) {
        var spec: WrittenMembers = []
        spec.add("description", role.description)
        spec.add("tags", texts: role.tags)
        spec.add("firewallGroup", role.firewallGroup)
        spec.add("conflictsWith", texts: role.conflictsWith.map(\.text))
        let services = role.services.map { service -> WrittenValue in
            .map([.init("name", .text(service.name)), .init("port", .word(String(service.port)))])
        }
        if !services.isEmpty { spec.add("services", .list(services)) }
        self.init(.role, role.name.text, role.metadata, spec, by: Declarations.role.shape)
    }

    /// A cluster that is reached over the network, with what its servers have in common.
    package init(_ name: ClusterName, at endpoint: Cluster.Endpoint, defaults: Cluster.Defaults) {
        var proxmox: WrittenMembers = [.init("endpoint", .text(endpoint.url))]
        proxmox.add("tokenFrom", endpoint.token)
        switch endpoint.trust {
        case .system: break
        case .caFile(let path): proxmox.add("tls", .map([.init("caFile", .text(path))]))
        case .fingerprint(let print): proxmox.add("tls", .map([.init("fingerprint", .text(print))]))
        case .insecure: proxmox.add("tls", .map([.init("insecure", .word("true"))]))
        }
        var common: WrittenMembers = []
        common.add("node", defaults.node?.text)
        common.add("datastore", defaults.datastore)
        common.add("bridge", defaults.bridge)
        common.add("gateway", defaults.gateway)
        common.add("template", defaults.template)
        common.add("user", defaults.user)
        common.add("sshKeys", texts: defaults.sshKeys)
        var spec: WrittenMembers = [.init("proxmox", .map(proxmox))]
        spec.add("defaults", map: common)
        self.init(.cluster, name.text, Metadata(), spec, by: Declarations.cluster.shape)
    }
}

extension Server.Disk {
    fileprivate var members: WrittenMembers {
        var members: WrittenMembers = [.init("size", .word(size.description))]
        members.add("datastore", datastore)
        members.add("interface", interface)
        members.add("format", format)
        members.add("ssd", ssd)
        return members
    }
}

extension Server.Network {
    fileprivate var members: WrittenMembers {
        var members: WrittenMembers = []
        members.add("bridge", bridge)
        members.add("vlan", vlan)
        members.add("address", address)
        members.add("gateway", gateway)
        members.add("mac", mac)
        return members
    }
}
