extension ClusterInventory {
    /// The guest of that VMID; the list is in ascending order.
    package func guest(_ vmid: VMID) -> ObservedGuest? {
        guests.position(of: vmid).map { guests[$0] }
    }

    /// Whether an absence could be proven at all: every node answers, none is missing on which a guest was last seen, and
    /// the cluster has quorum. It proves none by itself.
    package var canProveAbsence: Bool {
        distrust == nil && isQuorate && nodes.allSatisfy(\.isOnline) && lostNodes.isEmpty
    }

    /// Whether nothing has that VMID: the listing of a whole cluster lacks it, and so said the cluster when it was asked
    /// for that one number. A listing leaves out what a right on a single guest or on its pool hides.
    package func isFree(_ vmid: VMID) -> Bool { canProveAbsence && guest(vmid) == nil && details[vmid] == .absent }

    /// Whether it is proven that the guest of that VMID is gone; everything that lets go of a guest asks here.
    ///
    /// A token that lost its rights gets an empty listing with 200, and so does one that asks while the cluster's file
    /// system comes up. So an empty one is believed only where something else tells of the end.
    ///
    /// - Parameter isReported: whether Terraform said that it destroyed the guest.
    package func provesAbsence(of vmid: VMID, isReported: Bool = false) -> Bool {
        isFree(vmid) && (!guests.isEmpty || isReported || destroyTask(of: vmid) != nil)
    }

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
