import Model

/// The road of nearly every server in nearly every pass: declared, in its state, there, and nothing to do. It compares
/// typed values where they lie, without laying them side by side first; whoever is not plainly quiet takes the long
/// road.
struct QuietCheck {
    private let servers: [Server]
    private let rows: [RecordedServer]
    private let states: [[StateResource]]
    private let entries: [[ServerName: ServerConfiguration]]
    private let stackIDs: [StackID]
    /// What is looked at of each cluster, side by side: to read a field of a large value would copy the value.
    private let clusters: [ClusterView]
    private let guests: [[ObservedGuest]]
    private let details: [[VMID: Observation<GuestConfiguration>]]
    private let defaults: [Cluster.Defaults]
    private let divisions: [Cluster.Stacks?]
    private let resolver: SettingsResolver
    private let policies: PolicyBook
    private let isPossible: Bool
    private var templates = TemplateBook()
    private var prefixes: [String] = []
    /// The tags of the server before, which are often those of the next.
    private var latestTags: (tags: [String], roles: [RoleName], resolved: [String])?
    private static let interfaces = ["scsi0", "scsi1", "scsi2", "scsi3", "scsi4", "scsi5", "scsi6", "scsi7"]

    init(_ planner: FleetPlanner) {
        let input = planner.input
        servers = input.desired.servers
        rows = input.recorded.servers
        let stacks = input.observed.stacks
        states = stacks.map { $0.state.value?.resources ?? [] }
        entries = stacks.map(\.tfvars.entries)
        stackIDs = stacks.map(\.id)
        clusters = planner.view.clusters
        guests = clusters.map(\.guests)
        details = clusters.map { $0.inventory?.details ?? [:] }
        defaults = clusters.map { $0.declaration?.defaults ?? Cluster.Defaults() }
        divisions = clusters.map { $0.declaration?.terraform.stacks }
        resolver = planner.resolver
        policies = planner.policies
        isPossible = planner.broken == nil && !planner.policies.hasIgnoreRules
        prefixes = stacks.map { "plumb: \($0.id)/" }
    }

    /// Whether comparing would find nothing to do and nothing to say.
    mutating func isQuiet(_ known: KnownServer, _ match: LiveMatch) -> Bool {
        guard isPossible, let declared = known.declared, let recorded = known.recorded, let state = known.state,
            known.secondState == nil, known.entryStack == state.stack, match.presence == .present,
            let guest = match.guest
        else { return false }
        let cluster = known.cluster
        if !details[cluster].isEmpty, details[cluster][guests[cluster][guest].vmid] != nil { return false }
        guard
            isRecorded(rows[recorded], servers[declared], guests[cluster][guest], stackIDs[state.stack])
                && isAtHome(servers[declared], stackIDs[state.stack], divisions[cluster])
                && isPowered(servers[declared].power, rows[recorded].wasStarted, guests[cluster][guest].status)
                && !states[state.stack][state.resource].isTainted,
            let entry = entries[state.stack][known.name]
        else { return false }
        return entry.settings.agrees(with: states[state.stack][state.resource].settings, type: entry.birth.type)
            && entry.settings.agrees(withListed: guests[cluster][guest], named: known.name)
            && isBorn(servers[declared], entry.birth, guests[cluster][guest], defaults[cluster], cluster)
            && isDeclared(servers[declared], entry.settings, rows[recorded], defaults[cluster], prefixes[state.stack])
    }

    private func isAtHome(_ server: Server, _ stack: StackID, _ division: Cluster.Stacks?) -> Bool {
        guard server.manage == .full, server.ignore.isEmpty, server.metadata.formerName == nil,
            stack.cluster.key == server.cluster.key, let division
        else { return false }
        return division.stack(of: server) == stack.name
    }

    private func isRecorded(_ row: RecordedServer, _ server: Server, _ guest: ObservedGuest, _ home: StackID) -> Bool {
        guard row.mark != nil, row.stack.name == home.name, row.stack.cluster.key == home.cluster.key,
            row.vmid == guest.vmid, row.node == guest.node, row.type == guest.type,
            row.manage == .full, row.onRemove == server.onRemove, row.protect == server.protect,
            row.absences.isEmpty, row.roles == server.roles, row.labels == server.metadata.labels,
            (row.dependsOn ?? []) == server.dependsOn, row.policies == policies.kept(over: server),
            row.name.text == server.name.text,
            server.metadata.displayName == nil || row.displayName == server.metadata.displayName
        else { return false }
        var position = 0
        for network in server.networks {
            guard let address = network.address, address.utf8.contains(UInt8(ascii: "/")) else { continue }
            guard position < row.addresses.count, row.addresses[position] == address else { return false }
            position += 1
        }
        return position == 0 || position == row.addresses.count
    }

    private func isPowered(_ power: Server.Power, _ wasStarted: Bool, _ status: ObservedGuest.Status) -> Bool {
        switch (power, status) {
        case (.running, .running), (.unmanaged, .running), (.unmanaged, .stopped): wasStarted
        case (.stopped, .stopped): true
        case (.running, _), (.stopped, _), (.unmanaged, _): false
        }
    }

    private mutating func isBorn(
        _ server: Server, _ birth: ServerConfiguration.Birth, _ guest: ObservedGuest, _ defaults: Cluster.Defaults,
        _ cluster: Int
    ) -> Bool {
        guard birth.node == guest.node, birth.vmid == guest.vmid, birth.type == guest.type, server.type == guest.type,
            server.vmid == nil || server.vmid == guest.vmid,
            (server.cloudInit?.password != nil) == (birth.passwordSecret != nil)
        else { return false }
        let keys = server.cloudInit?.sshKeys ?? []
        guard birth.sshKeys == (keys.isEmpty ? defaults.sshKeys : keys),
            birth.user == (server.cloudInit?.user ?? (server.type == .vm ? defaults.user : nil))
        else { return false }
        let reference = server.template ?? defaults.template
        switch templates.resolve(reference, server, birth.template?.node ?? birth.node, clusters[cluster]) {
        case .none: return birth.template == nil && birth.templateFile == nil
        case .guest(let template): return birth.template == nil || birth.template?.vmid == template.vmid
        case .file(let file): return birth.templateFile == nil || birth.templateFile == file
        case .failed: return true
        }
    }

    private mutating func isDeclared(
        _ server: Server, _ entry: GuestSettings, _ row: RecordedServer, _ defaults: Cluster.Defaults, _ prefix: String
    ) -> Bool {
        guard server.cores == entry.cores, server.memory.mebibytes == entry.memory, server.onBoot == entry.onBoot,
            server.pool == entry.pool, server.protect == entry.protection,
            entry.sockets == (server.type == .vm ? server.sockets : 1),
            entry.agent == (server.type == .vm && server.agent),
            (server.dns == nil) == (entry.dns == nil), server.disks.count == entry.disks.count,
            server.networks.count == entry.networks.count, tags(of: server) == entry.tags
        else { return false }
        if let dns = server.dns, dns.servers != entry.dns?.servers || dns.domain != entry.dns?.domain { return false }
        for (position, disk) in server.disks.enumerated() {
            guard isDeclared(disk, entry.disks[position], server.type, position, defaults) else { return false }
        }
        return areDeclared(server.networks, entry.networks, defaults) && isDescribed(server, entry, row, prefix)
    }

    private func isDescribed(_ server: Server, _ entry: GuestSettings, _ row: RecordedServer, _ prefix: String) -> Bool
    {
        guard let mark = row.mark else { return false }
        var line = prefix
        if let text = server.description, !text.isEmpty { line = text + "\n\n" + prefix }
        line += server.name.text
        line += " "
        line += mark
        return entry.description == line
    }

    private mutating func tags(of server: Server) -> [String] {
        if let latestTags, latestTags.tags == server.tags, latestTags.roles == server.roles {
            return latestTags.resolved
        }
        let resolved = resolver.tags(of: server)
        latestTags = (server.tags, server.roles, resolved)
        return resolved
    }

    private func isDeclared(
        _ disk: Server.Disk, _ entry: GuestSettings.Disk, _ type: GuestType, _ position: Int,
        _ defaults: Cluster.Defaults
    ) -> Bool {
        guard (disk.size.bytes + (1 << 30) - 1) >> 30 == entry.size, disk.ssd == entry.ssd, disk.format == entry.format,
            type == .vm || disk.interface != nil, disk.interface != nil || position < Self.interfaces.count
        else { return false }
        if let datastore = disk.datastore ?? defaults.datastore, datastore != entry.datastore { return false }
        return (disk.interface ?? Self.interfaces[position]) == entry.interface
    }

    private func areDeclared(
        _ networks: [Server.Network], _ entries: [GuestSettings.Network], _ defaults: Cluster.Defaults
    ) -> Bool {
        var gateway = defaults.gateway
        for (position, network) in networks.enumerated() {
            let entry = entries[position]
            var wanted = network.gateway
            if let address = network.address, address.utf8.contains(UInt8(ascii: "/")) {
                wanted = network.gateway ?? gateway
                gateway = nil
            }
            guard network.vlan == entry.vlan, network.address == entry.address, wanted == entry.gateway,
                (network.bridge ?? defaults.bridge ?? "vmbr0") == entry.bridge,
                network.mac == nil ? entry.mac == nil : network.mac?.uppercased() == entry.mac
            else { return false }
        }
        return true
    }
}
