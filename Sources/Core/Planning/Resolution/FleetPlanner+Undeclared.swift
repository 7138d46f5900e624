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
        let described = one.resource == nil ? one.liveSettings : one.entry?.settings ?? one.resource?.settings
        guard let described else { return }
        let actual = one.liveSettings ?? described
        if settings.disks.isEmpty, !described.disks.isEmpty { settings.disks = actual.disks }
        if settings.networks.isEmpty, !described.networks.isEmpty { settings.networks = actual.networks }
        if settings.dns == nil, described.dns != nil { settings.dns = actual.dns }
    }

    /// A guest that was born without `disks` has its template's, which its state does not know: Terraform would take
    /// declared ones for new, on interfaces that are not free. They are left out of the configuration.
    ///
    /// - Returns: what of them differs from what the guest has.
    func takeOutUnknownDisks(of settings: inout GuestSettings, _ one: ServerCase) -> [AttributeChange] {
        guard one.resource != nil, let entry = one.entry, entry.settings.disks.isEmpty, entry.birth.type == .vm,
            let present = one.liveSettings?.disks, !present.isEmpty, !settings.disks.isEmpty
        else { return [] }
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
}
