import Execution
import Model
import Testing

@testable import CLI

/// The last look before a document is taken out of its file again.
@Suite("What keeps a document in its file")
struct GuestTiesTests {
    /// Guest 500 lives, nobody's, and the document of `shop` says that it is that.
    private var free: GuestTies {
        var ties = GuestTies()
        var server = Server(name: "shop", cluster: "lab")
        server.vmid = VMID(500)
        ties.servers = [server]
        ties.inventories = [inventory(describedAs: "the shop")]
        ties.stacks = [StackObservation(id: Samples.stack)]
        return ties
    }

    private func inventory(describedAs text: String?, tags: [String] = []) -> ClusterInventory {
        var inventory = ClusterInventory(cluster: "lab", readAt: Samples.noon)
        var guest = ObservedGuest(vmid: VMID(500), type: .vm, name: "shop", node: "pve1", status: .running)
        guest.tags = tags
        inventory.guests = [guest]
        var settings = GuestSettings()
        settings.description = text
        let found = GuestConfiguration(
            readAt: Samples.noon, type: .vm, name: "shop", settings: settings, digest: "d")
        inventory.details = [VMID(500): .present(found)]
        return inventory
    }

    private func code(_ ties: GuestTies) -> SentenceCode? { ties.reasonToKeep("shop", in: "shop.yaml")?.code }

    @Test("A guest that is nobody's, or gone, keeps no document")
    func nobodys() {
        #expect(free.reasonToKeep("shop", in: "shop.yaml") == nil)
        var ties = free
        ties.inventories[0].guests = []
        ties.inventories[0].details = [VMID(500): .absent]
        #expect(code(ties) == nil)
        ties.recorded.servers = [Samples.record("web-01", 501)]
        #expect(code(ties) == nil)
    }

    @Test("One that is on record, by its name or by its number, keeps its document")
    func recorded() {
        for row in [Samples.record("shop", 500), Samples.record("store", 500), Samples.record("shop", 501)] {
            var ties = free
            ties.recorded.servers = [row]
            #expect(ties.reasonToKeep("shop", in: "shop.yaml") == Sentence("import.keptRecorded", "shop", "shop.yaml"))
        }
    }

    @Test("One that a state holds keeps its document, and so does one whose states cannot be read")
    func stated() {
        var ties = free
        let resource = StateResource(
            server: "shop", address: "module.server[\"shop\"].vm", type: .vm, vmid: VMID(500), node: "pve1",
            settings: GuestSettings())
        ties.stacks[0].state = .present(TerraformState(serial: 1, lineage: "l", resources: [resource]))
        #expect(
            ties.reasonToKeep("shop", in: "shop.yaml")
                == Sentence("import.keptInState", "shop", "shop.yaml", Samples.stack.description))
        ties.stacks[0].state = .unknown(Sentence("view.plan.nothing"))
        #expect(code(ties) == "import.keptUnseen")
    }

    @Test("One that bears the mark or the tag keeps its document")
    func marked() {
        var ties = free
        ties.inventories = [inventory(describedAs: "plumb: lab/default/shop 0123456789abcdef")]
        #expect(code(ties) == "import.keptMarked")
        ties.inventories = [inventory(describedAs: nil, tags: [OwnershipMark.tag])]
        #expect(code(ties) == "import.keptMarked")
    }

    @Test("One that a batch is about keeps its document")
    func atWork() {
        let intent = BatchIntent(
            stack: Samples.stack, verb: .adopt,
            steps: [BatchIntent.Entry(step: Samples.create("shop", 500), previousEntry: nil)], tfvarsDigest: "")
        var ties = free
        ties.openBatches = [
            OpenBatch(
                id: BatchID(rawValue: "b1"), run: RunID(rawValue: "7"), intent: intent, phase: .applying,
                openedAt: Samples.noon)
        ]
        #expect(code(ties) == "import.keptAtWork")
    }

    @Test("What cannot be seen keeps the document")
    func unseen() {
        var distrusted = free
        distrusted.inventories[0].distrust = Sentence("view.plan.nothing")
        var unread = free
        unread.inventories[0].details = [VMID(500): .unknown(Sentence("view.plan.nothing"))]
        var unlisted = free
        unlisted.inventories[0].details = [:]
        var undeclared = free
        undeclared.servers = []
        for ties in [distrusted, unread, unlisted, undeclared] { #expect(code(ties) == "import.keptUnseen") }
    }
}
