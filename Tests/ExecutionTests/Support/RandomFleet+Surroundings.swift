import Model
import Simulation

/// A guest that somebody made by hand before there was Plumb. A fleet declares it to be watched or taken in, or not at
/// all.
struct Handmade: Hashable, Sendable {
    let name: ServerName
    let vmid: VMID
    let type: GuestType

    static let all = [
        Handmade(name: "h-01", vmid: VMID(171), type: .vm), Handmade(name: "h-02", vmid: VMID(172), type: .container),
        Handmade(name: "h-03", vmid: VMID(173), type: .vm),
    ]

    private init(name: ServerName, vmid: VMID, type: GuestType) {
        self.name = name
        self.vmid = vmid
        self.type = type
    }

    init?(_ name: ServerName) {
        guard let one = Self.all.first(where: { $0.name == name }) else { return nil }
        self = one
    }

    var guest: GuestPool.PooledGuest {
        var settings = GuestSettings()
        settings.cores = 2
        settings.memory = 512
        var guest = GuestPool.PooledGuest(
            type: type, name: name.text, node: "pve2", settings: settings, isRunning: true)
        if type == .vm { guest.machineID = "by hand \(vmid)" }
        guest.macs = ["by hand \(vmid)"]
        return guest
    }
}

/// What is declared beside the servers that Plumb makes: guests made by hand, and what needs no Proxmox.
extension RandomFleet {
    func network(_ address: String) -> Server.Network {
        var network = Server.Network()
        network.address = address
        return network
    }

    mutating func declareHandmade() {
        for one in Handmade.all where random.chance(0.5) { desired.servers.append(server(of: one)) }
    }

    /// Some that were watched are taken in, some that were taken in are only watched, some are new.
    mutating func editHandmade(_ kept: inout [Server]) {
        for one in Handmade.all {
            let index = kept.firstIndex { $0.name == one.name }
            if let index, random.chance(0.3) {
                kept[index] = server(of: one)
            } else if index == nil, random.chance(0.2), !desired.servers.contains(where: { $0.name == one.name }) {
                kept.append(server(of: one))
            }
        }
    }

    private mutating func server(of handmade: Handmade) -> Server {
        var server = Server(name: handmade.name, cluster: "lab")
        server.type = handmade.type
        server.vmid = handmade.vmid
        server.cores = random.pick([2, 4]) ?? 2
        server.memory = .mebibytes(512)
        if handmade.type == .container { server.template = .name("local:vztmpl/debian-12.tar.zst") }
        server.onRemove = random.chance(0.5) ? .forget : .destroy
        if random.chance(0.5) { server.manage = .observe } else { server.adopt = true }
        return server
    }

    mutating func declareObjects() {
        for number in 1...2 where random.chance(0.6) { declareDatabaseServer(number) }
        if random.chance(0.4) { desired.fleets = [SimulatedFleet(name: "training")] }
    }

    private mutating func declareDatabaseServer(_ number: Int) {
        var server = DatabaseServer(name: DatabaseServerName("d-0\(number)"), engine: .postgresql, host: "db.lab")
        if random.chance(0.7) { server.runsOn = random.pick(desired.servers.map(\.name)) }
        desired.databaseServers.append(server)
        for database in 1...2 where random.chance(0.5) {
            let name = "b-\(number)\(database)"
            desired.databases.append(Database(name: DatabaseName(name), server: server.name, databaseName: name))
        }
    }

    /// Some go, some change, some move to another server; what runs on a server that was renamed says so.
    mutating func editObjects() {
        for server in desired.servers {
            guard let former = server.metadata.formerName else { continue }
            for index in desired.databaseServers.indices where desired.databaseServers[index].runsOn?.text == former {
                desired.databaseServers[index].runsOn = server.name
            }
        }
        let going = Set(desired.databaseServers.map(\.name).filter { _ in random.chance(0.2) })
        // One in a while its databases are forgotten there.
        if random.chance(0.8) { desired.databases.removeAll { going.contains($0.server) } }
        desired.databaseServers.removeAll { going.contains($0.name) }
        desired.databases.removeAll { _ in random.chance(0.2) }
        for index in desired.databaseServers.indices where random.chance(0.3) {
            desired.databaseServers[index].port = 6432
        }
        if random.chance(0.3) { desired.fleets = [] }
        for index in desired.fleets.indices where random.chance(0.5) { desired.fleets[index].seed += 1 }
    }
}
