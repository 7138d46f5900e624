import Model

extension PlanCheck {
    /// Whoever is given a static address finds it free: who was read to have it, or still runs with it, ends before, or
    /// lets go of it.
    mutating func checkAddresses() {
        var known: [ClusterName: [String: [Holder]]] = [:]
        for step in plan.steps where step.mayRun {
            guard case .server(let name, let stack) = step.subject, let given = step.action.given else { continue }
            let own = given.guest.flatMap { inventories[stack.cluster]?.details[$0.vmid]?.value }
            for network in given.settings.networks {
                guard let host = network.staticHost, !(own?.has(network) ?? false) else { continue }
                let holders = known[stack.cluster] ?? holders(in: stack.cluster)
                known[stack.cluster] = holders
                for holder in holders[host] ?? [] where holder.server != name && holder.vmid != given.guest?.vmid {
                    let isSame =
                        holder.network.map { $0.bridge == network.bridge && $0.vlan == network.vlan } ?? true
                    guard isSame, !isFreed(host, by: holder, before: step, stack.cluster) else { continue }
                    report(.sharedAddress, step, "\(host) is held by \(holder.vmid)")
                }
            }
        }
    }

    private struct Holder {
        let vmid: VMID
        /// Whose mark it bears.
        let server: ServerName?
        /// Nil: the guest runs with it, and its configuration has another one.
        let network: GuestSettings.Network?
    }

    private func isFreed(_ host: String, by holder: Holder, before step: Step, _ cluster: ClusterName) -> Bool {
        let earlier = plan.steps.filter { step.after.contains($0.id) }
        if earlier.contains(where: { $0.action.ends(holder.vmid) }) { return true }
        let isStopped = earlier.contains { $0.action.stops(holder.vmid) }
        guard holder.network != nil else {
            return isStopped || earlier.contains { $0.action.restarts(holder.vmid) }
        }
        let changes = plan.steps.filter { other in
            guard let given = other.action.given, given.guest?.vmid == holder.vmid,
                !given.settings.networks.isEmpty
            else { return false }
            return !given.settings.networks.contains { $0.staticHost == host }
        }
        guard let change = changes.first, let guest = change.action.given?.guest else { return false }
        if !isRunning(holder.vmid, cluster) {
            // Two that stand still may change places in any order, where each knows that it needs the other.
            let isAtRest = step.action.given?.guest.map { !isRunning($0.vmid, cluster) } ?? false
            let isExchange = isAtRest && (step.exchangesWith?.contains(change.id) ?? false)
            return step.after.contains(change.id) || (isExchange && (change.mayRun || step.disposition != .ready))
        }
        return step.after.contains(change.id) && (guest.type == .container || isStopped)
    }

    private func isRunning(_ vmid: VMID, _ cluster: ClusterName) -> Bool {
        inventories[cluster]?.guest(vmid).map { $0.status != .stopped } ?? true
    }

    /// Guests that were read, and what others were started with, by their addresses.
    private func holders(in cluster: ClusterName) -> [String: [Holder]] {
        var holders: [String: [Holder]] = [:]
        guard let inventory = inventories[cluster] else { return [:] }
        let templates = Set(inventory.guests.filter(\.isTemplate).map(\.vmid))
        for (vmid, detail) in inventory.details where !templates.contains(vmid) {
            guard let detail = detail.value else { continue }
            for network in detail.settings.networks + (detail.pending?.networks ?? []) {
                guard let host = network.staticHost else { continue }
                holders[host, default: []].append(Holder(vmid: vmid, server: detail.mark?.server, network: network))
            }
        }
        for row in input.recorded.servers where row.stack.cluster == cluster {
            guard let former = row.formerAddresses, let guest = inventory.guest(row.vmid) else { continue }
            for former in former where former.isHeld(by: guest, readAt: inventory.readAt) {
                let host = former.address.prefix { $0 != "/" }.lowercased()
                holders[host, default: []].append(Holder(vmid: row.vmid, server: row.name, network: nil))
            }
        }
        return holders
    }
}

extension GuestConfiguration {
    fileprivate func has(_ network: GuestSettings.Network) -> Bool {
        (pending ?? settings).networks.contains {
            $0.staticHost == network.staticHost && $0.bridge == network.bridge && $0.vlan == network.vlan
        }
    }
}

extension GuestSettings.Network {
    /// Its address without the length of the network; nil for one that is not given for good.
    fileprivate var staticHost: String? {
        guard let address, let slash = address.firstIndex(of: "/") else { return nil }
        return address[..<slash].lowercased()
    }
}

extension Action {
    /// What a guest gets by it, and which guest; nil there: one that is born.
    fileprivate var given: (settings: GuestSettings, guest: GuestReference?)? {
        switch self {
        case .create(let creation), .recreate(let creation): (creation.configuration.settings, nil)
        case .rebuild(let rebuild): (rebuild.creation.configuration.settings, nil)
        case .update(let change): (change.configuration.settings, change.guest)
        case .adopt(let adoption): (adoption.configuration.settings, adoption.guest)
        case .destroy, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    fileprivate func ends(_ vmid: VMID) -> Bool {
        guard case .destroy(let removal) = self else { return false }
        return removal.guest.vmid == vmid
    }

    fileprivate func restarts(_ vmid: VMID) -> Bool {
        guard case .restart(let restart) = self else { return false }
        return restart.guest.vmid == vmid
    }

    fileprivate func stops(_ vmid: VMID) -> Bool {
        guard case .power(let change) = self else { return false }
        return change.target == .stopped && change.guest.vmid == vmid
    }
}
