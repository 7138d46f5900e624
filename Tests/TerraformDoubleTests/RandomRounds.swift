import Chance
import Foundation
import Model
import Simulation
import SimulationServer
import Terraform
import Testing

/// One chain of rounds: something is declared, something happens, something is planned and applied, and a call may fail.
struct RandomRounds {
    let seed: UInt64
    let laboratory: Laboratory
    var random: Dice
    var double = TerraformDouble()
    var pool = GuestPool()
    var actionsSeen: [PlannedChanges.ResourceAction: Int] = [:]
    var vanishedSeen = 0
    /// What came about besides, and how often.
    var tally: [String: Int] = [:]
    /// The last two are containers.
    let names: [ServerName] = ["a-1", "a-2", "a-3", "a-4", "a-5"]

    /// What each chain must bring about, so that nothing passes for compared that never was.
    static let wanted = [
        "tainted", "untaint", "move", "vm create", "container create", "vm update", "container update", "vm delete",
    ]
    /// Of these all but one.
    static let failures = [
        "create refused", "create lostAnswer", "create halfDone", "update refused", "update lostAnswer",
        "delete refused", "delete lostAnswer",
    ]

    init(seed: UInt64, laboratory: Laboratory) {
        self.seed = seed
        self.laboratory = laboratory
        random = Dice(seed: seed)
    }

    mutating func play(_ round: Int) async throws {
        try await declare()
        try await happen()
        try await command(round)
        let targets = names.filter { _ in random.chance(0.6) }.filter {
            double.entries[$0] != nil || double.resources[$0] != nil
        }
        guard !targets.isEmpty else { return }
        let dropping = Set(targets.filter { double.resources[$0] != nil && random.chance(0.2) })
        let expected = double.plan(targets: targets, dropping: dropping, pool: pool)
        let plan = try await laboratory.stack.plan(targets: targets, dropping: dropping)
        let place = "seed \(seed), round \(round), targets \(targets), dropping \(dropping.sorted())"
        try await compare(expected, plan, place)
        if plan.changes.isApplyable, !takesOverMoved(expected) {
            try await apply(expected, plan.path, targets, round, place)
        }
        laboratory.stack.discard(plan: plan.path)
        for server in dropping where double.resources[server] == nil { try forget(server) }
        try await compare(place)
    }

    /// What the two plan.
    private mutating func compare(
        _ expected: TerraformDouble.SavedPlan, _ plan: TerraformRunner.Plan, _ place: String
    ) async throws {
        let real = plan.changes
        let shown = try await laboratory.stack.runner.read(plan: plan.path).plannedChanges
        #expect(Self.actions(expected.changes) == Self.actions(real), "\(place)")
        #expect(Set(expected.vanished) == Set(real.vanished.compactMap(\.server)), "\(place): vanished")
        // What is known without having the plan printed is what is printed.
        #expect(Self.actions(real) == Self.actions(shown), "\(place): events")
        #expect(real.vanished == shown.vanished && real.isErrored == shown.isErrored, "\(place): events")
        #expect(real.isApplyable == shown.isApplyable, "\(place): events")
        for change in expected.changes.resources { actionsSeen[change.action, default: 0] += 1 }
        vanishedSeen += expected.vanished.count
    }

    /// A container that moved is taken for gone, and made again where it was: the provider then takes over the one that
    /// moved and cannot read it, of which the double knows nothing, and which no plan of Plumb's does.
    private func takesOverMoved(_ plan: TerraformDouble.SavedPlan) -> Bool {
        plan.vanished.contains { server in
            double.resources[server].map { pool.guests[$0.vmid] != nil } ?? false
        }
    }

    /// Both apply, and the same call fails in both.
    private mutating func apply(
        _ expected: TerraformDouble.SavedPlan, _ path: String, _ targets: [ServerName], _ round: Int, _ place: String
    ) async throws {
        let failure = drawFailure(among: targets, of: expected)
        if let failure { try await laboratory.fail(failure) }
        let outcome = try await laboratory.stack.apply(plan: path, run: "round-\(round)")
        if failure != nil { try await laboratory.failNoMore() }
        let answer = double.apply(expected, to: &pool) { $0 == failure?.server ? failure?.failure : nil }
        let place = "\(place), \(failure?.description ?? "no failure")"
        let said = outcome.errored.map { "\($0.key): \($0.value)" }
        #expect(answer?.errored.sorted() == outcome.errored.keys.sorted(), "\(place): \(said) \(outcome.general)")
        if let failure { tally[failure.key, default: 0] += 1 }
        for server in answer?.completed ?? [] {
            guard let action = expected.actions[server] else { continue }
            tally["\(guestType(of: server).rawValue) \(action)", default: 0] += 1
        }
        if double.resources.values.contains(where: \.isTainted) { tally["tainted", default: 0] += 1 }
    }

    private static func actions(_ changes: PlannedChanges) -> [String] {
        changes.resources.filter { $0.action != .none && $0.action != .read }
            .map { "\($0.server?.text ?? $0.address) \($0.action)" }.sorted()
    }

    private func compare(_ place: String) async throws {
        let state = try laboratory.stack.observe().state.value
        let real = (state?.resources ?? []).map { "\($0.server) \($0.vmid) \($0.isTainted)" }
        #expect(real == double.state.resources.map { "\($0.server) \($0.vmid) \($0.isTainted)" }, "\(place): state")
        let living = await laboratory.living
        #expect(living == pool.living, "\(place): guests")
    }
}

extension Dice {
    mutating func chance(_ probability: Double) -> Bool {
        let drawn: UInt64 = next()
        return Double(drawn >> 11) / Double(1 << 53) < probability
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        guard !elements.isEmpty else { return nil }
        let drawn: UInt64 = next()
        return elements[Int(drawn % UInt64(elements.count))]
    }
}
