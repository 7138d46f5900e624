import Model

extension FleetPlanner {
    /// Decides of each step whether it may run now. What is wrong with the world comes first, then policy, then people.
    mutating func dispose() {
        let approvals = ApprovalBook(input.recorded.approvals, now: input.now)
        for index in drafts.indices {
            drafts[index].step.disposition = disposition(of: drafts[index], approvals)
        }
    }

    private mutating func disposition(of draft: DraftStep, _ approvals: ApprovalBook) -> Disposition {
        let subject = draft.step.subject.description
        if draft.isRemoval, broken != nil { return .blocked(Sentence(.incomplete, subject, brokenDocuments)) }
        if draft.consequence == .registry { return draft.obstacle ?? .ready }
        if case .server(_, let stack) = draft.step.subject, hasErroredState(stack) {
            return .blocked(Sentence(.erroredState, stack.description))
        }
        let policy = policy(of: draft)
        if let pause = policy.pause {
            guard let until = pause.until else { return .blocked(Sentence(.paused, subject, pause.reason)) }
            return .waiting(Sentence(.pausedUntil, subject, pause.reason, until.description))
        }
        if let obstacle = draft.obstacle { return obstacle }
        guard let question = question(about: draft, policy) else { return .ready }
        if let name = draft.server.map({ view.servers[$0].name }), draft.consequence == .destroys,
            input.namedRemovals.contains(name)
        {
            return .ready
        }
        switch approvals.verdict(on: draft.step) {
        case .approved: return .ready
        case .unknown: return .needsApproval(question)
        case .expired(let given):
            return .needsApproval(
                Sentence(.approvalExpired, subject, given.description, String(ApprovalBook.lifetimeDays)))
        case .moved(let facts): return .needsApproval(movedSentence(subject, facts, draft.step.facts))
        }
    }

    /// What a person has to be asked; nil: policy allows it.
    private func question(about draft: DraftStep, _ policy: MergedPolicy) -> Sentence? {
        let subject = draft.step.subject.description
        let isManual = policy.apply == .manual || isPolicyBroken
        switch draft.consequence {
        case .registry: return nil
        case .harmless:
            if draft.step.effect == .restart, isManual || policy.restarts == .approve {
                return Sentence(.approveRestart, subject)
            }
            return isManual ? Sentence(.approveManual, subject) : nil
        case .recreates:
            return isManual || policy.recreate == .approve ? Sentence(.approveRecreate, subject) : nil
        case .destroys: return isManual || policy.apply == .safe ? Sentence(.approveDestroy, subject) : nil
        case .takesOver: return Sentence(.approveTakeOver, subject)
        case .releases:
            let isDeclared = draft.server.map { view.servers[$0].declared != nil } ?? false
            return isManual || isDeclared ? Sentence(.approveRelease, subject) : nil
        }
    }

    /// A policy that cannot be read may forbid anything, so everything is asked.
    private var isPolicyBroken: Bool { broken?.claims.contains { $0.kind == .policy } ?? false }

    private mutating func policy(of draft: DraftStep) -> MergedPolicy {
        if let server = draft.server { return policy(for: server) }
        guard case .object(let name) = draft.step.subject else {
            return policies.merged(name: "", labels: [], roles: [])
        }
        let labels = objectLabels[name] ?? input.recorded.objects.first { $0.name == name }?.labels ?? []
        return policies.merged(name: name.key, labels: labels, roles: [])
    }

    private func hasErroredState(_ stack: StackID) -> Bool {
        view.stackPositions[stack].map { input.observed.stacks[$0].hasErroredState } ?? false
    }

    /// Puts the steps into the order of execution, and lets each wait for what it follows. A record or a retirement
    /// says what the step before it brings about, so it has that one's reason.
    mutating func waitForOthers() {
        let ordered = drafts.enumerated().sorted { one, other in
            one.element.phase == other.element.phase
                ? one.offset < other.offset : one.element.phase < other.element.phase
        }
        drafts = ordered.map(\.element)
        guard drafts.contains(where: { !$0.step.after.isEmpty }) else { return }
        var dispositions: [StepID: Disposition] = [:]
        for index in drafts.indices {
            let step = drafts[index].step
            if step.disposition == .ready {
                for id in step.after {
                    guard let before = dispositions[id], before != .ready else { continue }
                    let isRegistry = drafts[index].consequence == .registry
                    drafts[index].step.disposition =
                        isRegistry ? before : .waiting(Sentence(.follows, step.subject.description, id.rawValue))
                    break
                }
            }
            dispositions[step.id] = drafts[index].step.disposition
        }
    }

    /// Over budget, all destroys of the cluster are blocked: an arbitrary part of them would be worse than none.
    mutating func spendBudgets() {
        for cluster in view.clusters.indices {
            let destroys = drafts.indices.filter { isCounted(drafts[$0], in: cluster) }
            guard !destroys.isEmpty else { continue }
            let known = view.servers.filter { $0.cluster == cluster && isManaged($0) }.count
            let limit =
                destroys.compactMap { drafts[$0].server }
                .map { policy(for: $0).destroyBudget(of: known) }.min() ?? 0
            guard destroys.count > limit else { continue }
            let sentence = Sentence(
                .budget, view.clusters[cluster].name.text, String(destroys.count), String(limit), String(known))
            for index in destroys { drafts[index].step.disposition = .blocked(sentence) }
        }
    }

    private func isCounted(_ draft: DraftStep, in cluster: Int) -> Bool {
        guard draft.consequence == .destroys, draft.cluster == cluster, let server = draft.server,
            !input.namedRemovals.contains(view.servers[server].name)
        else { return false }
        switch draft.step.disposition {
        case .ready, .needsApproval, .waiting: return true
        case .blocked: return false
        }
    }

    private func isManaged(_ known: KnownServer) -> Bool {
        if known.state != nil { return true }
        if let declared = known.declared { return input.desired.servers[declared].manage == .full }
        return known.recorded.map { input.recorded.servers[$0].manage == .full } ?? false
    }
}

/// What people said yes to.
struct ApprovalBook {
    enum Verdict {
        case approved
        case unknown
        /// Said yes to so long ago that it no longer counts; with the moment.
        case expired(Timestamp)
        /// Said yes to, and since then something moved; with the facts of that yes.
        case moved([Fact])
    }

    /// How long a yes counts: who gave it knew the fleet of that week.
    static let lifetimeDays = 7

    private var known: [StepID: [[Fact]]] = [:]
    private var expired: [StepID: Timestamp] = [:]

    init(_ approvals: [Approval], now: Timestamp) {
        let oldest = now.seconds - Int64(Self.lifetimeDays) * 86_400
        for approval in approvals.sorted(by: { $0.at < $1.at }) {
            for step in approval.steps {
                if approval.at.seconds < oldest {
                    expired[step.id] = approval.at
                } else {
                    known[step.id, default: []].append(step.facts)
                }
            }
        }
    }

    func verdict(on step: Step) -> Verdict {
        guard let given = known[step.id], let latest = given.last else {
            return expired[step.id].map(Verdict.expired) ?? .unknown
        }
        return given.contains(step.facts) ? .approved : .moved(latest)
    }
}
