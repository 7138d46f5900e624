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
        let owner = position.map { owners[one.cluster][$0] }.flatMap { $0 < 0 || $0 == one.position ? nil : $0 }
        let (name, number) = (one.name.text, vmid.description)
        if let holder = owner.map({ view.servers[$0] }) {
            let isPerhapsIt = holder.declared == nil && isNew(one.position) && guest?.type == one.server?.type
            return Sentence(isPerhapsIt ? .vmidOfUndeclared : .vmidDeclaredTwice, name, number, holder.name.text)
        }
        let taken = [name, number, guest?.name ?? "", cluster.name.text]
        if let mark = cluster.inventory?.details[vmid]?.value?.mark {
            return Sentence(PlanCode.vmidMarked.code, taken + [mark.description])
        }
        if guest?.isTemplate == true { return Sentence(PlanCode.vmidOfTemplate.code, taken) }
        if one.facts.live == .present { return Sentence(PlanCode.vmidTakenLiving.code, taken) }
        // One that was made before is looked for where it was, and `adopt` points elsewhere only for one that was not.
        if one.match.guest != position, !isNew(one.position) { return Sentence(PlanCode.vmidTakenMoved.code, taken) }
        return Sentence(PlanCode.vmidTaken.code, taken)
    }

    /// The name of a guest is another's, and what `adopt: true` says does not point at it.
    mutating func blockNameTaken(_ one: ServerCase, _ rule: String) {
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
        let heir = (vmidHolders[one.cluster]?[guest.vmid] ?? []).first { name in
            guard name != one.name, let position = view.servers.position(of: name), isNew(position),
                let server = view.servers[position].declared.map({ input.desired.servers[$0] })
            else { return false }
            return server.vmid == guest.vmid && server.type == guest.type
        }
        return heir.map { .blocked(Sentence(.endClaimed, one.name.text, $0.text, guest.vmid.description)) }
    }

    /// Whether nothing is known of a server but its document.
    func isNew(_ position: Int) -> Bool {
        view.servers[position].recorded == nil && view.servers[position].state == nil
    }
}
