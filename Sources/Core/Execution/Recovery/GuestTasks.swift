import Model

/// Tasks of Proxmox that an earlier process started and that go on by themselves.
struct GuestTasks: Sendable {
    let inventory: any GuestInventory
    let cluster: ClusterName
    let pause: @Sendable () async -> Void

    /// Why nothing can be said of these guests yet. Tasks that make, change or end one of them are waited for.
    ///
    /// - Parameter withBackups: whether a backup counts, which changes nothing and can take hours.
    func obstacle(of vmids: Set<VMID>, withBackups: Bool = false) async -> Sentence? {
        var tasks: [ObservedTask] = []
        for round in 0..<Self.looks {
            if round > 0 { await pause() }
            let now = await inventory.inventory(of: cluster, details: [])
            if let distrust = now.distrust { return distrust }
            tasks = now.runningTasks.filter { task in
                (task.vmid.map(vmids.contains) ?? false)
                    && (task.changesGuest || (withBackups && task.type == "vzdump"))
            }
            if tasks.isEmpty { return nil }
        }
        return tasks.first.map { Sentence("recovery.taskRuns", $0.type, $0.vmid?.description ?? "", $0.upid) }
    }

    /// With the product's pause about a minute; afterwards the next pass looks again.
    private static var looks: Int { 200 }
}

extension ObservedTask {
    /// Whether a guest is not what it was when the task has ended (Proxmox's task types: `qm…` and `vz…`).
    fileprivate var changesGuest: Bool {
        guard type.hasPrefix("qm") || type.hasPrefix("vz") else { return false }
        return ["create", "clone", "destroy", "start", "shutdown", "stop", "resize", "restore"].contains {
            type.hasSuffix($0)
        }
    }
}
