import Model

extension PlanCheck {
    /// Nothing rests on a state that is not the one that was there, and what a state lost is neither made anew nor let go
    /// of without a person's word.
    mutating func checkStates() {
        let replaced = replacedStacks
        for step in plan.steps {
            guard case .server(let name, let stack) = step.subject, step.mayRun else { continue }
            if replaced.contains(stack), restsOnState(step.action.verb) {
                report(.lostState, step, "the state of \(stack) is older than what was seen, or another")
            }
            if hasForeignFiles(stack), readsModule(step.action.verb) {
                report(.foreignFiles, step, "Terraform would read files in \(stack) that nobody declared")
            }
            if case .retire = step.action, step.disposition == .ready, declared[name] == nil, bearsItsMark(name) {
                report(.lostState, step, "the guest of \(name) bears its mark and would be left to nobody")
            }
            guard let row = recorded[name], row.manage == .full, row.mark != nil, row.onRemove == .destroy,
                !inState.contains(name), !input.recorded.unstated.contains(name),
                input.observed.stacks.contains(where: { $0.id == row.stack && $0.state.value != nil })
            else { continue }
            switch step.action.verb {
            case .create: report(.lostState, step, "\(name) lived, and its state lost it: it is made again, not first")
            case .retire where step.disposition == .ready && isListed(row) && declared[name] == nil:
                if !isForgotten(name) { report(.lostState, step, "the guest \(row.vmid) of \(name) may live on") }
            case .recreate, .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .start, .stop,
                .restart, .rebuild, .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
                break
            }
        }
    }

    private func hasForeignFiles(_ stack: StackID) -> Bool {
        input.observed.stacks.contains { $0.id == stack && !$0.foreignFiles.isEmpty }
    }

    private func restsOnState(_ verb: Action.Verb) -> Bool {
        switch verb {
        case .create, .recreate, .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .rebuild, .retire: true
        case .start, .stop, .restart, .repairEntry, .record, .register, .updateRegistration, .unregister: false
        }
    }

    private func readsModule(_ verb: Action.Verb) -> Bool {
        switch verb {
        case .create, .recreate, .update, .destroy, .adopt, .rebuild: true
        case .untaint, .move, .rename, .forget, .start, .stop, .restart, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            false
        }
    }

    /// Whether the guest of a server that is not to be forgotten, and that is in no state, was read to bear its mark.
    private func bearsItsMark(_ name: ServerName) -> Bool {
        guard let row = recorded[name], row.manage == .full, row.onRemove == .destroy, let id = row.mark,
            !inState.contains(name), isListed(row),
            let mark = inventories[row.stack.cluster]?.details[row.vmid]?.value?.mark
        else { return false }
        return mark.server == name && mark.id == id && !isForgotten(name)
    }

    func isListed(_ row: RecordedServer) -> Bool {
        inventories[row.stack.cluster]?.guest(row.vmid).map { !$0.isTemplate } ?? false
    }

    /// Whether a person has agreed to let go of it.
    private func isForgotten(_ name: ServerName) -> Bool {
        input.recorded.approvals.contains { approval in
            approval.steps.contains { $0.id.rawValue == "retire Server/\(name)" }
        }
    }

    private var replacedStacks: Set<StackID> {
        var stacks: Set<StackID> = []
        for stack in input.observed.stacks {
            guard let state = stack.state.value, !state.lineage.isEmpty,
                let known = input.recorded.stateStamps[stack.id]
            else { continue }
            if state.lineage == known.lineage, state.serial >= known.serial { continue }
            let hasRows = input.recorded.servers.contains {
                $0.stack == stack.id && $0.manage == .full && $0.mark != nil
            }
            if hasRows { stacks.insert(stack.id) }
        }
        return stacks
    }
}
