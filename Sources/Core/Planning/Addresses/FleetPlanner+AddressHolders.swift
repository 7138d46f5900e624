import Model

/// Who has a static address.
struct AddressHolder {
    enum Way {
        /// Its configuration, its state or its row says so.
        case configured
        /// Only the guest that runs still has it.
        case untilRestart
    }

    let address: StaticAddress
    /// Nil: a guest that is nobody's.
    let server: ServerName?
    let vmid: VMID
    let way: Way
    /// As an operator finds it.
    let text: String
}

extension FleetPlanner {
    /// Who has which static address in a cluster: what was read of guests, what states and rows say of servers whose
    /// guests are not known to be gone, and what guests that run were started with.
    func addressHolders(in cluster: Int) -> [AddressHolder] {
        readHolders(in: cluster) + knownHolders(in: cluster)
    }

    /// What a server really has that is only observed, or is in no state and not declared any more, stands nowhere but in
    /// the guest's own configuration: a row says what was declared once.
    mutating func askForUnstated(in cluster: Int) {
        let clusterView = view.clusters[cluster]
        for (position, known) in view.servers.enumerated() where known.cluster == cluster {
            let isUnstated =
                known.declared.map { input.desired.servers[$0].manage == .observe } ?? (known.state == nil)
            guard isUnstated, matches[position].presence == .present, let guest = matches[position].guest else {
                continue
            }
            let vmid = clusterView.guests[guest].vmid
            if clusterView.inventory?.details[vmid] == nil {
                needs.insert(DetailNeed(cluster: clusterView.name, vmid: vmid))
            }
        }
    }

    private func readHolders(in cluster: Int) -> [AddressHolder] {
        let clusterView = view.clusters[cluster]
        return clusterView.guests.enumerated().flatMap { position, guest -> [AddressHolder] in
            guard !guest.isTemplate, let detail = clusterView.inventory?.details[guest.vmid]?.value else { return [] }
            let owner = owners[cluster][position]
            return detail.staticAddresses.map { address in
                AddressHolder(
                    address: address, server: owner < 0 ? nil : view.servers[owner].name, vmid: guest.vmid,
                    way: .configured, text: clusterView.described(guest.vmid))
            }
        }
    }

    private func knownHolders(in cluster: Int) -> [AddressHolder] {
        var holders: [AddressHolder] = []
        for (position, known) in view.servers.enumerated() where known.cluster == cluster {
            guard let vmid = view.knownVMID(of: known), mayLive(position) else { continue }
            let row = known.recorded.map { input.recorded.servers[$0] }
            let text = "\(known.name) (\(vmid))"
            holders += remembered(of: known, row, vmid).map {
                AddressHolder(address: $0, server: known.name, vmid: vmid, way: .configured, text: text)
            }
            holders += heldAddresses(row?.formerAddresses ?? [], of: vmid, in: cluster).map {
                AddressHolder(address: $0, server: known.name, vmid: vmid, way: .untilRestart, text: text)
            }
        }
        return holders
    }

    /// What state or row say that a server has. A row keeps an address that a server once had; where the state has the
    /// server, that knows better, and the guest of a declared server knows best.
    private func remembered(of known: KnownServer, _ row: RecordedServer?, _ vmid: VMID) -> [StaticAddress] {
        let isRead = view.clusters[known.cluster].inventory?.details[vmid]?.value != nil
        if isRead, known.declared != nil { return [] }
        return known.state.flatMap { view.resource(at: $0) }?.settings.staticAddresses
            ?? (row?.addresses ?? []).compactMap(StaticAddress.init)
    }

    /// Those of the addresses that the guest was started with and was not started anew since.
    private func heldAddresses(_ former: [FormerAddress], of vmid: VMID, in cluster: Int) -> [StaticAddress] {
        let clusterView = view.clusters[cluster]
        guard !former.isEmpty, let position = clusterView.position(of: vmid), let inventory = clusterView.inventory
        else { return [] }
        let guest = clusterView.guests[position]
        return former.filter { $0.isHeld(by: guest, readAt: inventory.readAt) }
            .compactMap { StaticAddress($0.address) }
    }

    /// Whether a server's guest may be there, as far as its match says.
    private func mayLive(_ server: Int) -> Bool {
        switch matches[server].presence {
        case .present, .ambiguous, .unknown, .unread: true
        case .absent, .foreign: false
        }
    }

    /// What a VM that runs goes on with until its next start although these settings take it away, with what it has kept
    /// so far; nil: nothing. A container takes a new address at once.
    func formerAddresses(of one: ServerCase, after settings: GuestSettings) -> [FormerAddress]? {
        guard let guest = one.guest, guest.type == .vm, one.isRunning, !settings.networks.isEmpty,
            let detail = one.detail,
            let readAt = view.clusters[one.cluster].inventory?.readAt
        else { return one.recorded?.formerAddresses }
        let wanted = Set(settings.staticAddresses.map(\.host))
        var left = (one.recorded?.formerAddresses ?? []).filter { $0.isHeld(by: guest, readAt: readAt) }
            .map { $0.followed(to: guest) }
        let had = detail.settings.networks + (one.resource?.settings.networks ?? [])
        for address in had.compactMap(\.address) where !left.contains(where: { $0.address == address }) {
            left.append(FormerAddress(address: address, node: guest.node))
        }
        left.removeAll { former in StaticAddress(former.address).map { wanted.contains($0.host) } ?? true }
        return left.isEmpty ? nil : left
    }
}
