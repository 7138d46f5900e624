import Model

/// No two guests that live bear one static address.
extension FleetPlanner {
    /// Whoever is given an address that another guest has comes after the step of this plan that frees it, where one
    /// does, and is blocked otherwise. A rename that nobody declared, and names that move up in a set, make such pairs.
    mutating func guardAddresses() {
        var late: Set<StepID> = []
        for cluster in view.clusters.indices {
            let takings = takings(in: cluster)
            if takings.isEmpty { continue }
            askForUnstated(in: cluster)
            let holders = Dictionary(grouping: addressHolders(in: cluster), by: \.address.host)
            let steps = draftsByServer(in: cluster)
            var wishes = takings.flatMap { taking in
                (holders[taking.address.host] ?? []).filter { $0.isInWay(of: taking) }.map { holder in
                    let own = holder.server.flatMap { steps[$0] } ?? []
                    return AddressWish(taking: taking, holder: holder, release: release(by: holder, own))
                }
            }
            untieRings(&wishes)
            for wish in wishes { settle(wish, steps[wish.taking.server] ?? [], &late) }
        }
        postpone(late)
    }

    /// The addresses that steps give to guests which do not have them yet.
    private func takings(in cluster: Int) -> [AddressTaking] {
        let details = view.clusters[cluster].inventory?.details ?? [:]
        return drafts.indices.flatMap { index -> [AddressTaking] in
            guard drafts[index].cluster == cluster, let server = drafts[index].server,
                let settings = drafts[index].step.action.settingsOfGuest
            else { return [] }
            let guest = drafts[index].step.action.guestChanged
            let detail = guest.flatMap { details[$0.vmid]?.value }
            let own = detail.map { ($0.pending ?? $0.settings).staticAddresses } ?? []
            return settings.staticAddresses.filter { !own.contains($0) }.map {
                AddressTaking(draft: index, server: view.servers[server].name, guest: guest?.vmid, address: $0)
            }
        }
    }

    private func draftsByServer(in cluster: Int) -> [ServerName: [Int]] {
        var steps: [ServerName: [Int]] = [:]
        for index in drafts.indices where drafts[index].cluster == cluster {
            if let server = drafts[index].server { steps[view.servers[server].name, default: []].append(index) }
        }
        return steps
    }

    /// What of this plan takes the address from the guest that has it.
    ///
    /// - Parameter own: the drafts of the holder's server.
    private func release(by holder: AddressHolder, _ own: [Int]) -> AddressWish.Release {
        if let end = own.first(where: { drafts[$0].phase == .destroys }) { return .step(end) }
        let stop = own.first { drafts[$0].step.action.verb == .stop }
        if holder.way == .untilRestart {
            // A restart that is done has been seen to begin another run, which has what is written.
            let anew = stop ?? own.first { drafts[$0].step.action.verb == .restart }
            return anew.map { .step($0) } ?? .restart(nil)
        }
        let change = own.first { index in
            guard drafts[index].step.action.guestChanged?.vmid == holder.vmid,
                let settings = drafts[index].step.action.settingsOfGuest, !settings.networks.isEmpty
            else { return false }
            // Networks that are not declared stay as they are, with their addresses.
            return !settings.staticAddresses.contains(where: holder.address.meets)
        }
        guard let change, let guest = drafts[change].step.action.guestChanged else { return .never }
        // A VM reads what cloud-init wrote when it is started.
        if guest.type == .container || isStopped(change) { return .change(change, by: change) }
        return stop.map { .change(change, by: $0) } ?? .restart(change)
    }

    /// Whether the guest that a draft changes does not run.
    private func isStopped(_ draft: Int) -> Bool {
        guard let guest = drafts[draft].step.action.guestChanged, let cluster = drafts[draft].cluster,
            let position = view.clusters[cluster].position(of: guest.vmid)
        else { return false }
        return view.clusters[cluster].guests[position].status == .stopped
    }

    /// Changes that wait for each other in a ring: of guests that are all stopped they can be in any order, of others
    /// none can be first.
    private mutating func untieRings(_ wishes: inout [AddressWish]) {
        let order = AddressOrder(wishes)
        for index in wishes.indices {
            guard let ring = order.ring(of: wishes[index]) else { continue }
            if ring.allSatisfy(isStopped) {
                wishes[index].release = .granted
                let ids = ring.map { drafts[$0].step.id }
                exchanges.insert(ids)
                for (place, id) in zip(ring, ids) {
                    drafts[place].step.exchangesWith = ids.filter { $0 != id }.sorted()
                }
            } else {
                wishes[index].release = .ring(
                    ring.compactMap { drafts[$0].server }.map { view.servers[$0].name }.sorted())
            }
        }
    }

    /// Where one of those that change places may not, the others stay as well: a guest that keeps its address would
    /// share it.
    ///
    /// - Returns: whether anything is held back that was not before.
    mutating func holdExchanges() -> Bool {
        var isAnyHeld = false
        for exchange in exchanges {
            let places = drafts.indices.filter {
                exchange.contains(drafts[$0].step.id) && !heldInExchange.contains(drafts[$0].step.id)
            }
            guard let culprit = places.min(by: { drafts[$0].step.readiness < drafts[$1].step.readiness }) else {
                continue
            }
            let least = drafts[culprit].step
            for place in places where drafts[place].step.readiness > least.readiness {
                let step = drafts[place].step
                drafts[place].step.disposition = .waiting(
                    Sentence(.follows, step.subject.description, least.id.rawValue))
                heldInExchange.insert(step.id)
                isAnyHeld = true
            }
        }
        return isAnyHeld
    }

    /// - Parameter own: the drafts of the server that wishes.
    private mutating func settle(_ wish: AddressWish, _ own: [Int], _ late: inout Set<StepID>) {
        let index = wish.taking.draft
        let texts = [wish.taking.server.text, wish.taking.address.host, wish.holder.text]
        switch wish.release {
        case .granted: break
        case .step(let other):
            follow([other], by: index)
            late.insert(drafts[index].step.id)
        // The stop alone frees nothing: where the change cannot be, the address stays the holder's.
        case .change(let change, by: let other):
            follow([change, other], by: index)
            late.insert(drafts[index].step.id)
        case .never: refuse(index, own, drafts[index].phase == .births ? .addressTaken : .addressHeld, texts)
        case .restart: refuse(index, own, .addressUntilRestart, texts)
        case .ring(let servers):
            refuse(index, own, .addressRing, texts + [servers.map(\.text).joined(separator: ", ")])
        }
    }

    private mutating func follow(_ others: [Int], by index: Int) {
        for id in others.map({ drafts[$0].step.id }) where !drafts[index].step.after.contains(id) {
            drafts[index].step.after.append(id)
        }
    }

    /// A stop does not wait for a change that cannot be: to be stopped may be what the change needs.
    private mutating func refuse(_ index: Int, _ own: [Int], _ code: PlanCode, _ arguments: [String]) {
        if drafts[index].obstacle == nil { drafts[index].obstacle = .blocked(Sentence(code.code, arguments)) }
        let id = drafts[index].step.id
        for other in own where drafts[other].step.action.verb == .stop {
            drafts[other].step.after.removeAll { $0 == id }
        }
    }

    /// What comes after a step that frees an address, and what comes after that, goes behind the destroys.
    private mutating func postpone(_ late: Set<StepID>) {
        guard !late.isEmpty else { return }
        var ranks = Dictionary(late.map { ($0, 0) }) { first, _ in first }
        // Each round gives one more step of the longest chain its place.
        for _ in drafts.indices {
            var isSettled = true
            for draft in drafts where draft.phase <= .lateBirths {
                let before = draft.step.after.compactMap { ranks[$0] }.max().map { $0 + 1 }
                guard let before, before > ranks[draft.step.id, default: -1] else { continue }
                ranks[draft.step.id] = before
                isSettled = false
            }
            if isSettled { break }
        }
        let places = drafts.indices.filter { ranks[drafts[$0].step.id] != nil }
        for index in places where drafts[index].phase < .lateBirths { drafts[index].phase = .lateBirths }
        let ordered = places.map { drafts[$0] }.enumerated().sorted { one, other in
            let (rank, otherRank) = (ranks[one.element.step.id] ?? 0, ranks[other.element.step.id] ?? 0)
            return rank == otherRank ? one.offset < other.offset : rank < otherRank
        }
        for (place, draft) in zip(places, ordered) { drafts[place] = draft.element }
    }
}

extension Action {
    /// What the guest is after it; nil for what leaves a guest's settings alone.
    fileprivate var settingsOfGuest: GuestSettings? {
        switch self {
        case .create(let creation), .recreate(let creation): creation.configuration.settings
        case .rebuild(let rebuild): rebuild.creation.configuration.settings
        case .update(let change): change.configuration.settings
        case .adopt(let adoption): adoption.configuration.settings
        case .destroy, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            nil
        }
    }

    /// The guest whose settings change; nil for one that is born.
    fileprivate var guestChanged: GuestReference? {
        switch self {
        case .update(let change): change.guest
        case .adopt(let adoption): adoption.guest
        case .create, .recreate, .rebuild, .destroy, .untaint, .move, .rename, .forget, .power, .restart, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }
}

extension Step {
    /// How near it is to being done: not now, once a person says yes, now.
    package var readiness: Int {
        switch disposition {
        case .blocked, .waiting: 0
        case .needsApproval: 1
        case .ready: 2
        }
    }
}
