import Model

/// When the look at each guest had ended. The clocks of the nodes, by which tasks begin, may be ahead of Plumb's.
struct LookEnds {
    private let now: Timestamp
    private var inventories: [ClusterName: ClusterInventory] = [:]
    /// When the latest task of each guest began; only of clusters whose task log was read after their guests.
    private var begins: [ClusterName: [VMID: Timestamp]] = [:]

    init(_ input: PlanningInput) {
        now = input.now
        for inventory in input.observed.inventories {
            inventories[inventory.cluster] = inventory
            guard inventory.tasksAreWholeSince != nil else { continue }
            var latest: [VMID: Timestamp] = [:]
            for task in inventory.pastTasks + inventory.runningTasks {
                guard let vmid = task.vmid else { continue }
                latest[vmid] = max(latest[vmid] ?? task.startedAt, task.startedAt)
            }
            begins[inventory.cluster] = latest
        }
    }

    func end(of vmid: VMID?, in cluster: ClusterName) -> Timestamp {
        let inventory = inventories[cluster]
        let detail = vmid.flatMap { inventory?.details[$0]?.value?.readAt }
        let looked = max(now, inventory?.readAt ?? now, detail ?? now)
        guard let begins = begins[cluster] else { return looked + CulpritFinder.clockMargin }
        return max(looked, vmid.flatMap { begins[$0] } ?? looked)
    }
}
