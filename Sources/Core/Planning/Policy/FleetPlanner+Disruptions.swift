import Model

extension FleetPlanner {
    /// Lets never more of a role be down together than it allows, by letting steps wait for the end of others. Of what
    /// has no word on it Plumb restarts and rebuilds a few at a time.
    ///
    /// It comes last: only what may run now takes part, and what is never let through is not asked about.
    mutating func boundDisruptions() {
        var groups: [Disruption.Scope: [Int]] = [:]
        for index in drafts.indices where drafts[index].mayRun && takesDown(drafts[index]) {
            for scope in scopes(of: drafts[index]) { groups[scope, default: []].append(index) }
        }
        if groups.isEmpty { return }
        let bounded = groups.sorted { $0.key < $1.key }.map { (disruption($0.key, $0.value), $0.value) }
        for (disruption, indices) in bounded { hold(indices, by: disruption) }
        // What follows a step that waits now waits too, and takes nobody's place.
        // They are in order already, so that every one keeps its place.
        waitForOthers()
        for (disruption, indices) in bounded { order(indices, by: disruption) }
        for index in drafts.indices {
            guard let behind = drafts[index].step.behind else { continue }
            drafts[index].step.behind = Array(Set(behind)).sorted()
        }
    }

    // MARK: Who takes part

    /// Whether a guest that runs is down by it for a while, or for good.
    private func takesDown(_ draft: DraftStep) -> Bool {
        guard draft.step.interrupts || draft.step.endsService, let server = draft.server else { return false }
        return guest(of: server).map { $0.status != .stopped } ?? false
    }

    private func guest(of server: Int) -> ObservedGuest? {
        let cluster = view.clusters[view.servers[server].cluster]
        return matches[server].guest.map { cluster.guests[$0] }
    }

    private func scopes(of draft: DraftStep) -> [Disruption.Scope] {
        guard let server = draft.server, case .server(_, let stack) = draft.step.subject else { return [] }
        let roles = roles(of: view.servers[server])
        var scopes = roles.filter { view.roles[$0]?.maxUnavailable != nil }
        // What the provider restarts goes in one batch, as it was announced, and an end is somebody's wish.
        guard draft.step.action.isOwnInterruption else { return scopes.map(Disruption.Scope.role) }
        scopes += roles.filter { view.roles[$0].map { $0.maxUnavailable == nil } ?? false }
        return scopes.isEmpty ? [.stack(stack)] : scopes.map(Disruption.Scope.role)
    }

    /// Those that are declared; of a server that goes those that were recorded, as its document is gone.
    private func roles(of known: KnownServer) -> [RoleName] {
        if let declared = known.declared { return input.desired.servers[declared].roles }
        return known.recorded.map { input.recorded.servers[$0].roles } ?? []
    }

    /// Steps of the group that would take one more down. Who is down already takes nobody else's place.
    private func candidates(_ indices: [Int], besides down: Set<ServerName>) -> [Int] {
        indices.filter { drafts[$0].step.disposition == .ready && !down.contains(name(of: $0)) }
    }

    private func name(of index: Int) -> ServerName { drafts[index].server.map { view.servers[$0].name } ?? "" }

    // MARK: Holding and ordering

    private mutating func hold(_ indices: [Int], by disruption: Disruption) {
        let down = Set(downServers(of: disruption))
        guard down.count >= disruption.limit else { return }
        let held = disruption.limit > 0 ? candidates(indices, besides: down) : indices
        for index in held { drafts[index].step.disposition = self.held(drafts[index], disruption, down) }
    }

    private func held(_ draft: DraftStep, _ disruption: Disruption, _ down: Set<ServerName>) -> Disposition {
        let subject = draft.step.subject.description
        guard disruption.limit > 0 else {
            return .blocked(Sentence(.disruptionNever, subject, disruption.scope.description))
        }
        return .waiting(
            Sentence(
                .disruptionBusy, subject, disruption.scope.description, String(disruption.limit),
                String(disruption.members.count), down.sorted().map(\.text).joined(separator: ", ")))
    }

    /// As many chains as may be down together: each step waits for the one before it in its chain.
    private mutating func order(_ indices: [Int], by disruption: Disruption) {
        let down = Set(downServers(of: disruption))
        let steps = candidates(indices, besides: down)
        if steps.isEmpty { return }
        disruptions.append(disruption)
        let open = max(1, disruption.limit - down.count)
        for place in steps.indices.dropFirst(open) {
            let (later, earlier) = (steps[place], drafts[steps[place - open]].step.id)
            drafts[later].step.behind = (drafts[later].step.behind ?? []) + [earlier]
        }
    }

    // MARK: Who is counted

    private func disruption(_ scope: Disruption.Scope, _ indices: [Int]) -> Disruption {
        let servers = Set(indices.compactMap { drafts[$0].server }).sorted()
        let expected = view.servers.indices.filter { isExpected(view.servers[$0], scope) }
        guard case .role(let role) = scope, let budget = view.roles[role]?.maxUnavailable else {
            // Nobody gave a word: who does not run now is nobody whom a restart left down.
            return Disruption(
                scope: scope, limit: Policy.Budget.percent(10).limit(of: expected.count),
                members: servers.map(member).filter { !isDown($0) })
        }
        let missed = Set(expected)
        let leaving = servers.filter { !missed.contains($0) }.map { view.servers[$0].name }.sorted()
        return Disruption(
            scope: scope, limit: budget.limit(of: expected.count), members: expected.map(member), leaving: leaving)
    }

    /// Whether a server is declared and should run.
    private func isExpected(_ known: KnownServer, _ scope: Disruption.Scope) -> Bool {
        guard let server = known.declared.map({ input.desired.servers[$0] }), server.power != .stopped else {
            return false
        }
        switch scope {
        case .role(let role): return server.roles.contains(role)
        case .stack(let stack):
            let cluster = view.clusters[known.cluster]
            return cluster.name == stack.cluster
                && cluster.declaration?.terraform.stacks.stack(of: server) == stack.name
        }
    }

    private func member(_ position: Int) -> Disruption.Member {
        let known = view.servers[position]
        guard matches[position].presence == .present, let guest = guest(of: position) else {
            return Disruption.Member(server: known.name, guest: nil)
        }
        let reference = GuestReference(
            cluster: view.clusters[known.cluster].name, vmid: guest.vmid, type: guest.type, node: guest.node, mark: nil)
        return Disruption.Member(server: known.name, guest: reference)
    }

    private func downServers(of disruption: Disruption) -> [ServerName] {
        disruption.members.filter(isDown).map(\.server)
    }

    private func isDown(_ member: Disruption.Member) -> Bool {
        guard let guest = member.guest, let cluster = view.clusterPositions[guest.cluster],
            let position = view.clusters[cluster].position(of: guest.vmid)
        else { return true }
        return view.clusters[cluster].guests[position].status != .running
    }
}

extension DraftStep {
    /// Whether a yes is all that it may still need.
    fileprivate var mayRun: Bool {
        switch step.disposition {
        case .ready, .needsApproval: true
        case .blocked, .waiting: false
        }
    }
}

extension Action {
    /// Whether Plumb itself takes a guest down for a while, and not the provider.
    fileprivate var isOwnInterruption: Bool {
        switch self {
        case .restart, .rebuild: true
        case .create, .recreate, .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .power, .repairEntry,
            .record, .retire, .register, .updateRegistration, .unregister:
            false
        }
    }
}
