import Model

/// What a state does not hold any more, and a state that is not the one that was there.
extension FleetPlanner {
    /// Whether a readable state lost the server. A birth or an adoption that broke off was never in one, and what is
    /// only observed, or was let go of, need not be.
    func isLost(_ one: ServerCase, _ facts: ServerFacts) -> Bool {
        guard facts.state == .no, let row = one.recorded, row.isOwned else { return false }
        return !input.recorded.unstated.contains(row.name)
    }

    /// Whether a birth or an adoption broke off before its state held it. A guest that was read and does not bear the mark
    /// is not taken for it.
    func isHalfMade(_ one: ServerCase, _ facts: ServerFacts) -> Bool {
        guard facts.state == .no, !facts.isLost, let row = one.recorded, row.isOwned else { return false }
        return one.detail == nil || one.match.isProven
    }

    /// Undeclared, alive with our mark, and in no state: the state lost it, or its birth broke off before. Terraform could
    /// not destroy it, and who retired its row would leave it to nobody. The state takes it in as it is, and its removal is
    /// planned after that.
    mutating func takeBack(_ one: ServerCase, _ rule: String) {
        guard let guest = one.guest, let row = one.recorded,
            let reference = one.reference(in: view.clusters[one.cluster].name)
        else { return }
        var birth = ServerConfiguration.Birth(type: guest.type, node: guest.node, vmid: guest.vmid)
        if let entry = one.entry, entry.birth.vmid == guest.vmid, entry.birth.type == guest.type {
            birth = entry.birth
            birth.node = guest.node
        }
        let settings = one.liveSettings ?? one.entry?.settings ?? GuestSettings()
        let configuration = ServerConfiguration(birth: birth, settings: settings)
        var record = row
        record.node = guest.node
        var step = Step(
            subject: one.subject,
            action: .adopt(.init(guest: reference, configuration: configuration, record: record)), rule: rule,
            reason: Sentence(
                one.facts.isLost ? .takeBack : .takeBackHalfMade, one.name.text, guest.vmid.description,
                one.stack.description))
        step.facts = removalFacts(one, reference, row)
        if one.detail == nil { need(one) }
        // Whether a state was meant to lose it nobody knows; what broke off in the middle was meant by nobody.
        let consequence: DraftStep.Consequence = one.facts.isLost ? .settlesLoss : .harmless
        draft(one, step, .moves, consequence, obstacle: identityObstacle(one))
    }

    /// Undeclared, out of its state, and a guest without its mark has its VMID: that may be the server with its signs
    /// taken off.
    mutating func retireLost(_ one: ServerCase, _ rule: String) {
        let vmid = one.recorded?.vmid.description ?? ""
        var step = Step(
            subject: one.subject, action: .retire(one.name), rule: rule,
            reason: Sentence(.retireLost, one.name.text, vmid, one.guest?.name ?? "", one.stack.description))
        var facts = StepFacts()
        facts.add(.desired, "isDeclared", "false")
        facts.add(.guest, "name", one.guest?.name)
        facts.add(.record, "vmid", vmid)
        facts.addState(one)
        step.facts = facts.sorted
        draft(one, step, .retirements, .settlesLoss, isRemoval: true)
    }

    /// Why a step that makes, removes, moves, takes in or retires something may not run: the state of one of its stacks
    /// does not know what was done since. Nil: it does, or the step only changes what is there.
    func replacedState(under draft: DraftStep) -> Sentence? {
        guard !replacedStates.isEmpty, draft.step.action.restsOnWholeState else { return nil }
        var stacks: Set<StackID> = []
        if case .server(_, let stack) = draft.step.subject { stacks.insert(stack) }
        if case .move(let move) = draft.step.action { stacks.insert(move.from) }
        if let server = draft.server {
            if let row = view.servers[server].recorded { stacks.insert(input.recorded.servers[row].stack) }
            if let state = view.servers[server].state { stacks.insert(input.observed.stacks[state.stack].id) }
        }
        return stacks.sorted().lazy.compactMap { stack in replacedStates[stack].map { $0.sentence(on: stack) } }.first
    }

    /// Said of the stack itself where no step says it: nothing may be made or removed in it, today or tomorrow.
    mutating func reportReplacedStates() {
        for (stack, replaced) in replacedStates.sorted(by: { $0.key < $1.key }) {
            let sentence = replaced.sentence(on: stack)
            if drafts.contains(where: { $0.step.disposition == .blocked(sentence) }) { continue }
            findings.append(Finding(.blocked, .stack(stack), rule: "stateReplaced", sentence))
        }
    }
}

extension ReplacedState {
    /// With both stamps, and the way out.
    package func sentence(on stack: StackID) -> Sentence {
        isOlder
            ? Sentence(.stateOlder, stack.description, String(found.serial), String(known.serial))
            : Sentence(
                .stateOther, stack.description, found.lineage, String(found.serial), known.lineage, String(known.serial)
            )
    }
}

extension Action {
    /// Whether the step is right only where the state knows everything that was done before, or writes that state: each
    /// writing counts its serial up, until an older one would pass for the latest.
    package var restsOnWholeState: Bool {
        switch self {
        case .create, .recreate, .update, .destroy, .rebuild, .adopt, .move, .forget, .retire, .untaint: true
        case .rename(let renaming):
            switch renaming {
            case .server: true
            case .object: false
            }
        case .power, .restart, .repairEntry, .record, .register, .updateRegistration, .unregister: false
        }
    }
}
