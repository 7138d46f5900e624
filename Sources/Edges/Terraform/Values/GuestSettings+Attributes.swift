import JSONArena
import Model

/// The attributes of bpg/proxmox 0.111.1, as its state and plans hold them: blocks are lists, `network_device` of a VM
/// is an attribute that holds a list, and a container's description ends in a newline that nobody wrote.
extension GuestSettings {
    /// - Parameter attributes: of a VM's or container's resource; what is missing or null keeps the model's default.
    package init(attributes: JSONNode, of type: GuestType) {
        self.init()
        var addresses: [JSONNode] = []
        // One walk: a resource has some sixty attributes, and a look-up of each by name would be a walk of its own.
        for (name, value) in attributes.members where !value.isNull {
            switch name {
            case "cpu":
                guard let cpu = value[0] else { break }
                cores = cpu["cores"]?.int ?? cores
                sockets = cpu["sockets"]?.int ?? sockets
            case "memory": memory = value[0]?["dedicated"]?.int ?? memory
            case "disk":
                disks = value.elements.compactMap { disk in
                    Disk(attributes: disk, interface: type == .container ? "rootfs" : nil)
                }
            case "network_device" where type == .vm, "network_interface" where type == .container:
                networks = value.elements.compactMap { Network(attributes: $0) }
            case "initialization":
                guard let initialization = value[0] else { break }
                addresses = initialization["ip_config"].map { Array($0.elements) } ?? []
                dns = initialization["dns"]?[0].flatMap { DNS(attributes: $0) }
            case "agent": agent = value[0]?["enabled"]?.bool ?? agent
            case "on_boot" where type == .vm, "start_on_boot" where type == .container: onBoot = value.bool ?? onBoot
            case "tags": tags = Set(value.elements.compactMap { $0.string?.lowercased() }).sorted()
            case "pool_id": pool = value.string.flatMap { $0.isEmpty ? nil : $0 }
            case "description":
                let text = value.string ?? ""
                let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
                description = trimmed.isEmpty ? nil : trimmed
            case "protection": protection = value.bool ?? protection
            default: break
            }
        }
        // `ip_config` blocks belong to the networks by their place.
        for (index, address) in addresses.enumerated() where index < networks.count {
            let ipv4 = address["ipv4"]?[0]
            // The root writes "manual" where a container's network has none, to keep the positions.
            let cidr = ipv4?["address"]?.string ?? ""
            networks[index].address = cidr.isEmpty || cidr == "manual" ? nil : cidr
            networks[index].gateway = ipv4?["gateway"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        disks.sort { $0.interface < $1.interface }
    }
}

extension GuestSettings.Disk {
    fileprivate init?(attributes node: JSONNode, interface: String?) {
        guard let interface = interface ?? node["interface"]?.string, let size = node["size"]?.int else { return nil }
        self.init(interface: interface, datastore: node["datastore_id"]?.string ?? "", size: size)
        format = node["file_format"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        ssd = node["ssd"]?.bool ?? false
    }
}

extension GuestSettings.Network {
    fileprivate init?(attributes node: JSONNode) {
        guard let bridge = node["bridge"]?.string else { return nil }
        self.init(bridge: bridge)
        vlan = node["vlan_id"]?.int.flatMap { $0 == 0 ? nil : $0 }
        mac = node["mac_address"]?.string.flatMap { $0.isEmpty ? nil : $0.uppercased() }
    }
}

extension GuestSettings.DNS {
    fileprivate init?(attributes node: JSONNode) {
        self.init()
        servers = node["servers"]?.elements.compactMap(\.string) ?? []
        domain = node["domain"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        if servers.isEmpty, domain == nil { return nil }
    }
}
