import Chance
import Foundation
import Model
import Planning
import Testing

/// `drift` and `plan` (and with it `status`) look at one world and name the same servers, and what drift promises of each
/// difference is what the plan does. `PLUMB_WORLDS` bounds how many worlds are tried.
@Suite struct DriftAgreementTests {
    private static let seeds = min(RandomWorlds.count / 4, 500)

    private func read(_ world: World) -> PlanningInput {
        var world = world.withDetails()
        for need in detailsOfAll(world.input) where world.inventory.details[need.vmid] == nil {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        return world.withDetails().input
    }

    /// Whether a step only writes down what `ignore` leaves to others.
    private func isOfIgnored(_ step: Step, in world: World) -> Bool {
        guard case .repairEntry(let configuration) = step.action,
            world.desired.servers.first(where: { $0.name == step.serverName })?.ignore == ["spec.cores"],
            var entry = world.stacks[step.stack]?.tfvars.entries[step.serverName]
        else { return false }
        entry.settings.cores = configuration.settings.cores
        return entry == configuration
    }

    /// Servers that the plan has a step for, holds back, or calls different. A restart that is owed is no drift: what
    /// is written is what is declared.
    private func outOfPlumb(_ plan: Plan, in world: World) -> Set<ServerName> {
        var names: Set<ServerName> = []
        let steps = plan.steps.filter { $0.action.verb != .restart && !isOfIgnored($0, in: world) }
        for subject in steps.map(\.subject) + plan.findings.filter(\.tellsDifference).map(\.subject) {
            if case .server(let name, _) = subject { names.insert(name) }
        }
        return names
    }

    /// Servers of which an unreadable document may say more: drift says nothing of them.
    private func claimed(_ plan: Plan) -> Set<ServerName> {
        Set(
            plan.findings.filter { $0.rule == "claimed" }.compactMap { finding in
                if case .server(let name, _) = finding.subject { name } else { nil }
            })
    }

    @Test func driftAndPlanNameTheSameServers() async {
        for seed in 0..<Self.seeds {
            await Task.yield()
            var dice = Dice(seed: seed &* 1_000_003 &+ 77)
            var world = World.random(&dice)
            for _ in 0..<4 {
                for _ in 0...dice.roll(3) { world.disturb(&dice) }
                compare(world, seed)
                if dice.isLucky(30) { world.execute(world.plan()) }
            }
        }
    }

    private func compare(_ world: World, _ seed: UInt64) {
        var world = world
        // That a person wants one to be rebuilt is a wish, and no drift.
        world.rebuilds = []
        let input = read(world)
        let plan = planFleet(input).plan
        let items = driftReport(input, beside: plan)
        let drifting = Set(items.filter(\.counts).map(\.server))
        let said = drifting.union(unreadServers(input).map(\.name)).union(claimed(plan))
        let outOfPlumb = outOfPlumb(plan, in: world)
        if said != outOfPlumb {
            let only = said.symmetricDifference(outOfPlumb).sorted()
            let lines = items.filter { only.contains($0.server) }.map { "\($0.server) \($0.kind) \($0.path)" }
            let found = plan.findings.map { "\($0.kind) \($0.subject) \($0.rule)" }
            Issue.record("seed \(seed): \(only), drift \(lines), plan \(plan.lines), \(found)")
        }
        if drifting != driftingServers(input) { Issue.record("seed \(seed): two counts of one world") }
        for item in items {
            if case .stays(let sentence) = item.outlook, sentence.short == "driftLeft" {
                Issue.record("seed \(seed): nothing is said of \(item.server) \(item.path); \(plan.lines)")
            }
        }
    }

    /// Whatever the report says an apply mends is mended by it, where nothing stands in its way.
    @Test func whatHealsHasHealedAfterAnIdealApply() async {
        for seed in 0..<Self.seeds {
            await Task.yield()
            var dice = Dice(seed: seed &* 1_000_003 &+ 78)
            var world = World.random(&dice)
            for _ in 0...dice.roll(3) { world.disturb(&dice) }
            world.calm()
            let before = driftReport(read(world)).filter { $0.outlook == .heals }
            // What one step leaves for the next (a state that moved, a row before its guest) takes another pass.
            for _ in 0..<3 { world.execute(planFleet(read(world)).plan) }
            let after = driftReport(read(world))
            for item in before
            where after.contains(where: {
                $0.server == item.server && $0.path == item.path && $0.kind == item.kind && $0.outlook == .heals
            }) {
                Issue.record("seed \(seed): \(item.server) \(item.kind) \(item.path) was to heal")
            }
        }
    }
}
