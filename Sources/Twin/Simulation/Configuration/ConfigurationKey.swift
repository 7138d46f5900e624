/// What the keys of a guest's configuration are: their types, rights, and what a change of them does to a running
/// guest. From Proxmox's API schema (PVE 9.2) and from what `vmconfig_hotplug_pending` of qemu-server and
/// pve-container do with the default `hotplug: network,disk,usb`.
enum ConfigurationKey {
    enum Form: Hashable, Sendable {
        case flag
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case text
    }

    /// The key without its number: `net0` → `net`; nil where the key as a whole is a name of its own.
    static func stem(_ key: String) -> Substring {
        let digits = key.reversed().prefix { $0.isASCII && $0.isNumber }.count
        return key.dropLast(digits)
    }

    private static func number(_ key: String) -> Int? { Int(key.dropFirst(stem(key).count)) }

    /// nil: no such key.
    static func form(of key: String, _ kind: GuestKind) -> Form? {
        let table = kind == .qemu ? qemu : lxc
        if let form = table[key] { return form }
        let counts = kind == .qemu ? qemuNumbered : lxcNumbered
        guard let count = counts[String(stem(key))], let number = number(key), number < count,
            key == "\(stem(key))\(number)"
        else { return nil }
        return .text
    }

    private static let large = 0...Int.max
    private static let qemu: [String: Form] = {
        var forms: [String: Form] = [:]
        for key in [
            "acpi", "allow-ksm", "autostart", "ciupgrade", "freeze", "keephugepages", "kvm", "localtime", "numa",
            "onboot", "protection", "reboot", "tablet", "tdf", "template",
        ] { forms[key] = .flag }
        for key in [
            "affinity", "agent", "amd-sev", "arch", "args", "audio0", "bios", "boot", "bootdisk", "cdrom", "cicustom",
            "cipassword", "citype", "ciuser", "cpu", "description", "efidisk0", "hookscript", "hotplug", "hugepages",
            "intel-tdx", "ivshmem", "keyboard", "lock", "machine", "memory", "name", "nameserver", "ostype", "rng0",
            "scsihw", "searchdomain", "smbios1", "spice_enhancements", "sshkeys", "startdate", "startup", "tags",
            "tpmstate0", "vga", "vmgenid", "vmstatestorage", "watchdog", "meta", "parent",
        ] { forms[key] = .text }
        for key in ["cores", "sockets", "vcpus", "smp"] { forms[key] = .integer(1...Int.max) }
        for key in ["balloon", "migrate_speed"] { forms[key] = .integer(large) }
        forms["shares"] = .integer(0...50_000)
        forms["cpuunits"] = .integer(1...262_144)
        forms["cpulimit"] = .number(0...128)
        forms["migrate_downtime"] = .number(0...1e9)
        return forms
    }()
    private static let qemuNumbered = [
        "net": 32, "scsi": 31, "ide": 4, "sata": 6, "virtio": 16, "unused": 256, "ipconfig": 32, "hostpci": 16,
        "usb": 14, "serial": 4, "parallel": 3, "numa": 8, "virtiofs": 10,
    ]
    private static let lxc: [String: Form] = {
        var forms: [String: Form] = [:]
        for key in ["console", "debug", "onboot", "protection", "template", "unprivileged"] { forms[key] = .flag }
        for key in [
            "arch", "cmode", "description", "entrypoint", "env", "features", "hookscript", "hostname", "lock",
            "nameserver", "ostype", "rootfs", "searchdomain", "startup", "tags", "timezone", "parent",
        ] { forms[key] = .text }
        forms["cores"] = .integer(1...8192)
        forms["cpuunits"] = .integer(0...500_000)
        forms["memory"] = .integer(16...Int.max)
        forms["swap"] = .integer(large)
        forms["tty"] = .integer(0...6)
        forms["cpulimit"] = .number(0...8192)
        return forms
    }()
    private static let lxcNumbered = ["net": 32, "mp": 256, "dev": 256, "unused": 256]

    /// Whether the key names a disk.
    static func isVolume(_ key: String, of kind: GuestKind) -> Bool {
        switch kind {
        case .qemu: ["scsi", "ide", "sata", "virtio", "efidisk", "tpmstate"].contains(stem(key)) && number(key) != nil
        case .lxc: key == "rootfs" || (stem(key) == "mp" && number(key) != nil)
        }
    }

    static func isNetwork(_ key: String) -> Bool { stem(key) == "net" && number(key) != nil }

    static func isUnused(_ key: String) -> Bool { stem(key) == "unused" && number(key) != nil }

    /// The privileges of which one is needed on the guest for a change of the key.
    static func privileges(_ key: String, _ kind: GuestKind) -> [String] {
        if isVolume(key, of: kind) || isUnused(key) { return ["VM.Config.Disk"] }
        let stem = String(stem(key))
        switch stem {
        case "cores", "sockets", "cpu", "cpulimit", "cpuunits", "vcpus", "numa", "affinity", "smp":
            return ["VM.Config.CPU"]
        case "memory", "balloon", "shares", "swap", "hugepages": return ["VM.Config.Memory"]
        case "net": return ["VM.Config.Network"]
        default:
            switch kind {
            case .qemu: return privileges(virtual: stem)
            case .lxc:
                return ["nameserver", "searchdomain", "hostname"].contains(stem) ? ["VM.Config.Network"] : options
            }
        }
    }

    private static let options = ["VM.Config.Options"]

    private static func privileges(virtual stem: String) -> [String] {
        switch stem {
        case "boot", "bootdisk", "vmstatestorage": ["VM.Config.Disk"]
        case "ipconfig", "nameserver", "searchdomain", "ciuser", "cipassword", "citype", "cicustom", "sshkeys",
            "ciupgrade":
            ["VM.Config.Cloudinit", "VM.Config.Network"]
        case "acpi", "hotplug", "kvm", "machine", "scsihw", "smbios", "tablet", "vga", "watchdog", "audio", "serial",
            "usb", "hostpci":
            ["VM.Config.HWType"]
        default: options
        }
    }

    /// Whether a running guest takes the change at once; otherwise it is pending until the next start.
    ///
    /// - Parameter value: the new value; nil: the key is taken out.
    static func isHotPluggable(_ key: String, _ kind: GuestKind, old: String?, new value: String?) -> Bool {
        switch kind {
        case .qemu: isHotPluggable(virtual: key, old: old, new: value)
        case .lxc: isHotPluggable(container: key, old: old, new: value)
        }
    }

    private static let alwaysVirtual: Set = [
        "description", "hookscript", "lock", "migrate_downtime", "migrate_speed", "name", "onboot", "protection",
        "shares", "startup", "tags", "vmstatestorage", "cicustom", "cipassword", "citype", "ciupgrade", "ciuser",
        "nameserver", "searchdomain", "sshkeys", "cpuunits", "cpulimit", "tablet", "parent",
    ]

    private static func isHotPluggable(virtual key: String, old: String?, new: String?) -> Bool {
        if alwaysVirtual.contains(key) || isUnused(key) { return true }
        switch String(stem(key)) {
        case "ipconfig", "net", "usb": return true
        case "scsi", "virtio": return true
        // These buses cannot gain or lose a drive; the medium of a CD-ROM drive can change.
        case "ide", "sata": return old?.contains("media=cdrom") == true && new?.contains("media=cdrom") == true
        case "balloon": return (old.map { $0 != "0" } ?? true) == (new.map { $0 != "0" } ?? true)
        default: return false
        }
    }

    private static let alwaysContainer: Set = [
        "description", "onboot", "startup", "protection", "hostname", "hookscript", "cores", "tags", "lock",
        "cpulimit", "cpuunits", "swap", "parent",
    ]

    private static func isHotPluggable(container key: String, old: String?, new: String?) -> Bool {
        if alwaysContainer.contains(key) || isUnused(key) || isNetwork(key) { return true }
        if key == "memory" { return new != nil }
        return stem(key) == "mp" && old == nil
    }
}
