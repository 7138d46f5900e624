import Model

extension FleetPlanner {
    mutating func holdRename(_ one: ServerCase, _ rule: String) {
        switch one.renaming {
        case .refused(let reason): find(.blocked, one, rule, reason)
        case .formerGone(let former): find(.waiting, one, rule, Sentence(.renameGone, one.name.text, former.text))
        case .pending, nil: break
        }
    }

    /// A server that is known by the name that it had before: its resource moves to its name, in its stack, the row goes
    /// along, and an ordinary update writes the name and the mark. The guest stays what it is.
    mutating func rename(_ one: ServerCase, _ rule: String) {
        guard let server = one.server, case .pending(let former) = one.renaming else { return }
        if broken != nil {
            let sentence = Sentence(.renameIncomplete, one.name.text, former.name.text, brokenDocuments)
            return find(.blocked, one, rule, sentence)
        }
        if let guest = guests(named: one.name, in: one.cluster).first(where: { $0 != one.match.guest }) {
            let vmid = view.clusters[one.cluster].guests[guest].vmid.description
            return find(.blocked, one, "nameTaken", Sentence(.nameTaken, one.name.text, vmid, clusterName(one)))
        }
        if server.manage == .observe, one.resource != nil {
            return find(.blocked, one, rule, Sentence(.renameObserved, one.name.text, former.name.text))
        }
        guard one.facts.live == .present, let guest = one.guest else {
            if one.facts.live == .foreign, !takesOverObserved(one, server) { return blockForeign(one, rule) }
            // The guest is no reason to wait: by its own name the server is planned for like any other.
            return renameRow(one, former, rule)
        }
        if one.resource == nil { return renameRow(one, former, rule) }
        moveFromFormerName(one, server, guest, former, rule)
    }

    /// Whether the guest was only observed by the former name, so that it bears no mark, and the document asks for it.
    /// It is taken over once the row has the new name.
    private func takesOverObserved(_ one: ServerCase, _ server: Server) -> Bool {
        guard one.facts.isAdoptable, one.recorded?.manage == .observe, let guest = one.guest else { return false }
        return server.vmid.map { $0 == guest.vmid } ?? true
    }

    /// The number of the former name is a guest's that is not taken for the server.
    private mutating func blockForeign(_ one: ServerCase, _ rule: String) {
        guard let row = one.recorded, row.manage == .observe, one.resource == nil else {
            return find(.blocked, one, "ambiguous", ambiguityReason(one))
        }
        find(.blocked, one, "vmidTaken", takenReason(one, one.match.guest, row.vmid))
    }

    private mutating func moveFromFormerName(
        _ one: ServerCase, _ server: Server, _ guest: ObservedGuest, _ former: Renaming.Former, _ rule: String
    ) {
        guard let resource = one.resource, let home = one.resourceStack,
            let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        let id = markID(of: one)
        let from = former.isInState || home != one.stack ? home : former.stack(in: input) ?? one.stack
        var moved = one
        moved.entry = entry(of: one, former, from) ?? one.entry
        let resolution = resolveExisting(moved, server, guest, markID: id)
        let configuration =
            moved.entry ?? ServerConfiguration(birth: resolution.configuration.birth, settings: resource.settings)
        let row = row(of: one, guest: guest, markID: id)
        var step = Step(
            subject: one.subject,
            action: .move(.init(from: from, formerName: former.name, configuration: configuration, record: row)),
            rule: rule,
            reason: from == one.stack
                ? Sentence(.rename, one.name.text, former.name.text, guest.vmid.description)
                : Sentence(
                    .renameMove, one.name.text, former.name.text, guest.vmid.description, from.description,
                    one.stack.description))
        step.changes = [AttributeChange(path: "formerName", before: former.name.text, after: one.name.text)]
        var facts = StepFacts()
        facts.add(.desired, "stack", one.stack.description)
        facts.add(.desired, "formerName", former.name.text)
        facts.addIdentity(reference)
        facts.addState(one)
        step.facts = facts.sorted
        if one.detail == nil { need(one) }
        draft(one, step, .moves, .harmless, obstacle: identityObstacle(one))
        // Two things that the update cannot do: take a taint off, and reach a container that the provider does not see.
        if resource.isTainted || one.isOutOfProvidersSight { return }
        compare(moved, rule, after: [step.id])
    }

    /// The entry that the resource has by its former name.
    private func entry(of one: ServerCase, _ former: Renaming.Former, _ from: StackID) -> ServerConfiguration? {
        guard former.isInState else { return nil }
        return view.stackPositions[from].flatMap { input.observed.stacks[$0].tfvars.entries[former.name] }
    }

    /// Only the registry knows it by the former name.
    private mutating func renameRow(_ one: ServerCase, _ former: Renaming.Former, _ rule: String) {
        guard former.isRecorded, var row = one.recorded else { return }
        row.name = one.name
        row.formerNames = formerNames(of: one)
        var step = Step(
            subject: one.subject, action: .rename(.server(from: former.name, row)), rule: rule,
            reason: Sentence(.renameRow, one.name.text, former.name.text))
        var facts = StepFacts()
        facts.add(.desired, "formerName", former.name.text)
        facts.add(.record, "vmid", row.vmid.description)
        step.facts = facts.sorted
        draft(one, step, .registry, .registry)
    }
}

extension Renaming.Former {
    fileprivate func stack(in input: PlanningInput) -> StackID? { entry.map { input.observed.stacks[$0.stack].id } }
}
