import Execution
import Model
import Registry
import Testing

@testable import CLI

@Suite("A cluster is judged by what was seen of it before")
struct RememberedFleetTests {
    /// One that answers as it is told.
    private struct Answering: GuestInventory {
        var identity: AnsweringCluster?
        var distrust: Sentence?

        func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
            var inventory = ClusterInventory(cluster: cluster, readAt: Samples.noon)
            inventory.identity = identity
            inventory.distrust = distrust
            inventory.nodes = [ObservedNode(name: "pve1", isOnline: true)]
            inventory.guests = [
                ObservedGuest(vmid: VMID(500), type: .vm, name: "other", node: "pve1", status: .running)
            ]
            for vmid in details { inventory.details[vmid] = .absent }
            return inventory
        }

        func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory { inventory }

        func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory { inventory }
    }

    private func look(
        _ registry: FleetRegistry, as identity: AnsweringCluster?, distrust: Sentence? = nil,
        removed: [NodeName] = [], knowsIdentity: Bool = true
    ) async -> ClusterInventory {
        let fleet = RememberedFleet(
            base: Answering(identity: identity, distrust: distrust), registry: registry,
            removedNodes: ["lab": removed], knowsIdentity: knowsIdentity)
        return await fleet.inventory(of: "lab", details: [VMID(100)])
    }

    @Test("Who answers first is the one; another name, or none, is not believed")
    func identity() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(await look(registry, as: .named("prod")).distrust == nil)
        #expect(await look(registry, as: .named("PROD")).distrust == nil)
        let other = await look(registry, as: .named("office"))
        #expect(other.distrust == Sentence("proxmox.otherCluster", "lab", "prod", "office"))
        #expect(other.guests.isEmpty && other.details.isEmpty && !other.provesAbsence(of: VMID(100)))
        #expect(await look(registry, as: .single).distrust == Sentence("proxmox.leftCluster", "lab", "prod"))
        // What was not believed is not written down.
        #expect(await look(registry, as: .named("prod")).distrust == nil)
    }

    @Test("A node that was in no cluster is told from a cluster")
    func joined() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(await look(registry, as: .single).distrust == nil)
        #expect(await look(registry, as: .single).distrust == nil)
        #expect(await look(registry, as: .named("prod")).distrust == Sentence("proxmox.joinedCluster", "lab", "prod"))
    }

    @Test("What was forgotten is written down anew, and a listing that is not believed anyway teaches nothing")
    func forgotten() async throws {
        let registry = try await FleetRegistry.inMemory()
        let quorum = Sentence("proxmox.noQuorum", "lab")
        #expect(await look(registry, as: .named("office"), distrust: quorum).distrust == quorum)
        #expect(await look(registry, as: .named("prod")).distrust == nil)
        let ledger = RegistryLedger(registry: registry, command: "recover", clock: { Samples.noon })
        try await ledger.forgetAnsweringCluster(for: "LAB")
        #expect(await look(registry, as: .named("office")).distrust == nil)
        #expect(await look(registry, as: .named("prod")).distrust != nil)
    }

    @Test("A twin may be called otherwise")
    func twin() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(await look(registry, as: .named("prod")).distrust == nil)
        #expect(await look(registry, as: .named("lab"), knowsIdentity: false).distrust == nil)
        #expect(await look(registry, as: .named("prod")).distrust == nil)
    }

    @Test("A node on which a guest was last seen, and that is not there, leaves nothing proven")
    func lostNode() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(await look(registry, as: .named("prod")).provesAbsence(of: VMID(100)))
        var row = Samples.record("web-01", 100)
        row.node = "pve3"
        row.stack = StackID(cluster: "lab", name: "main")
        try await registry.upsert(row, at: Samples.noon)
        let now = await look(registry, as: .named("prod"))
        #expect(now.distrust == nil && now.lostNodes == ["pve3"] && !now.provesAbsence(of: VMID(100), isReported: true))
        #expect(await look(registry, as: .named("prod"), removed: ["pve3"]).provesAbsence(of: VMID(100)))
    }
}
