import JSONArena
import Model

/// The attributes of bpg/proxmox 0.111.1, as its state and plans hold them: blocks are lists, `network_device` of a VM
/// is an attribute that holds a list, and a container's description ends in a newline that nobody wrote.
extension GuestSettings {
    private static let names: [StaticString] = [
        "cpu", "memory", "disk", "initialization", "agent", "tags", "pool_id", "description", "protection",
    ]
    private static let namesOfVM: [StaticString] = names + ["network_device", "on_boot"]
    private static let namesOfContainer: [StaticString] = names + ["network_interface", "start_on_boot"]

    /// - Parameter attributes: of a VM's or container's resource; what is missing or null keeps the model's default.
    package init(attributes: JSONNode, of type: GuestType) {
        self.init()
        let values = attributes.values(named: type == .vm ? Self.namesOfVM : Self.namesOfContainer)
        if let cpu = values[0]?[0] {
            cores = cpu["cores"]?.int ?? cores
            sockets = cpu["sockets"]?.int ?? sockets
        }
        memory = values[1]?[0]?["dedicated"]?.int ?? memory
        if let blocks = values[2] {
            disks = blocks.elements.compactMap { Disk(attributes: $0, interface: type == .container ? "rootfs" : nil) }
            disks.sort { $0.interface < $1.interface }
        }
        agent = values[4]?[0]?["enabled"]?.bool ?? agent
        if let set = values[5] { tags = Set(set.elements.compactMap { $0.string?.lowercased() }).sorted() }
        pool = values[6]?.filledString
        if let text = values[7]?.filledString {
            let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
            description = trimmed.isEmpty ? nil : trimmed
        }
        protection = values[8]?.bool ?? protection
        if let blocks = values[9] { networks = blocks.elements.compactMap { Network(attributes: $0) } }
        onBoot = values[10]?.bool ?? onBoot
        if let initialization = values[3]?[0] { read(initialization) }
    }

    private mutating func read(_ initialization: JSONNode) {
        dns = initialization["dns"]?[0].flatMap { DNS(attributes: $0) }
        guard let addresses = initialization["ip_config"] else { return }
        // `ip_config` blocks belong to the networks by their place.
        for (index, address) in addresses.elements.enumerated() where index < networks.count {
            let ipv4 = address["ipv4"]?[0]
            // The root writes "manual" where a container's network has none, to keep the positions.
            let cidr = ipv4?["address"]?.filledString
            networks[index].address = cidr == "manual" ? nil : cidr
            networks[index].gateway = ipv4?["gateway"]?.filledString
        }
    }
}

extension JSONNode {
    /// A string that is not empty: the provider writes "" and null for the same.
    fileprivate var filledString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }
}

extension GuestSettings.Disk {
    fileprivate init?(attributes node: JSONNode, interface: String?) {
        guard let interface = interface ?? node["interface"]?.string, let size = node["size"]?.int else { return nil }
        self.init(interface: interface, datastore: node["datastore_id"]?.string ?? "", size: size)
        format = node["file_format"]?.filledString
        ssd = node["ssd"]?.bool ?? false
    }
}

extension GuestSettings.Network {
    fileprivate init?(attributes node: JSONNode) {
        guard let bridge = node["bridge"]?.string else { return nil }
        self.init(bridge: bridge)
        vlan = node["vlan_id"]?.int.flatMap { $0 == 0 ? nil : $0 }
        mac = node["mac_address"]?.filledString?.uppercased()
    }
}

extension GuestSettings.DNS {
    fileprivate init?(attributes node: JSONNode) {
        self.init()
        servers = node["servers"]?.elements.compactMap(\.string) ?? []
        domain = node["domain"]?.filledString
        if servers.isEmpty, domain == nil { return nil }
    }
}
