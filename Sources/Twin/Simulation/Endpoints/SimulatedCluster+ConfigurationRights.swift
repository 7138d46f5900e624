/// What Proxmox asks of whoever sets a guest's configuration, beside the right to the call itself: a privilege for
/// each kind of setting, and the use of each bridge (PVE::API2::Qemu and PVE::LXC, `check_*_modify_config_perm`;
/// PVE::GuestHelpers, `check_vnet_access`, since Proxmox VE 8).
extension SimulatedCluster {
    /// - Parameter pool: the guest's, or the one that it is born into: a right on the pool does, too.
    func requireConfiguring(
        _ keys: [String], of vmid: Int, _ kind: GuestKind, pool: String?, _ call: Call
    ) throws(Refusal) {
        for key in keys {
            let privileges = ConfigurationKey.privileges(key, kind)
            let isHeld = privileges.contains { access.holds($0, onGuest: vmid, pool: pool, call.identity) }
            if !isHeld { throw .forbidden("/vms/\(vmid)", privileges.joined(separator: "|")) }
        }
    }

    /// A bridge of a node is a network of the zone `localnetwork`; a VLAN's tag is a place below its bridge.
    ///
    /// - Parameter settings: values of `net0`, `net1` and so on, by their keys; others are passed over.
    func requireBridges(of settings: [String: String], _ call: Call) throws(Refusal) {
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) where ConfigurationKey.isNetwork(key) {
            let network = PropertyString(value)
            guard let bridge = network.values["bridge"] else { continue }
            let tag = network.values["tag"].map { "/\($0)" } ?? ""
            try require("SDN.Use", on: "/sdn/zones/localnetwork/\(bridge)\(tag)", call)
        }
    }
}
