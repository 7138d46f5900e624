import Model

extension FleetPlanner {
    /// Servers that a person asked to be rebuilt, now or with a yes that still holds. A yes is to the end of one guest:
    /// it means nothing any more once the server lives as another.
    var wantedRebuilds: Set<ServerName> {
        let prefix = "\(Action.Verb.rebuild.rawValue) \(Kind.server.rawValue)/"
        var wanted = input.rebuilds
        for approval in input.recorded.approvals where approval.counts(at: input.now) {
            for step in approval.steps where step.id.rawValue.hasPrefix(prefix) {
                let name = ServerName(String(step.id.rawValue.dropFirst(prefix.count)))
                let mark = step.facts.first { $0.topic == .guest && $0.path == "mark" }?.value
                let known = view.servers.position(of: name).flatMap { view.servers[$0].recorded }
                guard let mark, let known, input.recorded.servers[known].mark == mark else { continue }
                wanted.insert(name)
            }
        }
        return wanted
    }

    /// A rebuild, and the start of a guest that should run meanwhile: the rebuild may have to wait for days.
    mutating func rebuild(_ one: ServerCase, _ rule: String) {
        // What the provider cannot see it cannot destroy.
        if one.isOutOfProvidersSight { return compare(one, rule) }
        draftRebuild(one, rule)
        guard let server = one.server, let guest = one.guest, guest.status == .stopped else { return }
        planPower(one, server, guest, row(of: one, guest: guest, markID: markID(of: one)), after: [])
    }

    /// A rebuild or a removal that may run now needs no start before it.
    mutating func dropNeedlessStarts() {
        let ready = Set(
            drafts.filter { $0.endsGuest && $0.step.disposition == .ready }.compactMap(\.server))
        if ready.isEmpty { return }
        drafts.removeAll { draft in
            guard let server = draft.server, ready.contains(server) else { return false }
            return draft.step.action.verb == .start || draft.step.action.verb == .record
        }
    }

    /// The end of a guest and its birth as it is declared now, as one step.
    private mutating func draftRebuild(_ one: ServerCase, _ rule: String) {
        guard let server = one.server, let guest = one.guest,
            let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        let vmid: VMID
        switch chooseRebuildVMID(one, server, guest) {
        case .success(let chosen): vmid = chosen
        case .failure(let obstacle): return find(.blocked, one, rule, obstacle.sentence)
        }
        let mark = OwnershipMark.drawn(for: one.name, in: one.stack, recorded: input.recorded, besides: markID(of: one))
        let configuration: ServerConfiguration
        switch resolveNew(one, server, vmid: vmid, markID: mark.id) {
        case .success(let resolution): configuration = resolution.configuration
        case .failure(let obstacle):
            return find(obstacle.waits ? .waiting : .blocked, one, rule, obstacle.sentence)
        }
        let start = server.power != .stopped
        let row = newRow(of: one, server, configuration, markID: mark.id, start: start)
        let storage = policy(for: one.position, endsGuest: true).backupStorage
        let action = Action.Rebuild(
            removal: one.removal(of: reference),
            creation: .init(configuration: configuration, mark: mark, start: start, record: row),
            backup: storage.map { .init(storage: $0) })
        let arguments = [
            one.name.text, guest.vmid.description, vmid.description, configuration.birth.node.text, storage ?? "",
        ]
        let code: PlanCode = storage == nil ? .rebuild : .rebuildWithBackup
        var step = Step(
            subject: one.subject, action: .rebuild(action), rule: rule, reason: Sentence(code.code, arguments))
        step.changes = rebuildChanges(one, server, guest) + action.removal.endedVolumes
        step.effect = .destroy
        step.facts = rebuildFacts(one, server, reference, configuration, storage)
        if one.detail == nil { need(one) }
        draft(
            one, step, .rebuilds, .rebuilds, isRemoval: true,
            obstacle: rebuildObstacle(one, server, guest, storage) ?? identityObstacle(one) ?? unseeableEnd(of: one))
    }

    private func rebuildObstacle(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ storage: String?
    ) -> Disposition? {
        if server.protect || one.recorded?.protect == true || one.detail?.settings.protection == true {
            return .blocked(Sentence(.rebuildProtected, one.name.text))
        }
        guard let storage, let refusal = one.detail?.refusalOfBackup(of: one.name, guest.vmid, to: storage) else {
            return nil
        }
        return .blocked(refusal)
    }

    /// Its own number, or another one that is declared and free.
    private mutating func chooseRebuildVMID(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest
    ) -> Result<VMID, Obstacle> {
        guard let wished = server.vmid, wished != guest.vmid else { return .success(guest.vmid) }
        return chooseVMID(one, wished: wished, isDeclared: true)
    }

    private mutating func rebuildChanges(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest
    ) -> [AttributeChange] {
        let resolution = resolveExisting(one, server, guest, markID: markID(of: one))
        return resolution.rebuilds + resolution.held.flatMap(\.changes)
            + changes(resolution.configuration.settings, one, guest)
    }

    private func rebuildFacts(
        _ one: ServerCase, _ server: Server, _ reference: GuestReference, _ configuration: ServerConfiguration,
        _ storage: String?
    ) -> [Fact] {
        var facts = StepFacts()
        facts.addDesired(configuration, server)
        facts.add(.desired, "start", String(server.power != .stopped))
        facts.add(.desired, "newVMID", configuration.birth.vmid.description)
        facts.add(.desired, "backupTo", storage)
        facts.addIdentity(reference)
        facts.addState(one)
        // Who agreed to this agreed to the end of the guest as it was.
        return (facts.sorted + one.factsAtStake).sorted()
    }

    /// Who asks for a rebuild by name gets that or nothing: not the end of a server that is not declared any more, nor the
    /// birth of one that has no guest.
    mutating func confineToRebuild(_ one: ServerCase, since first: Int) {
        drafts.replaceSubrange(first..., with: drafts[first...].filter { $0.consequence == .rebuilds })
        let isPlanned = drafts.count > first
        let isSaid = findings.contains { $0.subject == one.subject && $0.kind != .notice }
        if !isPlanned, !isSaid { find(.blocked, one, "rebuild", Sentence(.rebuildNothing, one.name.text)) }
    }
}

extension DraftStep {
    fileprivate var endsGuest: Bool { consequence == .rebuilds || consequence == .destroys }
}
