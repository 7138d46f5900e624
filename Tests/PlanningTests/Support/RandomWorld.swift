import Chance
import Model
import Planning

extension Dice {
    mutating func roll(_ sides: Int) -> Int {
        let drawn: UInt64 = next()
        return Int(drawn % UInt64(sides))
    }

    mutating func isLucky(_ percent: Int) -> Bool { roll(100) < percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[roll(elements.count)]
    }
}

extension World {
    /// A small fleet, made and running.
    static func random(_ dice: inout Dice) -> World {
        var world = World()
        for index in 0..<(1 + dice.roll(5)) { world.declareRandom("s\(index)", &dice) }
        if dice.isLucky(50) { world.addForeignGuest(110 + dice.roll(5), dice.isLucky(30) ? "s1" : "stranger") }
        if dice.isLucky(30) { world.desired.clusters[0].terraform.stacks = .hashed(2) }
        for _ in 0..<dice.roll(4) { world.disturbObjects(&dice) }
        world.execute(world.approvedPlan())
        return world
    }

    private mutating func declareRandom(_ name: String, _ dice: inout Dice) {
        var drawn = dice
        let taken = Set(desired.servers.filter { $0.name.text != name }.flatMap { $0.networks.compactMap(\.address) })
        declare(name) { server in
            server.cores = 1 + drawn.roll(4)
            server.protect = drawn.isLucky(15)
            server.onRemove = drawn.isLucky(15) ? .forget : .destroy
            server.power = drawn.pick(Server.Power.allCases) ?? .unmanaged
            server.adopt = drawn.isLucky(10)
            if drawn.isLucky(20) { server.manage = .observe }
            if drawn.isLucky(20) { server.disks = [] }
            if drawn.isLucky(25) {
                server.type = .container
                server.template = .name("local:vztmpl/debian-12.tar.zst")
                for index in server.disks.indices { server.disks[index].ssd = false }
            }
            if drawn.isLucky(20) { server.tags = ["b", "A"] }
            if drawn.isLucky(10) { server.ignore = ["spec.cores"] }
            if drawn.isLucky(20) { server.dependsOn = [ServerName("s\(drawn.roll(5))")] }
            if drawn.isLucky(20) { server.vmid = VMID(110 + drawn.roll(8)) }
            if drawn.isLucky(50) {
                let free = (11...18).map { "10.0.0.\($0)/24" }.filter { !taken.contains($0) }
                server.networks =
                    drawn.pick(free).map { address in
                        var network = Server.Network()
                        network.address = address
                        return [network]
                    } ?? []
            }
        }
        dice = drawn
    }

    /// Something happens: in the YAML, in the cluster, in Plumb's own records.
    mutating func disturb(_ dice: inout Dice) {
        let names = desired.servers.map(\.name)
        let name = dice.pick(names) ?? "s0"
        switch dice.roll(38) {
        case 0: undeclare(name)
        case 1: declareRandom("s\(dice.roll(7))", &dice)
        case 2: edit(name) { $0.cores += 1 }
        case 3: edit(name) { $0.protect.toggle() }
        case 4: edit(name) { $0.manage = $0.manage == .full ? .observe : .full }
        case 5: edit(name) { $0.power = .running }
        case 6: removeGuest(name)
        case 7: editGuest(name) { guest, _ in guest.node = guest.node == "pve1" ? "pve2" : "pve1" }
        case 8:
            editGuest(name) { guest, configuration in
                configuration.settings.cores += 2
                guest.totalCores = configuration.settings.cores * configuration.settings.sockets
            }
        case 9: editGuest(name) { guest, _ in guest.lock = guest.lock == nil ? "backup" : nil }
        case 10:
            editGuest(name) { guest, configuration in
                guest.tags = []
                configuration.settings.tags = []
            }
        case 11: editGuest(name) { _, configuration in configuration.settings.description = "by hand" }
        case 12: clone(name, to: VMID(120 + dice.roll(5)))
        case 13: addStranger(VMID(100 + dice.roll(12)))
        case 14: inventory.nodes[dice.roll(2)].isOnline.toggle()
        case 15: taint(name)
        case 16:
            // With the row goes what a running guest was started with.
            unknowable.formUnion(recorded.servers.filter { $0.name == name }.map(\.vmid))
            recorded.servers.removeAll { $0.name == name }
        case 17: for id in stacks.keys { stacks[id]?.tfvars.entries[name] = nil }
        case 18: inventory.isQuorate.toggle()
        case 19: for index in recorded.servers.indices { recorded.servers[index].absences = Self.long }
        case 20: desired.clusters[0].terraform.stacks = dice.isLucky(50) ? .single : .hashed(2)
        case 21: setPolicy(&dice)
        case 22: togglePower(name)
        case 23:
            editGuest(name) { _, configuration in
                guard configuration.pending == nil else { return }
                // The declared cores are written, and it runs with one less.
                configuration.pending = configuration.settings
                configuration.settings.cores = max(1, configuration.settings.cores - 1)
            }
        case 24:
            var role = Role(name: "r")
            role.maxUnavailable = dice.isLucky(70) ? .count(dice.roll(3)) : .percent(50)
            desired.roles = [role]
            for index in desired.servers.indices { desired.servers[index].roles = dice.isLucky(70) ? ["r"] : [] }
        case 25: rebuilds.insert(name)
        case 26: changePlaces(name, dice.pick(names) ?? name)
        case 27: moveUp()
        case 28, 29: restart(name)
        case 30:
            // It was asked to shut down and ran on, or it was not recorded yet that it runs anew.
            let since = Timestamp(seconds: now.seconds - Int64(dice.roll(120)))
            for index in recorded.servers.indices where recorded.servers[index].name == name {
                recorded.servers[index].owedStart = OwedStart(since: since, node: guest(name)?.node ?? "pve1")
            }
        case 32..<38: disturbObjects(&dice)
        default:
            desired.completeness =
                desired.completeness == .complete
                ? .broken(.init(documents: ["a.yaml:1"], claims: [ObjectName(.server, name.key)])) : .complete
        }
    }

    /// Two servers get each other's addresses.
    private mutating func changePlaces(_ one: ServerName, _ other: ServerName) {
        guard let left = desired.servers.firstIndex(where: { $0.name == one }),
            let right = desired.servers.firstIndex(where: { $0.name == other }), left != right
        else { return }
        let networks = desired.servers[left].networks
        desired.servers[left].networks = desired.servers[right].networks
        desired.servers[right].networks = networks
    }

    /// The first one goes, and each of the others gets the address of the one before, as in a set whose addresses go by
    /// place.
    private mutating func moveUp() {
        guard desired.servers.count > 1 else { return }
        let networks = desired.servers.map(\.networks)
        for index in desired.servers.indices.dropFirst() { desired.servers[index].networks = networks[index - 1] }
        desired.servers.removeFirst()
    }

    private static let long = (1...5).map { Timestamp(seconds: $0) }

    private mutating func setPolicy(_ dice: inout Dice) {
        var policy = Policy(name: "p")
        policy.apply = dice.pick(Policy.Apply.allCases)
        policy.recreate = dice.pick(Policy.Recreate.allCases)
        policy.destroyBudget = .count(dice.roll(4))
        policy.restarts = dice.pick(Policy.Restarts.allCases)
        policy.absenceConfirmations = 1 + dice.roll(3)
        if dice.isLucky(20) { policy.pause = .init(reason: "r") }
        desired.policies = [policy]
    }

    private mutating func clone(_ name: ServerName, to vmid: VMID) {
        guard var copy = guest(name), !inventory.guests.contains(where: { $0.vmid == vmid }) else { return }
        configurations[vmid] = configurations[copy.vmid]
        configurations[vmid]?.macs = ["copy \(vmid)"]
        copy.vmid = vmid
        copy.name = "copy-\(vmid)"
        inventory.guests.append(copy)
    }

    private mutating func addStranger(_ vmid: VMID) {
        guard !inventory.guests.contains(where: { $0.vmid == vmid }) else { return }
        addForeignGuest(vmid.rawValue, "stranger-\(vmid)")
    }

    /// The world without what stands in a plan's way from outside.
    mutating func calm() {
        for index in inventory.nodes.indices { inventory.nodes[index].isOnline = true }
        inventory.isQuorate = true
        desired.completeness = .complete
        for index in inventory.guests.indices { inventory.guests[index].lock = nil }
    }
}
