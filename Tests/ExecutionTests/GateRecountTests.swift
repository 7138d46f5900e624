import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Who is down is counted again before each step of a batch that takes one more down, not once for the batch: at a limit
/// of two, whoever goes down by itself or is left down meanwhile leaves no room for the next.
@Suite struct GateRecountTests {
    private static let names: [ServerName] = ["a", "b", "c", "d"]

    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let desired: Desired
    }

    /// Four servers of one role that run, of whom two may be down together; one piece of work at a time.
    private func stage(_ edit: (inout Desired) -> Void = { _ in }) async throws -> Stage {
        let world = World(markSeed: 7)
        var ports = ExecutionPorts(world)
        var limits = Cluster.Limits()
        limits.concurrentTasks = 1
        ports.lanes = MemoryLanes(limits)
        let reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { Timestamp(seconds: 1_790_000_000) }, pause: {})
        var desired = Desired.fleet(Self.names) { $0.roles = ["web"] }
        var role = Role(name: "web")
        role.maxUnavailable = .count(2)
        desired.roles = [role]
        desired.policies[0].restarts = .allow
        desired.policies[0].apply = .auto
        edit(&desired)
        let applied = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        return Stage(world: world, reconciler: reconciler, desired: desired)
    }

    private func stopOthers(in world: isolated World) {
        for (vmid, guest) in world.pool.guests where guest.name == "c" || guest.name == "d" {
            world.pool.guests[vmid]?.isRunning = false
        }
    }

    private func expectLeft(_ server: String, _ outcome: StepOutcome?, besides down: String) {
        #expect(outcome == .refused(Sentence("execution.disruptionBusy", server, "Role/web", "2", down)))
    }

    @Test("a rebuild that left its guest down, and another one that went down by itself, hold the next rebuild back")
    func rebuilds() async throws {
        let stage = try await stage()
        let request = PlanRequest(rebuilds: ["a", "b"])
        var pass = try await stage.reconciler.plan(stage.desired, targets: ["a", "b"], request: request, by: "test")
        pass = try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        #expect(pass.plan.steps.allSatisfy { $0.disposition == .ready && $0.behind == nil })
        await stage.world.edit { world in
            world.interruptions[.applied] = { world in
                world.failures["a"] = .refused
                for (vmid, guest) in world.pool.guests where guest.name == "c" {
                    world.pool.guests[vmid]?.isRunning = false
                }
            }
        }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        guard case .failed? = outcomes[StepID(rawValue: "rebuild Server/a")] else {
            Issue.record("\(outcomes)")
            return
        }
        expectLeft("b", outcomes[StepID(rawValue: "rebuild Server/b")], besides: "a, c")
        let (switchedOff, running) = await stage.world.edit { world in
            (world.switchedOff, world.pool.guests.values.filter { !$0.isTemplate && $0.isRunning }.map(\.name).sorted())
        }
        #expect(switchedOff == [VMID(100)] && running == ["b", "d"])
    }

    @Test("a rebuild that is done takes no place any more")
    func rebuildsGoOn() async throws {
        let stage = try await stage()
        let request = PlanRequest(rebuilds: ["a", "b"])
        var pass = try await stage.reconciler.plan(stage.desired, targets: ["a", "b"], request: request, by: "test")
        pass = try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        await stage.world.edit { world in
            world.interruptions[.started] = { world in
                for (vmid, guest) in world.pool.guests where guest.name == "c" {
                    world.pool.guests[vmid]?.isRunning = false
                }
            }
        }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes.values.allSatisfy { $0 == .done }, "\(outcomes)")
    }

    @Test("two that went down during the first restart leave no room for the second")
    func restarts() async throws {
        var stage = try await stage()
        var desired = stage.desired
        for index in desired.servers.indices.prefix(2) { desired.servers[index].cores = 4 }
        _ = try await stage.reconciler.apply(try await stage.reconciler.plan(desired, by: "test"), by: "test")
        stage = Stage(world: stage.world, reconciler: stage.reconciler, desired: desired)
        let pass = try await stage.reconciler.plan(desired, by: "test")
        #expect(pass.plan.steps.map(\.id.rawValue) == ["restart Server/a", "restart Server/b"])
        await stage.world.edit { world in world.interruptions[.shutDown] = { stopOthers(in: $0) } }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "restart Server/a")] == .done)
        expectLeft("b", outcomes[StepID(rawValue: "restart Server/b")], besides: "c, d")
        #expect(await stage.world.switchedOff == [VMID(100)])
    }

    @Test("two that went down during the first stop leave no room for the second")
    func stops() async throws {
        let stage = try await stage()
        var desired = stage.desired
        for index in desired.servers.indices.prefix(2) { desired.servers[index].power = .stopped }
        let pass = try await stage.reconciler.plan(desired, by: "test")
        let stops = pass.plan.steps.filter { $0.action.verb == .stop }
        #expect(stops.count == 2 && stops.allSatisfy { $0.disposition == .ready && $0.behind == nil })
        await stage.world.edit { world in world.interruptions[.shutDown] = { stopOthers(in: $0) } }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "stop Server/a")] == .done)
        expectLeft("b", outcomes[StepID(rawValue: "stop Server/b")], besides: "c, d")
        #expect(await stage.world.switchedOff == [VMID(100)])
    }

    @Test("two that went down while the stack's lock was waited for leave no room for a removal")
    func removals() async throws {
        let stage = try await stage()
        var desired = stage.desired
        desired.servers.removeFirst()
        let pass = try await stage.reconciler.plan(desired, by: "test")
        #expect(pass.plan.steps.contains { $0.id.rawValue == "destroy Server/a" && $0.disposition == .ready })
        await stage.world.edit { world in world.interruptions[.opened] = { stopOthers(in: $0) } }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        expectLeft("a", outcomes[StepID(rawValue: "destroy Server/a")], besides: "c, d")
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.switchedOff.isEmpty)
    }

    @Test("two that went down during a removal's shutdown leave no room for the next one of the same batch")
    func removalsOfOneBatch() async throws {
        let stage = try await stage()
        var desired = stage.desired
        desired.servers.removeFirst(2)
        let pass = try await stage.reconciler.plan(desired, by: "test")
        let ends = pass.plan.steps.filter { $0.action.verb == .destroy }
        #expect(ends.count == 2 && ends.allSatisfy { $0.disposition == .ready })
        await stage.world.edit { world in world.interruptions[.shutDown] = { stopOthers(in: $0) } }
        let outcomes = try await stage.reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[StepID(rawValue: "destroy Server/a")] == .done)
        expectLeft("b", outcomes[StepID(rawValue: "destroy Server/b")], besides: "a, c, d")
        #expect(await stage.world.destroyed == [VMID(100)])
        #expect(await stage.world.switchedOff == [VMID(100)])
    }
}
