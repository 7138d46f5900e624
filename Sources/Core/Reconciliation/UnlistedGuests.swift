import Execution
import Model

/// Guests that should be there and are not listed: a listing leaves out what a right on a single guest or its pool
/// hides, so that the cluster is asked for each of them by its number before anything is concluded.
extension Reconciler {
    func askForUnlisted(in survey: inout Survey) async {
        for index in survey.observed.inventories.indices {
            let inventory = survey.observed.inventories[index]
            guard inventory.distrust == nil else { continue }
            let unlisted = survey.knownVMIDs(in: inventory.cluster).filter { inventory.guest($0) == nil }
            guard !unlisted.isEmpty else { continue }
            survey.observed.inventories[index] = await ports.inventory.detailed(inventory, guests: unlisted)
        }
    }
}

extension Survey {
    /// The VMIDs that the registry, the states or tfvars give to servers of a cluster.
    fileprivate func knownVMIDs(in cluster: ClusterName) -> Set<VMID> {
        var known = Set(recorded.servers.filter { $0.stack.cluster == cluster }.map(\.vmid))
        for stack in observed.stacks where stack.id.cluster == cluster {
            known.formUnion((stack.state.value?.resources ?? []).map(\.vmid))
            known.formUnion(stack.tfvars.entries.configurations.map(\.birth.vmid))
        }
        return known
    }
}
