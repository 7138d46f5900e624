import Model

extension GuestOption {
    /// One setting: Proxmox's key, the provider's name for it, and what Proxmox does where it is not written
    /// (qm.conf(5), pct.conf(5)), in the provider's text.
    private struct Known {
        var key: String
        var name: String
        var usual: String
        var isFlag = false

        init(_ key: String, _ name: String, usual: String) {
            self.key = key
            self.name = name
            self.usual = usual
        }

        init(flag key: String, _ name: String, usual: Bool) {
            self.init(key, name, usual: String(usual))
            isFlag = true
        }

        func option(in parts: PropertyString) -> GuestOption? {
            guard let text = parts[key], !text.isEmpty else { return nil }
            let value = isFlag ? String(parts.flag(key)) : text
            return value == usual ? nil : GuestOption(name, value)
        }
    }

    private static let ofDisks = [
        Known("aio", "aio", usual: "io_uring"), Known(flag: "backup", "backup", usual: true),
        Known("cache", "cache", usual: "none"), Known("discard", "discard", usual: "ignore"),
        Known(flag: "iothread", "iothread", usual: false), Known("queues", "queues", usual: "0"),
        Known(flag: "replicate", "replicate", usual: true), Known("serial", "serial", usual: ""),
    ]

    /// Limits of a disk's speed, which the provider has in a block of their own.
    private static let ofDiskSpeed = [
        Known("iops_rd", "speed.iops_read", usual: "0"), Known("iops_rd_max", "speed.iops_read_burstable", usual: "0"),
        Known("iops_wr", "speed.iops_write", usual: "0"),
        Known("iops_wr_max", "speed.iops_write_burstable", usual: "0"), Known("mbps_rd", "speed.read", usual: "0"),
        Known("mbps_rd_max", "speed.read_burstable", usual: "0"), Known("mbps_wr", "speed.write", usual: "0"),
        Known("mbps_wr_max", "speed.write_burstable", usual: "0"),
    ]

    private static let ofNetworks = [
        Known(flag: "firewall", "firewall", usual: false), Known(flag: "link_down", "disconnected", usual: false),
        Known("mtu", "mtu", usual: "0"), Known("queues", "queues", usual: "0"), Known("rate", "rate_limit", usual: "0"),
        Known("trunks", "trunks", usual: ""),
    ]

    static func ofDisk(_ parts: PropertyString) -> [GuestOption]? {
        filled((ofDisks + ofDiskSpeed).compactMap { $0.option(in: parts) })
    }

    /// - Parameter model: of a VM's device; nil of a container's.
    static func ofNetwork(_ parts: PropertyString, model: String?) -> [GuestOption]? {
        var options = ofNetworks.compactMap { $0.option(in: parts) }
        if let model, model != "virtio" { options.append(GuestOption("model", model)) }
        return filled(options)
    }

    /// What an import leaves out of the state where all else is as usual, so that no `ignore_changes` keeps it, and what
    /// the root would set in its place is not what the guest has.
    ///
    /// A VM without `cpu` has `kvm64`, although the provider takes it for another. One without `balloon` has the device,
    /// and the provider has no word for that but silence, which it keeps only at the usual 512 MiB.
    static func ofGuest(_ values: [String: String], type: GuestType) -> [GuestOption]? {
        var options: [GuestOption] = []
        switch type {
        case .vm:
            let emulation = values["cpu"].map(PropertyString.init)
            let processor = emulation.flatMap { $0["cputype"] ?? $0.bare } ?? "kvm64"
            if processor != bornWith { options.append(GuestOption("cpu.type", processor)) }
            if values["numa"] == "1" { options.append(GuestOption("cpu.numa", "true")) }
            if values["balloon"] == nil { options.append(GuestOption("memory.floating", "unset")) }
        case .container:
            if let swap = values["swap"], swap != "512" { options.append(GuestOption("memory.swap", swap)) }
        }
        return filled(options)
    }

    /// The processor that the root gives to VMs that Plumb makes.
    private static let bornWith = "x86-64-v2-AES"

    private static func filled(_ options: [GuestOption]) -> [GuestOption]? {
        options.isEmpty ? nil : options.sorted { $0.name < $1.name }
    }
}
