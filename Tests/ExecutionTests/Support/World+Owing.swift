import Execution
import Model
import Simulation

/// What guests are owed, and what people do with their power by hand.
extension World {
    func oweStart(of server: ServerName, _ owed: OwedStart) throws(StepFailure) -> OwedStart? {
        try call()
        if let owingFailure { throw owingFailure }
        let earlier = recorded.servers.first { $0.name == server }?.owedStart
        for index in recorded.servers.indices where recorded.servers[index].name == server {
            recorded.servers[index].owedStart = owed
        }
        return earlier
    }

    func owedStart(of server: ServerName) throws(StepFailure) -> OwedStart? {
        try call()
        return recorded.servers.first { $0.name == server }?.owedStart
    }

    func settleStart(of server: ServerName) throws(StepFailure) {
        try call()
        for index in recorded.servers.indices where recorded.servers[index].name == server {
            recorded.servers[index].owedStart = nil
        }
    }

    func reference(to vmid: VMID) -> GuestReference {
        let node = pool.guests[vmid]?.node ?? "pve1"
        return GuestReference(cluster: cluster, vmid: vmid, type: .vm, node: node, mark: nil)
    }

    /// What somebody does by hand.
    func togglePower(_ vmid: VMID) {
        guard let guest = pool.guests[vmid] else { return }
        if !guest.isRunning { startedAt[vmid] = now }
        pool.guests[vmid]?.isRunning = !guest.isRunning
    }
}
