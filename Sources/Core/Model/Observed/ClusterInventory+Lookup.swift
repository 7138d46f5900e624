extension ClusterInventory {
    /// The guest of that VMID; the list is in ascending order.
    package func guest(_ vmid: VMID) -> ObservedGuest? {
        guests.position(of: vmid).map { guests[$0] }
    }

    /// Whether a guest that the listing lacks is really not there: every node answers and the cluster has quorum.
    package var canProveAbsence: Bool { distrust == nil && isQuorate && nodes.allSatisfy(\.isOnline) }

    /// The successful task that destroyed the guest of that VMID, as far as the task log that was read shows it.
    package func destroyTask(of vmid: VMID) -> ObservedTask? {
        pastTasks.filter { $0.vmid == vmid && $0.destroysGuest && $0.succeeded }
            .max { ($0.startedAt, $0.upid) < ($1.startedAt, $1.upid) }
    }

    /// Whether a listing without a guest may be one that was filtered: a token that lost its rights gets an empty one
    /// with 200. It is believed only where the task log shows who destroyed each guest that should be in it.
    ///
    /// - Parameter expected: the VMIDs of the guests that should be there.
    package func isSuspiciouslyEmpty(expecting expected: some Sequence<VMID>) -> Bool {
        guests.isEmpty && expected.contains { destroyTask(of: $0) == nil }
    }
}

extension Array<ObservedGuest> {
    /// The position of the guest of that VMID, in a list that ascends.
    package func position(of vmid: VMID) -> Int? {
        let place = partitioningIndex { $0.vmid >= vmid }
        return place < endIndex && self[place].vmid == vmid ? place : nil
    }
}

extension ObservedTask {
    package var destroysGuest: Bool { type == "qmdestroy" || type == "vzdestroy" }

    package var startsGuest: Bool { type == "qmstart" || type == "vzstart" }

    /// Proxmox counts warnings as success.
    package var succeeded: Bool { exitStatus.map { $0 == "OK" || $0.hasPrefix("WARNINGS") } ?? false }
}
