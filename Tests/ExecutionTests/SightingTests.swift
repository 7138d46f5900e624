import Model
import Reconciliation
import Testing

/// Which inventories count for an absence, and which end the count.
@Suite struct SightingTests {
    private func server(_ absences: Int = 0) -> RecordedServer {
        var server = RecordedServer(
            name: "web-01", stack: StackID(cluster: "lab", name: "main"), type: .vm, vmid: VMID(101), node: "pve1")
        server.absences = (0..<absences).map { Timestamp(seconds: Int64($0)) }
        return server
    }

    private func inventory(_ change: (inout ClusterInventory) -> Void = { _ in }) -> ClusterInventory {
        var inventory = ClusterInventory(cluster: "lab", readAt: Timestamp(seconds: 100))
        inventory.nodes = [ObservedNode(name: "pve1", isOnline: true), ObservedNode(name: "pve2", isOnline: true)]
        inventory.guests = [ObservedGuest(vmid: VMID(200), type: .vm, name: "other", node: "pve1", status: .running)]
        inventory.details = [VMID(101): .absent]
        change(&inventory)
        return inventory
    }

    @Test func aWholeListingWithoutItMissesIt() {
        let sightings = Sightings(of: [server(1)], in: inventory())
        #expect(sightings.missed == ["web-01"] && sightings.seen.isEmpty)
    }

    @Test(arguments: ["distrusted", "no quorum", "a node offline", "empty", "hidden", "not asked for", "a node gone"])
    func aDoubtfulListingMissesNobodyAndEndsTheCount(_ doubt: String) {
        let doubtful = inventory { inventory in
            switch doubt {
            case "distrusted": inventory.distrust = Sentence("proxmox.partialAudit", "lab")
            case "no quorum": inventory.isQuorate = false
            case "a node offline": inventory.nodes[1].isOnline = false
            case "hidden": inventory.details[VMID(101)] = .unknown(Sentence("proxmox.hiddenGuest", "101", "lab"))
            case "a node gone": inventory.lostNodes = ["pve3"]
            case "not asked for": inventory.details = [:]
            default: inventory.guests = []
            }
        }
        let counted = Sightings(of: [server(2)], in: doubtful)
        #expect(counted.missed.isEmpty && counted.seen.map(\.server) == ["web-01"])
        #expect(counted.seen.map(\.node) == ["pve1"])
        #expect(!Sightings(of: [server()], in: doubtful).isNews)
    }

    @Test func anEmptyListingCountsWhereTheTaskLogShowsTheEnd() {
        let explained = inventory { inventory in
            inventory.guests = []
            var task = ObservedTask(
                upid: "UPID:1", node: "pve1", type: "qmdestroy", vmid: VMID(101), user: "alice@pam",
                startedAt: Timestamp(seconds: 90))
            task.endedAt = Timestamp(seconds: 91)
            task.exitStatus = "OK"
            inventory.pastTasks = [task]
        }
        #expect(Sightings(of: [server(1)], in: explained).missed == ["web-01"])
    }

    @Test func beingSeenEndsTheCountOnceWhateverElseIsInDoubt() {
        let seen = inventory { inventory in
            inventory.guests.insert(
                ObservedGuest(vmid: VMID(101), type: .vm, name: "web-01", node: "pve2", status: .running), at: 0)
            inventory.nodes[0].isOnline = false
        }
        let sightings = Sightings(of: [server(2)], in: seen)
        #expect(sightings.seen.map(\.node) == ["pve2"] && sightings.missed.isEmpty)
    }
}
