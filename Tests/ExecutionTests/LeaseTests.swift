import Execution
import Model
import Planning
import Testing

@testable import Reconciliation

/// VMIDs that plans choose are held in the registry, so that two plans never choose one for two servers.
@Suite("Leases of VMIDs")
struct LeaseTests {
    private func vmids(_ pass: PlannedPass) -> [VMID] { pass.plan.steps.compactMap(\.lease?.vmid) }

    @Test("A plan that is made again chooses the same numbers, and one beside it chooses others")
    func held() async throws {
        let world = World(markSeed: 7)
        let first = try await Reconciler(world).plan(.fleet(["a", "b"]), by: "ann")
        #expect(vmids(first) == [VMID(100), VMID(101)])
        let more = try await Reconciler(world).plan(.fleet(["a", "aa", "b"]), by: "bob")
        #expect(vmids(more) == [VMID(100), VMID(102), VMID(101)])
        #expect(vmids(try await Reconciler(world).plan(.fleet(["a", "b"]), by: "ann")) == [VMID(100), VMID(101)])
    }

    @Test("A number that another process took between the reading and the taking is given up for another one")
    func overtaken() async throws {
        let world = World(markSeed: 7)
        await world.edit { world in
            world.interruptions[.leased] = {
                $0.recorded.leases.append(VMIDLease(cluster: "lab", vmid: VMID(100), server: "b"))
            }
        }
        let pass = try await Reconciler(world).plan(.fleet(["a", "b"]), by: "ann")
        #expect(
            pass.plan.steps.compactMap(\.lease) == [
                VMIDLease(cluster: "lab", vmid: VMID(101), server: "a"),
                VMIDLease(cluster: "lab", vmid: VMID(100), server: "b"),
            ])
        let applied = try await Reconciler(world).apply(pass, by: "ann")
        #expect(applied.outcomes.values.allSatisfy { $0 == .done })
        #expect(await world.recorded.leases.isEmpty)
    }

    @Test("The number of a server that is not declared any more is free again")
    func serverGone() async throws {
        let world = World(markSeed: 7)
        _ = try await Reconciler(world).plan(.fleet(["gone"]), by: "ann")
        #expect(await world.recorded.leases.map(\.server) == ["gone"])
        let pass = try await Reconciler(world).plan(.fleet(["a"]), by: "ann")
        #expect(await world.recorded.leases.allSatisfy { $0.server == "a" })
        #expect(vmids(pass).count == 1)
        #expect(vmids(try await Reconciler(world).plan(.fleet(["a", "b"]), by: "ann")).contains(VMID(100)))
    }
}
