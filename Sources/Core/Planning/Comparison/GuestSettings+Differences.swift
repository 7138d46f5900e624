import Model

extension GuestSettings {
    /// What differs between these desired settings and `actual`, attribute by attribute, in a fixed order.
    func differences(from actual: GuestSettings, type: GuestType) -> [Difference] {
        var found: [Difference] = []
        func compare(_ attribute: Attribute, _ desired: String?, _ actual: String?) {
            guard desired != actual else { return }
            found.append(
                Difference(path: attribute.name, desired: desired, actual: actual, effect: attribute.effect(on: type)))
        }
        compare(.cores, String(cores), String(actual.cores))
        if type == .vm { compare(.sockets, String(sockets), String(actual.sockets)) }
        compare(.memory, "\(memory)MiB", "\(actual.memory)MiB")
        if !disks.isEmpty { found += diskDifferences(from: actual, type) }
        if !networks.isEmpty { found += networkDifferences(from: actual, type) }
        if let dns { compare(.dns, dns.text, actual.dns?.text) }
        if type == .vm { compare(.agent, String(agent), String(actual.agent)) }
        compare(.onBoot, String(onBoot), String(actual.onBoot))
        compare(.tags, tags.joined(separator: ";"), actual.tags.joined(separator: ";"))
        compare(.pool, pool, actual.pool)
        compare(.description, description, actual.description)
        compare(.protection, String(protection), String(actual.protection))
        return found
    }

    private func diskDifferences(from actual: GuestSettings, _ type: GuestType) -> [Difference] {
        var found: [Difference] = []
        for disk in disks {
            let path = "disks[\(disk.interface)]"
            guard let other = actual.disks.first(where: { $0.interface == disk.interface }) else {
                found.append(
                    Difference(
                        path: path, desired: disk.text, actual: nil, effect: Attribute.newDisk.effect(on: type)))
                continue
            }
            func compare(_ name: String, _ desired: String?, _ actual: String?, _ effect: RunningEffect) {
                guard desired != actual else { return }
                found.append(Difference(path: "\(path).\(name)", desired: desired, actual: actual, effect: effect))
            }
            compare("size", "\(disk.size)GiB", "\(other.size)GiB", Attribute.diskSize.effect(on: type))
            if !disk.datastore.isEmpty { compare("datastore", disk.datastore, other.datastore, .none) }
            if disk.format != nil { compare("format", disk.format, other.format, .none) }
            compare("ssd", String(disk.ssd), String(other.ssd), Attribute.diskSSD.effect(on: type))
        }
        for other in actual.disks where !disks.contains(where: { $0.interface == other.interface }) {
            found.append(
                Difference(path: "disks[\(other.interface)]", desired: nil, actual: other.text, effect: .none))
        }
        return found
    }

    private func networkDifferences(from actual: GuestSettings, _ type: GuestType) -> [Difference] {
        var found: [Difference] = []
        for position in 0..<max(networks.count, actual.networks.count) {
            let path = "networks[\(position)]"
            let desired = position < networks.count ? networks[position] : nil
            let other = position < actual.networks.count ? actual.networks[position] : nil
            guard let desired, let other else {
                found.append(
                    Difference(
                        path: path, desired: desired?.text, actual: other?.text,
                        effect: Attribute.networkDevice.effect(on: type)))
                continue
            }
            func compare(_ name: String, _ desired: String?, _ actual: String?, _ attribute: Attribute) {
                guard desired != actual else { return }
                found.append(
                    Difference(
                        path: "\(path).\(name)", desired: desired, actual: actual, effect: attribute.effect(on: type)))
            }
            compare("bridge", desired.bridge, other.bridge, .networkDevice)
            compare("vlan", desired.vlan.map(String.init), other.vlan.map(String.init), .networkDevice)
            if desired.mac != nil { compare("mac", desired.mac, other.mac, .networkDevice) }
            compare("address", desired.address, other.address, .networkAddress)
            compare("gateway", desired.gateway, other.gateway, .networkAddress)
        }
        return found
    }
}

extension GuestSettings.Disk {
    var text: String {
        "\(size)GiB on \(datastore)\(format.map { ", " + $0 } ?? "")\(ssd ? ", ssd" : "")"
    }
}

extension GuestSettings.Network {
    var text: String {
        var parts = [bridge]
        if let vlan { parts.append("vlan \(vlan)") }
        if let address { parts.append(address) }
        if let gateway { parts.append("via \(gateway)") }
        if let mac { parts.append(mac) }
        return parts.joined(separator: " ")
    }
}

extension GuestSettings.DNS {
    var text: String { (servers + (domain.map { ["domain \($0)"] } ?? [])).joined(separator: " ") }
}
