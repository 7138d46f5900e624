import Model

/// Desired settings of a guest that exists, with every value that cannot or must not be changed kept as it is.
struct Reconciled {
    var settings: GuestSettings
    /// What only a rebuild could bring about; nothing is planned for it.
    var rebuilds: [AttributeChange] = []
    /// What differs and is to be left alone.
    var ignored: [AttributeChange] = []

    /// - Parameters:
    ///   - reference: what the guest has: its own configuration, or as much as is known of it.
    ///   - ignoring: attribute paths with or without `spec.`.
    init(_ desired: GuestSettings, reference: GuestSettings, type: GuestType, ignoring paths: [String]) {
        settings = desired
        keepDisks(of: reference, type)
        if type == .container, settings.pool != reference.pool {
            rebuilds.append(AttributeChange(path: "pool", before: reference.pool, after: settings.pool))
            settings.pool = reference.pool
        }
        leaveRebuilds(named: paths, disks: desired.disks)
        for path in paths { keep(path, of: reference, type) }
    }

    /// What is to be left alone calls for no rebuild either.
    private mutating func leaveRebuilds(named paths: [String], disks: [GuestSettings.Disk]) {
        guard !paths.isEmpty, !rebuilds.isEmpty else { return }
        let named = paths.map(IgnoredPath.init)
        let isLeft = { (change: AttributeChange) in
            let path = SettingPath(change.path)
            let position = disks.firstIndex { $0.interface == path.key ?? "" }
            return named.contains { $0.covers(path, position: position) }
        }
        ignored += rebuilds.filter(isLeft)
        rebuilds.removeAll(where: isLeft)
    }

    /// A disk can grow and be added. Whatever else would lose data or replace the guest.
    private mutating func keepDisks(of reference: GuestSettings, _ type: GuestType) {
        guard !settings.disks.isEmpty else { return }
        let surplus = reference.disks.filter { other in
            !settings.disks.contains { $0.interface == other.interface }
        }
        let isNew = { (disk: GuestSettings.Disk) in !reference.disks.contains { $0.interface == disk.interface } }
        if !surplus.isEmpty {
            for disk in surplus {
                rebuilds.append(AttributeChange(path: "disks[\(disk.interface)]", before: disk.text, after: nil))
            }
            // A disk gone here and another new there is one that moved to another interface.
            for disk in settings.disks where isNew(disk) {
                rebuilds.append(AttributeChange(path: "disks[\(disk.interface)]", before: nil, after: disk.text))
            }
            settings.disks.removeAll(where: isNew)
            settings.disks += surplus
            settings.disks.sort { $0.interface < $1.interface }
        }
        let others = settings.disks.map { disk in reference.disks.first { $0.interface == disk.interface } }
        // Where one disk is to shrink, those that would grow are perhaps the same ones in another order, and no disk can
        // be made smaller again.
        let isReordered = zip(settings.disks, others).contains { disk, other in
            other.map { disk.size < $0.size } ?? false
        }
        for (position, other) in others.enumerated() {
            if let other { keepDisk(at: position, other, isReordered: isReordered) }
        }
    }

    private mutating func keepDisk(at position: Int, _ other: GuestSettings.Disk, isReordered: Bool) {
        let disk = settings.disks[position]
        let path = "disks[\(disk.interface)]"
        if disk.size < other.size || (isReordered && disk.size != other.size) {
            rebuilds.append(
                AttributeChange(path: "\(path).size", before: "\(other.size)GiB", after: "\(disk.size)GiB"))
            settings.disks[position].size = other.size
        }
        if disk.datastore != other.datastore {
            if !disk.datastore.isEmpty {
                rebuilds.append(
                    AttributeChange(path: "\(path).datastore", before: other.datastore, after: disk.datastore))
            }
            settings.disks[position].datastore = other.datastore
        }
        if let format = disk.format, format != other.format {
            rebuilds.append(AttributeChange(path: "\(path).format", before: other.format, after: format))
            settings.disks[position].format = other.format
        }
    }

    private mutating func keep(_ rawPath: String, of reference: GuestSettings, _ type: GuestType) {
        let path = IgnoredPath(rawPath)
        let before = settings
        switch path.root {
        case "cores": settings.cores = reference.cores
        case "sockets": settings.sockets = reference.sockets
        case "memory": settings.memory = reference.memory
        case "disks": keepDisks(path, reference)
        case "networks": keepNetworks(path, reference)
        case "dns": settings.dns = reference.dns
        case "agent": settings.agent = reference.agent
        case "onBoot": settings.onBoot = reference.onBoot
        case "tags":
            // The mark is Plumb's, whatever else the tags are.
            settings.tags = reference.tags
            if !settings.tags.contains(OwnershipMark.tag) {
                settings.tags = (settings.tags + [OwnershipMark.tag]).sorted()
            }
        case "pool": settings.pool = reference.pool
        case "description":
            // So is the line at its end, below whatever text is there.
            if reference.description.flatMap(OwnershipMark.init(readingDescription:)) != nil {
                settings.description = reference.description
            } else if let mark = settings.description.flatMap(OwnershipMark.init(readingDescription:)) {
                settings.description = mark.appended(to: reference.description)
            }
        case "protect", "protection": settings.protection = reference.protection
        default: break
        }
        guard settings != before else { return }
        ignored += before.differences(from: settings, type: type).map { $0.change(isRunning: false) }
    }

    private mutating func keepDisks(_ path: IgnoredPath, _ reference: GuestSettings) {
        guard !settings.disks.isEmpty else { return }
        guard let index = path.index else {
            settings.disks = reference.disks
            return
        }
        guard settings.disks.indices.contains(index) else { return }
        let interface = settings.disks[index].interface
        guard let other = reference.disks.first(where: { $0.interface == interface }) else { return }
        switch path.leaf {
        case "size": settings.disks[index].size = other.size
        case "datastore": settings.disks[index].datastore = other.datastore
        case "format": settings.disks[index].format = other.format
        case "ssd": settings.disks[index].ssd = other.ssd
        case nil: settings.disks[index] = other
        default: break
        }
    }

    private mutating func keepNetworks(_ path: IgnoredPath, _ reference: GuestSettings) {
        guard !settings.networks.isEmpty else { return }
        guard let index = path.index else {
            settings.networks = reference.networks
            return
        }
        guard settings.networks.indices.contains(index), reference.networks.indices.contains(index) else { return }
        let other = reference.networks[index]
        switch path.leaf {
        case "bridge": settings.networks[index].bridge = other.bridge
        case "vlan": settings.networks[index].vlan = other.vlan
        case "mac": settings.networks[index].mac = other.mac
        case "address": settings.networks[index].address = other.address
        case "gateway": settings.networks[index].gateway = other.gateway
        case nil: settings.networks[index] = other
        default: break
        }
    }
}

/// `spec.networks[0].mac` in its parts.
struct IgnoredPath {
    var root: String
    var index: Int?
    var leaf: String?

    init(_ text: String) {
        var parts = text.split(separator: ".")[...]
        if parts.first == "spec" { parts = parts.dropFirst() }
        let head = parts.first ?? ""
        if let open = head.firstIndex(of: "["), head.last == "]" {
            root = String(head[..<open])
            index = Int(head[head.index(after: open)...].dropLast())
        } else {
            root = String(head)
        }
        leaf = parts.dropFirst().first.map(String.init)
    }
}
