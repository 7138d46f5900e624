import Model

extension PlanCheck {
    /// What is born with a static address finds it free: whoever was read to have it ends before.
    mutating func checkAddresses() {
        var known: [ClusterName: [String: [Holder]]] = [:]
        for step in plan.steps where step.mayRun {
            guard case .server(let name, let stack) = step.subject, let settings = step.action.settingsAtBirth else {
                continue
            }
            for network in settings.networks {
                guard let host = network.staticHost else { continue }
                let holders = known[stack.cluster] ?? holders(in: stack.cluster)
                known[stack.cluster] = holders
                for holder in holders[host] ?? [] {
                    let isSame = holder.network.bridge == network.bridge && holder.network.vlan == network.vlan
                    guard isSame, holder.server != name, !step.follows(theEndOf: holder.vmid, in: plan) else {
                        continue
                    }
                    report(.sharedAddress, step, "\(host) is held by \(holder.vmid)")
                }
            }
        }
    }

    private struct Holder {
        let vmid: VMID
        /// Whose mark it bears.
        let server: ServerName?
        let network: GuestSettings.Network
    }

    /// Guests that were read, by their addresses.
    private func holders(in cluster: ClusterName) -> [String: [Holder]] {
        var holders: [String: [Holder]] = [:]
        let templates = Set((inventories[cluster]?.guests ?? []).filter(\.isTemplate).map(\.vmid))
        for (vmid, detail) in inventories[cluster]?.details ?? [:] where !templates.contains(vmid) {
            guard let detail = detail.value else { continue }
            for network in detail.settings.networks {
                guard let host = network.staticHost else { continue }
                holders[host, default: []].append(Holder(vmid: vmid, server: detail.mark?.server, network: network))
            }
        }
        return holders
    }
}

extension GuestSettings.Network {
    /// Its address without the length of the network; nil for one that is not given for good.
    fileprivate var staticHost: String? {
        guard let address, let slash = address.firstIndex(of: "/") else { return nil }
        return address[..<slash].lowercased()
    }
}

extension Step {
    /// Whether it comes after the end of that guest.
    fileprivate func follows(theEndOf vmid: VMID, in plan: Plan) -> Bool {
        plan.steps.contains { other in
            guard after.contains(other.id), case .destroy(let removal) = other.action else { return false }
            return removal.guest.vmid == vmid
        }
    }
}

extension Action {
    fileprivate var settingsAtBirth: GuestSettings? {
        switch self {
        case .create(let creation), .recreate(let creation): creation.configuration.settings
        case .rebuild(let rebuild): rebuild.creation.configuration.settings
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record,
            .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }
}
