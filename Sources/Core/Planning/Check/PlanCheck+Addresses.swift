import Model

extension PlanCheck {
    /// What is born with a static address finds it free: whoever was read to have it ends before.
    mutating func checkAddresses() {
        for step in plan.steps where step.mayRun {
            guard case .server(let name, let stack) = step.subject, let settings = step.action.settingsAtBirth else {
                continue
            }
            for network in settings.networks {
                guard let address = network.address, address.contains("/") else { continue }
                for vmid in holders(of: network, in: stack.cluster, besides: name) where !step.ends(vmid, in: plan) {
                    report(.sharedAddress, step, "\(address) is held by \(vmid)")
                }
            }
        }
    }

    private func holders(
        of network: GuestSettings.Network, in cluster: ClusterName, besides name: ServerName
    ) -> [VMID] {
        guard let inventory = inventories[cluster] else { return [] }
        let host = network.address?.prefix { $0 != "/" }.lowercased()
        return inventory.guests.filter { guest in
            guard !guest.isTemplate, let detail = inventory.details[guest.vmid]?.value, detail.mark?.server != name
            else { return false }
            return detail.settings.networks.contains { other in
                guard let held = other.address, held.contains("/") else { return false }
                return held.prefix { $0 != "/" }.lowercased() == host && other.bridge == network.bridge
                    && other.vlan == network.vlan
            }
        }.map(\.vmid)
    }
}

extension Step {
    /// Whether it comes after the end of that guest.
    fileprivate func ends(_ vmid: VMID, in plan: Plan) -> Bool {
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
        case .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            nil
        }
    }
}
