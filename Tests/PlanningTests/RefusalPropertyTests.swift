import Chance
import Model
import Planning
import Testing

/// A no holds steps back, and lets nothing through that would not be done without it but the start of who is not to end
/// now. In every world, whatever of a plan it is to.
@Suite struct RefusalPropertyTests {
    @Test func aNoOnlyHoldsBack() async {
        var counts: [String: Int] = [:]
        await RandomWorlds.visit(.refusals) { world, seed in
            var dice = Dice(seed: seed ^ 0x0B0B)
            if dice.isLucky(50) {
                for server in world.desired.servers.map(\.name) where dice.isLucky(30) { world.undeclare(server) }
            }
            if dice.isLucky(70) { world.approveAll() }
            let settled = world.settled()
            let free = settled.result.plan
            let refused = free.steps.filter { _ in dice.isLucky(40) }
            var input = settled.world.input
            let rejection = Rejection(by: "bob", at: world.now)
            input.refused = [RejectedPlan(id: PlanID(rawValue: "p"), rejection: rejection, of: refused)]
            let held = planFleet(input).plan
            let violations = checkPlan(held, input)
            if !violations.isEmpty { Issue.record("seed \(seed): \(violations) in \(held.lines)") }
            compare(held, with: free, refused, seed, &counts)
            let before = world
            let guests = refused.compactMap(\.destroyedGuest).filter { vmid in
                world.inventory.guests.contains { $0.vmid == vmid }
            }
            world.execute(held)
            for vmid in guests where !world.inventory.guests.contains(where: { $0.vmid == vmid }) {
                Issue.record("seed \(seed): \(vmid) is gone against a no: \(held.lines)")
            }
            let shared = world.sharedAddresses.subtracting(before.sharedAddresses)
            if !shared.isEmpty { Issue.record("seed \(seed): \(shared.sorted()) are shared after \(held.lines)") }
        }
        for what in ["held destroy", "held stop", "held restart", "held rebuild", "waits with it"]
        where RandomWorlds.count >= 3000 {
            #expect(counts[what] ?? 0 > 0, "no world: \(what): \(counts)")
        }
    }

    private func compare(
        _ held: Plan, with free: Plan, _ refused: [Step], _ seed: UInt64, _ counts: inout [String: Int]
    ) {
        let before = Dictionary(free.steps.map { ($0.id, $0) }) { first, _ in first }
        let refused = Set(refused.filter(\.takesDown).map(\.id))
        if !Set(before.keys).isSubset(of: held.steps.map(\.id)) {
            Issue.record("seed \(seed): \(held.lines) lacks something of \(free.lines)")
        }
        for step in held.steps {
            let word = step.disposition.word
            if let same = before[step.id] {
                let wasFree = same.disposition == .ready || same.needsApproval
                if same.facts != step.facts { Issue.record("seed \(seed): \(step.id) rests on something else") }
                if wasFree, refused.contains(step.id), word != "blocked stepRejected" {
                    Issue.record("seed \(seed): \(step.id) is \(word) against a no")
                }
                if !wasFree, step.disposition == .ready || step.needsApproval {
                    Issue.record("seed \(seed): \(step.id) is \(word) by a no, and was \(same.disposition.word)")
                }
                if step.disposition == .ready, same.needsApproval {
                    Issue.record("seed \(seed): \(step.id) needs no yes by a no")
                }
                if word == "blocked stepRejected" { counts["held \(step.action.verb.rawValue)", default: 0] += 1 }
                if wasFree, word == "waiting follows" { counts["waits with it", default: 0] += 1 }
            } else if step.action.verb == .start || step.action.verb == .record {
                counts["started instead", default: 0] += 1
            } else {
                Issue.record("seed \(seed): \(step.id) [\(word)] is only done because of a no")
            }
        }
    }
}

/// Written for this test, without the product's own words on it.
extension Step {
    fileprivate var takesDown: Bool {
        switch action.verb {
        case .destroy, .rebuild, .recreate, .restart, .stop: true
        case .create, .update, .adopt, .untaint, .move, .rename, .forget, .start, .repairEntry, .record, .retire,
            .register, .updateRegistration, .unregister:
            [.restart, .stop, .destroy].contains(effect)
        }
    }

    fileprivate var destroyedGuest: VMID? {
        switch action {
        case .destroy(let removal): removal.guest.vmid
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .power, .restart, .rebuild,
            .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
            nil
        }
    }
}
