import Model

/// The road of nearly every server in nearly every pass: declared, in its state, there, and nothing to do. It compares
/// typed values where they lie, without laying them side by side first; whoever is not plainly quiet takes the long
/// road.
struct QuietCheck {
    private let all: [KnownServer]
    private let servers: [Server]
    private let rows: [RecordedServer]
    private let states: [[StateResource]]
    private let entries: [[ServerConfiguration]]
    private let stackIDs: [StackID]
    /// What is looked at of each cluster, side by side: to read a field of a large value would copy the value.
    private let clusters: [ClusterView]
    private let names: [ClusterName]
    private let guests: [[ObservedGuest]]
    private let details: [[VMID: Observation<GuestConfiguration>]]
    private let defaults: [Cluster.Defaults]
    private let divisions: [Cluster.Stacks?]
    private let resolver: SettingsResolver
    private let isPossible: Bool
    private var templates = TemplateBook()
    private var prefixes: [String] = []
    /// The tags of servers before, which are those of most that come: a fleet has a few sets of them.
    private var knownTags: [(tags: [String], roles: [RoleName], resolved: [String])] = []
    private static let tagsKept = 8
    private static let interfaces = ["scsi0", "scsi1", "scsi2", "scsi3", "scsi4", "scsi5", "scsi6", "scsi7"]

    init(_ planner: FleetPlanner) {
        let input = planner.input
        all = planner.view.servers
        servers = input.desired.servers
        rows = input.recorded.servers
        let stacks = input.observed.stacks
        states = stacks.map { $0.state.value?.resources ?? [] }
        entries = stacks.map(\.tfvars.entries.configurations)
        stackIDs = stacks.map(\.id)
        clusters = planner.view.clusters
        names = clusters.map(\.name)
        guests = clusters.map(\.guests)
        details = clusters.map { $0.inventory?.details ?? [:] }
        defaults = clusters.map { $0.declaration?.defaults ?? Cluster.Defaults() }
        divisions = clusters.map { $0.declaration?.terraform.stacks }
        resolver = planner.resolver
        isPossible = planner.broken == nil && !planner.policies.hasIgnoreRules
        prefixes = stacks.map { "plumb: \($0.id)/" }
    }

    /// One server's places in what is known: values are looked at where they lie, because to hand one on is to copy it,
    /// with a count kept for each of its texts and lists.
    private struct Places {
        let server: Int
        let row: Int
        let stack: Int
        let resource: Int
        let entry: Int
        let cluster: Int
        let guest: Int
    }

    /// Whether comparing would find nothing to do and nothing to say.
    /// - Parameters:
    ///   - position: in ``FleetView/servers``.
    ///   - guest: the guest that it provably is, in ``ClusterView/guests``.
    mutating func isQuiet(_ position: Int, _ guest: Int) -> Bool {
        guard isPossible, let declared = all[position].declared, let recorded = all[position].recorded,
            let state = all[position].state, all[position].secondState == nil, let entry = all[position].entry,
            entry.stack == state.stack
        else { return false }
        let at = Places(
            server: declared, row: recorded, stack: state.stack, resource: state.resource, entry: entry.entry,
            cluster: all[position].cluster, guest: guest)
        if !details[at.cluster].isEmpty, details[at.cluster][guests[at.cluster][guest].vmid] != nil { return false }
        if let node = servers[at.server].node, node != guests[at.cluster][at.guest].node { return false }
        guard isRecorded(at) && isAtHome(at) && isPowered(at) && !states[at.stack][at.resource].isTainted
        else { return false }
        let type = entries[at.stack][at.entry].birth.type
        return entries[at.stack][at.entry].settings.agrees(with: states[at.stack][at.resource].settings, type: type)
            && entries[at.stack][at.entry].settings.agrees(
                withListed: guests[at.cluster][guest], named: all[position].name)
            && isBorn(entries[at.stack][at.entry].birth, at) && isDeclared(entries[at.stack][at.entry].settings, at)
    }

    private func isAtHome(_ at: Places) -> Bool {
        guard servers[at.server].manage == .full, servers[at.server].ignore.isEmpty,
            servers[at.server].metadata.formerName == nil,
            stackIDs[at.stack].cluster.key == servers[at.server].cluster.key, let division = divisions[at.cluster]
        else { return false }
        return division.stack(named: servers[at.server].name, labels: servers[at.server].metadata.labels)
            == stackIDs[at.stack].name
    }

    private func isRecorded(_ at: Places) -> Bool {
        guard rows[at.row].mark != nil, rows[at.row].stack.name == stackIDs[at.stack].name,
            rows[at.row].stack.cluster.key == stackIDs[at.stack].cluster.key,
            rows[at.row].vmid == guests[at.cluster][at.guest].vmid,
            rows[at.row].node == guests[at.cluster][at.guest].node,
            rows[at.row].type == guests[at.cluster][at.guest].type, rows[at.row].manage == .full,
            rows[at.row].onRemove == servers[at.server].onRemove, rows[at.row].protect == servers[at.server].protect,
            rows[at.row].absences.isEmpty, rows[at.row].roles == servers[at.server].roles,
            rows[at.row].labels == servers[at.server].metadata.labels,
            (rows[at.row].dependsOn ?? []) == servers[at.server].dependsOn,
            rows[at.row].name.text == servers[at.server].name.text,
            servers[at.server].metadata.displayName == nil
                || rows[at.row].displayName == servers[at.server].metadata.displayName
        else { return false }
        var position = 0
        for network in servers[at.server].networks {
            guard let address = network.address, address.utf8.contains(UInt8(ascii: "/")) else { continue }
            guard position < rows[at.row].addresses.count, rows[at.row].addresses[position] == address else {
                return false
            }
            position += 1
        }
        return position == 0 || position == rows[at.row].addresses.count
    }

    private func isPowered(_ at: Places) -> Bool {
        if rows[at.row].owedStart != nil { return false }
        return switch (servers[at.server].power, guests[at.cluster][at.guest].status) {
        case (.running, .running), (.unmanaged, .running), (.unmanaged, .stopped): rows[at.row].wasStarted
        case (.stopped, .stopped): true
        case (.running, _), (.stopped, _), (.unmanaged, _): false
        }
    }

    private mutating func isBorn(_ birth: ServerConfiguration.Birth, _ at: Places) -> Bool {
        guard birth.node == guests[at.cluster][at.guest].node, birth.vmid == guests[at.cluster][at.guest].vmid,
            birth.type == guests[at.cluster][at.guest].type, servers[at.server].type == birth.type,
            servers[at.server].vmid == nil || servers[at.server].vmid == birth.vmid,
            (servers[at.server].cloudInit?.password != nil) == (birth.passwordSecret != nil)
        else { return false }
        let keys = servers[at.server].cloudInit?.sshKeys ?? []
        let user = servers[at.server].cloudInit?.user ?? (birth.type == .vm ? defaults[at.cluster].user : nil)
        guard birth.sshKeys == (keys.isEmpty ? defaults[at.cluster].sshKeys : keys), birth.user == user else {
            return false
        }
        switch template(of: at, near: birth.template?.node ?? birth.node) {
        case .none: return birth.template == nil && birth.templateFile == nil
        case .guest(let template): return birth.template == nil || birth.template?.vmid == template.vmid
        case .file(let file): return birth.templateFile == nil || birth.templateFile == file
        case .failed: return true
        }
    }

    private mutating func template(of at: Places, near node: NodeName) -> TemplateResolution {
        guard let reference = servers[at.server].template ?? defaults[at.cluster].template else { return .none }
        let (servers, clusters) = (servers, clusters)
        return templates.resolve(reference, servers[at.server].type, node, in: names[at.cluster]) {
            clusters[at.cluster].resolve(reference, for: servers[at.server], on: node)
        }
    }

    private mutating func isDeclared(_ entry: GuestSettings, _ at: Places) -> Bool {
        let isVM = servers[at.server].type == .vm
        guard servers[at.server].cores == entry.cores, servers[at.server].memory.mebibytes == entry.memory,
            servers[at.server].onBoot == entry.onBoot, servers[at.server].pool == entry.pool,
            servers[at.server].protect == entry.protection, entry.sockets == (isVM ? servers[at.server].sockets : 1),
            entry.agent == (isVM && servers[at.server].agent),
            (servers[at.server].dns == nil) == (entry.dns == nil),
            servers[at.server].disks.count == entry.disks.count,
            servers[at.server].networks.count == entry.networks.count, areTagged(entry.tags, at)
        else { return false }
        if let dns = servers[at.server].dns, dns.servers != entry.dns?.servers || dns.domain != entry.dns?.domain {
            return false
        }
        for position in entry.disks.indices {
            let disk = servers[at.server].disks[position]
            guard isDeclared(disk, entry.disks[position], isVM: isVM, position, at) else { return false }
        }
        return areDeclared(servers[at.server].networks, entry.networks, at) && isDescribed(entry.description, at)
    }

    private func isDescribed(_ description: String?, _ at: Places) -> Bool {
        guard let mark = rows[at.row].mark else { return false }
        var line = prefixes[at.stack]
        if let text = servers[at.server].description, !text.isEmpty { line = text + "\n\n" + line }
        line += servers[at.server].name.text
        line += " "
        line += mark
        return description == line
    }

    private mutating func areTagged(_ tags: [String], _ at: Places) -> Bool {
        for known in knownTags where known.tags == servers[at.server].tags && known.roles == servers[at.server].roles {
            return known.resolved == tags
        }
        let resolved = resolver.tags(of: servers[at.server])
        if knownTags.count < Self.tagsKept {
            knownTags.append((servers[at.server].tags, servers[at.server].roles, resolved))
        }
        return resolved == tags
    }

    private func isDeclared(
        _ disk: Server.Disk, _ entry: GuestSettings.Disk, isVM: Bool, _ position: Int, _ at: Places
    ) -> Bool {
        guard (disk.size.bytes + (1 << 30) - 1) >> 30 == entry.size, disk.ssd == entry.ssd, disk.format == entry.format,
            isVM || disk.interface != nil, disk.interface != nil || position < Self.interfaces.count
        else { return false }
        if let datastore = disk.datastore ?? defaults[at.cluster].datastore, datastore != entry.datastore {
            return false
        }
        return (disk.interface ?? Self.interfaces[position]) == entry.interface
    }

    private func areDeclared(
        _ networks: [Server.Network], _ entries: [GuestSettings.Network], _ at: Places
    ) -> Bool {
        var gateway = defaults[at.cluster].gateway
        for (position, network) in networks.enumerated() {
            var wanted = network.gateway
            if let address = network.address, address.utf8.contains(UInt8(ascii: "/")) {
                wanted = network.gateway ?? gateway
                gateway = nil
            }
            guard network.vlan == entries[position].vlan, network.address == entries[position].address,
                wanted == entries[position].gateway,
                (network.bridge ?? defaults[at.cluster].bridge ?? "vmbr0") == entries[position].bridge,
                network.mac == nil
                    ? entries[position].mac == nil : network.mac?.uppercased() == entries[position].mac
            else { return false }
        }
        return true
    }
}
