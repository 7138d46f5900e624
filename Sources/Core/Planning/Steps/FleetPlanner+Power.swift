import Model

extension FleetPlanner {
    /// Brings a guest to its declared power, starts a new one once, and writes its row where that is no longer right.
    mutating func planPower(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ row: RecordedServer, after: [StepID]
    ) {
        var row = row
        var start: StepID?
        let isOwed = row.isOwedStart
        let consequence = consequenceOfOwedStart(row, guest)
        switch (declaredPower(of: server), guest.status) {
        case (.running, .stopped) where isOwed, (.unmanaged, .stopped) where isOwed:
            start = power(one, guest, row, .running, Sentence(.startOwed, one.name.text), after, consequence)
        case (.running, .stopped):
            start = power(one, guest, row, .running, Sentence(.start, one.name.text), after)
        case (.unmanaged, .stopped) where !row.wasStarted:
            start = power(one, guest, row, .running, Sentence(.startOnce, one.name.text), after)
        case (.stopped, .running), (.stopped, .paused):
            _ = power(one, guest, row, .stopped, Sentence(.stop, one.name.text), after)
        case (.running, .paused): reportPaused(one, guest)
        case (.running, _), (.stopped, _), (.unmanaged, _): break
        }
        if start != nil {
            row.wasStarted = true
            row.owedStart?.isSettled = true
        }
        // An adoption and a move bring the row with them, and so does the update that first writes the mark: a row that
        // promised one beforehand would make the guest a stranger.
        let isWritten = drafts.suffix(4).contains { draft in
            draft.server == one.position && draft.step.action.bringsRow(before: one.recorded)
        }
        guard !row.saysTheSame(as: one.recorded), !isWritten || start != nil else { return }
        record(one, row, "record", after: start.map { [$0] } ?? [])
    }

    /// A server that is to be removed, whose guest was asked to shut down for it and went down when that had failed
    /// already: it runs for as long as its removal waits.
    mutating func planOwedStart(_ one: ServerCase) {
        guard one.server == nil, let guest = one.guest, let known = one.recorded, known.owedStart != nil else { return }
        var row = known
        row.owedStart = self.row(of: one, guest: guest, markID: known.mark).owedStart
        var start: StepID?
        if guest.status == .stopped, row.isOwedStart {
            start = power(
                one, guest, row, .running, Sentence(.startOwed, one.name.text), [], consequenceOfOwedStart(row, guest))
            row.owedStart?.isSettled = true
        }
        guard !row.saysTheSame(as: known) else { return }
        record(one, row, "record", after: start.map { [$0] } ?? [])
    }

    private func consequenceOfOwedStart(_ row: RecordedServer, _ guest: ObservedGuest) -> DraftStep.Consequence {
        row.isOwedRecentStart(of: guest.vmid, at: input.now) ? .owes : .harmless
    }

    /// A start that is owed comes after the update of its server where that may be now. It waits for none that is held
    /// back, nor for an untaint, by a pause or for a yes, which may be for days; only for one that first writes the mark, as the row does.
    mutating func leaveHeldChanges(of index: Int, _ dispositions: [StepID: Disposition]) {
        guard drafts[index].consequence == .owes else { return }
        let known = drafts[index].server.flatMap { view.servers[$0].recorded }.map { input.recorded.servers[$0] }
        let held = drafts[index].step.after.filter { id in
            guard let disposition = dispositions[id], disposition != .ready,
                let change = drafts.first(where: { $0.step.id == id })?.step.action
            else { return false }
            return (change.verb == .update && !change.bringsRow(before: known)) || change.verb == .untaint
        }
        drafts[index].step.after.removeAll { held.contains($0) }
    }

    /// Where the power is to be left alone, a new guest is started once all the same.
    func declaredPower(of server: Server) -> Server.Power {
        let isLeftAlone =
            server.power != .unmanaged
            && policies.ignoredPaths(of: server).contains { IgnoredPath($0).root == "power" }
        return isLeftAlone ? .unmanaged : server.power
    }

    private mutating func power(
        _ one: ServerCase, _ guest: ObservedGuest, _ row: RecordedServer, _ target: Action.PowerChange.Target,
        _ reason: Sentence, _ after: [StepID], _ consequence: DraftStep.Consequence = .harmless
    ) -> StepID {
        var reference = GuestReference(
            cluster: view.clusters[one.cluster].name, vmid: guest.vmid, type: guest.type, node: guest.node,
            mark: row.mark.map { OwnershipMark(stack: one.stack, server: one.name, id: $0) },
            formerName: one.formerName, identity: row.mark == nil ? one.identity : nil)
        if let detail = one.detail, detail.mark == nil { reference.beKnownWithoutMark(as: one.identity) }
        var step = Step(
            subject: one.subject, action: .power(.init(guest: reference, target: target)), rule: "power", reason: reason
        )
        step.effect = target == .stopped ? .stop : .none
        step.changes = [
            AttributeChange(
                path: "power", before: guest.status.rawValue, after: target.rawValue, effect: step.effect)
        ]
        step.after = after
        var facts = StepFacts()
        facts.add(.desired, "power", target.rawValue)
        facts.addIdentity(reference)
        facts.add(.guest, "status", guest.status.rawValue)
        one.addProof(to: &facts)
        step.facts = facts.sorted
        var obstacle: Disposition?
        if target == .stopped {
            if one.detail == nil { need(one) }
            obstacle = identityObstacle(one)
        }
        draft(one, step, .power, one.vouching ?? consequence, obstacle: obstacle)
        return step.id
    }

    mutating func record(_ one: ServerCase, _ row: RecordedServer, _ rule: String, after: [StepID] = []) {
        var step = Step(
            subject: one.subject, action: .record(row), rule: rule,
            reason: Sentence(one.recorded == nil ? .record : .recordChange, one.name.text))
        step.after = after
        var facts = StepFacts()
        facts.add(.guest, "vmid", row.vmid.description)
        facts.add(.guest, "node", row.node.key)
        facts.add(.record, "isRecorded", String(one.recorded != nil))
        step.facts = facts.sorted
        draft(one, step, after.isEmpty ? .registry : .retirements, .registry)
    }
}

extension Action {
    fileprivate func bringsRow(before known: RecordedServer?) -> Bool {
        switch self {
        case .adopt, .move: true
        case .update(let change): change.guest.mark == nil && known?.mark == nil
        case .create, .recreate, .destroy, .untaint, .rename, .forget, .power, .restart, .rebuild, .repairEntry,
            .record, .retire,
            .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
