import Model

/// No two guests that live bear one static address.
extension FleetPlanner {
    /// A server that is born with an address that another guest has waits for that guest's end, where the plan has it,
    /// and is blocked otherwise. A rename that nobody declared is such a pair.
    mutating func guardAddresses() {
        var late: Set<StepID> = []
        for cluster in view.clusters.indices {
            let births = drafts.indices.filter { drafts[$0].cluster == cluster && !drafts[$0].addressesAtBirth.isEmpty }
            if births.isEmpty { continue }
            let holders = Dictionary(grouping: addressHolders(in: cluster), by: \.address.host)
            for index in births {
                for address in drafts[index].addressesAtBirth {
                    if wait(index, for: address, holders[address.host] ?? []) { late.insert(drafts[index].step.id) }
                }
            }
        }
        postpone(late)
    }

    /// - Returns: whether the birth now comes after another guest's end.
    private mutating func wait(_ index: Int, for address: StaticAddress, _ holders: [AddressHolder]) -> Bool {
        guard let server = drafts[index].server else { return false }
        let name = view.servers[server].name
        var isLate = false
        for holder in holders where holder.server != name && holder.address.meets(address) {
            if let end = holder.server.flatMap(destroy(of:)) {
                if !drafts[index].step.after.contains(end) { drafts[index].step.after.append(end) }
                isLate = true
            } else if drafts[index].obstacle == nil {
                drafts[index].obstacle = .blocked(Sentence(.addressTaken, name.text, address.host, holder.text))
            }
        }
        return isLate
    }

    private func destroy(of server: ServerName) -> StepID? {
        drafts.first { draft in
            draft.phase == .destroys && draft.server.map { view.servers[$0].name == server } ?? false
        }?.step.id
    }

    /// Births that come after an end, and those that come after such a birth, go behind the destroys.
    private mutating func postpone(_ late: Set<StepID>) {
        guard !late.isEmpty else { return }
        var late = late
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for index in drafts.indices where drafts[index].phase == .births || late.contains(drafts[index].step.id) {
                let follows = drafts[index].step.after.contains(where: late.contains)
                if follows, late.insert(drafts[index].step.id).inserted { isGrowing = true }
            }
        }
        for index in drafts.indices where late.contains(drafts[index].step.id) && drafts[index].phase < .lateBirths {
            drafts[index].phase = .lateBirths
        }
    }

    /// Who has which static address in a cluster: what was read of guests, and what states and rows say of servers whose
    /// guests are not known to be gone.
    private func addressHolders(in cluster: Int) -> [AddressHolder] {
        var holders: [AddressHolder] = []
        let clusterView = view.clusters[cluster]
        for (position, guest) in clusterView.guests.enumerated() where !guest.isTemplate {
            guard let settings = clusterView.inventory?.details[guest.vmid]?.value?.settings else { continue }
            let owner = owners[cluster][position]
            for address in settings.staticAddresses {
                holders.append(
                    AddressHolder(
                        address: address, server: owner < 0 ? nil : view.servers[owner].name,
                        text: clusterView.described(guest.vmid)))
            }
        }
        for (position, known) in view.servers.enumerated() where known.cluster == cluster {
            guard let vmid = view.knownVMID(of: known), mayLive(position) else { continue }
            let row = known.recorded.map { input.recorded.servers[$0] }
            // A row keeps an address that a server once had; where the state has the server, that knows better.
            let addresses =
                known.state.flatMap { view.resource(at: $0) }?.settings.staticAddresses
                ?? (row?.addresses ?? []).compactMap(StaticAddress.init)
            for address in addresses {
                holders.append(AddressHolder(address: address, server: known.name, text: "\(known.name) (\(vmid))"))
            }
        }
        return holders
    }

    /// Whether a server's guest may be there, as far as its match says.
    private func mayLive(_ server: Int) -> Bool {
        switch matches[server].presence {
        case .present, .ambiguous, .unknown, .unread: true
        case .absent, .foreign: false
        }
    }
}

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

private struct AddressHolder {
    let address: StaticAddress
    /// Nil: a guest that is nobody's.
    let server: ServerName?
    /// As an operator finds it.
    let text: String
}

extension GuestSettings {
    fileprivate var staticAddresses: [StaticAddress] {
        networks.compactMap { network in
            guard var address = network.address.flatMap(StaticAddress.init) else { return nil }
            address.bridge = network.bridge
            address.vlan = network.vlan
            return address
        }
    }
}

extension DraftStep {
    fileprivate var addressesAtBirth: [StaticAddress] {
        switch step.action {
        case .create(let creation), .recreate(let creation): creation.configuration.settings.staticAddresses
        case .rebuild(let rebuild): rebuild.creation.configuration.settings.staticAddresses
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record,
            .retire, .register, .updateRegistration, .unregister:
            []
        }
    }
}
