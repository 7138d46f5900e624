import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Terraform went on after Plumb was killed, and nothing is left of its run: the state and a live look say what came of it.
@Suite struct LostRunTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let desired: Desired
        let pass: PlannedPass
    }

    /// Kills Plumb at one call after another until it died where it should have, each time in a world of its own.
    private func cut(
        _ make: () async throws -> Stage, where isThere: (Stage) async -> Bool
    ) async throws -> [Stage] {
        var found: [Stage] = []
        for calls in 0..<100 {
            let stage = try await make()
            await stage.world.edit { world in
                world.callsUntilCrash = calls
                world.terraformOutlivesCrash = true
            }
            do throws(StepFailure) { _ = try await stage.reconciler.apply(stage.pass, by: "test") } catch {}
            guard await stage.world.edit({ $0.callsUntilCrash == 0 }) else { break }
            await stage.world.edit { world in
                world.callsUntilCrash = nil
                world.terraformOutlivesCrash = false
            }
            if await !stage.world.openBatches.isEmpty, await isThere(stage) { found.append(stage) }
        }
        try #require(!found.isEmpty)
        return found
    }

    /// The batch is closed as done, and everything that is there belongs together.
    private func expectDone(_ stage: Stage, _ verb: Action.Verb) async throws {
        let world = stage.world
        let batch = try #require(await world.openBatches.first)
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        #expect(await world.closed[batch.id] == [StepID(rawValue: "\(verb.rawValue) Server/a"): .done])
        let (double, row) = await world.edit { world in
            (world.stacks.values.first, world.recorded.servers.first { $0.name == "a" })
        }
        #expect(double?.resources["a"] != nil && double?.entries["a"] != nil)
        #expect(row != nil && row?.vmid == double?.resources["a"]?.vmid)
        _ = try await stage.reconciler.apply(try await stage.reconciler.plan(stage.desired, by: "test"), by: "test")
        #expect(try await stage.reconciler.plan(stage.desired, by: "test").isInPlumb)
        #expect(await world.pool.guests.values.filter { $0.name == "a" }.count == 1)
    }

    private func adopting() async throws -> Stage {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        await world.edit { world in
            var settings = GuestSettings()
            settings.cores = 1
            settings.memory = 512
            world.pool.guests[VMID(120)] = GuestPool.PooledGuest(
                type: .vm, name: "a", node: "pve1", settings: settings, isRunning: false)
        }
        let desired = Desired.fleet(["a"]) { server in
            server.vmid = VMID(120)
            server.adopt = true
        }
        let pass = try await reconciler.plan(desired, by: "test")
        let agreed = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        return Stage(world: world, reconciler: reconciler, desired: desired, pass: agreed)
    }

    @Test("a guest that was taken in is recorded, and stays in the state with its entry")
    func adoption() async throws {
        let stages = try await cut(adopting) { stage in
            await stage.world.edit { world in
                world.pool.guests[VMID(120)]?.settings.description?.contains("plumb: lab/main/a") ?? false
            }
        }
        for stage in stages {
            await stage.world.edit { $0.loseRuns() }
            try await expectDone(stage, .adopt)
        }
    }

    @Test("a guest that was not taken in yet goes back to being nobody's")
    func adoptionThatNeverCame() async throws {
        let stages = try await cut(adopting) { stage in
            await stage.world.edit { world in
                world.recorded.servers.isEmpty && world.openBatches.contains { $0.phase >= .applying }
                    && world.stacks.values.contains {
                        $0.resources["a"] != nil
                    }
            }
        }
        for stage in stages {
            await stage.world.edit { world in
                world.loseRuns()
                // As if the run had done nothing.
                world.pool.guests[VMID(120)]?.settings.description = nil
                for stack in world.stacks.keys { world.stacks[stack]?.removeFromState("a") }
            }
            let batch = try #require(await stage.world.openBatches.first)
            #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
            #expect(await stage.world.closed[batch.id]?.values.contains(.done) == false)
            #expect(await stage.world.stacks.values.allSatisfy { $0.entries["a"] == nil })
            #expect(await stage.world.recorded.servers.isEmpty)
        }
    }

    private func rebuilding() async throws -> Stage {
        let (world, reconciler) = try await World.settled(["a"])
        let desired = Desired.fleet(["a"])
        let request = PlanRequest(rebuilds: ["a"])
        let pass = try await reconciler.plan(desired, targets: ["a"], request: request, by: "test")
        let agreed = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        return Stage(world: world, reconciler: reconciler, desired: desired, pass: agreed)
    }

    private func isBornAgain(_ stage: Stage) async -> Bool {
        guard case .rebuild(let rebuild)? = stage.pass.plan.steps.first?.action else { return false }
        return await stage.world.edit { world in
            world.pool.guests[rebuild.creation.configuration.birth.vmid]?.settings.description?
                .contains(rebuild.creation.mark.id) ?? false
        }
    }

    @Test(
        "a guest that the second run of its rebuild made is the server, whether the first run is lost too or not",
        arguments: [false, true])
    func rebuild(losesFirst: Bool) async throws {
        for stage in try await cut(rebuilding, where: isBornAgain) {
            let batch = try #require(await stage.world.openBatches.first?.id)
            await stage.world.edit { $0.loseRuns(besides: losesFirst ? nil : batch) }
            try await expectDone(stage, .rebuild)
            #expect(await stage.world.destroyed.count == 1)
            #expect(await stage.world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
        }
    }

    @Test("while nobody can read who is on the number, the state keeps what it has")
    func rebuildUnread() async throws {
        let stage = try #require(try await cut(rebuilding, where: isBornAgain).first)
        await stage.world.edit { world in
            world.loseRuns(besides: world.openBatches.first?.id)
            world.unread = Set(world.pool.guests.keys)
        }
        #expect(try await stage.reconciler.recover().stillOpen.count == 1)
        #expect(await stage.world.stacks.values.contains { $0.resources["a"] != nil && $0.entries["a"] != nil })
        await stage.world.edit { $0.unread = [] }
        try await expectDone(stage, .rebuild)
    }
}
