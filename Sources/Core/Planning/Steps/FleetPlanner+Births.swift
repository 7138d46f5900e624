import Model

extension FleetPlanner {
    mutating func create(_ one: ServerCase, _ rule: String, after: [StepID] = []) {
        guard let server = one.server else { return }
        if holdBesideLetGo(one) { return }
        let wished = server.vmid ?? one.recorded?.vmid ?? one.entry?.birth.vmid ?? lease(of: one)
        if server.adopt, one.recorded == nil, one.entry == nil {
            find(.notice, one, "adoptNothing", Sentence(.adoptNothing, one.name.text, clusterName(one)))
        }
        bear(one, server, wished: wished, rule, after: after)
    }

    mutating func recreate(_ one: ServerCase, _ rule: String) {
        guard let server = one.server else { return }
        if let guest = guests(named: one.name, in: one.cluster).first {
            return blockNamesake(one, server, view.clusters[one.cluster].guests[guest])
        }
        bear(one, server, wished: server.vmid ?? one.resource?.vmid ?? one.recorded?.vmid, rule, after: [])
    }

    private mutating func bear(
        _ one: ServerCase, _ server: Server, wished: VMID?, _ rule: String, after: [StepID]
    ) {
        let vmid: VMID
        switch chooseVMID(one, wished: wished, isDeclared: server.vmid != nil) {
        case .success(let chosen): vmid = chosen
        case .failure(let obstacle): return find(.blocked, one, rule, obstacle.sentence)
        }
        let mark = OwnershipMark.drawn(
            for: one.name, in: one.stack, recorded: input.recorded, besides: one.recorded?.mark)
        let configuration: ServerConfiguration
        switch resolveNew(one, server, vmid: vmid, markID: mark.id) {
        case .success(let resolution): configuration = resolution.configuration
        case .failure(let obstacle):
            return find(obstacle.waits ? .waiting : .blocked, one, rule, obstacle.sentence)
        }
        let start = server.power != .stopped
        let row = newRow(of: one, server, configuration, markID: mark.id, start: start)
        let creation = Action.Creation(configuration: configuration, mark: mark, start: start, record: row)
        let isAgain = (one.resource != nil || one.facts.isLost) && after.isEmpty
        var step = Step(
            subject: one.subject, action: isAgain ? .recreate(creation) : .create(creation), rule: rule,
            reason: isAgain
                ? recreationReason(one)
                : Sentence(.create, one.name.text, vmid.description, configuration.birth.node.text))
        var facts = StepFacts()
        facts.addDesired(configuration, server)
        facts.add(.desired, "start", String(start))
        facts.add(.guest, "presence", "absent")
        facts.add(.guest, "vmid", vmid.description)
        facts.addState(one)
        step.facts = facts.sorted
        step.after = after
        // One that is let go of by another stack first is the same server all the same.
        draft(one, step, .births, isAgain || one.resource != nil ? .recreates : .harmless)
    }

    private func recreationReason(_ one: ServerCase) -> Sentence {
        let vmid = one.resource?.vmid ?? one.recorded?.vmid ?? VMID(0)
        guard let task = view.clusters[one.cluster].destroyTask(of: vmid) else {
            if one.facts.isLost {
                return Sentence(.recreateLost, one.name.text, vmid.description, one.stack.description)
            }
            return Sentence(.recreate, one.name.text, vmid.description)
        }
        return Sentence(
            .recreateDeletedBy, one.name.text, vmid.description, task.user, task.startedAt.description, task.upid)
    }

    private func lease(of one: ServerCase) -> VMID? {
        leases[LeaseHolder(server: one.name, cluster: view.clusters[one.cluster].name)]
    }

    /// The declared VMID, or the one that the server had, or the lowest free one.
    mutating func chooseVMID(
        _ one: ServerCase, wished: VMID?, isDeclared: Bool
    ) -> Result<VMID, Obstacle> {
        let cluster = view.clusters[one.cluster]
        if let wished {
            let holder = vmidHolder(of: wished, in: one.cluster, besides: one.name)
            if holder == nil, cluster.position(of: wished) == nil { return .success(wished) }
            if isDeclared {
                if let holder {
                    return .failure(
                        Obstacle(Sentence(.vmidDeclaredTwice, one.name.text, wished.description, holder.text)))
                }
                return .failure(Obstacle(takenReason(one, cluster.position(of: wished), wished)))
            }
        }
        var pool = pools[one.cluster] ?? VMIDPool(view, cluster: one.cluster)
        // A second owner would copy all numbers of the pool for each that is drawn.
        pools[one.cluster] = nil
        let drawn = pool.draw()
        pools[one.cluster] = pool
        guard let drawn else {
            let (lowest, highest) = (pool.range.lowerBound.description, pool.range.upperBound.description)
            return .failure(Obstacle(Sentence(.noFreeVMID, one.name.text, cluster.name.text, lowest, highest)))
        }
        return .success(drawn)
    }

    /// What was in another stack's state and is gone: that state lets go of it, and it is made anew here.
    mutating func moveGone(_ one: ServerCase, _ rule: String) {
        guard let from = one.resourceStack else { return }
        var step = Step(
            subject: .server(one.name, from), action: .forget(.init(isInState: true, remainingGuest: nil)), rule: rule,
            reason: Sentence(.forgetGone, one.name.text, from.description))
        step.facts = goneFacts(one)
        // Let go of by itself it would be made anew unasked: nothing would be left to say that it lived.
        draft(one, step, .moves, .recreates)
        create(one, rule, after: [step.id])
    }

    mutating func adopt(_ one: ServerCase, _ rule: String) {
        guard let server = one.server, let guest = one.guest,
            var reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        if let detail = one.detail, detail.mark == nil { reference.beKnownWithoutMark(as: one.identity) }
        guard guest.type == server.type else {
            return find(
                .blocked, one, rule,
                Sentence(.adoptType, one.name.text, guest.vmid.description, guest.type.rawValue, server.type.rawValue))
        }
        if isPerhapsCopy(one, server, guest) {
            return find(
                .blocked, one, "ambiguous",
                Sentence(.markOtherName, one.name.text, view.clusters[one.cluster].described(guest.vmid)))
        }
        let id =
            one.match.markID ?? one.recorded?.mark
            ?? OwnershipMark.drawn(for: one.name, in: one.stack, recorded: input.recorded).id
        var resolution = resolveExisting(one, server, guest, markID: id)
        if one.facts.isAdoptable {
            if let account = strayAccount(one, resolution.configuration) {
                return find(
                    .blocked, one, rule,
                    Sentence(.adoptAccountWithoutDrive, one.name.text, guest.vmid.description, account))
            }
            resolution.configuration.forgetAccountWithoutDrive()
        }
        let switchedOff = one.rootOptionsSwitchedOff(by: resolution.configuration.settings)
        resolution.configuration.settings.switchOffRootOptions(switchedOff)
        var row = row(of: one, guest: guest, markID: id)
        if one.recorded == nil, !isUnrecordedBirth(one, guest) { row.wasStarted = true }
        row.formerAddresses = formerAddresses(of: one, after: resolution.configuration.settings)
        let isStranger = one.facts.state == .no && bearsUnknownMark(one)
        var adoption = Action.Adoption(
            guest: reference, configuration: resolution.configuration, record: row, isStranger: isStranger)
        let isNewborn = isUnfinishedBirth(one, guest)
        if isNewborn { adoption.isNewborn = true }
        var step = Step(
            subject: one.subject, action: .adopt(adoption), rule: rule,
            reason: one.isOutOfProvidersSight
                ? Sentence(.follow, one.name.text, one.resource?.node.text ?? "", guest.node.text)
                : Sentence(.adopt, one.name.text, guest.vmid.description, guest.node.text))
        step.changes =
            changes(resolution.configuration.settings, one, guest)
            + rootOptionChanges(one, resolution.configuration.settings)
            + (isNewborn ? accountChanges(to: resolution.configuration.birth, one) : [])
        step.effect = step.changes.map(\.effect).max() ?? .none
        var facts = StepFacts()
        facts.addDesired(resolution.configuration, server)
        facts.addIdentity(reference)
        facts.addBefore(step.changes)
        facts.addState(one)
        one.addProof(to: &facts)
        step.facts = facts.sorted
        let isRead = one.detail != nil
        if !isRead { need(one) }
        let isNobodys = one.facts.isAdoptable && !step.changesBeyondMark.isEmpty
        let consequence: DraftStep.Consequence = isStranger ? .takesOver : isNobodys ? .adoptsChanging : .harmless
        draft(
            one, step, .moves, one.vouching ?? consequence,
            obstacle: isRead ? nil : awaitDetail(one))
        report(resolution, one)
        reportRootOptions(one, resolution.configuration.settings)
        if one.facts.isAdoptable, !guest.isNamed(one.name) {
            let sentence = Sentence(.adoptOtherName, one.name.text, guest.vmid.description, guest.name)
            find(.notice, one, "adoptOtherName", sentence)
        }
        if isRead { planPower(one, server, guest, row, after: [step.id]) }
    }

    /// What a VM has of an account without the drive that would bring it about: the provider reads both as one block, and
    /// Terraform would take that off the guest. Nil: nothing.
    private func strayAccount(_ one: ServerCase, _ configuration: ServerConfiguration) -> String? {
        guard let detail = one.detail, detail.hasCloudInitDrive == false, let account = detail.account,
            detail.hasAccount, !configuration.needsCloudInitDrive
        else { return nil }
        return account.user.map { "ciuser: \($0)" } ?? "sshkeys"
    }

    /// Whether only the mark says that the guest is the server, while neither its name nor its VMID do: what is left of a
    /// server that ended may be a copy that was made of it. A row without a mark, of one that was only observed, vouches
    /// for its number and for nothing else.
    private func isPerhapsCopy(_ one: ServerCase, _ server: Server, _ guest: ObservedGuest) -> Bool {
        guard one.match.isProven, one.recorded?.mark == nil, one.resource == nil, !guest.isNamed(one.name) else {
            return false
        }
        return ![server.vmid, one.recorded?.vmid, one.entry?.birth.vmid, lease(of: one)].contains(guest.vmid)
    }

    /// Whether the guest bears a mark of the server that this registry never gave: another Plumb may have given it,
    /// with a state of its own, and would manage the guest from there.
    private func bearsUnknownMark(_ one: ServerCase) -> Bool {
        guard one.match.isProven, let mark = one.detail?.mark, one.recorded?.mark != mark.id else { return false }
        return !mark.isDrawn(by: input.recorded)
    }
}
