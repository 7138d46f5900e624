import Model

extension FleetPlanner {
    mutating func destroy(_ one: ServerCase, _ rule: String) {
        guard let reference = one.reference(in: view.clusters[one.cluster].name), let recorded = one.recorded else {
            return
        }
        if one.isOutOfProvidersSight, let entry = one.entry {
            return followFirst(one, entry, reference, recorded, rule)
        }
        let removal = one.removal(of: reference)
        var step = Step(
            subject: one.subject, action: .destroy(removal), rule: rule,
            reason: Sentence(.destroy, one.name.text, reference.vmid.description))
        step.changes = removal.endedVolumes
        step.effect = .destroy
        step.facts = removalFacts(one, reference, recorded)
        // Who agreed to this agreed to the end of the guest as it was: one that somebody has changed since may serve
        // another purpose by now.
        step.facts = (step.facts + one.factsAtStake).sorted()
        if one.detail == nil { need(one) }
        let isProtected = recorded.protect || (one.detail?.settings.protection ?? false)
        let obstacle: Disposition? =
            isProtected
            ? .blocked(Sentence(.protected, one.name.text))
            : claimedEnd(of: one) ?? identityObstacle(one) ?? unseeableEnd(of: one)
        draft(one, step, .destroys, .destroys, isRemoval: true, obstacle: obstacle)
        planOwedStart(one)
    }

    /// Why the end of a guest waits although nothing is wrong with the guest: nobody could say that it came about.
    func unseeableEnd(of one: ServerCase) -> Disposition? {
        let cluster = view.clusters[one.cluster]
        guard cluster.hidesGuests != nil else { return nil }
        let nodes = cluster.unseenNodes.map(\.text).joined(separator: ", ")
        return .waiting(
            Sentence(.endUnseeable, one.name.text, cluster.name.text, nodes.isEmpty ? "–" : nodes))
    }

    /// What the provider cannot see it cannot destroy: the state takes the container in where it is now, as it is.
    private mutating func followFirst(
        _ one: ServerCase, _ entry: ServerConfiguration, _ reference: GuestReference, _ recorded: RecordedServer,
        _ rule: String
    ) {
        var (configuration, row) = (entry, recorded)
        configuration.birth.node = reference.node
        if let settings = one.liveSettings {
            configuration.settings = settings
            configuration.settings.options = entry.settings.options
        }
        row.node = reference.node
        var step = Step(
            subject: one.subject,
            action: .adopt(.init(guest: reference, configuration: configuration, record: row)), rule: rule,
            reason: Sentence(
                .followFirst, one.name.text, (one.resource?.node ?? entry.birth.node).text, reference.node.text))
        step.facts = removalFacts(one, reference, recorded)
        if one.detail == nil { need(one) }
        draft(one, step, .moves, .harmless, obstacle: identityObstacle(one))
    }

    /// The import of a container that broke off: it is taken in again, and only then can its removal go on.
    mutating func followAgain(_ one: ServerCase, _ rule: String) {
        guard let entry = one.entry, let recorded = one.recorded,
            let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        followFirst(one, entry, reference, recorded, rule)
    }

    /// The guest that stays, as it can be told by: without the mark where that was taken off by hand, which says nothing
    /// against letting go.
    private mutating func keptReference(_ one: ServerCase, _ facts: inout [Fact]) -> GuestReference? {
        guard var reference = one.reference(in: view.clusters[one.cluster].name), let guest = one.guest else {
            return nil
        }
        let detail = view.clusters[one.cluster].inventory?.details[reference.vmid]
        if detail == nil { need(one) }
        let isUnmarked = detail?.value.map { $0.mark == nil } ?? false
        if isUnmarked {
            reference.mark = nil
            reference.identity = one.identity
            facts.append(Fact(.guest, "name", guest.name))
        }
        return reference
    }

    func removalFacts(_ one: ServerCase, _ reference: GuestReference, _ recorded: RecordedServer?) -> [Fact] {
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", String(one.server != nil))
        facts.addIdentity(reference)
        facts.addState(one)
        facts.add(.record, "onRemove", recorded?.onRemove.rawValue)
        facts.add(.record, "protect", String(recorded?.protect ?? false))
        return facts.sorted
    }

    func goneFacts(_ one: ServerCase) -> [Fact] {
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", String(one.server != nil))
        facts.add(.guest, "presence", "absent")
        facts.addState(one)
        return facts.sorted
    }

    /// `onRemove: forget`: the guest stays, and nobody manages it any more.
    mutating func forgetKept(_ one: ServerCase, _ rule: String) {
        var names: [Fact] = []
        guard let reference = keptReference(one, &names) else { return }
        var step = Step(
            subject: one.subject, action: .forget(.init(isInState: true, remainingGuest: reference)), rule: rule,
            reason: Sentence(.forgetKept, one.name.text, reference.vmid.description))
        step.facts = (removalFacts(one, reference, one.recorded) + names).sorted()
        draft(one, step, .forgets, .releases, isRemoval: true)
        retire(one, rule, after: [step.id], Sentence(.retireUndeclared, one.name.text))
    }

    mutating func forgetGone(_ one: ServerCase, _ rule: String) {
        var step = Step(
            subject: one.subject, action: .forget(.init(isInState: true, remainingGuest: nil)), rule: rule,
            reason: Sentence(.forgetGone, one.name.text, one.stack.description))
        step.facts = goneFacts(one)
        draft(one, step, .forgets, lettingGo(of: one) ?? .harmless, isRemoval: true)
    }

    /// A guest that is gone and whose server has got another name is made anew once the former name is let go of: that is
    /// where policy is asked, because afterwards nothing tells the birth from any other.
    private func lettingGo(of one: ServerCase) -> DraftStep.Consequence? {
        view.servers[one.position].heir == nil ? nil : .recreates
    }

    /// An entry that nothing stands behind: whoever ran Terraform by hand would create a server from it.
    mutating func dropEntry(_ one: ServerCase, _ rule: String) {
        let reference = one.reference(in: view.clusters[one.cluster].name)
        var step = Step(
            subject: one.subject, action: .forget(.init(isInState: false, remainingGuest: reference)), rule: rule,
            reason: Sentence(.leftoverEntry, one.name.text, one.stack.description))
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", "false")
        facts.add(.guest, "presence", reference == nil ? "absent" : "present")
        facts.addState(one)
        step.facts = facts.sorted
        draft(one, step, .forgets, .harmless, isRemoval: true)
        if reference != nil, one.recorded != nil {
            retire(one, rule, after: [step.id], Sentence(.retireUndeclared, one.name.text))
        }
    }

    mutating func retire(_ one: ServerCase, _ rule: String) {
        let isGone = one.facts.live == .absent || one.facts.live == .foreign
        retire(one, rule, after: [], Sentence(isGone ? .retireGone : .retireUndeclared, one.name.text))
    }

    private mutating func retire(_ one: ServerCase, _ rule: String, after: [StepID], _ reason: Sentence) {
        var step = Step(subject: one.subject, action: .retire(one.name), rule: rule, reason: reason)
        step.after = after
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", String(one.server != nil))
        facts.add(.record, "vmid", one.recorded?.vmid.description)
        step.facts = facts.sorted
        let consequence = after.isEmpty ? lettingGo(of: one) : nil
        draft(one, step, after.isEmpty ? .registry : .retirements, consequence ?? .registry, isRemoval: true)
    }

    /// In the state, undeclared, and without a row: what its removal means was never recorded. It gets a row, and the
    /// next plan knows.
    mutating func recordUndeclared(_ one: ServerCase, _ rule: String) {
        guard let guest = one.guest else { return }
        find(.notice, one, rule, Sentence(.unrecordedUndeclared, one.name.text, guest.vmid.description))
        var row = row(of: one, guest: guest, markID: markID(of: one))
        row.protect = one.resource?.settings.protection ?? false
        // What its removal should mean is not known, and of the two only this can be taken back.
        row.onRemove = .forget
        record(one, row, rule)
    }

    mutating func observe(_ one: ServerCase, _ rule: String) {
        switch one.facts.live {
        case .present:
            guard let guest = one.guest else { return }
            let row = row(of: one, guest: guest, markID: nil)
            if !row.saysTheSame(as: one.recorded) { record(one, row, rule) }
            if let server = one.server { reportObservedPower(one, server, guest) }
        case .absent, .foreign:
            let vmid = (one.recorded?.vmid ?? one.server?.vmid)?.description ?? ""
            guard let guest = one.match.guest, owners[one.cluster][guest] >= 0,
                owners[one.cluster][guest] != one.position
            else { return find(.notice, one, rule, Sentence(.missing, one.name.text, vmid, clusterName(one))) }
            let owner = view.servers[owners[one.cluster][guest]].name.text
            find(.notice, one, rule, Sentence(.observedOther, one.name.text, vmid, clusterName(one), owner))
        case .ambiguous, .unknown, .unread: break
        }
    }

    /// `manage: observe` on a server that is in the state: the state lets go, the guest stays, after approval.
    mutating func release(_ one: ServerCase, _ rule: String) {
        var names: [Fact] = []
        let reference = keptReference(one, &names)
        var step = Step(
            subject: .server(one.name, one.resourceStack ?? one.stack),
            action: .forget(.init(isInState: true, remainingGuest: reference)), rule: rule,
            reason: Sentence(.release, one.name.text))
        var facts = StepFacts()
        facts.add(.desired, "manage", "observe")
        if let reference { facts.addIdentity(reference) } else { facts.add(.guest, "presence", "absent") }
        facts.addState(one)
        step.facts = (facts.sorted + names).sorted()
        draft(one, step, .forgets, .releases, isRemoval: true)
        guard let guest = one.guest else { return }
        let row = row(of: one, guest: guest, markID: nil)
        if !row.saysTheSame(as: one.recorded) { record(one, row, rule, after: [step.id]) }
    }
}
