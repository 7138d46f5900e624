import Model

extension FleetPlanner {
    /// Classifies each server and lets the rule's own step plan it.
    mutating func decideServers() {
        var quiet = QuietCheck(self)
        wanted = wantedRebuilds
        let awaited = awaitedRestarts.union(wanted)
        for position in view.servers.indices {
            let isAwaited = !awaited.isEmpty && awaited.contains(view.servers[position].name)
            if !isThorough, !isAwaited, matches[position].presence == .present, let guest = matches[position].guest,
                quiet.isQuiet(position, guest)
            {
                continue
            }
            if let targets, !targets.contains(view.servers[position].name) { continue }
            var one = makeCase(position)
            if isAwaited, one.detail == nil, one.facts.live == .present { need(one) }
            let rule = Rule.first(for: one.facts)
            let first = drafts.count
            if rule.decision == .awaitTask, let hold = one.hold {
                // What would be done but for the lock is planned, and waits.
                one.facts.isHeld = false
                decide(one, Rule.first(for: one.facts).decision, rule.name)
                for index in first..<drafts.count where drafts[index].consequence != .registry {
                    drafts[index].obstacle = .waiting(hold)
                }
            } else {
                decide(one, rule.decision, rule.name)
            }
            if input.rebuilds.contains(one.name) { confineToRebuild(one, since: first) }
        }
    }

    private mutating func decide(_ one: ServerCase, _ decision: Decision, _ rule: String) {
        switch decision {
        case .leave: find(.blocked, one, rule, claimedReason(one))
        case .blockMisplaced: blockMisplaced(one, rule)
        case .blockUnknown: find(.blocked, one, rule, unknownReason(one))
        case .awaitDetail:
            need(one)
            find(.waiting, one, rule, Sentence(.detail, one.name.text, one.guest?.vmid.description ?? ""))
        case .blockAmbiguous: find(.blocked, one, rule, ambiguityReason(one))
        case .observe: observe(one, rule)
        case .release: release(one, rule)
        case .awaitTask: break
        case .moveGone: moveGone(one, rule)
        case .move: move(one, rule)
        case .untaint: untaint(one, rule)
        case .rebuild: rebuild(one, rule)
        case .compare: compare(one, rule)
        case .awaitConfirmation: awaitConfirmation(one, rule)
        case .recreate: recreate(one, rule)
        case .blockVMIDTaken: blockVMIDTaken(one, rule)
        case .blockNameTaken: blockNameTaken(one, rule)
        case .adopt: adopt(one, rule)
        case .create: create(one, rule)
        case .holdRename: holdRename(one, rule)
        case .rename: rename(one, rule)
        case .recordUndeclared: recordUndeclared(one, rule)
        case .forgetKept: forgetKept(one, rule)
        case .followAgain: followAgain(one, rule)
        case .destroy: destroy(one, rule)
        case .forgetGone: forgetGone(one, rule)
        case .dropEntry: dropEntry(one, rule)
        case .retire: retire(one, rule)
        case .takeBack: takeBack(one, rule)
        case .retireLost: retireLost(one, rule)
        case .nothing: break
        }
    }

    func clusterName(_ one: ServerCase) -> String { view.clusters[one.cluster].name.text }

    var brokenDocuments: String { (broken?.documents ?? []).joined(separator: ", ") }

    private mutating func blockMisplaced(_ one: ServerCase, _ rule: String) {
        let cluster = view.clusters[one.cluster]
        guard cluster.declaration != nil else {
            return find(.blocked, one, rule, Sentence(.undeclaredCluster, one.name.text, cluster.name.text))
        }
        let lives = one.resourceStack?.cluster ?? one.recorded?.stack.cluster ?? cluster.name
        // The same words for each of them, so that they are said once.
        let sentence =
            isUndeclared(lives)
            ? Sentence(.clusterRenamed, cluster.name.text, lives.text)
            : Sentence(.otherCluster, one.name.text, cluster.name.text, lives.text)
        find(.blocked, one, rule, sentence)
    }

    /// Whether no document declares a cluster, and none that cannot be read may.
    func isUndeclared(_ cluster: ClusterName) -> Bool {
        if let broken, broken.claims.contains(ObjectName(.cluster, cluster.key)) { return false }
        return view.clusterPositions[cluster].map { view.clusters[$0].declaration == nil } ?? true
    }

    func unknownReason(_ one: ServerCase) -> Sentence {
        if view.clusters[one.cluster].declaration == nil {
            return Sentence(.undeclaredCluster, one.name.text, clusterName(one))
        }
        if one.facts.live == .unknown, let reason = one.match.reason { return reason }
        for stack in [one.stack, one.recorded?.stack].compactMap(\.self) {
            switch unknownState(of: stack) {
            case .lost(let count):
                let backup = view.stackPositions[stack].flatMap { input.observed.stacks[$0].backup }
                return input.recorded.lostStateSentence(on: stack, of: one.name.text, count: count, beside: backup)
            // Its own words: which file, why, and what to do.
            case .unread(let reason): return reason
            case nil: continue
            }
        }
        return Sentence(.unreadState, one.name.text, (one.recorded?.stack ?? one.stack).description)
    }

    private func claimedReason(_ one: ServerCase) -> Sentence {
        let cluster = view.clusters[one.cluster]
        let isUnreadable = broken?.claims.contains(ObjectName(.cluster, cluster.name.key)) ?? false
        // Its document is whole where only what it refers to is not there.
        if cluster.declaration == nil, !isUnreadable {
            return Sentence(.undeclaredCluster, one.name.text, cluster.name.text)
        }
        if let role = unreadRole(of: one) {
            return Sentence(.unreadRole, one.name.text, role.text, brokenDocuments)
        }
        return Sentence(.claimed, one.name.text, brokenDocuments)
    }

    func ambiguityReason(_ one: ServerCase) -> Sentence {
        if let reason = one.match.reason, one.facts.live == .ambiguous { return reason }
        if one.facts.state == .twoStacks {
            let known = view.servers[one.position]
            let stacks = [known.state, known.secondState].compactMap { $0.map { input.observed.stacks[$0.stack].id } }
            return Sentence(.twoStacks, one.name.text, stacks.sorted().map(\.description).joined(separator: ", "))
        }
        if let sentence = earlierLife(one) { return sentence }
        guard let stack = one.resourceStack else { return takenFromRecorded(one) }
        let vmid = one.guest?.vmid.description ?? one.resource?.vmid.description ?? ""
        return Sentence(
            .foreignGuest, one.name.text, vmid, one.guest?.name ?? "", markLine(of: one), stack.description)
    }

    /// A guest on the server's VMID that bears a mark which this registry drew for an earlier life of it: somebody put a
    /// backup from before a rebuild back. Nil: it is none.
    func earlierLife(_ one: ServerCase) -> Sentence? {
        guard let guest = one.guest, let row = one.recorded, let present = row.mark,
            let mark = view.clusters[one.cluster].inventory?.details[guest.vmid]?.value?.mark,
            mark.server == one.name, mark.id != present, mark.isDrawn(by: input.recorded)
        else { return nil }
        let line = OwnershipMark(stack: row.stack, server: one.name, id: present).description
        return Sentence(.earlierLife, one.name.text, guest.vmid.description, guest.name, line)
    }

    private mutating func awaitConfirmation(_ one: ServerCase, _ rule: String) {
        let needed = policy(for: one.position).absenceConfirmations
        let vmid = one.resource?.vmid ?? one.recorded?.vmid
        let readAt = view.clusters[one.cluster].inventory?.readAt
        let seen = Set(one.recorded?.absences ?? []).union(readAt.map { [$0] } ?? []).count
        find(
            .waiting, one, rule,
            Sentence(.confirmation, one.name.text, vmid?.description ?? "", String(seen), String(needed)))
        // Absences are counted in the registry's row, so there must be one, also for what an older state brought back.
        guard one.recorded == nil, let resource = one.resource else { return }
        var row = RecordedServer(
            name: one.name, stack: one.resourceStack ?? one.stack, type: resource.type, vmid: resource.vmid,
            node: resource.node)
        row.mark = resource.settings.description.flatMap(OwnershipMark.init(readingDescription:))?.id
        row.protect = one.server?.protect ?? false
        // Should it turn up after all, what its removal should mean is not known.
        row.onRemove = one.server?.onRemove ?? .forget
        row.roles = one.server?.roles ?? []
        row.labels = one.server?.metadata.labels
        row.dependsOn = one.server.flatMap { $0.dependsOn.isEmpty ? nil : $0.dependsOn }
        row.policies = one.server.flatMap { keptPolicies(over: $0, nil) }
        row.wasStarted = true
        record(one, row, rule)
    }
}
