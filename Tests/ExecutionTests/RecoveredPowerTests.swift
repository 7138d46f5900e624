import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// The next start of Plumb starts whom it asked to shut down, and nobody else.
@Suite struct RecoveredPowerTests {
    /// Running servers, one lane on their node.
    private func fleet(
        _ names: [ServerName], cores: [Int]
    ) async throws -> (World, Reconciler, Desired) {
        let world = World(markSeed: 7)
        var limits = Cluster.Limits()
        limits.perNode = 1
        var ports = ExecutionPorts(world)
        ports.lanes = MemoryLanes(limits)
        let reconciler = Reconciler(
            ports: ports, stacks: world, ledger: world, clock: { Timestamp(seconds: 1_790_000_000) }, pause: {})
        // All of them may be down together, so that they are one batch.
        var desired = Desired.fleet(names) { $0.roles = ["web"] }
        var role = Role(name: "web")
        role.maxUnavailable = .count(names.count)
        desired.roles = [role]
        desired.policies[0].restarts = .allow
        for cores in cores {
            for index in desired.servers.indices { desired.servers[index].cores = cores }
            let pass = try await reconciler.plan(desired, by: "test")
            try #require(try await reconciler.apply(pass, by: "test").outcomes.values.allSatisfy { $0 == .done })
        }
        return (world, reconciler, desired)
    }

    @Test("killed at the first of five restarts, it does not start the one that somebody stopped meanwhile")
    func restart() async throws {
        let (world, reconciler, desired) = try await fleet(["a", "b", "c", "d", "e"], cores: [1, 4])
        let pass = try await reconciler.plan(desired, by: "test")
        await world.edit { $0.interruptions[.shutDown] = { $0.callsUntilCrash = 0 } }
        _ = try? await reconciler.apply(pass, by: "test")
        await world.edit { $0.callsUntilCrash = nil }
        let batch = try #require(await world.openBatches.first)
        try #require(batch.phase == .applying)
        let down = try #require(await world.switchedOff.first)
        let asked = Set(await world.recorded.servers.filter { $0.owedStart != nil }.map(\.vmid))
        try #require(asked == [down])
        let planned = batch.intent.steps.compactMap { $0.step.action.restarted?.vmid }
        let other = try #require(planned.first { $0 != down })
        await world.edit { $0.togglePower(other) }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        #expect(await world.pool.guests[down]?.isRunning == true)
        #expect(await world.pool.guests[other]?.isRunning == false)
        #expect(await world.recorded.servers.allSatisfy { $0.owedStart == nil })
    }

    @Test("killed before the shutdown of a rebuild, it does not start what somebody stopped meanwhile")
    func rebuild() async throws {
        var isReached = false
        for calls in 0..<30 where !isReached {
            let (world, reconciler, desired) = try await fleet(["a"], cores: [1])
            var pass = try await reconciler.plan(
                desired, targets: ["a"], request: PlanRequest(rebuilds: ["a"]), by: "test")
            pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
            await world.edit { $0.callsUntilCrash = calls }
            _ = try? await reconciler.apply(pass, by: "test")
            await world.edit { $0.callsUntilCrash = nil }
            let isAsked = await world.recorded.servers.contains { $0.owedStart != nil }
            guard await world.openBatches.map(\.phase) == [.planned], !isAsked else { continue }
            isReached = true
            await world.edit { $0.togglePower(VMID(100)) }
            #expect(try await reconciler.recover().stillOpen.isEmpty)
            #expect(await world.pool.guests[VMID(100)]?.isRunning == false)
            #expect(await world.destroyed.isEmpty)
        }
        #expect(isReached)
    }
}

extension Action {
    fileprivate var restarted: GuestReference? { if case .restart(let restart) = self { restart.guest } else { nil } }
}
