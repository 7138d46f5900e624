import Model
import Simulation
import Testing

/// What a run says came of its steps, held against what is there: whatever it could see when it said so.
extension RandomRun {
    /// Counts what went wrong with what was read, and lets nothing go wrong any more.
    func countListingFaults() async {
        let struck = await world.edit { world in
            let struck = world.listingFaults?.struck ?? [:]
            world.listingFaults = nil
            world.listingMoment = .observe
            return struck
        }
        for (what, count) in struck { tally.count(what, times: count) }
    }

    /// What is called done is done, and what is called gone is gone.
    func checkOutcomes(_ outcomes: [StepID: StepOutcome], of plan: Plan) async {
        let (stacks, pool, recorded) = await world.edit { ($0.stacks, $0.pool, $0.recorded) }
        for step in plan.steps where outcomes[step.id] == .done {
            guard case .server(let server, let stack) = step.subject else { continue }
            let isInState = stacks[stack]?.resources[server] != nil
            let row = recorded.servers.first { $0.name == server }
            switch step.action {
            case .create(let creation), .recreate(let creation):
                let place = creation.configuration.birth.vmid.place(in: stack.cluster)
                let lives = pool.bears(creation.mark.id, place)
                #expect(lives && isInState && row != nil, "seed \(seed): \(step.id) is not done")
                countType(creation.configuration.birth.type, step)
            case .rebuild(let rebuild):
                let place = rebuild.creation.configuration.birth.vmid.place(in: stack.cluster)
                let lives = pool.bears(rebuild.creation.mark.id, place)
                #expect(lives && isInState && row != nil, "seed \(seed): \(step.id) is not done")
                countType(rebuild.creation.configuration.birth.type, step)
            case .destroy(let removal):
                let lives = removal.guest.mark.map { pool.bears($0.id, removal.guest.place) } ?? false
                #expect(!lives && !isInState && row == nil, "seed \(seed): \(step.id) is not done")
                countType(removal.guest.type, step)
            case .forget(let forgetting):
                // A server that moved leaves something behind in the stack where it was.
                if forgetting.isInState, forgetting.remainingGuest == nil, let row, row.stack == stack {
                    let lives = row.mark.map { pool.bears($0, row.place) } ?? false
                    #expect(!lives, "seed \(seed): \(step.id) of a guest that lives")
                }
                #expect(!isInState, "seed \(seed): \(step.id) is not done")
                if forgetting.remainingGuest != nil { tally.count("released") }
            case .update(let change): countType(change.guest.type, step)
            case .adopt(let adoption):
                #expect(isInState, "seed \(seed): \(step.id) is not done")
                countType(adoption.guest.type, step)
            case .restart(let restart):
                countType(restart.guest.type, step)
                if pool.guests.haveTwin(of: restart.guest.place) { tally.count("restart beside a twin") }
            case .power(let power): countType(power.guest.type, step)
            case .untaint, .move, .rename, .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
                break
            }
        }
    }

    private func countType(_ type: GuestType, _ step: Step) {
        tally.count("\(type.rawValue) \(step.action.verb.rawValue) done")
    }

    /// A run by hand destroys what has no entry: at no moment is there such a thing.
    func checkNothingDangles() async {
        for (stack, double) in await world.edit({ $0.stacks }) {
            for server in double.resources.keys where double.entries[server] == nil {
                Issue.record("seed \(seed): \(stack) has \(server) in its state and no entry")
            }
        }
    }
}

extension GuestPool {
    /// Whether the guest in that place bears a mark with that id.
    fileprivate func bears(_ mark: String, _ place: VMID) -> Bool {
        guests[place]?.settings.description?.contains(mark) ?? false
    }
}
