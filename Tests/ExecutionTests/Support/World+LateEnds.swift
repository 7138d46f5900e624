import Execution
import Model
import Simulation

/// What goes on, or cannot be written, after Terraform's run.
extension World {
    /// What is written of an end.
    enum Writing: CaseIterable, Sendable {
        case entry, state
        /// That a server is no more.
        case row
    }

    func demand(_ writing: Writing) throws(StepFailure) {
        if unwritable.contains(writing) { throw Self.noRoom }
    }

    /// A guest is listed as long as the task runs that destroys it, and is gone with that.
    func goOnWithLateEnds() {
        for (vmid, looks) in lateEnds {
            tasks.removeAll { $0.vmid == vmid && $0.type == "qmdestroy" }
            guard looks > 0 else {
                lateEnds[vmid] = nil
                pool.guests[vmid] = nil
                continue
            }
            lateEnds[vmid] = looks - 1
            let node: NodeName = pool.guests[vmid]?.node ?? "pve1"
            tasks.append(
                ObservedTask(
                    upid: "UPID:\(vmid)", node: node, type: "qmdestroy", vmid: vmid, user: "root@pam", startedAt: now))
        }
    }
}
