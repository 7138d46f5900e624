import Model

extension FleetPlanner {
    /// Lays out what is known of one server.
    mutating func makeCase(_ position: Int) -> ServerCase {
        let known = view.servers[position]
        let server = known.declared.map { input.desired.servers[$0] }
        let recorded = known.recorded.map { input.recorded.servers[$0] }
        let resource = known.state.flatMap { view.resource(at: $0) }
        let resourceStack = known.state.map { input.observed.stacks[$0.stack].id }
        let stack = homeStack(of: known, server, recorded, resourceStack)
        let cluster = view.clusters[known.cluster]
        var match = matches[position]
        relaxWish(&match, server, recorded, resource, cluster)
        let guest = match.guest.map { cluster.guests[$0] }
        let isIt = match.presence == .present || match.presence == .unread
        let detail = isIt ? guest.flatMap { cluster.inventory?.details[$0.vmid]?.value } : nil
        let stackPosition = view.stackPositions[stack]
        var one = ServerCase(
            position: position, name: known.name, cluster: known.cluster, stack: stack, server: server,
            recorded: recorded, resource: resource, resourceStack: resourceStack,
            entry: stackPosition.flatMap { input.observed.stacks[$0].tfvars.entries[known.name] }, match: match,
            guest: guest, detail: detail,
            hold: isIt ? guest.flatMap { cluster.hold(on: $0, detail: detail) } : nil, facts: ServerFacts(),
            formerName: detail?.mark?.server == known.formerName ? known.formerName : nil, renaming: known.renaming)
        one.facts = facts(of: one, known)
        if one.facts.declaration != .no, one.facts.state == .no, match.presence == .absent || match.presence == .foreign
        {
            lookByName(&one)
        }
        matches[position] = one.match
        return one
    }

    /// A VMID that was only leased, or chosen for an attempt that failed, binds nobody: where a stranger took it,
    /// another is chosen.
    private func relaxWish(
        _ match: inout LiveMatch, _ server: Server?, _ recorded: RecordedServer?, _ resource: StateResource?,
        _ cluster: ClusterView
    ) {
        guard match.presence == .foreign, resource == nil, recorded == nil, let server, server.vmid == nil else {
            return
        }
        match = cluster.hidesGuests.map(LiveMatch.unknown) ?? .absent
    }

    private func homeStack(
        of known: KnownServer, _ server: Server?, _ recorded: RecordedServer?, _ resourceStack: StackID?
    ) -> StackID {
        let cluster = view.clusters[known.cluster]
        if let server, let declaration = cluster.declaration {
            return StackID(cluster: cluster.name, name: declaration.terraform.stacks.stack(of: server))
        }
        if let resourceStack { return resourceStack }
        if let entry = known.entry { return input.observed.stacks[entry.stack].id }
        return recorded?.stack ?? StackID(cluster: cluster.name, name: "main")
    }

    private mutating func facts(of one: ServerCase, _ known: KnownServer) -> ServerFacts {
        var facts = ServerFacts()
        if let server = one.server { facts.declaration = server.manage == .full ? .full : .observe }
        facts.state = stateFact(of: one, known)
        facts.live = one.match.presence
        facts.isRecorded = one.recorded != nil
        facts.isRecordedAsObserved = one.recorded?.manage == .observe
        facts.isClaimed = isClaimed(one)
        facts.isRebuildWanted = wanted.contains(one.name)
        facts.isHeld = one.hold != nil
        facts.hasEntry = one.entry != nil
        facts.isToBeForgotten = one.recorded?.onRemove == .forget
        facts.isFollowBroken = isFollowBroken(one, facts)
        if facts.live == .foreign, facts.isToBeLetGo { facts.isKnownByName = isKnownByName(one) }
        let cluster = view.clusters[one.cluster]
        let lives = one.resourceStack?.cluster ?? (one.recorded?.manage == .full ? one.recorded?.stack.cluster : nil)
        facts.isMisplaced = cluster.declaration == nil || (one.server != nil && lives != nil && lives != cluster.name)
        facts.isLost = isLost(one, facts)
        facts.isHalfMade = isHalfMade(one, facts)
        if facts.isMissing { facts.isAbsenceConfirmed = isAbsenceConfirmed(one) }
        switch known.renaming {
        case .pending: facts.isRenamed = true
        case .formerGone, .refused: facts.isRenameHeld = true
        case nil: break
        }
        return facts
    }

    /// The provider cannot move a container, so its resource leaves the state and is imported where it is now. What broke
    /// off between the two is ours still: row, entry and mark say so.
    private func isFollowBroken(_ one: ServerCase, _ facts: ServerFacts) -> Bool {
        facts.declaration == .no && facts.state == .no && facts.live == .present && one.match.guest != nil
            && one.guest?.type == .container && one.entry != nil && one.recorded?.mark != nil
            && one.recorded?.manage == .full && one.recorded?.onRemove == .destroy
    }

    private func isKnownByName(_ one: ServerCase) -> Bool {
        guard let guest = one.guest, let resource = one.resource, !guest.isTemplate, guest.vmid == resource.vmid,
            guest.type == resource.type,
            let detail = view.clusters[one.cluster].inventory?.details[guest.vmid]?.value, detail.mark == nil
        else { return false }
        return ServerName(guest.name) == one.name
    }

    private func stateFact(of one: ServerCase, _ known: KnownServer) -> ServerFacts.State {
        if known.secondState != nil { return .twoStacks }
        if unknownState(of: one.stack) != nil { return .unknown }
        if let resource = one.resource {
            if one.resourceStack == one.stack { return resource.isTainted ? .tainted : .here }
            return .otherStack
        }
        // Where the registry says that a stack has it, a stack that was not read says nothing.
        if let recorded = one.recorded, recorded.manage == .full {
            guard view.stackPositions[recorded.stack] != nil, unknownState(of: recorded.stack) == nil else {
                return .unknown
            }
        }
        return .no
    }

    /// Why nothing can be said of what is in a stack's state.
    func unknownState(of stack: StackID) -> UnknownState? {
        if let count = lostStates[stack] { return .lost(count) }
        guard let position = view.stackPositions[stack] else { return nil }
        if case .unknown(let reason) = input.observed.stacks[position].state { return .unread(reason) }
        return nil
    }

    enum UnknownState {
        /// There is no file, and so many servers should be in it.
        case lost(Int)
        case unread(Sentence)
    }

    private func isClaimed(_ one: ServerCase) -> Bool {
        guard let broken else { return false }
        if unreadRole(of: one) != nil { return true }
        if broken.claims.contains(ObjectName(.server, one.name.key)) { return true }
        guard let server = one.server else {
            return broken.claims.contains(ObjectName(.cluster, view.clusters[one.cluster].name.key))
        }
        if let set = server.set, broken.claims.contains(ObjectName(.serverSet, set)) { return true }
        if broken.claims.contains(ObjectName(.cluster, server.cluster.key)) { return true }
        // A role that cannot be read may be one that it has by a selector, as it had before.
        let roles = server.roles + (one.recorded?.roles ?? [])
        return roles.contains { broken.claims.contains(ObjectName(.role, $0.key)) }
    }

    /// A role that the server had at its last apply and that no document declares now: it may stand in one that cannot
    /// be read, and what it gives to the server with it.
    func unreadRole(of one: ServerCase) -> RoleName? {
        broken == nil ? nil : one.recorded?.roles.first { !declaredRoles.contains($0) }
    }

    private mutating func isAbsenceConfirmed(_ one: ServerCase) -> Bool {
        guard let inventory = view.clusters[one.cluster].inventory else { return false }
        var seen = Set((one.recorded?.absences ?? []).filter { $0 <= inventory.readAt })
        seen.insert(inventory.readAt)
        return seen.count >= policy(for: one.position).absenceConfirmations
    }

    /// For a server without a guest of its VMID: is there one of its name that may be it, or that is in its way?
    private mutating func lookByName(_ one: inout ServerCase) {
        let cluster = one.cluster
        let server = one.server
        if one.match.presence == .foreign {
            if let guest = one.match.guest, isFree(guest, in: cluster), server?.adopt == true { point(&one, at: guest) }
            return
        }
        let namesakes = guests(named: one.name, in: cluster)
        guard !namesakes.isEmpty else { return }
        if one.facts.declaration == .observe {
            if server?.vmid == nil { observe(&one, namesakes) }
            return
        }
        let view = view.clusters[cluster]
        for guest in namesakes where view.guests[guest].tags.contains(OwnershipMark.tag) {
            guard owners[cluster][guest] < 0 else { continue }
            if view.inventory?.details[view.guests[guest].vmid] == nil {
                // It may be ours from a life that the registry has lost.
                one.match = LiveMatch(presence: .unread, guest: guest)
                one.facts.live = .unread
                needs.insert(DetailNeed(cluster: view.name, vmid: view.guests[guest].vmid))
                return
            }
        }
        if server?.adopt == true, server?.vmid == nil {
            let free = namesakes.filter { isFree($0, in: cluster) }
            if free.count == 1, let guest = free.first {
                point(&one, at: guest)
                return
            }
            if free.count > 1 {
                let numbers = free.map { view.guests[$0].vmid.description }.joined(separator: ", ")
                one.match = LiveMatch(
                    presence: .ambiguous, reason: Sentence(.adoptAmbiguous, one.name.text, numbers))
                one.facts.live = .ambiguous
                return
            }
        }
        one.facts.isNameTaken = true
        one.match.guest = namesakes.first
    }

    private mutating func observe(_ one: inout ServerCase, _ namesakes: [Int]) {
        let free = namesakes.filter { owners[one.cluster][$0] < 0 }
        guard let guest = free.first else { return }
        if free.count > 1 {
            let numbers = free.map { view.clusters[one.cluster].guests[$0].vmid.description }.joined(separator: ", ")
            one.match = LiveMatch(presence: .ambiguous, reason: Sentence(.observeAmbiguous, one.name.text, numbers))
            one.facts.live = .ambiguous
            return
        }
        one = one.with(LiveMatch(presence: .present, guest: guest), view.clusters[one.cluster])
        one.facts.live = .present
        owners[one.cluster][guest] = one.position
    }

    private mutating func point(_ one: inout ServerCase, at guest: Int) {
        one = one.with(LiveMatch(presence: .foreign, guest: guest), view.clusters[one.cluster])
        one.facts.isAdoptable = true
        one.facts.isHeld = one.hold != nil
        owners[one.cluster][guest] = one.position
    }

    /// Whether a guest is nobody's: no server's, no template, and without a mark that names another.
    private func isFree(_ guest: Int, in cluster: Int) -> Bool {
        let clusterView = view.clusters[cluster]
        let observed = clusterView.guests[guest]
        guard owners[cluster][guest] < 0, !observed.isTemplate else { return false }
        return clusterView.inventory?.details[observed.vmid]?.value?.mark == nil
    }
}

extension ServerCase {
    /// The same with another guest.
    func with(_ match: LiveMatch, _ cluster: ClusterView) -> ServerCase {
        let guest = match.guest.map { cluster.guests[$0] }
        let detail = guest.flatMap { cluster.inventory?.details[$0.vmid]?.value }
        return ServerCase(
            position: position, name: name, cluster: self.cluster, stack: stack, server: server, recorded: recorded,
            resource: resource, resourceStack: resourceStack, entry: entry, match: match, guest: guest, detail: detail,
            hold: guest.flatMap { cluster.hold(on: $0, detail: detail) }, facts: facts, formerName: formerName,
            renaming: renaming)
    }
}
