import Model

/// Turns a declaration into the settings that Terraform writes, defaults and roles filled in.
struct SettingsResolver {
    let roles: [RoleName: Role]
    private static let markTags = [OwnershipMark.tag]

    init(roles: [RoleName: Role]) { self.roles = roles }

    /// - Parameter description: the operator's text with the mark below it.
    func settings(of server: Server, defaults: Cluster.Defaults?, description: String) -> GuestSettings {
        var settings = GuestSettings()
        settings.cores = server.cores
        settings.sockets = server.type == .vm ? server.sockets : 1
        settings.memory = server.memory.mebibytes
        if !server.disks.isEmpty { settings.disks = disks(of: server, defaults) }
        if !server.networks.isEmpty { settings.networks = networks(of: server, defaults) }
        if let dns = server.dns {
            var resolved = GuestSettings.DNS()
            resolved.servers = dns.servers
            resolved.domain = dns.domain
            settings.dns = resolved
        }
        settings.agent = server.type == .vm && server.agent
        settings.onBoot = server.onBoot
        settings.tags = tags(of: server)
        settings.pool = server.pool
        settings.description = description
        settings.protection = server.protect
        return settings
    }

    func tags(of server: Server) -> [String] {
        if server.tags.isEmpty && server.roles.isEmpty { return Self.markTags }
        var tags = server.tags.map { $0.lowercased() }
        for role in server.roles { tags += (roles[role]?.tags ?? []).map { $0.lowercased() } }
        tags.append(OwnershipMark.tag)
        tags.sort()
        return tags.reduce(into: []) { unique, tag in
            if unique.last != tag { unique.append(tag) }
        }
    }

    /// An empty datastore means that neither the server nor the cluster names one.
    private func disks(of server: Server, _ defaults: Cluster.Defaults?) -> [GuestSettings.Disk] {
        server.disks.enumerated().map { position, disk in
            let name =
                switch server.type {
                case .vm: "scsi\(position)"
                case .container: "rootfs"
                }
            return GuestSettings.Disk(
                interface: disk.interface ?? name, datastore: disk.datastore ?? defaults?.datastore ?? "",
                size: (disk.size.bytes + (1 << 30) - 1) >> 30, format: disk.format, ssd: disk.ssd)
        }
    }

    /// The default gateway goes to the first address that is not asked of DHCP: a guest has one.
    private func networks(of server: Server, _ defaults: Cluster.Defaults?) -> [GuestSettings.Network] {
        var gateway = defaults?.gateway
        return server.networks.map { network in
            var resolved = GuestSettings.Network(bridge: network.bridge ?? defaults?.bridge ?? "vmbr0")
            resolved.vlan = network.vlan
            resolved.mac = network.mac?.uppercased()
            resolved.address = network.address
            resolved.gateway = network.gateway
            if let address = network.address, address.contains("/") {
                resolved.gateway = network.gateway ?? gateway
                gateway = nil
            }
            return resolved
        }
    }
}
