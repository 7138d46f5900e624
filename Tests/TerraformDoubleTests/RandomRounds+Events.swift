import Chance
import Foundation
import Model
import Simulation
import Terraform
import Testing

/// What happens between two plans: in tfvars, to the guests, to the state.
extension RandomRounds {
    func guestType(of name: ServerName) -> GuestType { names.suffix(2).contains(name) ? .container : .vm }

    /// Entries come, go (without a plan that drops them: the mistake that `-target` does not confine) and change.
    mutating func declare() async throws {
        for name in names where random.chance(0.3) {
            if double.entries[name] == nil {
                try set(configuration(name, cores: 1), for: name)
            } else if random.chance(0.15) {
                try forget(name)
            } else if var entry = double.entries[name] {
                entry.settings.cores = 1 + Int(random.next() % 4)
                if random.chance(0.3) { entry.settings.memory = 512 * (1 + Int(random.next() % 3)) }
                if random.chance(0.3) { entry.settings.tags = random.chance(0.5) ? ["plumb"] : ["plumb", "web"] }
                try set(entry, for: name)
            }
        }
    }

    private mutating func set(_ entry: ServerConfiguration, for name: ServerName) throws {
        double.entries[name] = entry
        try laboratory.stack.writeEntries([name: entry])
    }

    mutating func forget(_ name: ServerName) throws {
        double.entries[name] = nil
        try laboratory.stack.restoreEntries([name: nil])
    }

    private func configuration(_ name: ServerName, cores: Int) -> ServerConfiguration {
        let type = guestType(of: name)
        let taken = Set(double.entries.values.map(\.birth.vmid)).union(double.resources.values.map(\.vmid))
        let vmid = (0..<20).map { VMID((type == .vm ? 200 : 220) + $0) }.first { !taken.contains($0) } ?? VMID(299)
        var birth = ServerConfiguration.Birth(type: type, node: "pve1", vmid: vmid)
        switch type {
        case .vm: birth.template = ServerConfiguration.Template(vmid: VMID(9000), node: "pve1")
        case .container: birth.templateFile = "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"
        }
        var settings = GuestSettings()
        settings.cores = cores
        settings.memory = 1024
        let disk = type == .vm ? "scsi0" : "rootfs"
        settings.disks = [GuestSettings.Disk(interface: disk, datastore: "local-lvm", size: 8)]
        settings.networks = [GuestSettings.Network(bridge: "vmbr0")]
        settings.tags = ["plumb"]
        settings.description = "plumb: lab/main/\(name) 0123456789abcdef"
        return ServerConfiguration(birth: birth, settings: settings)
    }

    /// People change and delete guests by hand, and move containers; a VM that moved is another matter, in that its deletion
    /// is not the same to both. What nothing in the state stands for any more goes in a while, so
    /// that its number comes free.
    mutating func happen() async throws {
        let known = Set(double.resources.values.map(\.vmid))
        for vmid in pool.guests.keys.sorted() where pool.guests[vmid]?.isTemplate == false {
            guard let guest = pool.guests[vmid] else { continue }
            let isLost = guest.type == .container && guest.node != "pve1"
            guard random.chance(known.contains(vmid) && !isLost ? 0.15 : 0.6) else { continue }
            let path = "/nodes/\(guest.node)/\(guest.type == .vm ? "qemu" : "lxc")/\(vmid)"
            if !known.contains(vmid) || random.chance(0.4) {
                pool.guests[vmid] = nil
                try await laboratory.call(.delete, path)
            } else if isLost || (guest.type == .container && random.chance(0.5)) {
                let node: NodeName = guest.node == "pve1" ? "pve2" : "pve1"
                pool.guests[vmid]?.node = node
                try await laboratory.call(.post, path + "/migrate", ["target": node.text])
                tally["\(guest.type.rawValue) moved", default: 0] += 1
            } else {
                let cores = 1 + Int(random.next() % 8)
                pool.guests[vmid]?.settings.cores = cores
                try await laboratory.call(.put, path + "/config", ["cores": String(cores)])
            }
        }
    }

    /// A resource that a failure tainted is untainted in a while, and one changes its name in the state.
    mutating func command(_ round: Int) async throws {
        if let tainted = double.resources.values.filter(\.isTainted).map(\.server).sorted().first, random.chance(0.8) {
            double.untaint(tainted)
            try await laboratory.stack.untaint(tainted)
            tally["untaint", default: 0] += 1
        }
        guard random.chance(0.2) else { return }
        let here = double.resources.keys.sorted()
        let free = names.filter { double.resources[$0] == nil && double.entries[$0] == nil }
        guard let former = random.pick(here.filter { double.entries[$0] != nil }),
            let name = random.pick(free.filter { guestType(of: $0) == guestType(of: former) }),
            let entry = double.entries[former], let resource = double.give(former)
        else { return }
        _ = double.receive(resource, as: name)
        try set(entry, for: name)
        try await laboratory.stack.moveIntoState(name, formerly: former, from: laboratory.stack)
        try forget(former)
        tally["move", default: 0] += 1
    }
}
