import Model

extension FleetPlanner {
    mutating func draft(
        _ one: ServerCase, _ step: Step, _ phase: DraftStep.Phase, _ consequence: DraftStep.Consequence,
        isRemoval: Bool = false, obstacle: Disposition? = nil
    ) {
        drafts.append(
            DraftStep(
                step: step, phase: phase, consequence: consequence, isRemoval: isRemoval, server: one.position,
                cluster: one.cluster, obstacle: obstacle))
    }

    func awaitDetail(_ one: ServerCase) -> Disposition {
        .waiting(Sentence(.detail, one.name.text, one.guest?.vmid.description ?? ""))
    }

    /// The id of the mark that a guest in the state bears: read from it, or kept by the registry, or in what Terraform
    /// once wrote.
    func markID(of one: ServerCase) -> String {
        if let id = one.match.markID ?? one.recorded?.mark { return id }
        for text in [one.resource?.settings.description, one.entry?.settings.description] {
            guard let mark = text.flatMap(OwnershipMark.init(readingDescription:)) else { continue }
            if mark.server == one.name || mark.server == view.servers[one.position].formerName { return mark.id }
        }
        return OwnershipMark.drawn(for: one.name, in: one.stack, recorded: input.recorded).id
    }

    /// What differs between the configuration and the guest, as far as it is known.
    func changes(_ settings: GuestSettings, _ one: ServerCase, _ guest: ObservedGuest) -> [AttributeChange] {
        var differences: [Difference] = []
        if let reference = one.referenceSettings {
            differences =
                one.detail.map { settings.differences(from: $0) }
                ?? settings.differences(from: reference, type: guest.type)
        }
        if !guest.isNamed(one.name) {
            differences.append(
                Difference(
                    path: Attribute.name.name, desired: one.name.text, actual: guest.name,
                    effect: Attribute.name.effect(on: guest.type)))
        }
        return differences.map { $0.change(isRunning: one.isRunning) }
    }

    /// Lays declaration, state, entry and guest side by side and plans what makes them one.
    mutating func compare(_ one: ServerCase, _ rule: String, after: [StepID] = []) {
        guard let server = one.server, let guest = one.guest else { return }
        if one.isOutOfProvidersSight, after.isEmpty { return adopt(one, "follow") }
        let id = markID(of: one)
        var resolution = resolveExisting(one, server, guest, markID: id)
        let switchedOff = one.rootOptionsSwitchedOff(by: resolution.configuration.settings)
        resolution.configuration.settings.switchOffRootOptions(switchedOff)
        let settings = resolution.configuration.settings
        let isNamed = guest.isNamed(one.name)
        var isSame = isNamed && (one.referenceSettings.map { settings.agrees(with: $0, type: guest.type) } ?? false)
        if isSame, one.detail == nil { isSame = settings.agrees(withListed: guest, named: one.name) }
        let row = row(of: one, guest: guest, markID: id)
        var power = after
        if !isSame {
            // The update may wait, or be refused, and a stack that lacks an entry can do nothing for its other servers.
            var before = after
            if after.isEmpty, let lost = lostEntry(of: one, resolution.configuration) {
                before.append(repairEntry(one, server, lost, guest))
            }
            power.append(planUpdate(one, server, guest, resolution, row, rule, after: before))
        } else if after.isEmpty, one.entry != resolution.configuration {
            // What an apply wrote for the next start, and the declaration took back since, shows in the guest alone.
            if one.detail == nil, one.entry.map({ !settings.agrees(with: $0.settings, type: guest.type) }) ?? false {
                need(one)
            }
            repairEntry(one, server, resolution.configuration, guest)
        }
        // What the update of a guest whose birth broke off brings with it is no account that somebody changed.
        let isBorn = isSame || row.wasStarted || guest.status != .stopped
        if !isBorn { resolution.leaveOutAccountOfBirth() }
        report(resolution, one)
        reportRootOptions(one, settings)
        reportPlace(one, server, guest)
        // What an update writes anew may be pending afterwards, which the next look shows.
        if isSame, after.isEmpty { planRestart(one, server, guest, settings) } else { reportPending(one, settings) }
        planPower(one, server, guest, row, after: power)
    }

    private mutating func planUpdate(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ resolution: Resolution, _ row: RecordedServer,
        _ rule: String, after: [StepID]
    ) -> StepID {
        // An edited description has lost the mark that this update writes anew: it cannot be asked for. Type, name,
        // machine and the state's VMID tell the guest then, and that it is the server a network device or a person says.
        let isUnmarked = one.detail.map { $0.mark == nil } ?? false
        var row = row
        row.formerAddresses = formerAddresses(of: one, after: resolution.configuration.settings)
        let mark = row.mark.map { OwnershipMark(stack: one.stack, server: one.name, id: $0) }
        let reference = GuestReference(
            cluster: view.clusters[one.cluster].name, vmid: guest.vmid, type: guest.type, node: guest.node,
            mark: isUnmarked ? nil : mark, formerName: isUnmarked ? nil : one.formerName,
            identity: isUnmarked || mark == nil ? one.identity : nil)
        var step = Step(
            subject: one.subject,
            action: .update(.init(guest: reference, configuration: resolution.configuration, record: row)), rule: rule,
            reason: Sentence(.update, one.name.text))
        step.changes =
            changes(resolution.configuration.settings, one, guest)
            + rootOptionChanges(one, resolution.configuration.settings)
        step.reason = Sentence(.update, one.name.text, step.changes.map(\.path).joined(separator: ", "))
        step.effect = step.changes.map(\.effect).max() ?? .none
        step.after = after
        var facts = StepFacts()
        facts.addDesired(resolution.configuration, server)
        facts.addIdentity(reference)
        if isUnmarked { facts.add(.guest, "name", guest.name) }
        facts.addBefore(step.changes.filter { !isUnmarked || $0.path != Attribute.name.name })
        facts.addState(one)
        one.addProof(to: &facts)
        step.facts = facts.sorted
        let isRead = one.detail != nil
        if !isRead { need(one) }
        let detached = detachedDisks(one, resolution.configuration.settings)
        draft(
            one, step, .changes, one.vouching ?? .harmless,
            obstacle: isRead ? detached.map { .blocked($0) } : awaitDetail(one))
        return step.id
    }

    /// A disk that the server has by its entry and no longer has in life was detached by somebody, and what Terraform
    /// would put in its place is empty. The entry says what is known to have been there: after a failed update the state
    /// holds what was asked for.
    private func detachedDisks(_ one: ServerCase, _ settings: GuestSettings) -> Sentence? {
        guard let live = one.liveSettings, let entry = one.entry, let guest = one.guest else { return nil }
        let gone = settings.disks.filter { disk in
            entry.settings.disks.contains { $0.interface == disk.interface }
                && !live.disks.contains { $0.interface == disk.interface }
        }
        if gone.isEmpty { return nil }
        let texts = gone.map { "\($0.interface) (\($0.text))" }.joined(separator: ", ")
        return Sentence(.diskDetached, one.name.text, texts, guest.vmid.description)
    }

    /// The entry of a server in the state that has none which can be read: what its provably own guest is now. Nil:
    /// there is one, or nobody can say.
    private func lostEntry(of one: ServerCase, _ desired: ServerConfiguration) -> ServerConfiguration? {
        guard one.entry == nil, let resource = one.resource, one.match.isProven, var settings = one.liveSettings
        else { return nil }
        // What a clone got from its template stays out of the entry, as it stays out of the state.
        if resource.settings.disks.isEmpty { settings.disks = [] }
        if resource.settings.networks.isEmpty { settings.networks = [] }
        if resource.settings.dns == nil { settings.dns = nil }
        settings.options = desired.settings.options
        return ServerConfiguration(birth: desired.birth, settings: settings)
    }

    @discardableResult
    private mutating func repairEntry(
        _ one: ServerCase, _ server: Server, _ configuration: ServerConfiguration, _ guest: ObservedGuest
    ) -> StepID {
        var step = Step(
            subject: one.subject, action: .repairEntry(configuration), rule: "repairEntry",
            reason: Sentence(.repairEntry, one.name.text, one.stack.description))
        if let entry = one.entry {
            if entry.birth.node != configuration.birth.node {
                step.changes.append(
                    AttributeChange(
                        path: "node", before: entry.birth.node.text, after: configuration.birth.node.text))
                step.reason = Sentence(
                    .repairMoved, one.name.text, entry.birth.node.text, configuration.birth.node.text,
                    one.stack.description)
            }
            step.changes += configuration.settings.differences(from: entry.settings, type: guest.type)
                .map { $0.change(isRunning: false) }
            step.changes += configuration.settings.optionChanges(since: entry.settings)
        }
        var facts = StepFacts()
        facts.addDesired(configuration, server)
        facts.add(.guest, "vmid", guest.vmid.description)
        facts.add(.guest, "node", guest.node.key)
        facts.addState(one)
        step.facts = facts.sorted
        // An entry says which disks are known to have been there, so that it gains none unseen.
        let isDiskUnseen = one.detail == nil && one.entry?.settings.disks != configuration.settings.disks
        if isDiskUnseen { need(one) }
        draft(one, step, .registry, .registry, obstacle: isDiskUnseen ? awaitDetail(one) : nil)
        return step.id
    }

    mutating func untaint(_ one: ServerCase, _ rule: String) {
        guard let reference = one.reference(in: view.clusters[one.cluster].name) else { return }
        var step = Step(
            subject: one.subject, action: .untaint(reference), rule: rule, reason: Sentence(.untaint, one.name.text))
        var facts = StepFacts()
        facts.addIdentity(reference)
        facts.addState(one)
        step.facts = facts.sorted
        if one.detail == nil { need(one) }
        draft(one, step, .moves, .harmless, obstacle: identityObstacle(one))
        compare(one, rule, after: [step.id])
    }

    mutating func move(_ one: ServerCase, _ rule: String) {
        guard let server = one.server, let guest = one.guest, let from = one.resourceStack, let resource = one.resource,
            let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        let id = markID(of: one)
        let resolution = resolveExisting(one, server, guest, markID: id)
        let old = view.stackPositions[from].flatMap { input.observed.stacks[$0].tfvars.entries[one.name] }
        let moved = old ?? ServerConfiguration(birth: resolution.configuration.birth, settings: resource.settings)
        var step = Step(
            subject: one.subject,
            action: .move(.init(from: from, configuration: moved, record: row(of: one, guest: guest, markID: id))),
            rule: rule, reason: Sentence(.move, one.name.text, from.description, one.stack.description))
        var facts = StepFacts()
        facts.add(.desired, "stack", one.stack.description)
        facts.addIdentity(reference)
        facts.addState(one)
        step.facts = facts.sorted
        if one.detail == nil { need(one) }
        draft(one, step, .moves, .harmless, obstacle: identityObstacle(one))
        compare(one, rule, after: [step.id])
    }

    /// What hurts where it meets the wrong guest waits for the mark's line, and stops where that is not the server's.
    func identityObstacle(_ one: ServerCase) -> Disposition? {
        if one.detail == nil { return awaitDetail(one) }
        if one.match.isProven { return nil }
        return .blocked(Sentence(.identity, one.name.text, one.guest?.vmid.description ?? ""))
    }

    /// What its next start brings: what these settings say, and what contradicts them while that which it runs with does
    /// not.
    mutating func reportPending(_ one: ServerCase, _ settings: GuestSettings) {
        let foreign = one.foreignPendingPaths(settings)
        let owed = one.pendingChanges.filter { !foreign.contains($0.path) }
        let others = one.pendingChanges.filter { foreign.contains($0.path) }
        if !owed.isEmpty {
            let paths = owed.map(\.path).joined(separator: ", ")
            find(.notice, one, "pendingRestart", Sentence(.pendingRestart, one.name.text, paths), owed)
        }
        if !others.isEmpty {
            find(.notice, one, "pendingForeign", Sentence(.pendingForeign, one.name.text, others.inWords), others)
        }
    }
}
