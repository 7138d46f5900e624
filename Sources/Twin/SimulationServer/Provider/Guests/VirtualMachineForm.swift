/// The forms in which bpg/proxmox sends a VM's configuration.
struct VirtualMachineForm {
    let state: TerraformValue

    static func flag(_ value: Bool) -> String { value ? "1" : "0" }

    /// `a;b`, sorted.
    static func tags(_ state: TerraformValue) -> String {
        state["tags"].elements.map { $0.string.trimmedOfWhitespace }.filter { !$0.isEmpty }.sorted()
            .joined(separator: ";")
    }

    private var cpuBlock: TerraformValue { state["cpu"].block }

    /// The processor settings; those of a VM without a `cpu` block are the defaults.
    var cpu: [String: String] {
        var form = [
            "cores": String(cpuBlock["cores"].integer ?? 1), "sockets": String(cpuBlock["sockets"].integer ?? 1),
            "numa": Self.flag(cpuBlock["numa"].isTrue),
        ]
        let type = cpuBlock["type"].text ?? "qemu64"
        let flags = cpuBlock["flags"].elements.map(\.string)
        form["cpu"] = flags.isEmpty ? type : "cputype=\(type),flags=\(flags.joined(separator: ";"))"
        if let count = cpuBlock["hotplugged"].integer, count > 0 { form["vcpus"] = String(count) }
        if let limit = cpuBlock["limit"].decimal, limit != "0" { form["cpulimit"] = limit }
        if let units = cpuBlock["units"].integer, units > 0 { form["cpuunits"] = String(units) }
        if !cpuBlock["affinity"].string.isEmpty { form["affinity"] = cpuBlock["affinity"].string }
        if !cpuBlock["architecture"].string.isEmpty { form["arch"] = cpuBlock["architecture"].string }
        return form
    }

    var memory: [String: String] {
        let block = state["memory"].block
        var form = [
            "memory": String(block["dedicated"].integer ?? 512), "balloon": String(block["floating"].integer ?? 0),
        ]
        if let shared = block["shared"].integer, shared > 0 {
            form["ivshmem"] = "name=vm-\(state["vm_id"].integer ?? 0)-ivshmem,size=\(shared)"
        }
        if !block["hugepages"].string.isEmpty { form["hugepages"] = block["hugepages"].string }
        if block["keep_hugepages"].isTrue { form["keephugepages"] = "1" }
        return form
    }

    var agent: String {
        let block = state["agent"].block
        return "enabled=\(Self.flag(block["enabled"].isTrue)),fstrim_cloned_disks=\(Self.flag(block["trim"].isTrue))"
            + ",type=\(block["type"].text ?? "virtio")"
    }

    /// `net0`, `net1`, …; an interface that is not enabled is not sent.
    var networks: [String: String] {
        var form: [String: String] = [:]
        for (index, device) in state["network_device"].elements.enumerated() where device["enabled"].isTrue {
            var words = ["model=\(device["model"].string)"]
            if !device["bridge"].string.isEmpty { words.append("bridge=\(device["bridge"].string)") }
            words.append("firewall=\(Self.flag(device["firewall"].isTrue))")
            if device["disconnected"].isTrue { words.append("link_down=1") }
            if !device["mac_address"].string.isEmpty { words.append("macaddr=\(device["mac_address"].string)") }
            if let queues = device["queues"].integer, queues != 0 { words.append("queues=\(queues)") }
            if let rate = device["rate_limit"].decimal, rate != "0" { words.append("rate=\(rate)") }
            if let tag = device["vlan_id"].integer, tag != 0 { words.append("tag=\(tag)") }
            if let mtu = device["mtu"].integer, mtu != 0 { words.append("mtu=\(mtu)") }
            if !device["trunks"].string.isEmpty { words.append("trunks=\(device["trunks"].string)") }
            form["net\(index)"] = words.joined(separator: ",")
        }
        return form
    }

    /// The disks that the state has, by interface.
    var disks: [String: TerraformValue] {
        Dictionary(state["disk"].elements.map { ($0["interface"].string, $0) }, uniquingKeysWith: { $1 })
    }

    /// `file=S:20,size=BYTES,aio=…`: a disk that is to be made.
    static func newDisk(_ disk: TerraformValue) -> String {
        let gibibytes = disk["size"].integer ?? 8
        var words = ["file=\(disk["datastore_id"].string):\(gibibytes)"]
        let imported = disk["import_from"].string
        if !imported.isEmpty { words = ["file=\(disk["datastore_id"].string):0", "import-from=\(imported)"] }
        if !disk["file_format"].string.isEmpty { words.append("format=\(disk["file_format"].string)") }
        words.append("size=\(gibibytes << 30)")
        return (words + options(disk)).joined(separator: ",")
    }

    /// The settings of a disk that is there, with its size in bytes where the provider sends one.
    static func disk(_ disk: TerraformValue, volume: String, bytes: Int? = nil) -> String {
        (["file=\(volume)"] + (bytes.map { ["size=\($0)"] } ?? []) + options(disk)).joined(separator: ",")
    }

    /// A disk's settings beside its volume and size.
    private static func options(_ disk: TerraformValue) -> [String] {
        let interface = disk["interface"].string
        var words: [String] = []
        func add(_ key: String, _ text: String) { if !text.isEmpty { words.append("\(key)=\(text)") } }
        add("aio", disk["aio"].string)
        add("backup", flag(disk["backup"].isTrue))
        let speed = disk["speed"].block
        for (key, name) in [
            ("iops_rd", "iops_read"), ("iops_wr", "iops_write"), ("iops_rd_max", "iops_read_burstable"),
            ("iops_wr_max", "iops_write_burstable"),
        ] {
            if let value = speed[name].integer, value > 0 { add(key, String(value)) }
        }
        if !interface.hasPrefix("sata"), !interface.hasPrefix("ide") { add("iothread", flag(disk["iothread"].isTrue)) }
        if let queues = disk["queues"].integer, queues > 0 { add("queues", String(queues)) }
        add("serial", disk["serial"].string)
        if !interface.hasPrefix("virtio") { add("ssd", flag(disk["ssd"].isTrue)) }
        add("discard", disk["discard"].string)
        add("cache", disk["cache"].string)
        for (key, name) in [
            ("mbps_rd_max", "read_burstable"), ("mbps_wr_max", "write_burstable"), ("mbps_rd", "read"),
            ("mbps_wr", "write"),
        ] {
            if let value = speed[name].integer, value > 0 { add(key, String(value)) }
        }
        add("replicate", flag(disk["replicate"].isTrue))
        return words
    }

    /// The cloud-init settings; empty without an `initialization` block.
    var cloudInit: [String: String] {
        let block = state["initialization"].block
        guard !block.isNull else { return [:] }
        var form: [String: String] = [:]
        func set(_ key: String, _ text: String) { if !text.isEmpty { form[key] = text } }
        let dns = block["dns"].block
        set("searchdomain", dns["domain"].string)
        set("nameserver", dns["servers"].elements.map(\.string).joined(separator: " "))
        for (index, config) in block["ip_config"].elements.enumerated() {
            set("ipconfig\(index)", Self.addresses(config).joined(separator: ","))
        }
        let account = block["user_account"].block
        let keys = account["keys"].elements.map(\.string)
        // Proxmox wants the keys encoded once more than a form encodes them.
        set("sshkeys", keys.joined(separator: "\n").percentEncoded)
        let password = account["password"].string
        if password != "**********" { set("cipassword", password) }
        set("ciuser", account["username"].string)
        let files = [
            ("meta", "meta_data_file_id"), ("network", "network_data_file_id"), ("user", "user_data_file_id"),
            ("vendor", "vendor_data_file_id"),
        ].filter { !block[$0.1].string.isEmpty }.map { "\($0.0)=\(block[$0.1].string)" }
        set("cicustom", files.joined(separator: ","))
        set("citype", block["type"].string)
        return form
    }

    /// `gw=…,ip=…` of one `ip_config` block.
    static func addresses(_ config: TerraformValue) -> [String] {
        let (v4, v6) = (config["ipv4"].block, config["ipv6"].block)
        return [
            ("gw", v4["gateway"].string), ("gw6", v6["gateway"].string), ("ip", v4["address"].string),
            ("ip6", v6["address"].string),
        ].filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)" }
    }

    /// `order=1,up=2,down=3`; nil where the state has no such block.
    var startup: String? {
        let block = state["startup"].block
        guard !block.isNull else { return nil }
        let words = [("order", "order"), ("up", "up_delay"), ("down", "down_delay")].compactMap { key, name in
            block[name].integer.flatMap { $0 >= 0 ? "\(key)=\($0)" : nil }
        }
        return words.isEmpty ? nil : words.joined(separator: ",")
    }

    /// `type=std,memory=16`; nil where the state has no such block.
    var vga: String? {
        let block = state["vga"].block
        guard !block.isNull else { return nil }
        var words: [String] = []
        if !block["clipboard"].string.isEmpty { words.append("clipboard=\(block["clipboard"].string)") }
        if let memory = block["memory"].integer, memory > 0 { words.append("memory=\(memory)") }
        words.append("type=\(block["type"].text ?? "std")")
        return words.joined(separator: ",")
    }

    var serialPorts: [String: String] {
        Dictionary(
            uniqueKeysWithValues: state["serial_device"].elements.enumerated().map {
                ("serial\($0.offset)", $0.element["device"].string)
            })
    }
}

extension TerraformValue {
    /// A number as text without needless digits; nil for anything else.
    var decimal: String? {
        switch self {
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .null, .unknown, .bool, .string, .list, .object: nil
        }
    }
}

extension String {
    /// Everything but RFC 3986's unreserved characters as `%XX`.
    var percentEncoded: String {
        let hex = Array("0123456789ABCDEF")
        var out = ""
        for byte in utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                out.append(character)
            } else {
                out += ["%", String(hex[Int(byte >> 4)]), String(hex[Int(byte & 15)])].joined()
            }
        }
        return out
    }

    /// The reverse; what is no escape stays.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let text = String(rest.prefix(2)),
                let value = UInt8(text, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
