extension ClusterInventory {
    /// The guest of that VMID; the list is in ascending order.
    package func guest(_ vmid: VMID) -> ObservedGuest? {
        var low = 0
        var high = guests.count
        while low < high {
            let middle = (low + high) / 2
            if guests[middle].vmid < vmid { low = middle + 1 } else { high = middle }
        }
        return low < guests.count && guests[low].vmid == vmid ? guests[low] : nil
    }

    /// Whether a guest that the listing lacks is really not there: every node answers and the cluster has quorum.
    package var canProveAbsence: Bool { distrust == nil && isQuorate && nodes.allSatisfy(\.isOnline) }
}
