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

    private static func filled(_ options: [GuestOption]) -> [GuestOption]? {
        options.isEmpty ? nil : options.sorted { $0.name < $1.name }
    }
}
