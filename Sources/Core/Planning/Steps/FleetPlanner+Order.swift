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
        let order = dependencyOrder(births)
        for (name, index) in births {
            guard let server = declaration(of: drafts[index]) else { continue }
            if order.cyclic.contains(name) {
                let others = order.cyclic.sorted().map(\.text).joined(separator: ", ")
                drafts[index].obstacle = .blocked(Sentence(.dependencyCycle, name.text, others))
                continue
            }
            for dependency in server.dependsOn.sorted() where dependency != name {
                if let before = births[dependency] {
                    drafts[index].step.after.append(drafts[before].step.id)
                } else if !isThere(dependency), drafts[index].obstacle == nil {
                    drafts[index].obstacle = .waiting(Sentence(.dependencyMissing, name.text, dependency.text))
                }
            }
        }
        reorderBirths(births, order.ranks)
    }

    private func declaration(of draft: DraftStep) -> Server? {
        draft.server.flatMap { view.servers[$0].declared }.map { input.desired.servers[$0] }
    }

    private func isThere(_ name: ServerName) -> Bool {
        view.serverPositions[name].map { matches[$0].presence == .present } ?? false
    }

    /// How deep each birth's chain of dependencies is; what never gets a depth is in a cycle or behind one.
    private func dependencyOrder(_ births: [ServerName: Int]) -> (ranks: [ServerName: Int], cyclic: Set<ServerName>) {
        var open: [ServerName: Int] = [:]
        var dependents: [ServerName: [ServerName]] = [:]
        for (name, index) in births {
            let needed = Set(declaration(of: drafts[index])?.dependsOn ?? []).filter { births[$0] != nil }
            open[name] = needed.count
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
        return (ranks, Set(births.keys.filter { ranks[$0] == nil }))
    }

    /// Births by depth, then by name; the other drafts keep their places.
    private mutating func reorderBirths(_ births: [ServerName: Int], _ ranks: [ServerName: Int]) {
        guard ranks.values.contains(where: { $0 > 0 }) else { return }
        let places = births.values.filter { drafts[$0].phase == .births }.sorted()
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
        for (cluster, clusterView) in view.clusters.enumerated() where clusterView.distrust == nil {
            for (position, guest) in clusterView.guests.enumerated() {
                guard owners[cluster][position] < 0, !guest.isTemplate else { continue }
                findings.append(
                    Finding(
                        .notice, .guest(clusterView.name, guest.vmid), rule: "unmanaged",
                        Sentence(.unmanaged, guest.vmid.description, guest.name, guest.node.text, clusterView.name.text)
                    ))
            }
        }
    }
}

extension Action {
    var makesGuest: Bool {
        switch self {
        case .create, .recreate, .adopt: true
        case .update, .destroy, .untaint, .move, .forget, .power, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
