import Model

extension GuestSettings {
    /// Takes over the options of disks by their interfaces, and of network devices by their places: what the YAML has
    /// no word for stays as it is.
    mutating func keepOptions(of other: GuestSettings?) {
        guard let other else { return }
        for index in disks.indices {
            disks[index].options = other.disks.first { $0.interface == disks[index].interface }?.options
        }
        for index in networks.indices where other.networks.indices.contains(index) {
            networks[index].options = other.networks[index].options
        }
    }

    /// What is kept in another way than `entry` has it, for people.
    func optionChanges(since entry: GuestSettings) -> [AttributeChange] {
        var found: [AttributeChange] = []
        func compare(_ path: String, _ before: [GuestOption]?, _ after: [GuestOption]?) {
            let names = Set(((before ?? []) + (after ?? [])).map(\.name)).sorted()
            for name in names {
                let values = [before, after].map { list in list?.first { $0.name == name }?.value }
                guard values[0] != values[1] else { continue }
                found.append(AttributeChange(path: "\(path).\(name)", before: values[0], after: values[1]))
            }
        }
        for disk in disks {
            let before = entry.disks.first { $0.interface == disk.interface }
            compare("disks[\(disk.interface)]", before?.options, disk.options)
        }
        for (index, network) in networks.enumerated() {
            let before = entry.networks.indices.contains(index) ? entry.networks[index].options : nil
            compare("networks[\(index)]", before, network.options)
        }
        return found
    }
}
