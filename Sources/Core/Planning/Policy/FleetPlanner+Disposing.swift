import Model

extension FleetPlanner {
    /// Decides of each step whether it may run now. What is wrong with the world comes first, then policy, then people.
    mutating func dispose() {
        let approvals = ApprovalBook(input.recorded, now: input.now)
        for index in drafts.indices {
            drafts[index].step.disposition = disposition(of: drafts[index], approvals)
            if drafts[index].consequence != .registry { drafts[index].step.retry = policy(of: drafts[index]).retry }
        }
    }

    private mutating func disposition(of draft: DraftStep, _ approvals: ApprovalBook) -> Disposition {
        let subject = draft.step.subject.description
        if draft.isRemoval, broken != nil { return .blocked(Sentence(.incomplete, subject, brokenDocuments)) }
        // A document that cannot be read may be the one that takes the server out, or moves it elsewhere.
        if draft.consequence == .recreates, broken != nil {
            return .blocked(Sentence(.incompleteRecreate, subject, brokenDocuments))
        }
        if let sentence = replacedState(under: draft) { return .blocked(sentence) }
        if draft.consequence == .registry { return draft.obstacle ?? .ready }
        if case .server(_, let stack) = draft.step.subject, hasErroredState(stack) {
            return .blocked(Sentence(.erroredState, stack.description))
        }
        if let sentence = foreignFiles(under: draft) { return .blocked(sentence) }
        // No policy holds what is owed: not its pause, its window or its questions, and so not one that cannot be read.
        // What stands in its way in the cluster does, and after a failure the pause between two tries.
        if draft.consequence == .owes { return draft.obstacle ?? backOff(of: draft.step) ?? .ready }
        if let name = unreadPolicy(over: draft) {
            return .blocked(Sentence(.unreadPolicy, subject, name.text, brokenDocuments))
        }
        let policy = policy(of: draft)
        if let pause = policy.pause {
            guard let until = pause.until else { return .blocked(Sentence(.paused, subject, pause.reason)) }
            return .waiting(Sentence(.pausedUntil, subject, pause.reason, until.description))
        }
        if let obstacle = draft.obstacle { return obstacle }
        if let question = question(about: draft, policy), !isOwed(draft, approvals, policy) {
            switch approvals.verdict(on: draft.step, policy.approval) {
            case .approved: break
            case .unknown:
                guard approvals.required(for: draft.step.id, policy.approval) > 1 else {
                    return .needsApproval(question)
                }
                return .needsApproval(missing(draft.step, [], [], approvals, policy.approval))
            case .partly(let people, let own):
                return .needsApproval(missing(draft.step, people, own, approvals, policy.approval))
            case .expired(let given):
                return .needsApproval(
                    Sentence(.approvalExpired, subject, given.description, String(ApprovalBook.lifetimeDays)))
            case .ahead(let given):
                return .needsApproval(Sentence(.approvalAhead, subject, given.description))
            case .moved(let facts): return .needsApproval(movedSentence(subject, facts, draft.step.facts))
            }
        }
        return closedWindow(over: draft, policy) ?? backOff(of: draft.step) ?? .ready
    }

    /// Nil: it did not fail of late, something that it rests on has moved since, or a person asks for it.
    private func backOff(of step: Step) -> Disposition? {
        guard input.keepsBackOff, let setback = input.recorded.setbacks[step.id],
            setback.at <= input.now, input.now < setback.until, movedFacts(setback.facts, step.facts).isEmpty
        else { return nil }
        return .waiting(
            Sentence(
                .backOff, step.subject.description, String(setback.failures), setback.until.description,
                String(setback.until.milliseconds)))
    }

    /// Whether a birth is the second half of a rebuild that people said yes to, of the server as it is declared now.
    private func isOwed(_ draft: DraftStep, _ approvals: ApprovalBook, _ policy: MergedPolicy) -> Bool {
        guard case .create = draft.step.action else { return false }
        var whole = draft.step
        whole.id = StepID(rawValue: "\(Action.Verb.rebuild.rawValue) \(draft.step.subject)")
        guard let facts = approvals.facts(of: whole.id) else { return false }
        whole.facts = facts
        guard case .approved = approvals.verdict(on: whole, policy.approval) else { return false }
        return Set(draft.step.facts.filter { $0.topic == .desired }).isSubset(of: facts)
    }

    /// - Parameter own: who said yes to what they asked for themselves.
    private func missing(
        _ step: Step, _ people: [String], _ own: [String], _ approvals: ApprovalBook, _ rule: MergedPolicy.Approval
    ) -> Sentence {
        let subject = step.subject.description
        let (given, required) = (String(people.count), String(approvals.required(for: step.id, rule)))
        let names = people.isEmpty ? "–" : people.joined(separator: ", ")
        if approvals.isAskerUnknown(of: step.id, rule) {
            return Sentence(.approvalAskerUnknown, subject, given, required, names)
        }
        if let first = own.first {
            return Sentence(.approvalOwn, subject, given, required, first)
        }
        return Sentence(.approvalsMissing, subject, given, required, names)
    }

    /// Nil: no window is over the step, or it is open.
    private mutating func closedWindow(over draft: DraftStep, _ policy: MergedPolicy) -> Disposition? {
        if policy.windows.isEmpty { return nil }
        let gate = gates[policy.windows] ?? calendar.gate(policy.windows, at: input.now)
        gates[policy.windows] = gate
        let subject = draft.step.subject.description
        switch gate {
        case .open: return nil
        case .opens(let at, let window):
            // The last argument is for views that count down: a span has no place in a plan.
            return .waiting(
                Sentence(.windowClosed, subject, window, at.description, String(at.milliseconds)))
        case .never(let text): return .blocked(Sentence(.windowNever, subject, text))
        case .unknownZone(let zone): return .blocked(Sentence(.windowZone, subject, zone))
        }
    }

    /// What a person has to be asked; nil: policy allows it.
    private func question(about draft: DraftStep, _ policy: MergedPolicy) -> Sentence? {
        let subject = draft.step.subject.description
        let isManual = policy.apply == .manual || isPolicyBroken
        switch draft.consequence {
        case .registry, .owes: return nil
        case .harmless:
            if draft.step.effect == .restart, isManual || policy.restarts == .approve {
                return Sentence(.approveRestart, subject)
            }
            if draft.isPerhapsRenamed { return Sentence(.approveHeir, subject) }
            if isManual { return Sentence(.approveManual, subject) }
            return draft.step.effect == .stop && policy.apply == .safe ? Sentence(.approveStop, subject) : nil
        case .recreates:
            guard isManual || policy.recreate == .approve else { return nil }
            let heir = draft.server.flatMap { view.servers[$0].heir }
            return heir.map { Sentence(.approveRecreateRenamed, subject, $0.text) }
                ?? Sentence(.approveRecreate, subject)
        case .destroys:
            if let question = leftOutQuestion(about: draft.step) { return question }
            if isManual || policy.apply == .safe { return Sentence(.approveDestroy, subject) }
            return draft.isPerhapsRenamed ? Sentence(.approveRenamed, subject) : nil
        case .adoptsChanging:
            if !isManual, policy.takesIn(draft.step) { return nil }
            let paths = draft.step.changesBeyondMark.map(\.path).joined(separator: ", ")
            return Sentence(.approveAdoption, subject, paths)
        case .restarts:
            return isManual || policy.restarts == .approve ? Sentence(.approveOwnRestart, subject) : nil
        case .restartsBesides(let others): return Sentence(.approveRestartBesides, subject, others)
        case .rebuilds: return Sentence(.approveRebuild, subject)
        case .takesOver: return Sentence(.approveTakeOver, subject)
        case .vouchedFor(let question): return question
        case .settlesLoss: return Sentence(.approveLost, subject)
        case .releases:
            let isDeclared = draft.server.map { view.servers[$0].declared != nil } ?? false
            if isManual || isDeclared { return Sentence(.approveRelease, subject) }
            return draft.isPerhapsRenamed ? Sentence(.approveReleaseRenamed, subject) : nil
        }
    }

    /// Whoever names a file in `.plumbignore` says that it is to be left alone, and not that its servers are to end: no
    /// policy spares the question then.
    private func leftOutQuestion(about step: Step) -> Sentence? {
        guard case .server(let name, _) = step.subject, let place = input.desired.leftOut.place(of: name) else {
            return nil
        }
        let subject = step.subject.description
        switch place {
        case .stands(let path): return Sentence(.approveLeftOut, subject, path, name.text)
        case .mayStand(let path): return Sentence(.approveLeftOutUnread, subject, path, name.text)
        case .mayStandBeyond(let path): return Sentence(.approveLeftOutBeyond, subject, path, name.text)
        case .mayBeAway(let path): return Sentence(.approveEmptyDirectory, subject, path, name.text)
        }
    }

    /// A policy that cannot be read may forbid anything, so everything is asked.
    var isPolicyBroken: Bool {
        !unreadPolicies.isEmpty || (broken?.claims.contains { $0.kind == .policy } ?? false)
    }

    /// A policy that was over the step's server: it may pause it, close its window, or ignore what the step would change.
    private func unreadPolicy(over draft: DraftStep) -> PolicyName? {
        guard !unreadPolicies.isEmpty, let row = draft.server.flatMap({ view.servers[$0].recorded }) else { return nil }
        return input.recorded.servers[row].policies?.first { unreadPolicies.contains($0.name) }?.name
    }

    private mutating func policy(of draft: DraftStep) -> MergedPolicy {
        if let server = draft.server { return policy(for: server, endsGuest: draft.consequence == .rebuilds) }
        return policy(of: draft.step)
    }

    mutating func policy(of step: Step) -> MergedPolicy {
        if case .server(let name, _) = step.subject, let server = view.servers.position(of: name) {
            return policy(for: server, endsGuest: step.action.verb == .rebuild)
        }
        guard case .object(let name) = step.subject else {
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
        guard !exchanges.isEmpty || drafts.contains(where: { !$0.step.after.isEmpty }) else { return }
        repeat { followOthers() } while holdExchanges()
    }

    private mutating func followOthers() {
        var dispositions: [StepID: Disposition] = [:]
        for index in drafts.indices {
            leaveHeldChanges(of: index, dispositions)
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
}

extension MergedPolicy {
    /// Whether it lets an adoption through by itself that changes a guest which was nobody's.
    func takesIn(_ step: Step) -> Bool {
        // A guest of another name may be a number that was mistyped.
        let isNamed = !step.changesBeyondMark.contains { $0.path == Attribute.name.name }
        return apply == .auto && isNamed && (step.effect < .restart || restarts == .allow)
    }
}
