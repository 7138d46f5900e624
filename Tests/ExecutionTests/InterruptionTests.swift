import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// What others do between the plan and the deed, or while Terraform runs, must not be taken for ours.
@Suite struct InterruptionTests {
    private func approved(_ reconciler: Reconciler, _ desired: Desired) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, by: "test")
        return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    private static func stranger(named name: String) -> GuestPool.PooledGuest {
        var settings = GuestSettings()
        settings.cores = 3
        return GuestPool.PooledGuest(type: .vm, name: name, node: "pve1", settings: settings, isRunning: false)
    }

    @Test("a stranger that took the VMID of a destroyed guest is neither started nor kept for ours")
    func strangerAfterDestroy() async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.applied] = { $0.pool.guests[vmid] = Self.stranger(named: "other") }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes[StepID(rawValue: "destroy Server/a")] == .done)
        #expect(await world.pool.guests[vmid]?.isRunning == false)
        #expect(await world.recorded.servers.map(\.name) == ["b"])
    }

    enum Meddling: CaseIterable { case protects, locks, unmarks, takesOver }

    @Test("whoever meddles with a guest while it is shut down for its end keeps it", arguments: Meddling.allCases)
    func changedAtShutdown(meddling: Meddling) async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.shutDown] = { world in
                switch meddling {
                case .protects: world.pool.guests[vmid]?.settings.protection = true
                case .locks: world.pool.guests[vmid]?.lock = "backup"
                case .unmarks: world.pool.guests[vmid]?.settings.description = "mine now"
                case .takesOver: world.pool.guests[vmid]?.settings.description = "plumb: lab/main/a 00000000000000aa"
                }
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        guard case .refused(let reason) = applied.outcomes[StepID(rawValue: "destroy Server/a")] else {
            Issue.record("it came to \(String(describing: applied.outcomes))")
            return
        }
        let codes: [SentenceCode] = [
            "execution.protectedAtShutdown", "execution.lockedAtShutdown", "execution.changedAtShutdown",
        ]
        #expect(codes.contains(reason.code))
        #expect(await world.destroyed.isEmpty)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
    }

    enum Replacement: CaseIterable { case ofAnotherMachine, withTheCopiedMark, ofAnUnknownMachine }

    @Test(
        "a guest that was put in the place of one that is shut down for its end is not started",
        arguments: Replacement.allCases)
    func replacedAtShutdown(replacement: Replacement) async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.shutDown] = { world in
                guard let old = world.pool.guests[vmid] else { return }
                var new = Self.stranger(named: "a")
                new.machineID = "another"
                new.settings.description = "plumb: lab/main/a 00000000000000aa"
                switch replacement {
                case .ofAnotherMachine: new.settings.description = nil
                case .withTheCopiedMark: new.settings = old.settings
                case .ofAnUnknownMachine: new.machineID = nil
                }
                world.pool.guests[vmid] = new
            }
        }
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.pool.guests[vmid]?.isRunning == false)
        #expect(await world.destroyed.isEmpty)
    }

    @Test("of two runs of one plan the second says that the first one made the server")
    func madeMeanwhile() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let first = try await reconciler.plan(.fleet(["a"]), by: "test")
        let second = try await reconciler.plan(.fleet(["a"]), by: "test")
        #expect(try await reconciler.apply(first, by: "test").exitCode == 0)
        let applied = try await reconciler.apply(second, by: "test")
        guard case .refused(let reason) = applied.outcomes[StepID(rawValue: "create Server/a")] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(reason.code == "execution.madeMeanwhile")
        #expect(try await reconciler.plan(.fleet(["a"]), by: "test").isInPlumb)
    }

    @Test("of two runs of one update the second says that there is nothing left of it to do")
    func doneMeanwhile() async throws {
        let (world, reconciler) = try await World.settled(["a"])
        var desired = Desired.fleet(["a"])
        desired.servers[0].tags = ["new"]
        let first = try await reconciler.plan(desired, by: "test")
        let second = try await reconciler.plan(desired, by: "test")
        #expect(try await reconciler.apply(first, by: "test").exitCode == 0)
        let applied = try await reconciler.apply(second, by: "test")
        guard case .refused(let reason) = applied.outcomes[StepID(rawValue: "update Server/a")] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(reason.code == "execution.doneMeanwhile")
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
        #expect(await world.destroyed.isEmpty)
    }

    @Test("a newborn whose configuration cannot be read is neither recorded nor started")
    func unreadNewborn() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let pass = try await reconciler.plan(.fleet(["a"]), by: "test")
        await world.edit { world in
            world.interruptions[.applied] = { $0.unread = Set($0.pool.guests.keys) }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        let outcome = try #require(applied.outcomes[StepID(rawValue: "create Server/a")])
        guard case .failed(let failure) = outcome else {
            Issue.record("it came to \(outcome)")
            return
        }
        #expect(failure.retry != .never)
        #expect(await world.recorded.servers.isEmpty)
        #expect(await world.pool.guests.values.allSatisfy { !$0.isRunning })
        await world.edit { $0.unread = [] }
        for _ in 0..<3 {
            _ = try await reconciler.apply(try await reconciler.plan(.fleet(["a"]), by: "test"), by: "test")
        }
        #expect(await world.pool.guests.values.filter { !$0.isTemplate }.map(\.name) == ["a"])
        #expect(await world.recorded.servers.map(\.name) == ["a"])
        #expect(try await reconciler.plan(.fleet(["a"]), by: "test").plan.steps.isEmpty)
    }

    @Test("a guest that was shut down for a destroy which did not come gets its power back")
    func powerComesBack() async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        try #require(await world.pool.guests[vmid]?.isRunning == true)
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { $0.refusesApply = true }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes[StepID(rawValue: "destroy Server/a")] != .done)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
    }

    @Test("a guest that came back is not forgotten as one that is gone")
    func cameBack() async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let guest = try #require(await world.pool.guests[vmid])
        await world.edit { $0.pool.guests[vmid] = nil }
        let pass = try await approved(reconciler, .fleet(["b"]))
        let forget = StepID(rawValue: "forget Server/a")
        try #require(pass.plan.steps.first { $0.id == forget }?.disposition == .ready)
        await world.edit { $0.interruptions[.opened] = { $0.pool.guests[vmid] = guest } }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes[forget] != .done)
        #expect(await world.stacks.values.contains { $0.resources["a"] != nil })
        #expect(await world.recorded.servers.contains { $0.name == "a" })
    }

    @Test("a server is not born a second time when a guest with its mark has turned up elsewhere")
    func twin() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let pass = try await reconciler.plan(.fleet(["a"]), by: "test")
        guard case .create(let creation)? = pass.plan.steps.first?.action else {
            Issue.record("nothing is to be created")
            return
        }
        let twin = GuestPool.PooledGuest(
            type: .vm, name: "a", node: "pve2", settings: creation.configuration.settings, isRunning: true)
        await world.edit { $0.pool.guests[VMID(139)] = twin }
        let applied = try await reconciler.apply(pass, by: "test")
        guard case .refused? = applied.outcomes.values.first else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(await world.pool.guests.count == 2)
    }

    @Test("an adoption whose plan fails leaves nothing in the state and nothing in tfvars")
    func adoptionUndone() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        await world.edit { $0.pool.guests[VMID(120)] = Self.stranger(named: "a") }
        let desired = Desired.fleet(["a"]) { server in
            server.vmid = VMID(120)
            server.adopt = true
        }
        let pass = try await approved(reconciler, desired)
        try #require(pass.plan.steps.contains { $0.action.verb == .adopt && $0.disposition == .ready })
        await world.edit { world in
            world.planFailure = { _ in
                ProvisioningFailure(general: StepFailure(Sentence("execution.planFailed", "a")))
            }
        }
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.stacks.values.allSatisfy { $0.resources.isEmpty && $0.entries.isEmpty })
    }
}
