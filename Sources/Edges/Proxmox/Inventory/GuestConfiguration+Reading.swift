import JSONArena
import Model

extension GuestConfiguration {
    /// Reads `GET …/pending`: a list of `{key, value, pending, delete}`.
    ///
    /// - Parameter data: the configuration itself, for the digest and the lock that the list lacks.
    /// - Throws: `unreadable` for anything but such a list, or without a digest: half a configuration would look like
    ///   one whose settings were removed.
    init(
        readingPending list: JSONNode, beside data: JSONNode?, of vmid: VMID, type: GuestType, pool: String?,
        readAt: Timestamp
    ) throws(ProxmoxFailure) {
        guard list.kind == .array else { throw .unreadable("a guest's pending settings are not a list") }
        var running: [String: String] = [:]
        var next: [String: String] = [:]
        var isAnyPending = false
        var pendingKeys: [String] = []
        for entry in list.elements {
            guard let key = entry["key"]?.string else { throw .unreadable("a pending setting without \"key\"") }
            let value = entry["value"].flatMap(Self.text)
            let pending = entry["pending"].flatMap(Self.text)
            if let value { running[key] = value }
            // 1: is removed at the next start; 2: forced.
            let isRemoved = (entry["delete"]?.wholeNumber ?? 0) != 0
            if isRemoved || (pending != nil && pending != value) {
                isAnyPending = true
                pendingKeys.append(key)
            }
            next[key] = isRemoved ? nil : pending ?? value
        }
        guard let digest = running["digest"] ?? data?["digest"]?.string else {
            throw .unreadable("a guest's configuration has no digest")
        }
        self.init(
            readAt: readAt, type: type, name: running[type == .vm ? "name" : "hostname"] ?? "",
            settings: GuestSettings(reading: running, type: type, pool: pool), digest: digest)
        if isAnyPending {
            let settings = GuestSettings(reading: next, type: type, pool: pool)
            if settings != self.settings { pending = settings }
        }
        if type == .vm {
            account = Account(reading: next)
            hasCloudInitDrive = Self.hasCloudInitDrive(next, of: vmid)
            hasCloudInitValues = next.keys.contains { key in
                ["nameserver", "searchdomain", "ciuser", "cipassword", "sshkeys"].contains(key)
                    || key.hasPrefix("ipconfig")
            }
        }
        // As Terraform reads them: what waits for the next start counts.
        options = GuestOption.ofGuest(next, type: type)
        hasNoLimitOfCores = type == .container && next["cores"] == nil
        if type == .container, let root = next["rootfs"].map(PropertyString.init) {
            unwrittenRootOptions = ["acl", "quota", "replicate"].filter { root[$0] == nil }
        }
        others = running.keys.filter { !Self.isModelled($0) }.sorted()
        othersPending = pendingKeys.filter { !Self.isModelled($0) }.sorted()
        leftOutOfBackups = Set([running, next].flatMap { Self.leftOutOfBackups($0, of: vmid, type) }).sorted()
        backedUpFromNextStart = Self.backedUpFromNextStart(running, next, of: vmid, type)
        volumes = Self.volumes([running, next], of: vmid, type)
        macs = Set([settings, pending].compactMap(\.self).flatMap(\.networks).compactMap(\.mac)).sorted()
        machineID = running["smbios1"].flatMap { PropertyString($0)["uuid"] }?.lowercased()
        lock = (running["lock"] ?? data?["lock"]?.string).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the provider finds a cloud-init drive: it looks for the volume that Proxmox makes for one.
    private static func hasCloudInitDrive(_ values: [String: String], of vmid: VMID) -> Bool {
        values.contains { key, text in
            let stem = key.prefix { !("0"..."9").contains($0) }
            return ["ide", "sata", "scsi", "virtio"].contains(stem) && text.contains("vm-\(vmid)-cloudinit")
        }
    }

    /// Whether a setting is in ``GuestSettings``, or is Proxmox's own business with every guest.
    private static func isModelled(_ key: String) -> Bool {
        let stem = key.prefix { !("0"..."9").contains($0) }
        return modelled.contains(String(stem))
    }

    private static let modelled: Set<String> = [
        "name", "hostname", "cores", "sockets", "memory", "onboot", "protection", "tags", "description", "nameserver",
        "searchdomain", "agent", "net", "ipconfig", "scsi", "virtio", "sata", "ide", "rootfs", "digest", "lock",
        "vmgenid", "smbios", "meta", "boot", "bootdisk", "ostype", "arch", "ciuser", "cipassword", "sshkeys", "scsihw",
        "cpu", "numa", "balloon", "swap", "unprivileged", "acpi", "bios", "keyboard", "tablet", "template", "console",
        "tty", "cmode", "citype", "vcpus",
    ]

    /// Proxmox writes the same setting as a string, a number or a flag, depending on its version.
    static func text(_ node: JSONNode) -> String? {
        switch node.kind {
        case .string: node.string
        case .number: node.int.map(String.init) ?? String(decoding: node.raw, as: UTF8.self)
        case .bool: node.bool == true ? "1" : "0"
        case .null, .array, .object: nil
        }
    }
}
