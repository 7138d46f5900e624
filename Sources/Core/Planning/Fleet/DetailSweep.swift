import Model

/// The guests that a pass reads in detail beyond those that its plan needs: `poll.detailSweep` of each cluster, the
/// next ones in every interval, so that in time each is read. Bounded and deterministic by `now`.
///
/// - Parameter needed: what is read anyway.
package func detailSweep(_ input: PlanningInput, besides needed: [DetailNeed] = []) -> [DetailNeed] {
    let read = Set(needed)
    var sweep: [DetailNeed] = []
    for need in detailCandidates(input, of: input.desired.clusters.filter { $0.poll.detailSweep > 0 }) {
        let guests = need.vmids
        for vmid in turn(of: guests, need.cluster.poll, at: input.now) {
            let one = DetailNeed(cluster: need.cluster.name, vmid: vmid)
            if !read.contains(one) { sweep.append(one) }
        }
    }
    return sweep.sorted()
}

/// The guests whose turn it is: as many as the sweep has, others in every interval until each was read. Rounds begin at
/// scattered places, so that plans which are made at fixed times do not always meet the same guests.
func turn(of guests: [VMID], _ poll: Cluster.Poll, at now: Timestamp) -> [VMID] {
    let size = max(0, poll.detailSweep)
    guard size > 0, !guests.isEmpty else { return [] }
    let interval = max(1, poll.interval.wholeMilliseconds)
    let turn = max(0, now.milliseconds) / interval
    let turnsOfRound = Int64((guests.count + size - 1) / size)
    let beginning = Int(StableHash.mixed(UInt64(turn / turnsOfRound)) % UInt64(guests.count))
    let first = (beginning + Int(turn % turnsOfRound) * size) % guests.count
    return (0..<min(size, guests.count)).map { guests[(first + $0) % guests.count] }
}

/// Every guest that is a server of Plumb's or declared to be observed, and those that show its tag: what `drift` reads.
package func detailsOfAll(_ input: PlanningInput) -> [DetailNeed] {
    detailCandidates(input, of: input.desired.clusters, withTagged: true).flatMap { one in
        one.vmids.map { DetailNeed(cluster: one.cluster.name, vmid: $0) }
    }
    .sorted()
}

/// Listed guests on nodes that are online whose VMID a state or the registry knows.
///
/// - Parameter withTagged: whether guests that show Plumb's tag belong to them, which may be copies.
private func detailCandidates(
    _ input: PlanningInput, of clusters: [Cluster], withTagged: Bool = false
) -> [(cluster: Cluster, vmids: [VMID])] {
    clusters.sorted { $0.name < $1.name }.compactMap { cluster in
        guard let inventory = input.observed.inventories.first(where: { $0.cluster == cluster.name }),
            inventory.distrust == nil
        else { return nil }
        var known = Set(input.recorded.servers.filter { $0.stack.cluster == cluster.name }.map(\.vmid))
        for stack in input.observed.stacks where stack.id.cluster == cluster.name {
            known.formUnion((stack.state.value?.resources ?? []).map(\.vmid))
        }
        let offline = Set(inventory.nodes.filter { !$0.isOnline }.map(\.name))
        let guests = inventory.guests.filter { guest in
            // A server of Plumb's that was turned into a template says so by its mark.
            (known.contains(guest.vmid) || (withTagged && guest.tags.contains(OwnershipMark.tag) && !guest.isTemplate))
                && !offline.contains(guest.node)
        }
        return (cluster, guests.map(\.vmid).sorted())
    }
}
