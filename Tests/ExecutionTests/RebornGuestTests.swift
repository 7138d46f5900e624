import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// Servers that live on under another VMID.
@Suite struct RebornGuestTests {
    @Test("a server that was rebuilt under another VMID is not counted as down")
    func isUp() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a", "b"]) { $0.roles = ["web"] }
        var role = Role(name: "web")
        role.maxUnavailable = .count(1)
        desired.roles = [role]
        let born = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        for index in desired.servers.indices { desired.servers[index].vmid = VMID(120 + index) }
        var pass = try await reconciler.plan(desired, request: PlanRequest(rebuilds: ["a", "b"]), by: "test")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        #expect(pass.plan.steps.map { $0.behind?.count ?? 0 } == [0, 1])
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes.values.allSatisfy { $0 == .done }, "\(applied.outcomes)")
        #expect(await world.pool.guests.filter { !$0.value.isTemplate }.keys.sorted() == [VMID(120), VMID(121)])
    }
}
