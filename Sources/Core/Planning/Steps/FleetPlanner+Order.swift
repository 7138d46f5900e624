import Model

extension FleetPlanner {
    /// A server that depends on others is born after them.
    mutating func orderByDependencies() {
        var births: [ServerName: Int] = [:]
        for (index, draft) in drafts.enumerated() {
            guard let server = draft.server, draft.step.action.makesGuest else { continue }
            births[view.servers[server].name] = index
        }
        guard !births.isEmpty else { return }
        var needs: [ServerName: Set<ServerName>] = [:]
        for (name, index) in births {
            needs[name] = Set(declaration(of: drafts[index])?.dependsOn ?? []).filter { births[$0] != nil }
        }
        let order = Self.depths(of: needs)
        for (name, index) in births {
            guard let server = declaration(of: drafts[index]) else { continue }
            if order.cyclic.contains(name) {
                let others = order.cyclic.sorted().map(\.text).joined(separator: ", ")
                drafts[index].obstacle = .blocked(Sentence(.dependencyCycle, name.text, others))
                continue
            }
            for dependency in server.dependsOn.sorted() where dependency != name {
                if let before = births[dependency] {
                    // One that is taken over lives already: it comes before what is born, and waits for none of it.
                    guard drafts[index].step.action.verb != .adopt else { continue }
                    drafts[index].step.after.append(drafts[before].step.id)
                } else if !isThere(dependency), drafts[index].obstacle == nil {
                    drafts[index].obstacle = .waiting(Sentence(.dependencyMissing, name.text, dependency.text))
                }
            }
        }
        reorder(births.values.filter { drafts[$0].phase == .births }, order.ranks)
    }

    /// Of two servers that go in one plan, the one that depends on the other goes first; where it stays, so does what it
    /// needs. What was recorded counts: the documents are gone.
    mutating func orderDestroys() {
        var destroys: [ServerName: Int] = [:]
        for (index, draft) in drafts.enumerated() where draft.phase == .destroys {
            if let server = draft.server { destroys[view.servers[server].name] = index }
        }
        guard destroys.count > 1 else { return }
        var dependents = destroys.mapValues { _ in Set<ServerName>() }
        for (name, index) in destroys {
            let row = drafts[index].server.flatMap { view.servers[$0].recorded }.map { input.recorded.servers[$0] }
            for needed in row?.dependsOn ?? [] where needed != name && destroys[needed] != nil {
                dependents[needed]?.insert(name)
            }
        }
        // Rows of different times can make a ring, which the loader never sees: those go in the order of their names.
        let ranks = Self.depths(of: dependents).ranks
        for (name, index) in destroys {
            let before = (dependents[name] ?? []).filter { ranks[$0] != nil }.sorted().compactMap { destroys[$0] }
            drafts[index].step.after += before.map { drafts[$0].step.id }
        }
        reorder(Array(destroys.values), ranks)
    }

    private func declaration(of draft: DraftStep) -> Server? {
        draft.server.flatMap { view.servers[$0].declared }.map { input.desired.servers[$0] }
    }

    private func isThere(_ name: ServerName) -> Bool {
        view.servers.position(of: name).map { matches[$0].presence == .present } ?? false
    }

    /// How deep each one's chain of needs is; what never gets a depth is in a ring or behind one.
    private static func depths(
        of needs: [ServerName: Set<ServerName>]
    ) -> (ranks: [ServerName: Int], cyclic: Set<ServerName>) {
        var open = needs.mapValues(\.count)
        var dependents: [ServerName: [ServerName]] = [:]
        for (name, needed) in needs {
            for dependency in needed { dependents[dependency, default: []].append(name) }
        }
        var ranks: [ServerName: Int] = [:]
        var layer = open.filter { $0.value == 0 }.map(\.key)
        var depth = 0
        while !layer.isEmpty {
            var next: [ServerName] = []
            for name in layer {
                ranks[name] = depth
                for dependent in dependents[name] ?? [] {
                    open[dependent, default: 1] -= 1
                    if open[dependent] == 0 { next.append(dependent) }
                }
            }
            layer = next
            depth += 1
        }
        return (ranks, Set(needs.keys.filter { ranks[$0] == nil }))
    }

    /// Puts drafts among themselves into the order of depth, then of names; the others keep their places.
    private mutating func reorder(_ some: [Int], _ ranks: [ServerName: Int]) {
        guard ranks.values.contains(where: { $0 > 0 }) else { return }
        let places = some.sorted()
        let sorted = places.map { drafts[$0] }.sorted { one, other in
            let (left, right) = (name(of: one), name(of: other))
            let (depth, otherDepth) = (ranks[left] ?? .max, ranks[right] ?? .max)
            return depth == otherDepth ? left < right : depth < otherDepth
        }
        for (place, draft) in zip(places, sorted) { drafts[place] = draft }
    }

    private func name(of draft: DraftStep) -> ServerName { draft.server.map { view.servers[$0].name } ?? "" }

    /// Guests that nobody declared, recorded or has in a state: told, never touched.
    mutating func reportUnmanaged() {
        guard targets == nil else { return }
        let misplaced = misplacedGuests()
        for (cluster, clusterView) in view.clusters.enumerated() where clusterView.distrust == nil {
            for (position, guest) in clusterView.guests.enumerated() {
                guard owners[cluster][position] < 0, !guest.isTemplate,
                    !isNamedInDoubt(guest, at: position, in: cluster),
                    misplaced[clusterView.name]?.contains(guest.vmid) != true
                else { continue }
                findings.append(unmanaged(guest, clusterView))
            }
        }
    }

    /// Guests of servers that live in one cluster and are declared in another, which their findings name; also where a
    /// cluster got another name in its documents and lists them under that.
    private func misplacedGuests() -> [ClusterName: Set<VMID>] {
        var guests: [ClusterName: Set<VMID>] = [:]
        // To read a field of a large value would copy the value.
        let (servers, rows, names) = (view.servers, input.recorded.servers, view.clusters.map(\.name))
        for position in servers.indices {
            guard let place = servers[position].recorded, rows[place].manage == .full,
                rows[place].stack.cluster.key != names[servers[position].cluster].key
            else { continue }
            let (known, row) = (servers[position], rows[place])
            guests[row.stack.cluster, default: []].insert(row.vmid)
            let declared = view.clusters[known.cluster]
            if isUndeclared(row.stack.cluster), let guest = declared.position(of: row.vmid),
                ServerName(declared.guests[guest].name) == known.name
            {
                guests[declared.name, default: []].insert(row.vmid)
            }
        }
        return guests
    }

    /// A guest that is nobody's; one with a mark that this registry gave is told by it, because it will not look like a
    /// guest of somebody else's to whoever looks at it in Proxmox.
    private func unmanaged(_ guest: ObservedGuest, _ cluster: ClusterView) -> Finding {
        let subject = Subject.guest(cluster.name, guest.vmid)
        let place = [guest.vmid.description, guest.name, guest.node.text, cluster.name.text]
        guard let mark = cluster.inventory?.details[guest.vmid]?.value?.mark, mark.stack.cluster == cluster.name,
            mark.isDrawn(by: input.recorded)
        else { return Finding(.notice, subject, rule: "unmanaged", Sentence(PlanCode.unmanaged.code, place)) }
        return Finding(
            .notice, subject, rule: "markUnknown", Sentence(PlanCode.markUnknown.code, place + [mark.server.text]))
    }

    /// Whether the guest bears the mark of a server that is in doubt, whose finding names it.
    private func isNamedInDoubt(_ guest: ObservedGuest, at position: Int, in place: Int) -> Bool {
        let cluster = view.clusters[place]
        guard let mark = cluster.inventory?.details[guest.vmid]?.value?.mark,
            let server = view.servers.position(of: mark.server)
        else { return false }
        let known = view.servers[server]
        let home =
            known.state.map { input.observed.stacks[$0.stack].id.cluster }
            ?? known.recorded.map { input.recorded.servers[$0].stack.cluster }
        // One that is declared in another cluster than it lives in is said there.
        let isMisplaced = home == cluster.name && view.clusters[known.cluster].name != cluster.name
        // In the server's own place, with a mark of an earlier life of it.
        let isEarlier =
            matches[server].presence == .foreign && matches[server].guest == position && known.cluster == place
            && known.state != nil && mark.isDrawn(by: input.recorded)
        return isMisplaced || isEarlier || matches[server].presence == .ambiguous
    }
}

extension Action {
    var makesGuest: Bool {
        switch self {
        case .create, .recreate, .adopt: true
        case .update, .destroy, .untaint, .move, .rename, .forget, .power, .restart, .rebuild, .repairEntry, .record,
            .retire, .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
