import Chance
import Model
import Planning
import Testing

/// What holds in every world. Each failure names the seed that makes the world again; `PLUMB_WORLDS` says from how many
/// seeds the worlds of each property are made. In each, things happen one to four times over, and the property is tried
/// each time.
@Suite struct PropertyTests {
    private func everywhere(_ property: Property, _ body: (inout World, UInt64) -> Void) async {
        await RandomWorlds.visit(property, body)
    }

    @Test func everyPlanPassesTheCheckAndIsTheSameTwice() async {
        await everywhere(.check) { world, seed in
            let listed = planFleet(world.input)
            check(listed, of: world.input, seed)
            let (detailed, result) = world.settled()
            if detailed.inventory.details != world.inventory.details { check(result, of: detailed.input, seed) }
            let details = detailed.inventory.details
            if result.detailNeeds.contains(where: { details[$0.vmid] == nil }) {
                Issue.record("seed \(seed): details are still asked for")
            }
            world.execute(result.plan)
        }
    }

    private func check(_ result: PlanningResult, of input: PlanningInput, _ seed: UInt64) {
        let violations = checkPlan(result.plan, input)
        if !violations.isEmpty { Issue.record("seed \(seed): \(violations) in \(result.plan.lines)") }
        if planFleet(input) != result { Issue.record("seed \(seed): two plans of one input") }
        if planFleet(input, isThorough: true) != result {
            Issue.record("seed \(seed): the fast road differs: \(result.plan.lines)")
        }
    }

    @Test func whatNobodyDeclaredAndNothingRecordsIsNeverTouched() async {
        var counts: [String: Int] = [:]
        await everywhere(.strangers) { world, seed in
            let strangers = world.strangers
            for sign in strangers.flatMap({ world.signs(of: $0) }) { counts[sign, default: 0] += 1 }
            let before = strangers.map { world.configurations[$0.vmid] }
            world.execute(world.approvedPlan())
            for (stranger, configuration) in zip(strangers, before)
            where !world.isUntouched(stranger) || world.configurations[stranger.vmid] != configuration {
                Issue.record("seed \(seed): \(stranger.name) (\(stranger.vmid)) was touched")
            }
        }
        for sign in ["declared number", "declared name", "tag"] where RandomWorlds.count >= 300 {
            #expect(counts[sign] ?? 0 > 5, "hardly any stranger with a \(sign): \(counts)")
        }
        if RandomWorlds.count >= 10_000 { #expect(counts["known number"] ?? 0 > 5, "\(counts)") }
    }

    @Test func protectedServersAndGuestsOutOfSightSurvive() async {
        await everywhere(.survival) { world, seed in
            let offline = Set(world.inventory.nodes.filter { !$0.isOnline }.map(\.name))
            let safe = world.inventory.guests.filter { guest in
                offline.contains(guest.node)
                    || world.recorded.servers.contains { $0.vmid == guest.vmid && $0.protect }
            }
            world.execute(world.approvedPlan())
            for guest in safe where !world.inventory.guests.contains(where: { $0.vmid == guest.vmid }) {
                Issue.record("seed \(seed): \(guest.name) (\(guest.vmid)) is gone")
            }
        }
    }

    @Test func anUnreadableDocumentRemovesNothing() async {
        await everywhere(.brokenDocuments) { world, seed in
            world.desired.completeness = .broken(.init(documents: ["a.yaml:1"], claims: []))
            let guests = Set(world.inventory.guests.map(\.vmid))
            let rows = Set(world.recorded.servers.map(\.name))
            let objects = Set(world.recorded.objects.map(\.name))
            world.execute(world.approvedPlan())
            if !guests.isSubset(of: world.inventory.guests.map(\.vmid)) {
                Issue.record("seed \(seed): a guest is gone")
            }
            if !rows.isSubset(of: world.recorded.servers.map(\.name)) { Issue.record("seed \(seed): a row is gone") }
            if !objects.isSubset(of: world.recorded.objects.map(\.name)) {
                Issue.record("seed \(seed): a registration is gone")
            }
            world.desired.completeness = .complete
        }
    }

    /// Whoever says yes, and to however much: no approval overrides a budget.
    @Test func neverMoreThanTheBudgetIsDestroyed() async {
        var counts: [String: Int] = [:]
        await everywhere(.budget) { world, seed in
            var dice = Dice(seed: seed)
            let limit = dice.roll(3)
            var policy = world.desired.policies.first ?? Policy(name: "p")
            policy.destroyBudget = .count(limit)
            policy.apply = dice.pick(Policy.Apply.allCases)
            policy.pause = nil
            world.desired.policies = [policy]
            for server in world.desired.servers.map(\.name) where dice.isLucky(40) { world.undeclare(server) }
            let isApproved = dice.isLucky(50)
            let plan = isApproved ? world.approvedPlan() : world.plan()
            let before = world.endedByPlan
            world.execute(plan)
            let ended = world.endedByPlan - before
            if ended > limit { Issue.record("seed \(seed): \(ended) are gone, not \(limit): \(plan.lines)") }
            let isOver = plan.steps.contains { $0.disposition.word == "blocked budget" }
            counts[
                (isApproved ? "approved" : "unasked") + (isOver ? " over budget" : ended > 0 ? " ended" : ""),
                default: 0] += 1
        }
        for what in ["approved over budget", "approved ended", "unasked over budget", "unasked ended"]
        where RandomWorlds.count >= 300 {
            #expect(counts[what] ?? 0 > 5, "hardly any world: \(what): \(counts)")
        }
    }

    /// Carried out in a calm world, a plan leaves nothing to do; what it could not know at first (what a removal means,
    /// a stack that moved while its server was tainted) takes it a pass or two more.
    @Test func afterIdealExecutionNothingIsLeftToDo() async {
        await everywhere(.rest) { world, seed in
            world.calm()
            rest(&world, seed)
        }
    }

    private func rest(_ world: inout World, _ seed: UInt64) {
        for _ in 0..<3 { world.execute(world.approvedPlan()) }
        let left = world.approvedPlan().steps.filter { $0.disposition == .ready }
        if !left.isEmpty {
            Issue.record("seed \(seed): left to do: \(left.map(\.id.rawValue)) \(left.map(\.rule))")
        }
    }

    /// Whoever dies after any step of a plan leaves a world that comes to rest all the same, with nobody made twice.
    @Test func aCrashAfterAnyStepConverges() async {
        await everywhere(.crash) { world, seed in
            let plan = world.approvedPlan()
            let ready = plan.steps.count { $0.disposition == .ready }
            let strangers = world.strangers
            world.execute(plan, dyingAfter: Int(seed % UInt64(ready + 1)))
            world.calm()
            rest(&world, seed)
            let marks = world.marks
            if Set(marks).count < marks.count { Issue.record("seed \(seed): made twice: \(marks.sorted())") }
            let living = Set(world.inventory.guests.map(\.vmid))
            if !strangers.allSatisfy({ living.contains($0.vmid) }) { Issue.record("seed \(seed): a stranger is gone") }
        }
    }

    /// What depends on another server is made after it and destroyed before it, whatever else happens.
    @Test func theOrderRespectsDependencies() async {
        await everywhere(.order) { world, seed in
            let plan = world.approvedPlan()
            checkOrder(plan, world, seed)
            var unborn = World()
            unborn.desired = world.desired
            checkOrder(unborn.plan(), unborn, seed)
            var deserted = world
            deserted.desired.servers = []
            checkOrder(deserted.approvedPlan(), deserted, seed)
            world.execute(plan)
        }
    }

    private func checkOrder(_ plan: Plan, _ world: World, _ seed: UInt64) {
        func follows(_ later: Step, _ earlier: Step) -> Bool {
            var open = later.after
            var seen: Set<StepID> = []
            while let id = open.popLast() {
                guard seen.insert(id).inserted else { continue }
                if id == earlier.id { return true }
                open += plan.steps.first { $0.id == id }?.after ?? []
            }
            return false
        }
        func steps(_ verbs: [Action.Verb]) -> [ServerName: Step] {
            let found = plan.steps.filter { verbs.contains($0.action.verb) }
            return Dictionary(found.map { ($0.serverName, $0) }) { first, _ in first }
        }
        let (births, ends) = (steps([.create, .recreate]), steps([.destroy]))
        for server in world.desired.servers {
            guard let step = births[server.name], step.disposition == .ready else { continue }
            for needed in server.dependsOn {
                if let other = births[needed], needed != server.name, !follows(step, other) {
                    Issue.record("seed \(seed): \(server.name) is not made after \(needed)")
                }
            }
        }
        for row in world.recorded.servers {
            guard let step = ends[row.name] else { continue }
            for needed in row.dependsOn ?? [] where needed != row.name {
                // Two that need each other have no order.
                if let other = ends[needed], !follows(other, step), !follows(step, other) {
                    Issue.record("seed \(seed): \(needed) is not destroyed after \(row.name)")
                }
            }
        }
    }

    /// What an approval rests on is the step's own: whatever happens to one other server leaves it standing.
    @Test func anotherServersChangeLeavesEveryFactAsItWas() async {
        await everywhere(.foreignChanges) { world, seed in
            let before = world.plan()
            var other = world
            guard
                let bystander = other.desired.servers.first(where: { server in
                    !before.steps.contains { $0.serverName == server.name }
                })?.name
            else { return }
            other.edit(bystander) { $0.description = "changed" }
            other.editGuest(bystander) { guest, _ in guest.status = guest.status == .running ? .stopped : .running }
            let after = other.plan()
            for step in before.steps where step.serverName != bystander {
                guard let same = after.step(step.id.rawValue) else {
                    Issue.record("seed \(seed): \(step.id) is gone")
                    continue
                }
                if same.facts != step.facts {
                    Issue.record("seed \(seed): \(movedFacts(step.facts, same.facts).map(\.text))")
                }
            }
        }
    }

    /// Whatever a plan does, no two guests of servers come to share an address that they did not share before: neither
    /// in what they run with nor in what they will run with.
    @Test func noTwoComeToLiveOnOneAddress() async {
        await everywhere(.addresses) { world, seed in
            let before = world.sharedAddresses
            world.approveAll()
            let plan = world.plan()
            world.execute(plan)
            let new = world.sharedAddresses.subtracting(before)
            if !new.isEmpty { Issue.record("seed \(seed): \(new.sorted()) are shared after \(plan.lines)") }
        }
    }
}

extension World {
    /// Guests that are nobody's by what they are, whatever number and name they have: without tag and mark, or with
    /// what a copy made by hand carries along. Left out is only what `adopt: true` points at.
    fileprivate var strangers: [ObservedGuest] {
        inventory.guests.filter { guest in
            if isPointedAt(guest) { return false }
            let mark = configurations[guest.vmid]?.mark
            if mark == nil, !guest.tags.contains(OwnershipMark.tag) { return true }
            // A sign of ours on a number that is on record, and a mark under the name that it says, are of a guest that
            // Plumb made.
            return mark?.server.text != guest.name && !isKnown(guest.vmid)
        }
    }

    /// Whether a document says that the guest is to be taken in: by its number, by the one that is known of the server,
    /// or by its name where the document has no number.
    private func isPointedAt(_ guest: ObservedGuest) -> Bool {
        desired.servers.contains { server in
            guard server.adopt, server.manage == .full else { return false }
            if server.vmid == guest.vmid || (server.vmid == nil && server.name.key == guest.name.lowercased()) {
                return true
            }
            return recorded.servers.contains { $0.name == server.name && $0.vmid == guest.vmid }
                || stacks.values.contains { stack in
                    stack.tfvars.entries[server.name]?.birth.vmid == guest.vmid
                        || stack.holds { $0.server == server.name && $0.vmid == guest.vmid }
                }
        }
    }

    /// Whether registry or states have that number.
    private func isKnown(_ vmid: VMID) -> Bool {
        recorded.servers.contains { $0.vmid == vmid } || stacks.values.contains { $0.holds { $0.vmid == vmid } }
    }

    /// What of a stranger could be mistaken for a sign that it is a server.
    fileprivate func signs(of guest: ObservedGuest) -> [String] {
        var signs: [String] = []
        if desired.servers.contains(where: { $0.vmid == guest.vmid }) { signs.append("declared number") }
        if desired.servers.contains(where: { $0.name.text == guest.name }) { signs.append("declared name") }
        if isKnown(guest.vmid) { signs.append("known number") }
        if guest.tags.contains(OwnershipMark.tag) { signs.append("tag") }
        return signs
    }

    /// Whether a guest is as it was, and goes on running if it ran.
    fileprivate func isUntouched(_ guest: ObservedGuest) -> Bool {
        guard var now = inventory.guests.first(where: { $0.vmid == guest.vmid }), now.uptime >= guest.uptime else {
            return false
        }
        now.uptime = guest.uptime
        return now == guest
    }

    /// The marks of all guests; a clone that was made by hand copies one.
    var marks: [String] {
        inventory.guests.filter { !$0.name.hasPrefix("copy-") }.compactMap { guest in
            configurations[guest.vmid]?.settings.description.flatMap { OwnershipMark(readingDescription: $0) }?.id
        }
    }

    /// The marks of some guests.
    func marks(of vmids: Set<VMID>) -> Set<String> {
        Set(
            vmids.compactMap { vmid in
                configurations[vmid]?.settings.description.flatMap { OwnershipMark(readingDescription: $0) }?.id
            })
    }

    /// Numbers that several guests have.
    var sharedNumbers: Set<VMID> {
        Set(Dictionary(grouping: inventory.guests, by: \.vmid).filter { $1.count > 1 }.keys)
    }
}

extension StackObservation {
    fileprivate func holds(_ isMeant: (StateResource) -> Bool) -> Bool {
        state.value?.resources.contains(where: isMeant) ?? false
    }
}
