import JSONArena

/// Making guests: `POST /nodes/N/qemu`, `POST /nodes/N/lxc`, `POST …/clone`.
extension SimulatedCluster {
    private static let birthParameters: [GuestKind: Set<String>] = [
        .qemu: [
            "vmid", "archive", "bwlimit", "force", "ha-managed", "import-working-storage", "live-restore", "pool",
            "start", "storage", "unique",
        ],
        .lxc: [
            "vmid", "bwlimit", "force", "ha-managed", "ignore-unpack-errors", "ostemplate", "password", "pool",
            "restore",
            "ssh-public-keys", "start", "storage", "unique",
        ],
    ]

    mutating func create(_ kind: GuestKind, on node: String, _ call: Call) throws(Refusal) -> JSONValue {
        try requireQuorum()
        let vmid = try call.guestNumber("vmid")
        let special = Self.birthParameters[kind] ?? []
        let wanted = call.parameters.filter { !special.contains($0.key) }
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) { try check(key, value, kind) }
        try requireBirth(of: vmid, call)
        let title = kind.title
        if let other = guests[vmid] {
            throw Self.collision(kind, vmid, with: other)
        }
        if let pool = call.text("pool"), pools[pool] == nil { throw .failed("pool '\(pool)' does not exist") }
        var template: VolumeStore.Volume?
        if kind == .lxc { template = try containerTemplate(on: node, call) }
        try requireConfiguring(wanted.keys.sorted(), of: vmid, kind, pool: call.text("pool"), call)
        try requireSpace(wanted, kind, call)
        try requireBridges(of: wanted, call)
        var guest = Guest(vmid: vmid, kind: kind, node: node, configuration: [:])
        guest.pool = call.text("pool")
        do throws(Refusal) {
            guest.configuration = try born(wanted, kind, vmid, on: node, storage: call.text("storage"))
        } catch {
            // A volume made before the refusal goes again.
            for volume in volumes.volumes(of: vmid) { volumes.remove(volume.identifier, node: node) }
            throw error.status == 400 ? error : .failed("unable to create \(title) \(vmid) - \(error.text)")
        }
        switch kind {
        case .qemu:
            addBirthMarks(&guest)
            if guest.configuration["boot"] == nil { guest.configuration["boot"] = Self.bootOrder(guest.configuration) }
        case .lxc: addContainerDefaults(&guest, template: template)
        }
        if guest.configuration["template"] == "0" { guest.configuration["template"] = nil }
        guest.lock = "create"
        guests[vmid] = guest
        let start = try call.flag("start") ?? false
        return begin(
            kind.taskPrefix + "create", on: node, id: String(vmid), of: call,
            effect: .finishCreation(vmid, start: start), lines: creationLines(guest))
    }

    private static func collision(_ kind: GuestKind, _ vmid: Int, with other: Guest) -> Refusal {
        let taken = "\(other.kind.title) \(vmid) already exists on node '\(other.node)'"
        return .failed("unable to create \(kind.title) \(vmid) - \(taken)")
    }

    private func creationLines(_ guest: Guest) -> [String] {
        guest.configuration.sorted { $0.key < $1.key }.filter { ConfigurationKey.isVolume($0.key, of: guest.kind) }
            .map { "\($0.key): successfully created disk '\($0.value)'" }
    }

    private func requireBirth(of vmid: Int, _ call: Call) throws(Refusal) {
        if let pool = call.text("pool"), access.holds("VM.Allocate", on: "/pool/\(pool)", call.identity) { return }
        try require("VM.Allocate", on: "/vms/\(vmid)", call)
    }

    /// Whoever makes a disk needs the right to space on its storage.
    private func requireSpace(_ wanted: [String: String], _ kind: GuestKind, _ call: Call) throws(Refusal) {
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where ConfigurationKey.isVolume(key, of: kind) {
            var drive = PropertyString(value)
            guard let file = drive.take(kind == .qemu ? "file" : "volume"), let colon = file.firstIndex(of: ":") else {
                continue
            }
            try require("Datastore.AllocateSpace", on: "/storage/\(file[..<colon])", call)
        }
    }

    private func containerTemplate(on node: String, _ call: Call) throws(Refusal) -> VolumeStore.Volume {
        let name = try call.requiredText("ostemplate")
        guard name.contains(":") else {
            throw .parameter("ostemplate", "invalid format - unable to parse volume ID '\(name)'\n")
        }
        guard let volume = volumes[name, node: node], volume.content == "vztmpl" else {
            throw .failed("volume '\(name)' does not exist")
        }
        return volume
    }

    /// The configuration of a guest that is made from parameters.
    private mutating func born(
        _ wanted: [String: String], _ kind: GuestKind, _ vmid: Int, on node: String, storage: String?
    ) throws(Refusal) -> [String: String] {
        var configuration: [String: String] = [:]
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            configuration[key] = try canonical(key, value, Place(vmid: vmid, kind: kind, node: node))
        }
        if kind == .lxc, configuration["rootfs"] == nil {
            configuration["rootfs"] = try canonical(
                "rootfs", "\(storage ?? "local"):4", Place(vmid: vmid, kind: kind, node: node))
        }
        return configuration
    }

    private func addContainerDefaults(_ guest: inout Guest, template: VolumeStore.Volume?) {
        let name = template?.identifier ?? ""
        let known = [
            "debian", "ubuntu", "alpine", "centos", "fedora", "opensuse", "archlinux", "gentoo", "devuan", "nixos",
        ]
        let defaults = [
            "arch": "amd64", "hostname": "CT\(guest.vmid)", "memory": "512", "swap": "512",
            "ostype": known.first { name.contains("/\($0)") } ?? "unmanaged",
        ]
        guest.configuration.merge(defaults) { given, _ in given }
        if guest.configuration["unprivileged"] == "0" { guest.configuration["unprivileged"] = nil }
    }

    /// Disk, then network: what Proxmox chooses when nobody did.
    private static func bootOrder(_ configuration: [String: String]) -> String? {
        let disks = ["scsi0", "virtio0", "sata0", "ide0"].filter { configuration[$0]?.contains("size=") == true }
        let others = ["ide2", "net0"].filter {
            configuration[$0] != nil && configuration[$0]?.contains("cloudinit") == false
        }
        let order = disks.prefix(1) + others
        return order.isEmpty ? nil : "order=" + order.joined(separator: ";")
    }

    // MARK: Clones

    mutating func clone(_ kind: GuestKind, _ vmid: Int, on node: String, _ call: Call) throws(Refusal) -> JSONValue {
        let named = kind == .qemu ? "name" : "hostname"
        try call.allow([
            "newid", named, "description", "full", "pool", "snapname", "storage", "target", "bwlimit", "format",
        ])
        let newID = try call.guestNumber("newid")
        if let name = call.text(named), !Self.isHostName(name) {
            throw .parameter(named, "invalid format - value does not look like a valid DNS name\n")
        }
        try require("VM.Clone", onGuest: vmid, call)
        try requireBirth(of: newID, call)
        let source = try find(vmid, kind, on: node)
        let values = try cloned(from: source, call)
        if let lock = source.lock { throw .failed("\(kind.title) is locked (\(lock))") }
        if let clonesAtOnce, ledger.running(kind.taskPrefix + "clone", id: String(vmid)) >= clonesAtOnce {
            throw .failed(Self.lockText(source))
        }
        let full = try call.flag("full") ?? !source.isTemplate
        let storage = call.text("storage")
        if storage != nil && !full { throw .failed("parameter 'storage' not allowed for linked clones") }
        if let storage { try checkCloneStorage(storage, call) }
        try requireBridges(of: values, call)
        if let pool = call.text("pool"), pools[pool] == nil { throw .failed("pool '\(pool)' does not exist") }
        let target = call.text("target") ?? node
        if target != node {
            guard nodes.contains(where: { $0.name == target }) else {
                throw .parameter("target", "no such cluster node '\(target)'")
            }
            try checkCloneTarget(target, source: source, storage: storage)
        }
        if let other = guests[newID] {
            throw Self.collision(kind, newID, with: other)
        }
        guests[newID] = try twin(
            of: source, values: values, number: newID, on: target, storage: full ? storage : nil, isFull: full, call)
        let lines = creationLines(source).isEmpty ? [] : ["create full clone of drive"]
        return begin(
            kind.taskPrefix + "clone", on: node, id: String(vmid), of: call,
            effect: .finishCreation(newID, start: false),
            lines: lines)
    }

    private func cloned(from source: Guest, _ call: Call) throws(Refusal) -> [String: String] {
        guard let name = call.text("snapname") else { return source.configuration }
        guard let snapshot = source.snapshots.first(where: { $0.name == name }) else {
            throw .failed("snapshot '\(name)' does not exist")
        }
        return snapshot.configuration
    }

    private func checkCloneStorage(_ name: String, _ call: Call) throws(Refusal) {
        guard storage(name) != nil else { throw .failed("storage '\(name)' does not exist") }
        try require("Datastore.AllocateSpace", on: "/storage/\(name)", call)
    }

    private func checkCloneTarget(_ target: String, source: Guest, storage: String?) throws(Refusal) {
        if let storage, !isShared(storage) { throw .failed("can't clone to non-shared storage '\(storage)'") }
        let isLocal = source.configuration.contains { key, value in
            ConfigurationKey.isVolume(key, of: source.kind)
                && volumes[PropertyString(value).bare ?? "", node: source.node]?.node != nil
        }
        if isLocal {
            throw .failed(
                "can't clone \(source.kind.title) to node '\(target)' (\(source.kind.title) uses local storage)")
        }
    }

    /// The new guest: everything of the source but its marks, addresses and volumes, which are its own.
    private mutating func twin(
        of source: Guest, values: [String: String], number: Int, on node: String, storage: String?, isFull: Bool,
        _ call: Call
    ) throws(Refusal) -> Guest {
        var guest = Guest(vmid: number, kind: source.kind, node: node, configuration: [:])
        var configuration = values
        for key in ["template", "parent", "lock"] { configuration[key] = nil }
        for key in values.keys.sorted() {
            guard let value = values[key] else { continue }
            if ConfigurationKey.isUnused(key) { configuration[key] = nil }
            if ConfigurationKey.isNetwork(key) { configuration[key] = readdressed(value, source.kind) }
            if ConfigurationKey.isVolume(key, of: source.kind) {
                configuration[key] = copy(value, of: source, for: number, on: node, to: storage, isFull: isFull)
            }
        }
        let name = source.kind == .qemu ? "name" : "hostname"
        configuration[name] =
            call.text(name) ?? (source.kind == .qemu ? "Copy-of-VM-\(source.name)" : "Copy-of-CT-\(source.name)")
        if let text = call.text("description"), !text.isEmpty {
            configuration["description"] = source.kind == .lxc && !text.hasSuffix("\n") ? text + "\n" : text
        }
        if source.kind == .qemu {
            configuration["smbios1"] = "uuid=\(random.uuid())"
            if configuration["vmgenid"] != nil { configuration["vmgenid"] = random.uuid() }
        }
        // No name, tags or description before the first disk is copied (qemu-server, `clone_vm`).
        guest.unborn = configuration
        guest.configuration = source.kind == .qemu ? ["description": " qmclone temporary file\n"] : [:]
        guest.pool = call.text("pool")
        guest.hasAgent = source.hasAgent
        guest.lock = source.kind == .qemu ? "clone" : "create"
        return guest
    }

    private mutating func readdressed(_ value: String, _ kind: GuestKind) -> String {
        var net = PropertyString(value)
        switch kind {
        case .qemu:
            guard let model = net.values.first(where: { $0.value.count == 17 && $0.value.contains(":") })?.key else {
                return value
            }
            net.values[model] = nil
            return net.text(first: "\(model)=\(random.hardwareAddress())")
        case .lxc:
            net.values["hwaddr"] = random.hardwareAddress()
            let name = net.values.removeValue(forKey: "name") ?? "eth0"
            return net.text(first: "name=\(name)")
        }
    }

    private mutating func copy(
        _ value: String, of source: Guest, for number: Int, on node: String, to storage: String?, isFull: Bool
    ) -> String {
        let drive = PropertyString(value)
        guard let identifier = drive.bare, let volume = volumes[identifier, node: source.node], volume.owner != nil
        else {
            return value
        }
        if drive.values["media"] == "cdrom" {
            return cloudInitDrive(owner: number, storage: storage ?? volume.storage, node: node)
        }
        let made = allocate(
            owner: number, storage: storage ?? volume.storage, node: node, size: volume.size, content: volume.content,
            format: volume.format == "raw" ? nil : volume.format, parent: isFull ? nil : identifier)
        return drive.text(first: made)
    }
}
