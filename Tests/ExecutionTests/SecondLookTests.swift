import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What a person agreed to is what is done: not more, and not on a world that moved meanwhile.
@Suite struct SecondLookTests {
    private func settled(_ names: [ServerName]) async throws -> (World, Reconciler, Desired) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let desired = Desired.fleet(names)
        let born = try await reconciler.plan(desired, by: "test")
        let applied = try await reconciler.apply(born, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        return (world, reconciler, desired)
    }

    @Test("approving the steps of an earlier plan adds no step to it")
    func approvalAddsNothing() async throws {
        let (_, reconciler, _) = try await settled(["a", "b", "c"])
        let earlier = try await reconciler.plan(.fleet(["b", "c"]), by: "test")
        let fresh = try await reconciler.plan(.fleet(["c", "new"]), by: "test")
        let confined = reconciler.confine(fresh, to: earlier.plan)
        let shown = Set(confined.plan.steps.map(\.id))
        let approved = try await reconciler.approve(confined, steps: confined.awaitingApproval, by: "test")
        #expect(Set(approved.plan.steps.map(\.id)).isSubset(of: shown))
        #expect(approved.plan.steps.contains { $0.action.verb == .destroy && $0.disposition == .ready })
    }

    @Test("a step that nobody said yes to still waits after another was approved")
    func unapprovedStepWaits() async throws {
        let (_, reconciler, _) = try await settled(["a", "b", "c"])
        let pass = try await reconciler.plan(.fleet(["c"]), by: "test")
        let one = try #require(pass.awaitingApproval.first { $0.id.rawValue == "destroy Server/a" })
        let approved = try await reconciler.approve(pass, steps: [one], by: "test")
        let ready = approved.plan.steps.filter { $0.disposition == .ready }.map(\.id.rawValue)
        #expect(ready == ["destroy Server/a"])
    }

    @Test("what moved while a person looked at the plan is stale after the answer")
    func movedMeanwhile() async throws {
        let (world, reconciler, _) = try await settled(["a", "b"])
        let desired = Desired.fleet(["b"])
        let shown = try await reconciler.plan(desired, by: "test")
        await world.edit { world in
            for vmid in world.pool.guests.keys where world.pool.guests[vmid]?.name == "a" {
                world.pool.guests[vmid]?.settings.cores = 64
            }
        }
        let agreed = try await reconciler.lookAgain(
            at: shown, desired: desired, approving: shown.awaitingApproval, by: "test")
        #expect(!agreed.plan.steps.contains { $0.disposition == .ready })
        _ = try await reconciler.apply(agreed, by: "test")
        #expect(await world.destroyed.isEmpty)
    }

    @Test("a server that was declared again while a person looked at its destruction stays")
    func declaredAgain() async throws {
        let (world, reconciler, desired) = try await settled(["a", "b"])
        let shown = try await reconciler.plan(.fleet(["b"]), by: "test")
        let agreed = try await reconciler.lookAgain(
            at: shown, desired: desired, approving: shown.awaitingApproval, by: "test")
        let applied = try await reconciler.apply(agreed, by: "test")
        #expect(await world.destroyed.isEmpty)
        // What was agreed to did not happen, which a script must hear.
        #expect(applied.exitCode == 3)
        #expect(agreed.gone == [GoneStep(StepID(rawValue: "destroy Server/a"), .declaredAgain)])
    }

    @Test("of a step that is not planned any more it is said whether what it was for came about, and why not")
    func whyStepsAreGone() async throws {
        let (_, reconciler, desired) = try await settled(["a", "b"])
        func gone(_ earlier: Desired, _ later: Desired) async throws -> [GoneStep] {
            let first = try await reconciler.plan(earlier, by: "test")
            return reconciler.confine(try await reconciler.plan(later, by: "test"), to: first.plan).gone
        }
        let larger = Desired.fleet(["a", "b"]) { $0.cores = $0.name == "a" ? 4 : 1 }
        let update = StepID(rawValue: "update Server/a")
        #expect(try await gone(larger, .fleet(["b"])) == [GoneStep(update, .undeclared)])
        #expect(try await gone(larger, desired) == [GoneStep(update, .settled)])
        let stopped = Desired.fleet(["a", "b"]) { if $0.name == "a" { $0.power = .stopped } }
        let stop = StepID(rawValue: "stop Server/a")
        #expect(try await gone(stopped, larger) == [GoneStep(stop, .otherwise([update]))])
        #expect(try await gone(stopped, desired) == [GoneStep(stop, .settled)])
    }

    /// Servers that stand still, each with its address.
    private func addressed(_ hosts: [ServerName: Int]) async throws -> (World, Reconciler) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let applied = try await reconciler.apply(
            try await reconciler.plan(.addressed(hosts), by: "test"), by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        return (world, reconciler)
    }

    @Test("what by now comes after a step that nobody was shown is held, and a new plan does both")
    func neededFirst() async throws {
        let (world, reconciler) = try await addressed(["a": 1])
        let (create, update) = (StepID(rawValue: "create Server/b"), StepID(rawValue: "update Server/a"))
        let shown = try await reconciler.plan(.addressed(["a": 1, "b": 2]), by: "test")
        try #require(shown.plan.steps.contains { $0.id == create && $0.disposition == .ready })
        try #require(!shown.plan.steps.contains { $0.id == update })
        // Somebody gives the new one's address away while the person thinks, and a commit changes who has it now.
        await world.edit { world in
            world.change("a") { $0.settings.networks[0].address = "10.0.0.2/24" }
        }
        let later = Desired.addressed(["a": 1, "b": 2]) { if $0.name == "a" { $0.cores = 2 } }
        let fresh = try await reconciler.plan(later, by: "test")
        try #require(fresh.plan.steps.contains { $0.id == create && $0.after == [update] && $0.disposition == .ready })
        let missing = Sentence("execution.afterMissing", update.rawValue)
        let confined = reconciler.confine(fresh, to: shown.plan)
        let agreed = try await reconciler.lookAgain(at: shown, desired: later, by: "test")
        for pass in [confined, agreed] {
            let step = try #require(pass.plan.steps.first { $0.id == create })
            #expect(step.disposition == .blocked(missing))
            #expect(step.after.isEmpty)
            #expect(!pass.plan.steps.contains { $0.id == update })
        }
        let applied = try await reconciler.apply(agreed, by: "test")
        #expect(applied.outcomes[create] == .skipped(missing))
        #expect(applied.exitCode == 3)
        let names = await world.pool.guests.values.map(\.name)
        #expect(!names.contains("b"))
        let next = try await reconciler.apply(try await reconciler.plan(later, by: "test"), by: "test")
        #expect(next.outcomes[update] == .done)
        #expect(next.outcomes[create] == .done)
    }

    @Test("of two that change places neither goes alone where the other is stale")
    func exchange() async throws {
        let (world, reconciler) = try await addressed(["a": 1, "b": 2])
        let (a, b) = (StepID(rawValue: "update Server/a"), StepID(rawValue: "update Server/b"))
        let shown = try await reconciler.plan(.addressed(["a": 2, "b": 1]), by: "test")
        let ready = shown.plan.steps.filter { $0.disposition == .ready && $0.action.verb == .update }
        try #require(ready.map(\.id) == [a, b])
        let later = Desired.addressed(["a": 2, "b": 1]) { if $0.name == "b" { $0.cores = 2 } }
        let agreed = try await reconciler.lookAgain(at: shown, desired: later, by: "test")
        let dispositions = Dictionary(agreed.plan.steps.map { ($0.id, $0.disposition) }) { first, _ in first }
        guard case .blocked(let reason)? = dispositions[b] else {
            Issue.record("\(String(describing: dispositions[b]))")
            return
        }
        #expect(reason.code == "execution.stepStale")
        #expect(dispositions[a] == .waiting(Sentence("plan.follows", "Server/a", b.rawValue)))
        let before = await world.pool.guests
        _ = try await reconciler.apply(agreed, by: "test")
        #expect(await world.pool.guests == before)
    }
}
