import Execution
import Model
import Planning
import Reconciliation

/// What is seen, leased and agreed to beside the batches.
extension World {
    func note(_ sightings: Sightings) {
        for index in recorded.servers.indices {
            let name = recorded.servers[index].name
            if let seen = sightings.seen.first(where: { $0.server == name }) {
                recorded.servers[index].absences = []
                recorded.servers[index].node = seen.node
            }
            if sightings.missed.contains(name) { recorded.servers[index].absences.append(sightings.at) }
        }
    }

    func release(_ leases: [VMIDLease]) { recorded.leases.removeAll(where: leases.contains) }

    /// As the registry does: all or none, and no number that another server holds.
    func take(_ leases: [VMIDLease]) throws(StepFailure) {
        interrupt(at: .leased)
        for lease in leases {
            let holder = recorded.leases.first { $0.cluster == lease.cluster && $0.vmid == lease.vmid }
            if let holder, holder.server != lease.server {
                throw StepFailure(
                    Sentence("registry.vmidTaken", lease.vmid.description, lease.cluster.text, holder.server.text))
            }
        }
        recorded.leases += leases.filter { !recorded.leases.contains($0) }
    }

    func endApprovals(like steps: [Step]) {
        let ended = Set(steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) })
        for index in recorded.approvals.indices { recorded.approvals[index].steps.removeAll { ended.contains($0) } }
    }

    func endApprovals(of steps: [StepID]) {
        for index in recorded.approvals.indices { recorded.approvals[index].steps.removeAll { steps.contains($0.id) } }
    }
}
