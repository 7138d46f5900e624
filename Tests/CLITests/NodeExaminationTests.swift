import Model
import Planning
import Registry
import Testing

@testable import CLI

@Suite("The doctor says of nodes what a plan rests on")
struct NodeExaminationTests {
    /// `web-01` (100) was last seen on pve3, `web-02` (101) is on pve1; pve1 and pve2 are in the cluster.
    private func input(removed: [NodeName] = []) -> PlanningInput {
        var lost = Samples.record("web-01", 100)
        lost.node = "pve3"
        var desired = Desired()
        desired.clusters = [Cluster(name: "lab", source: .simulated(.init(nodes: ["pve1", "pve2", "pve3"])))]
        desired.clusters[0].removedNodes = removed
        return PlanningInput(
            desired: desired, observed: Observed(),
            recorded: Recorded(servers: [lost, Samples.record("web-02", 101)]), now: Samples.noon)
    }

    private var inventory: ClusterInventory {
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        inventory.nodes = [ObservedNode(name: "pve1", isOnline: true), ObservedNode(name: "pve2", isOnline: true)]
        inventory.guests = [
            ObservedGuest(vmid: VMID(101), type: .vm, name: "web-02", node: "pve1", status: .running)
        ]
        return inventory
    }

    private func said(
        _ inventory: ClusterInventory, removed: [NodeName] = [], isRead: Bool = true
    ) -> [Examination] {
        NodeExamination.of(inventory, input(removed: removed), isRead: isRead)
    }

    @Test("A node that left with a guest on record is named with the guest")
    func lost() {
        let found = said(inventory)
        #expect(found.map(\.sentence) == [Sentence("doctor.nodeLost", "lab", "pve3", "1", "web-01 (100)")])
        #expect(found.map(\.verdict) == [.failure] && found.map(\.topic) == ["cluster lab"])
        #expect(said(inventory, removed: ["pve3"]) == [])
    }

    @Test("A name that nothing knows is told from one that was probably meant")
    func misspelled() {
        let near = said(inventory, removed: ["pve33"])
        #expect(near.map(\.sentence.code) == ["doctor.nodeLost", "doctor.removedNodeMisspelled"])
        #expect(near.last?.sentence.arguments == ["lab", "pve33", "pve3"])
        // No node that is in the cluster is ever proposed.
        let far = said(inventory, removed: ["pve3", "pve22"])
        #expect(far.map(\.sentence) == [Sentence("doctor.removedNodeUnknown", "lab", "pve22")])
        #expect(far.map(\.verdict) == [.warning])
        // Without the registry nobody can say what is on record.
        #expect(said(inventory, removed: ["pve3", "pve22"], isRead: false) == [])
    }

    @Test("A node that is given up and listed is a mistake, and one that is offline is a warning")
    func returned() {
        var inventory = inventory
        inventory.nodes[1].isOnline = false
        let found = said(inventory, removed: ["pve2", "pve3"])
        #expect(
            found.map(\.sentence) == [
                Sentence("doctor.nodeOffline", "pve2"), Sentence("plan.removedNodeListed", "lab", "pve2"),
            ])
        #expect(found.map(\.verdict) == [.warning, .failure])
    }

    @Test("Of a cluster that is not believed nothing is said but who is offline")
    func distrusted() {
        var inventory = inventory
        inventory.distrust = Sentence("proxmox.otherCluster", "lab", "prod", "office")
        #expect(said(inventory, removed: ["pve2"]) == [])
    }

    @Test("A listing that was read is judged by what is remembered")
    func remembered() async throws {
        let registry = try await FleetRegistry.inMemory()
        func judged(_ identity: AnsweringCluster) async -> ClusterInventory {
            var listing = inventory
            listing.identity = identity
            let fleet = RememberedFleet(
                base: ReadListing(listing: listing), registry: registry, removedNodes: [:], knowsIdentity: true)
            return await fleet.inventory(of: "lab", details: [])
        }
        #expect(await judged(.named("prod")).distrust == nil)
        #expect(await judged(.named("office")).distrust?.code == "proxmox.otherCluster")
    }

    @Test("Of many guests the first are named and the rest is counted")
    func many() {
        var input = input()
        input.recorded.servers = (100..<120).map { number in
            var record = Samples.record("web-\(number)", number)
            record.node = "pve3"
            return record
        }
        var inventory = inventory
        inventory.guests = []
        let found = NodeExamination.of(inventory, input, isRead: true)
        #expect(found.first?.sentence.arguments[2] == "20")
        #expect(found.first?.sentence.arguments[3].hasSuffix("web-111 (111), +8") == true)
    }
}
