import Execution
import Model
import Reconciliation

/// What ties a guest to Plumb: the registry's row, a state's resource, the mark on the guest, a batch about it.
///
/// Asked just before a document is taken out of a file again: a guest that somebody took over by it meanwhile would be
/// one that nobody declares, which the next run destroys.
///
/// It must not decide what is taken out: where it cannot see, it says so, and the document stays.
struct GuestTies: Sendable {
    /// As their documents still say.
    var servers: [Server] = []
    var inventories: [ClusterInventory] = []
    var stacks: [StackObservation] = []
    var openBatches: [OpenBatch] = []
    var recorded = Recorded()

    init() {}

    /// - Throws: when the registry cannot be read.
    init(of names: [ServerName], in session: Session) async throws {
        servers = session.desired.servers.filter { names.contains($0.name) }
        let byCluster = Dictionary(grouping: servers, by: \.cluster)
        let ports = session.reconciler.ports
        for cluster in byCluster.keys.sorted() {
            let numbers = Set((byCluster[cluster] ?? []).compactMap(\.vmid))
            inventories.append(await ports.inventory.inventory(of: cluster, details: numbers))
        }
        stacks = await session.reconciler.stacks.stacks(of: byCluster.keys.sorted())
        // Who closes a batch has written the row before: in this order none slips through between the two.
        openBatches = try await ports.journal.openBatches()
        recorded = try await session.reconciler.ledger.recorded()
    }

    /// Why the document of a server must stay; nil: its guest is nobody's.
    func reasonToKeep(_ name: ServerName, in file: String) -> Sentence? {
        let unseen = Sentence("import.keptUnseen", name.text, file)
        guard let server = servers.first(where: { $0.name == name }), let vmid = server.vmid else { return unseen }
        let isRecorded = recorded.servers.contains { row in
            row.name == name || (row.stack.cluster == server.cluster && row.vmid == vmid)
        }
        if isRecorded { return Sentence("import.keptRecorded", name.text, file) }
        let isAtWork = openBatches.contains { batch in
            // What cannot be read may be about any server.
            !batch.unreadable.isEmpty || batch.intent.steps.contains { $0.step.subject.server == name }
        }
        if isAtWork { return Sentence("import.keptAtWork", name.text, file) }
        for stack in stacks where stack.id.cluster == server.cluster {
            switch stack.state {
            case .present(let state):
                if state.resources.contains(where: { $0.server == name || $0.vmid == vmid }) {
                    return Sentence("import.keptInState", name.text, file, stack.id.description)
                }
            case .unknown: return unseen
            case .absent: continue
            }
        }
        guard let inventory = inventories.first(where: { $0.cluster == server.cluster }), inventory.distrust == nil
        else { return unseen }
        switch inventory.details[vmid] {
        case .present(let found):
            let isTagged = inventory.guest(vmid)?.tags.contains(OwnershipMark.tag) ?? false
            guard isTagged || found.mark != nil else { return nil }
            return Sentence("import.keptMarked", name.text, file, vmid.description)
        case .absent: return nil
        case .unknown, nil: return unseen
        }
    }
}
