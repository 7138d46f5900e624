import Model

extension FleetPlanner {
    /// Finds each server's guest. Two servers that come out as one guest are both in doubt.
    mutating func matchGuests() {
        owners = view.clusters.map { Array(repeating: -1, count: $0.guests.count) }
        matches.reserveCapacity(view.servers.count)
        var position = 0
        while position < view.servers.count {
            position = matchGuests(from: position, in: view.clusters[view.servers[position].cluster])
        }
        readTaggedStrangers()
    }

    /// Those of one cluster that come together, which are mostly all: to look a cluster up for each would copy it.
    /// - Returns: where the next cluster's begin.
    private mutating func matchGuests(from start: Int, in clusterView: ClusterView) -> Int {
        let cluster = view.servers[start].cluster
        var position = start
        while position < view.servers.count, view.servers[position].cluster == cluster {
            let known = view.servers[position]
            let query = query(of: known)
            var match = clusterView.match(query)
            if match.isUnmarked {
                match = weighed(known, match)
                // The document itself may say of it that it is to be taken in.
                if match.isUnproven, let continued = continuedAdoption(known, match) { match = continued }
            }
            if match.presence == .foreign {
                match = rematch(known, query, match) ?? continuedAdoption(known, match) ?? match
            }
            matches.append(match)
            if let guest = match.guest { claim(guest, of: cluster, for: position, match.presence) }
            position += 1
        }
        return position
    }

    private mutating func claim(_ guest: Int, of cluster: Int, for position: Int, _ presence: LiveMatch.Presence) {
        let owner = owners[cluster][guest]
        switch presence {
        case .unknown: if owner < 0 { owners[cluster][guest] = position }
        case .present, .unread:
            if owner < 0 {
                owners[cluster][guest] = position
            } else {
                dispute(owner, position, cluster: cluster, guest: guest)
            }
        case .absent, .foreign, .ambiguous: break
        }
    }

    /// A guest that shows the tag and is nobody's may be a copy made by hand, which carries the mark along: whose mark
    /// it is shows only in its own configuration. As many are read as the sweep has, the next ones in every interval.
    private mutating func readTaggedStrangers() {
        for cluster in view.clusters.indices where view.clusters[cluster].distrust == nil {
            let clusterView = view.clusters[cluster]
            let strangers = owners[cluster].indices.filter { position in
                let guest = clusterView.guests[position]
                return owners[cluster][position] < 0 && guest.tags.contains(OwnershipMark.tag) && !guest.isTemplate
                    && !clusterView.isOffline(guest.node)
            }.map { clusterView.guests[$0].vmid }
            guard !strangers.isEmpty else { continue }
            let poll = clusterView.declaration?.poll ?? Cluster.Poll()
            for vmid in turn(of: strangers, poll, at: input.now) where clusterView.inventory?.details[vmid] == nil {
                needs.insert(DetailNeed(cluster: clusterView.name, vmid: vmid))
            }
            let unread = strangers.count { clusterView.inventory?.details[$0] == nil }
            // While the plan still asks for more, nothing can be said of what was left out.
            guard needs.isEmpty, unread > 0 else { continue }
            findings.append(
                Finding(
                    .notice, .cluster(clusterView.name), rule: "taggedUnread",
                    Sentence(.taggedUnread, clusterView.name.text, String(unread), String(strangers.count))))
        }
    }

    /// A birth that was interrupted left its guest, perhaps its resource and its entry, and the row of the life before:
    /// a mark of the same server is its own too where one of those, or the registry's seed, says its id.
    private func rematch(_ known: KnownServer, _ query: LiveQuery, _ match: LiveMatch) -> LiveMatch? {
        let cluster = view.clusters[known.cluster]
        guard query.isOurs, let guest = match.guest.map({ cluster.guests[$0] }), guest.vmid == query.vmid,
            let mark = cluster.inventory?.details[guest.vmid]?.value?.mark, mark.id != query.expectedID,
            mark.server == known.name, mark.stack.cluster == cluster.name
        else { return nil }
        let resource = known.state.flatMap { view.resource(at: $0) }.flatMap { $0.vmid == guest.vmid ? $0 : nil }
        let entry = entry(of: known).flatMap { $0.birth.vmid == guest.vmid ? $0 : nil }
        let isSaid = [resource?.settings.description, entry?.settings.description].contains { text in
            text.flatMap(OwnershipMark.init(readingDescription:)).map { $0.id == mark.id && $0.server == mark.server }
                ?? false
        }
        guard isSaid || mark.isDrawnForLatestLife(by: input.recorded) else { return nil }
        var asked = query
        asked.expectedID = mark.id
        return cluster.match(asked)
    }

    /// An adoption that got as far as the state: the guest bears no mark yet, and the declaration still points at it.
    private func continuedAdoption(_ known: KnownServer, _ match: LiveMatch) -> LiveMatch? {
        let cluster = view.clusters[known.cluster]
        guard let server = known.declared.map({ input.desired.servers[$0] }), server.adopt, server.manage == .full,
            known.recorded.flatMap({ input.recorded.servers[$0].mark }) == nil,
            let position = match.guest, let resource = known.state.flatMap({ view.resource(at: $0) })
        else { return nil }
        let guest = cluster.guests[position]
        guard !guest.isTemplate, guest.vmid == resource.vmid, guest.type == resource.type,
            let detail = cluster.inventory?.details[guest.vmid]?.value, detail.mark == nil,
            server.vmid.map({ $0 == guest.vmid }) ?? guest.isNamed(known.name),
            likeness(of: guest, to: known) != .another
        else { return nil }
        return LiveMatch(presence: .present, guest: position)
    }

    private mutating func dispute(_ one: Int, _ other: Int, cluster: Int, guest: Int) {
        // A wish is no claim: who only wants the VMID does not cast doubt on who has it.
        let isOneKnown = view.knownVMID(of: view.servers[one]) != nil
        let isOtherKnown = view.knownVMID(of: view.servers[other]) != nil
        if isOneKnown != isOtherKnown {
            let loser = isOneKnown ? other : one
            if loser == one { owners[cluster][guest] = other }
            matches[loser] = LiveMatch(presence: .foreign, guest: guest)
            return
        }
        let vmid = view.clusters[cluster].guests[guest].vmid.description
        let names = [view.servers[one].name.text, view.servers[other].name.text].sorted()
        let doubt = LiveMatch(
            presence: .ambiguous, reason: Sentence(.twoServersOneGuest, names[0], names[1], vmid))
        matches[one] = doubt
        matches[other] = doubt
    }

    func query(of known: KnownServer) -> LiveQuery {
        var query = LiveQuery(server: known.name, formerName: known.formerName, isOurs: false, isObserved: false)
        var manage = Server.Manage.full
        if let recorded = known.recorded {
            query.vmid = input.recorded.servers[recorded].vmid
            query.expectedID = input.recorded.servers[recorded].mark
            query.isOurs = query.expectedID != nil
            manage = input.recorded.servers[recorded].manage
        }
        if let declared = known.declared { manage = input.desired.servers[declared].manage }
        query.isObserved = manage == .observe
        if let position = known.state, let vmid = view.vmid(at: position) {
            query.vmid = vmid
            query.isOurs = true
            if known.formerName != nil, query.expectedID == nil {
                // Without a row, what Terraform once wrote says which mark it is.
                query.expectedID =
                    view.resource(at: position)?.settings.description
                    .flatMap(OwnershipMark.init(readingDescription:))?.id
            }
        } else if known.recorded == nil {
            let wish = known.declared.flatMap { input.desired.servers[$0].vmid }
            let (entry, lease) = (entry(of: known)?.birth.vmid, lease(of: known))
            query.vmid = query.isObserved ? wish : entry ?? wish ?? lease
            query.isLeased = query.vmid != nil && (query.vmid == entry || query.vmid == lease)
        }
        return query
    }

    private func lease(of known: KnownServer) -> VMID? {
        if leases.isEmpty { return nil }
        return leases[LeaseHolder(server: known.name, cluster: view.clusters[known.cluster].name)]
    }

    func entry(of known: KnownServer) -> ServerConfiguration? {
        known.entry.flatMap { input.observed.stacks[$0.stack].tfvars.entries[known.name] }
    }

    /// The guests of a cluster by their names in lower case, templates left out; made when first asked for.
    mutating func guests(named name: ServerName, in cluster: Int) -> [Int] {
        if let index = nameIndexes[cluster] { return index[name.key] ?? [] }
        var index: [String: [Int]] = [:]
        for (position, guest) in view.clusters[cluster].guests.enumerated() where !guest.isTemplate {
            index[guest.name.lowercased(), default: []].append(position)
        }
        nameIndexes[cluster] = index
        return index[name.key] ?? []
    }
}
