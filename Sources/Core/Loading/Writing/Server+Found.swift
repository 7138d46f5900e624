import Model

extension Server {
    /// The declaration that a guest fulfils as it is: what was found, in an operator's words.
    ///
    /// - Parameters:
    ///   - name: a DNS label.
    ///   - settings: what the guest has.
    package init(
        found name: ServerName, vmid: VMID, type: GuestType, settings: GuestSettings, in cluster: ClusterName
    ) {
        self.init(name: name, cluster: cluster)
        self.type = type
        self.vmid = vmid
        cores = settings.cores
        sockets = type == .vm ? settings.sockets : 1
        memory = .mebibytes(settings.memory)
        disks = settings.disks.map { found in
            var disk = Disk(size: .gibibytes(max(1, found.size)))
            disk.datastore = found.datastore.isEmpty ? nil : found.datastore
            disk.interface = found.interface
            disk.format = found.format
            disk.ssd = found.ssd
            return disk
        }
        networks = settings.networks.map { found in
            var network = Network()
            network.bridge = found.bridge.isEmpty ? nil : found.bridge
            network.vlan = found.vlan
            network.mac = found.mac
            network.address = found.address
            network.gateway = found.gateway
            return network
        }
        if let found = settings.dns {
            var dns = DNS()
            dns.servers = found.servers
            dns.domain = found.domain
            self.dns = dns
        }
        agent = type == .vm && settings.agent
        onBoot = settings.onBoot
        tags = settings.tags.filter { $0 != OwnershipMark.tag }
        pool = settings.pool
        description = settings.description
        protect = settings.protection
    }
}
