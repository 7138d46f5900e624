import Model

/// VMIDs that a server is declared with and another guest, or another server, has.
extension FleetPlanner {
    /// Another server that has or declares that VMID.
    mutating func vmidHolder(of vmid: VMID, in cluster: Int, besides name: ServerName) -> ServerName? {
        if vmidHolders[cluster] == nil {
            var holders: [VMID: [ServerName]] = [:]
            for known in view.servers where known.cluster == cluster {
                if let vmid = view.knownVMID(of: known) { holders[vmid, default: []].append(known.name) }
                if let declared = known.declared.flatMap({ input.desired.servers[$0].vmid }) {
                    holders[declared, default: []].append(known.name)
                }
            }
            let stray = Set(strayLeases(input))
            for lease in input.recorded.leases where lease.cluster == view.clusters[cluster].name {
                if stray.contains(lease) { continue }
                holders[lease.vmid, default: []].append(lease.server)
            }
            vmidHolders[cluster] = holders
        }
        return vmidHolders[cluster]?[vmid]?.first { $0 != name }
    }

    mutating func blockVMIDTaken(_ one: ServerCase, _ rule: String) {
        let vmid = one.match.guest.map { view.clusters[one.cluster].guests[$0].vmid } ?? one.server?.vmid ?? VMID(0)
        find(.blocked, one, rule, takenReason(one, one.match.guest, vmid))
    }

    /// Why a server cannot have the VMID that it is declared with, and what is to be written instead.
    /// - Parameter position: the guest that has the VMID, in ``ClusterView/guests``.
    func takenReason(_ one: ServerCase, _ position: Int?, _ vmid: VMID) -> Sentence {
        let cluster = view.clusters[one.cluster]
        let guest = position.map { cluster.guests[$0] }
        // The number is the one that the registry keeps for it, and what the document says moves it nowhere.
        if one.facts.live == .foreign, one.match.guest == position, one.recorded?.mark != nil {
            return earlierLife(one) ?? takenFromRecorded(one)
        }
        let owner = position.map { owners[one.cluster][$0] }.flatMap { $0 < 0 || $0 == one.position ? nil : $0 }
        let (name, number) = (one.name.text, vmid.description)
        if let holder = owner.map({ view.servers[$0] }) {
            let isPerhapsIt = holder.declared == nil && isNew(one.position) && guest?.type == one.server?.type
            return Sentence(isPerhapsIt ? .vmidOfUndeclared : .vmidDeclaredTwice, name, number, holder.name.text)
        }
        let taken = [name, number, guest?.name ?? "", cluster.name.text]
        if let mark = cluster.inventory?.details[vmid]?.value?.mark {
            if let sentence = letGoReason(at: one.position) { return sentence }
            return Sentence(PlanCode.vmidMarked.code, taken + [mark.description])
        }
        if guest?.isTemplate == true { return Sentence(PlanCode.vmidOfTemplate.code, taken) }
        if one.recorded?.manage == .observe, one.match.guest == position {
            return Sentence(PlanCode.vmidOfObserved.code, taken)
        }
        if one.facts.live == .present { return Sentence(PlanCode.vmidTakenLiving.code, taken) }
        // One that was made before is looked for where it was, and `adopt` points elsewhere only for one that was not.
        if one.match.guest != position, !isNew(one.position) { return Sentence(PlanCode.vmidTakenMoved.code, taken) }
        return Sentence(PlanCode.vmidTaken.code, taken)
    }

    /// Another guest has the number that the registry keeps for a server which is in no state.
    func takenFromRecorded(_ one: ServerCase) -> Sentence {
        Sentence(
            .vmidTakenRecorded, one.name.text, one.guest?.vmid.description ?? "", one.guest?.name ?? "",
            clusterName(one), markLine(of: one))
    }

    /// The last line of the description with which a guest would be taken for the server.
    func markLine(of one: ServerCase) -> String {
        OwnershipMark(stack: one.recorded?.stack ?? one.stack, server: one.name, id: markID(of: one)).description
    }

    /// Why a new server is not made that is declared to have had a name which only a guest's mark still bears: Plumb let
    /// go of that guest, which may be what it was. Nil: there is none.
    func letGoReason(at position: Int) -> Sentence? {
        let known = view.servers[position]
        guard isNew(position), let former = known.formerName else { return nil }
        let cluster = view.clusters[known.cluster]
        let bearers = (cluster.marks[former] ?? []).filter { borne in
            guard let position = cluster.position(of: borne.vmid), owners[known.cluster][position] < 0,
                !cluster.guests[position].isTemplate,
                let mark = cluster.inventory?.details[borne.vmid]?.value?.mark
            else { return false }
            return mark.isDrawn(by: input.recorded)
        }
        guard let first = bearers.first else { return nil }
        let texts = bearers.map { cluster.described($0.vmid) }.joined(separator: ", ")
        return Sentence(
            .formerNameLetGo, known.name.text, former.text, texts, cluster.name.text, first.vmid.description)
    }

    /// Holds a birth back beside a guest that may be what the server was: one that bears the mark of its former name,
    /// or that has this name and the tag, and was not read.
    ///
    /// - Returns: whether it does.
    mutating func holdBesideLetGo(_ one: ServerCase) -> Bool {
        if let sentence = letGoReason(at: one.position) {
            find(.blocked, one, "nameTaken", sentence)
            return true
        }
        guard isNew(one.position), let former = view.servers[one.position].formerName else { return false }
        let cluster = view.clusters[one.cluster]
        for position in guests(named: former, in: one.cluster) {
            let guest = cluster.guests[position]
            guard owners[one.cluster][position] < 0, guest.tags.contains(OwnershipMark.tag) else { continue }
            switch cluster.inventory?.details[guest.vmid] {
            case .present, .absent: continue
            case .unknown:
                find(.blocked, one, "nameTaken", Sentence(.unreadDetail, guest.vmid.description))
            case nil:
                needs.insert(DetailNeed(cluster: cluster.name, vmid: guest.vmid))
                find(.waiting, one, "nameTaken", Sentence(.detail, one.name.text, guest.vmid.description))
            }
            return true
        }
        return false
    }

    /// The name of a guest is another's, and what `adopt: true` says does not point at it.
    mutating func blockNameTaken(_ one: ServerCase, _ rule: String) {
        if let sentence = letGoReason(at: one.position) { return find(.blocked, one, rule, sentence) }
        let namesake = one.match.guest.map { view.clusters[one.cluster].guests[$0].vmid.description } ?? ""
        guard let server = one.server, server.adopt, let vmid = server.vmid else {
            return find(.blocked, one, rule, Sentence(.nameTaken, one.name.text, namesake, clusterName(one)))
        }
        find(
            .blocked, one, rule,
            Sentence(.adoptOtherNumber, one.name.text, vmid.description, namesake, clusterName(one)))
    }

    /// Another guest has the name of one that was made before and is gone: `adopt: true` takes over for a server that was
    /// never made.
    mutating func blockNamesake(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) {
        let number = guest.vmid.description
        guard server.adopt, server.vmid == nil || server.vmid == guest.vmid else {
            return find(.blocked, one, "nameTaken", Sentence(.nameTaken, one.name.text, number, clusterName(one)))
        }
        find(
            .blocked, one, "nameTaken",
            Sentence(.vmidTakenMoved, one.name.text, number, guest.name, clusterName(one)))
    }

    /// The end of a guest whose VMID a new server is declared with: that is how a rename looks that nobody declared, and
    /// the guest that the document points at would be lost.
    mutating func claimedEnd(of one: ServerCase) -> Disposition? {
        guard let guest = one.guest else { return nil }
        _ = vmidHolder(of: guest.vmid, in: one.cluster, besides: one.name)
        let claimant = (vmidHolders[one.cluster]?[guest.vmid] ?? []).first { name in
            guard name != one.name, let position = view.servers.position(of: name), isNew(position),
                let server = view.servers[position].declared.map({ input.desired.servers[$0] })
            else { return false }
            return server.vmid == guest.vmid && server.type == guest.type
        }
        guard let heir = claimant else { return nil }
        let server = view.servers.position(of: heir).flatMap { view.servers[$0].declared }
            .map { input.desired.servers[$0] }
        let code = server?.manage == .observe ? PlanCode.endObserved : .endClaimed
        return .blocked(Sentence(code, one.name.text, heir.text, guest.vmid.description))
    }

    /// Whether nothing is known of a server but its document.
    func isNew(_ position: Int) -> Bool {
        view.servers[position].recorded == nil && view.servers[position].state == nil
    }
}
