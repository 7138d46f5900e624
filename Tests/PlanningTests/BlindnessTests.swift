import Chance
import Model
import Planning
import Testing

/// What is not seen is not gone: whatever hides guests, and whoever said yes before or says it now, none of them is
/// destroyed, made anew or let go of.
@Suite struct BlindnessTests {
    @Test func whatIsNotSeenIsNotGone() async {
        var counts: [String: Int] = [:]
        await RandomWorlds.visit(.blindness) { world, seed in
            var dice = Dice(seed: seed ^ 0xB11D)
            for blindness in Blindness.allCases { play(blindness, in: world, seed, &dice, &counts) }
            world.execute(world.approvedPlan())
        }
        for blindness in Blindness.allCases where RandomWorlds.count >= 300 {
            #expect(counts["\(blindness) hid"] ?? 0 > 300, "hardly anybody is hidden: \(counts)")
            #expect(counts["\(blindness) spared"] ?? 0 > 30, "hardly anybody would have ended: \(counts)")
        }
    }

    /// Many are no longer declared, people said yes to their end while they were seen, and then they are not.
    private func play(
        _ blindness: Blindness, in world: World, _ seed: UInt64, _ dice: inout Dice, _ counts: inout [String: Int]
    ) {
        var world = world
        for server in world.desired.servers.map(\.name) where dice.isLucky(40) { world.undeclare(server) }
        if dice.isLucky(50) { world.desired.completeness = .complete }
        let open = world.approvedPlan()
        // Where nothing is known of any guest, an empty listing is what a new cluster has, and is believed.
        if blindness == .emptyListing, !world.knowsAnybody { return }
        let (blinded, hidden) = world.seen(through: blindness, &dice)
        var seen = blinded
        let plan = seen.approvedPlan()
        counts["\(blindness) hid", default: 0] += hidden.count
        counts["\(blindness) spared", default: 0] += hidden.intersection(victims(of: open)).count
        let place = "seed \(seed), \(blindness)"
        let violations = checkPlan(plan, seen.withDetails().input)
        if !violations.isEmpty { Issue.record("\(place): \(violations)") }
        let harmed = hidden.intersection(victims(of: plan)).sorted()
        if !harmed.isEmpty { Issue.record("\(place): ends \(harmed): \(plan.lines)") }
        for step in plan.steps where step.disposition == .ready {
            let known = world.knownVMIDs(of: step.serverName).intersection(hidden)
            if step.action.takesForGone, !known.isEmpty, blindness != .unreadConfigurations {
                Issue.record("\(place): \(known.sorted()) is taken for gone: \(plan.lines)")
            }
        }
        let before = world.inventory.guests.map(\.vmid)
        let marks = world.marks
        let listed = Set(seen.inventory.guests.map(\.vmid))
        let unseen = Set(before).subtracting(listed).subtracting(hidden)
        world.execute(plan)
        let after = Set(world.inventory.guests.map(\.vmid))
        let lost = hidden.intersection(before).subtracting(after).sorted()
        if !lost.isEmpty { Issue.record("\(place): lost \(lost): \(plan.lines)") }
        var doubled = Dictionary(grouping: world.marks, by: \.self).filter { $1.count > 1 }.keys.sorted()
        if Set(marks).count < marks.count { doubled = [] }
        // Of a node that left only the place on record tells: whoever was there besides is known to nobody, and a birth may
        // get the number. One number is one guest to this world, so that both seem to bear the mark.
        if blindness == .lostNode {
            let shared = world.marks(of: unseen.intersection(world.sharedNumbers))
            doubled.removeAll { shared.contains($0) }
        }
        if !doubled.isEmpty { Issue.record("\(place): made twice: \(doubled): \(plan.lines)") }
    }

    /// Guests that a plan ends.
    private func victims(of plan: Plan) -> Set<VMID> {
        Set(
            plan.steps.filter { $0.disposition == .ready }.compactMap { step in
                switch step.action {
                case .destroy(let removal): removal.guest.vmid
                case .rebuild(let rebuild): rebuild.removal.guest.vmid
                case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .power, .restart,
                    .repairEntry, .record, .retire, .register, .updateRegistration, .unregister:
                    nil
                }
            })
    }
}

extension Action {
    /// Whether it would be wrong about a guest that lives: a birth in its place, or its last trace wiped out.
    fileprivate var takesForGone: Bool {
        switch self {
        case .create, .recreate, .retire: true
        case .forget(let forgetting): forgetting.isInState && forgetting.remainingGuest == nil
        case .update, .destroy, .adopt, .untaint, .move, .rename, .power, .restart, .rebuild, .repairEntry, .record,
            .register, .updateRegistration, .unregister:
            false
        }
    }
}
