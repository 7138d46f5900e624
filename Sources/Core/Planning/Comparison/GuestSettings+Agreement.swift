import Model

extension GuestSettings {
    /// Whether a guest with these `actual` settings is as desired. No allocation: this is asked of every server in
    /// every pass.
    package func agrees(with actual: GuestSettings, type: GuestType) -> Bool {
        cores == actual.cores && memory == actual.memory && onBoot == actual.onBoot && protection == actual.protection
            && (type == .container || (sockets == actual.sockets && agent == actual.agent)) && tags == actual.tags
            && pool == actual.pool && description == actual.description && (dns == nil || dns == actual.dns)
            && disksAgree(with: actual.disks) && networksAgree(with: actual.networks)
    }

    private func disksAgree(with actual: [Disk]) -> Bool {
        if disks.isEmpty { return true }
        guard disks.count == actual.count else { return false }
        for (position, disk) in disks.enumerated() {
            if disk.agrees(with: actual[position]) { continue }
            guard let other = actual.first(where: { $0.interface == disk.interface }), disk.agrees(with: other) else {
                return false
            }
        }
        return true
    }

    private func networksAgree(with actual: [Network]) -> Bool {
        if networks.isEmpty { return true }
        guard networks.count == actual.count else { return false }
        for (position, network) in networks.enumerated() where !network.agrees(with: actual[position]) { return false }
        return true
    }

    /// Whether the listing's few attributes are as desired; what it does not have, it does not contradict.
    package func agrees(withListed guest: ObservedGuest, named name: ServerName) -> Bool {
        (guest.totalCores == nil || guest.totalCores == totalCores(of: guest.type))
            && (guest.memory == nil || guest.memory == memory) && tags == guest.tags && pool == guest.pool
            && guest.isNamed(name)
    }

    func totalCores(of type: GuestType) -> Int {
        switch type {
        case .vm: cores * sockets
        case .container: cores
        }
    }
}

extension GuestSettings.Disk {
    /// An unnamed datastore and an undeclared format agree with any.
    func agrees(with actual: Self) -> Bool {
        size == actual.size && ssd == actual.ssd && interface == actual.interface
            && (datastore == actual.datastore || datastore.isEmpty) && (format == nil || format == actual.format)
    }
}

extension GuestSettings.Network {
    func agrees(with actual: Self) -> Bool {
        bridge == actual.bridge && vlan == actual.vlan && address == actual.address && gateway == actual.gateway
            && (mac == nil || mac == actual.mac)
    }
}

extension ObservedGuest {
    /// A listing may have no name (a guest that was made this moment); then it contradicts none.
    package func isNamed(_ server: ServerName) -> Bool {
        name.isEmpty || name == server.text || name.lowercased() == server.key
    }
}
