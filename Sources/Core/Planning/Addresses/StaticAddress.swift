import Model

/// An address that a guest is given for good, and where it is one.
struct StaticAddress: Hashable {
    /// Without the length of its network.
    let host: String
    /// Nil: not known, so it may be any.
    var bridge: String?
    var vlan: Int?

    /// - Returns: nil for anything but CIDR notation (`dhcp`).
    init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        host = text[..<slash].lowercased()
    }

    /// Whether two guests with these would answer in one network.
    func meets(_ other: StaticAddress) -> Bool {
        guard host == other.host else { return false }
        guard let bridge, let otherBridge = other.bridge else { return true }
        return bridge == otherBridge && vlan == other.vlan
    }
}

extension GuestSettings {
    var staticAddresses: [StaticAddress] {
        networks.compactMap { network in
            guard var address = network.address.flatMap(StaticAddress.init) else { return nil }
            address.bridge = network.bridge
            address.vlan = network.vlan
            return address
        }
    }
}

extension GuestConfiguration {
    /// What the guest runs with and what it will run with.
    var staticAddresses: [StaticAddress] { settings.staticAddresses + (pending?.staticAddresses ?? []) }
}
