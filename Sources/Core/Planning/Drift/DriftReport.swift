import Model

/// What is out of plumb, attribute by attribute, and who made it so. At most what is known at the depth that was read.
///
/// - Returns: items in ascending order of servers, then of attributes as the declaration lists them.
package func driftReport(_ input: PlanningInput) -> [DriftItem] {
    var planner = FleetPlanner(input)
    planner.matchGuests()
    var items: [DriftItem] = []
    for position in planner.view.servers.indices {
        let known = planner.view.servers[position]
        if let targets = planner.targets, !targets.contains(known.name) { continue }
        items += planner.drift(of: planner.makeCase(position))
    }
    return items
}

extension FleetPlanner {
    fileprivate mutating func drift(of one: ServerCase) -> [DriftItem] {
        guard let server = one.server, !one.facts.isClaimed else { return [] }
        let culprits = CulpritFinder(input, view.clusters[one.cluster], of: one.name)
        switch one.match.presence {
        case .present: break
        case .absent:
            guard one.resource != nil || one.recorded != nil else { return [] }
            return [deletion(of: one, culprits)]
        case .foreign, .ambiguous, .unknown, .unread: return []
        }
        guard let guest = one.guest else { return [] }
        var items: [DriftItem] = []
        if let moved = move(of: one, guest, culprits) { items.append(moved) }
        if let power = power(of: one, server, guest, culprits) { items.append(power) }
        if server.manage == .full { items += settings(of: one, server, guest, culprits) }
        return items
    }

    private func item(_ one: ServerCase, _ kind: DriftItem.Kind, _ path: String) -> DriftItem {
        DriftItem(
            server: one.name, stack: one.stack, vmid: one.guest?.vmid ?? one.resource?.vmid ?? one.recorded?.vmid,
            kind: kind, path: path, depth: .listed, disagreeing: [.live],
            culprit: .between(nil, view.clusters[one.cluster].inventory?.readAt ?? input.now))
    }

    private func deletion(of one: ServerCase, _ culprits: CulpritFinder) -> DriftItem {
        var found = item(one, .deleted, "guest")
        found.desired = "present"
        found.recorded = one.recorded == nil ? nil : "present"
        found.state = one.resource == nil ? nil : "present"
        found.live = "absent"
        found.culprit = culprits.culprit(of: found.vmid, .deletion, readAt: nil)
        return found
    }

    private func move(of one: ServerCase, _ guest: ObservedGuest, _ culprits: CulpritFinder) -> DriftItem? {
        let known = one.entry?.birth.node ?? one.recorded?.node ?? one.resource?.node
        guard let known, known != guest.node else { return nil }
        var found = item(one, .moved, "node")
        found.desired = one.server?.node?.text
        found.recorded = (one.entry?.birth.node ?? one.recorded?.node)?.text
        found.state = one.resource?.node.text
        found.live = guest.node.text
        found.culprit = culprits.culprit(of: guest.vmid, .move, readAt: nil)
        return found
    }

    private func power(
        of one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ culprits: CulpritFinder
    ) -> DriftItem? {
        let isWrong =
            switch (declaredPower(of: server), guest.status) {
            case (.running, .stopped), (.running, .paused), (.stopped, .running), (.stopped, .paused): true
            case (.running, _), (.stopped, _), (.unmanaged, _): false
            }
        guard isWrong else { return nil }
        var found = item(one, .power, "power")
        found.desired = server.power.rawValue
        found.live = guest.status.rawValue
        found.culprit = culprits.culprit(of: guest.vmid, .power(guest.status), readAt: nil)
        return found
    }

    private mutating func settings(
        of one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ culprits: CulpritFinder
    ) -> [DriftItem] {
        let resolution = resolveExisting(one, server, guest, markID: markID(of: one))
        let desired = resolution.configuration.settings
        let live = one.referenceSettings ?? desired
        let depth: DriftItem.Depth = one.detail == nil ? .listed : .detailed
        let entry = one.entry?.settings
        let state = one.resource?.settings
        var paths: [String] = []
        for other in [live, entry, state].compactMap({ $0 }) {
            for difference in desired.differences(from: other, type: guest.type) where !paths.contains(difference.path)
            {
                paths.append(difference.path)
            }
        }
        var items = paths.compactMap { path -> DriftItem? in
            let isSeen = depth == .detailed || ["cores", "memory", "tags", "pool"].contains(path)
            var found = item(one, .changed, path)
            found.depth = depth
            found.desired = desired.text(at: path, as: desired, guest.type)
            found.recorded = entry.flatMap { $0.text(at: path, as: desired, guest.type) }
            found.state = state.flatMap { $0.text(at: path, as: desired, guest.type) }
            found.live = isSeen ? live.text(at: path, as: desired, guest.type) : nil
            var values: [(DriftItem.Source, String?)] = [(.desired, found.desired)]
            if entry != nil { values.append((.recorded, found.recorded)) }
            if state != nil { values.append((.state, found.state)) }
            if isSeen { values.append((.live, found.live)) }
            found.disagreeing = DriftItem.disagreeing(values)
            guard !found.disagreeing.isEmpty else { return nil }
            found.culprit =
                found.disagreeing == [.desired]
                ? .declaration : culprits.culprit(of: guest.vmid, .configuration(path), readAt: one.detail?.readAt)
            return found
        }
        if !guest.isNamed(one.name) {
            var found = item(one, .changed, "name")
            found.desired = one.name.text
            found.live = guest.name
            found.culprit = culprits.culprit(of: guest.vmid, .configuration("name"), readAt: nil)
            items.append(found)
        }
        return items
    }
}

extension GuestSettings {
    /// The value at a path of ``differences(from:type:)``; where it does not differ from `desired`, that one's.
    fileprivate func text(at path: String, as desired: GuestSettings, _ type: GuestType) -> String? {
        if let difference = desired.differences(from: self, type: type).first(where: { $0.path == path }) {
            return difference.actual
        }
        // An empty guest differs in everything, and so shows every desired value.
        var empty = GuestSettings()
        empty.cores = -1
        empty.sockets = -1
        empty.memory = -1
        empty.onBoot = !desired.onBoot
        empty.agent = !desired.agent
        empty.protection = !desired.protection
        empty.tags = ["-"]
        empty.pool = "-"
        empty.description = "-"
        empty.disks = desired.disks.map {
            Disk(interface: $0.interface, datastore: "-", size: -1, format: "-", ssd: !$0.ssd)
        }
        empty.networks = desired.networks.map { _ in
            var network = Network(bridge: "-")
            network.vlan = -1
            network.mac = "-"
            network.address = "-"
            network.gateway = "-"
            return network
        }
        return desired.differences(from: empty, type: type).first { $0.path == path }?.desired
    }
}
