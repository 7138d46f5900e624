import Model

extension TerraformDouble {
    /// What an update writes of disks, network devices, numbers and switches, by the YAML's names. What is not declared stays as
    /// it is.
    static func changes(
        of type: GuestType, from actual: GuestSettings, to wanted: GuestSettings
    ) -> [AttributeChange] {
        var found: [AttributeChange] = []
        func compare(_ path: String, _ before: String?, _ after: String?) {
            if before != after { found.append(AttributeChange(path: path, before: before, after: after)) }
        }
        compare("cores", String(actual.cores), String(wanted.cores))
        compare("memory", String(actual.memory), String(wanted.memory))
        compare("onBoot", String(actual.onBoot), String(wanted.onBoot))
        compare("protection", String(actual.protection), String(wanted.protection))
        if type == .vm {
            compare("sockets", String(actual.sockets), String(wanted.sockets))
            compare("agent", String(actual.agent), String(wanted.agent))
        }
        let interfaces = Set((wanted.disks.isEmpty ? [] : wanted.disks + actual.disks).map(\.interface)).sorted()
        for interface in interfaces {
            let (old, new) = (
                actual.disks.first { $0.interface == interface },
                wanted.disks.first { $0.interface == interface }
            )
            guard let old, let new else {
                compare("disks[\(interface)]", old?.datastore, new?.datastore)
                continue
            }
            compare("disks[\(interface)].size", String(old.size), String(new.size))
            if !new.datastore.isEmpty { compare("disks[\(interface)].datastore", old.datastore, new.datastore) }
        }
        for place in 0..<(wanted.networks.isEmpty ? 0 : max(wanted.networks.count, actual.networks.count)) {
            let old = place < actual.networks.count ? actual.networks[place] : nil
            let new = place < wanted.networks.count ? wanted.networks[place] : nil
            guard let old, let new else {
                compare("networks[\(place)]", old?.bridge, new?.bridge)
                continue
            }
            compare("networks[\(place)].bridge", old.bridge, new.bridge)
            compare("networks[\(place)].vlan", old.vlan.map(String.init), new.vlan.map(String.init))
            if new.mac != nil { compare("networks[\(place)].mac", old.mac, new.mac) }
        }
        return found
    }
}
