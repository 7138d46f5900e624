import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What a rehearsal adds to an apply: a yes to what waits for one, times, and a look at what is left.
@Suite struct RehearsalTests {
    private let destroyA = StepID(rawValue: "destroy Server/a")

    private func settled(_ names: [ServerName]) async throws -> (World, Reconciler) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let born = try await reconciler.plan(.fleet(names), by: "test")
        let applied = try await reconciler.apply(born, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        return (world, reconciler)
    }

    private func policy(_ change: (inout Policy) -> Void) -> Policy {
        var policy = Policy(name: "all")
        change(&policy)
        return policy
    }

    @Test("what waits for the yes of several people is carried out, and said to wait in truth")
    func takesApproval() async throws {
        let (world, reconciler) = try await settled(["a", "b"])
        var desired = Desired.fleet(["b"])
        desired.policies = [policy { $0.requiredApprovals = 3 }]
        let shown = try await reconciler.plan(desired, by: "test")
        let rehearsed = try await reconciler.rehearse(shown, by: "test")
        #expect(rehearsed.takenAsApproved.map(\.rawValue) == ["destroy Server/a"])
        #expect(await world.destroyed.count == 1)
        let times = try #require(rehearsed.times[destroyA])
        #expect(times.lowerBound >= rehearsed.beganAt && times.upperBound <= rehearsed.endedAt)
    }

    @Test("yeses that only a policy wants which went together with the server are given too")
    func takesKeptApproval() async throws {
        let (world, reconciler) = try await settled(["a", "b"])
        var desired = Desired.fleet(["a", "b"])
        var careful = Policy(name: "careful")
        careful.requiredApprovals = 3
        desired.policies.append(careful)
        let kept = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(kept.outcomes.values.allSatisfy { $0 == .done })
        let shown = try await reconciler.plan(.fleet(["b"]), by: "test")
        try #require(shown.awaitingApproval.map(\.id) == [destroyA])
        let rehearsed = try await reconciler.rehearse(shown, by: "test")
        #expect(rehearsed.takenAsApproved == [destroyA] && rehearsed.applied.outcomes[destroyA] == .done)
        #expect(await world.destroyed.count == 1)
    }

    @Test("the yes more that a step takes of which nobody knows who asked for it is given too")
    func takesApprovalOfUnknownAsker() async throws {
        let (world, reconciler) = try await settled(["a", "b"])
        var desired = Desired.fleet(["b"])
        desired.policies = [
            policy {
                $0.requiredApprovals = 2
                $0.preventSelfApproval = true
            }
        ]
        let shown = try await reconciler.plan(desired, by: "test")
        // Known only since the plan's own look, and the yes of who rehearses is of no use.
        await world.edit { [destroyA] world in
            world.recorded.unknownAskers = [destroyA]
            world.recorded.askers = [destroyA: ["test"]]
        }
        let rehearsed = try await reconciler.rehearse(shown, by: "test")
        #expect(rehearsed.applied.outcomes[destroyA] == .done)
        #expect(await world.destroyed.count == 1)
    }

    @Test("what is blocked stays blocked")
    func blockedStays() async throws {
        let (world, reconciler) = try await settled(["a", "b", "c"])
        var desired = Desired.fleet(["c"])
        // Two removals where one is allowed: no yes overrides a budget.
        desired.policies = [policy { $0.destroyBudget = .count(1) }]
        let shown = try await reconciler.plan(desired, by: "test")
        _ = try await reconciler.rehearse(shown, by: "test")
        #expect(await world.destroyed.isEmpty)
    }

    @Test("what happens after the last look is met by the steps, not by the look")
    func incidents() async throws {
        let (world, reconciler) = try await settled(["a", "b"])
        let shown = try await reconciler.plan(.fleet(["b"]), by: "test")
        let rehearsed = try await reconciler.rehearse(
            shown, by: "test",
            incidents: {
                await world.edit { world in
                    for vmid in world.pool.guests.keys { world.pool.guests[vmid]?.settings.protection = true }
                }
            })
        let outcome = rehearsed.applied.outcomes[destroyA]
        #expect(outcome != .done && rehearsed.times[destroyA] != nil)
        #expect(await world.destroyed.isEmpty)
    }

    @Test("what remains of a server is said of state, variables, record and next steps")
    func remains() async throws {
        let (_, reconciler) = try await settled(["a", "b"])
        let pass = try await reconciler.plan(.fleet(["b", "c"]), by: "test")
        let gone = pass.remains(of: "a")
        #expect(gone.hasEntry && gone.resource == .present && gone.isRecorded)
        #expect(gone.steps.map(\.id.rawValue) == ["destroy Server/a"])
        let coming = pass.remains(of: "c")
        #expect(!coming.hasEntry && coming.resource == .absent && !coming.isRecorded)
        #expect(coming.steps.map(\.id.rawValue) == ["create Server/c"])
        #expect(pass.remains(of: "b").steps.isEmpty)
    }
}
