import Model

extension GuestSettings {
    /// What a guest's configuration says in the model's terms.
    ///
    /// - Parameters:
    ///   - values: the configuration as Proxmox writes it, every value as text.
    ///   - pool: from the listing; a configuration does not name it.
    init(reading values: [String: String], type: GuestType, pool: String?) {
        self.init()
        // What Proxmox assumes where the configuration is silent (qm.conf(5), pct.conf(5)).
        cores = values["cores"].flatMap { Int($0) } ?? 1
        sockets = values["sockets"].flatMap { Int($0) } ?? 1
        memory = Self.memory(values["memory"]) ?? 512
        onBoot = Self.flag(values["onboot"])
        protection = Self.flag(values["protection"])
        tags = TagList.read(values["tags"] ?? "")
        self.pool = pool
        description = Self.description(values["description"])
        dns = Self.dns(values)
        switch type {
        case .vm:
            agent = Self.agent(values["agent"])
            disks = Self.disks(values, prefixes: ["scsi", "virtio", "sata", "ide"])
            networks = Self.numbered(values, "net").map { number, text in
                Self.vmNetwork(text, address: values["ipconfig\(number)"])
            }
        case .container:
            // Mount points are not Plumb's: the root module has no place for them, and leaves them as they are.
            disks = values["rootfs"].flatMap { Self.disk("rootfs", $0) }.map { [$0] } ?? []
            networks = Self.numbered(values, "net").map { Self.containerNetwork($0.text) }
        }
    }

    /// `2048`, or since PVE 8.1 also `current=2048`.
    private static func memory(_ text: String?) -> Int? {
        guard let text else { return nil }
        return Int(text) ?? PropertyString(text)["current"].flatMap { Int($0) }
    }

    private static func flag(_ text: String?) -> Bool { text == "1" }

    /// `1`, or `enabled=1,fstrim_cloned_disks=1`.
    private static func agent(_ text: String?) -> Bool {
        guard let text else { return false }
        let parts = PropertyString(text)
        return parts.bare == "1" || parts.flag("enabled")
    }

    /// Proxmox ends a description with a line break of its own.
    private static func description(_ text: String?) -> String? {
        guard let text, let last = text.lastIndex(where: { !$0.isNewline }) else { return nil }
        return String(text[...last])
    }

    private static func dns(_ values: [String: String]) -> DNS? {
        var dns = DNS()
        dns.servers = (values["nameserver"] ?? "").split { $0 == " " || $0 == "," }.map(String.init)
        dns.domain = values["searchdomain"].flatMap { $0.isEmpty ? nil : $0 }
        return dns.servers.isEmpty && dns.domain == nil ? nil : dns
    }

    /// The values `PREFIX0`, `PREFIX1`, … in ascending order of their numbers.
    private static func numbered(_ values: [String: String], _ prefix: String) -> [(number: Int, text: String)] {
        var found: [(number: Int, text: String)] = []
        for (name, text) in values where name.hasPrefix(prefix) {
            if let number = Int(name.dropFirst(prefix.count)), number >= 0 { found.append((number, text)) }
        }
        return found.sorted { $0.number < $1.number }
    }

    private static func disks(_ values: [String: String], prefixes: [String]) -> [Disk] {
        prefixes.flatMap { prefix in
            numbered(values, prefix).compactMap { disk("\(prefix)\($0.number)", $0.text) }
        }
    }

    /// nil for what is no disk of the guest: a CD drive, cloud-init's drive, a bind mount of a host's directory.
    private static func disk(_ interface: String, _ text: String) -> Disk? {
        let parts = PropertyString(text)
        guard parts["media"] != "cdrom", let volume = parts.bare ?? parts["volume"] ?? parts["file"],
            let colon = volume.firstIndex(of: ":"), colon != volume.startIndex
        else { return nil }
        let name = volume[volume.index(after: colon)...]
        guard !name.hasSuffix("-cloudinit"), !name.hasSuffix("-cloudinit.qcow2"), !name.hasPrefix("cloudinit")
        else { return nil }
        var disk = Disk(
            interface: interface, datastore: String(volume[..<colon]),
            size: parts["size"].flatMap(gibibytes) ?? 0, format: parts["format"] ?? format(of: name),
            ssd: parts.flag("ssd"))
        disk.options = GuestOption.ofDisk(parts)
        return disk
    }

    /// A volume on a file storage says its format by its ending.
    private static func format(of volume: Substring) -> String? {
        ["qcow2", "raw", "vmdk"].first { volume.hasSuffix("." + $0) }
    }

    /// `32G`, `8192M`, `1T`, `4194304K`, or bytes; whole GiB, rounded down.
    private static func gibibytes(_ text: String) -> Int? {
        let shifts: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        guard let unit = text.last else { return nil }
        guard let shift = shifts[unit] else { return Int(text).map { $0 >> 30 } }
        guard let number = Double(text.dropLast()), number >= 0, number < 1e9 else { return nil }
        return Int(number * Double(1 << shift)) >> 30
    }

    /// `virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=10`; the address is cloud-init's `ipconfigN`.
    private static func vmNetwork(_ text: String, address: String?) -> Network {
        let parts = PropertyString(text)
        var network = Network(bridge: parts["bridge"] ?? "")
        network.vlan = parts["tag"].flatMap { Int($0) }
        // The model and the MAC are one part: `virtio=MAC`; also written as `model=virtio,macaddr=MAC`.
        network.mac = (parts["macaddr"] ?? parts.first.map(\.value)).flatMap {
            $0.contains(":") ? $0.uppercased() : nil
        }
        let addressParts = PropertyString(address ?? "")
        network.address = addressParts["ip"]
        network.gateway = addressParts["gw"]
        network.options = GuestOption.ofNetwork(parts, model: parts["model"] ?? parts.first?.name)
        return network
    }

    /// `name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:02,ip=10.0.0.5/24,gw=10.0.0.1,tag=10,type=veth`
    private static func containerNetwork(_ text: String) -> Network {
        let parts = PropertyString(text)
        var network = Network(bridge: parts["bridge"] ?? "")
        network.vlan = parts["tag"].flatMap { Int($0) }
        network.mac = parts["hwaddr"]?.uppercased()
        network.address = parts["ip"].flatMap { $0 == "manual" ? nil : $0 }
        network.gateway = parts["gw"]
        network.options = GuestOption.ofNetwork(parts, model: nil)
        return network
    }
}
