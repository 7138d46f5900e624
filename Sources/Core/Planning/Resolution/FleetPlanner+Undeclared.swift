import Model

extension FleetPlanner {
    /// Disks, network devices and name servers that the declaration has no word for agree with any. To Terraform no word
    /// is "none", as soon as its state knows them, and an import tells it of all: left out of the entry they would be taken
    /// off the guest. So a guest that is taken in is described as it is, and what was described once goes on to be.
    ///
    /// What a clone got from its template stays out of the entry, as it stays out of the state.
    func keepUndeclared(in settings: inout GuestSettings, of one: ServerCase) {
        // While nobody can say what the state knows, nobody is taken in.
        if one.resource == nil, unknownState(of: one.stack) != nil || replacedStates[one.stack] != nil { return }
        // A container that moved leaves the state and is taken in again.
        let isTakenIn = one.resource == nil || one.isOutOfProvidersSight
        let described = isTakenIn ? one.liveSettings : one.entry?.settings ?? one.resource?.settings
        guard let described else { return }
        let actual = one.liveSettings ?? described
        if settings.disks.isEmpty, !described.disks.isEmpty { settings.disks = actual.disks }
        if settings.networks.isEmpty, !described.networks.isEmpty { settings.networks = actual.networks }
        if settings.dns == nil, described.dns != nil { settings.dns = actual.dns }
    }

    /// A guest that was born without `disks` has its template's, which its state does not know: Terraform would take
    /// declared ones for new, on interfaces that are not free. They are left out of the configuration.
    ///
    /// - Returns: what of them differs from what the guest has, as far as that was read.
    mutating func takeOutUnknownDisks(of settings: inout GuestSettings, _ one: ServerCase) -> [AttributeChange] {
        guard let resource = one.resource, let guest = one.guest, guest.type == .vm, !settings.disks.isEmpty,
            (one.entry?.settings ?? resource.settings).disks.isEmpty
        else { return [] }
        if one.entry.map({ $0.birth.template != nil }) ?? (resource.template != nil) {
            templatesDisks[one.cluster, default: []].insert(guest.vmid)
            if view.clusters[one.cluster].inventory?.details[guest.vmid] == nil {
                settings.disks = []
                return []
            }
        }
        guard let present = one.liveSettings?.disks, !present.isEmpty else { return [] }
        let differing = settings.disks.compactMap { disk -> AttributeChange? in
            let found = present.first { $0.interface == disk.interface }
            guard found?.size != disk.size else { return nil }
            let text = { (size: Int) in "\(size)GiB" }
            return AttributeChange(
                path: "disks[\(disk.interface)].size", before: found.map { text($0.size) }, after: text(disk.size))
        }
        settings.disks = []
        return differing
    }

    /// What a guest got from its template shows only in its own configuration, and no step comes of it. As many are read
    /// as the sweep has, the next ones in every interval.
    mutating func readTemplatesDisks() {
        for (cluster, guests) in templatesDisks.sorted(by: { $0.key < $1.key }) {
            let clusterView = view.clusters[cluster]
            let details = clusterView.inventory?.details ?? [:]
            let vmids = guests.sorted()
            let wanted = turn(of: vmids, clusterView.declaration?.poll ?? Cluster.Poll(), at: input.now)
                .filter { details[$0] == nil }
            for vmid in wanted { needs.insert(DetailNeed(cluster: clusterView.name, vmid: vmid)) }
            let unread = vmids.count { details[$0] == nil }
            // While some are to be read yet, nothing can be said of what was left out.
            guard wanted.isEmpty, unread > 0 else { continue }
            findings.append(
                Finding(
                    .notice, .cluster(clusterView.name), rule: "disksUnread",
                    Sentence(.disksUnread, clusterView.name.text, String(unread), String(vmids.count))))
        }
    }
}
