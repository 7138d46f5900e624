import Execution
import Loading
import Model
import Planning

/// What the doctor says of a cluster's nodes: those that are offline, those that left with guests that are on record, and
/// those that `spec.removedNodes` names for no reason. It says what a plan rests on.
enum NodeExamination {
    /// Guests that are named before the rest is only counted.
    private static let shown = 12

    /// - Parameters:
    ///   - inventory: as ``RememberedFleet`` judges it.
    ///   - input: what a plan of the same moment would be made from.
    ///   - isRead: whether the registry could be read.
    static func of(_ inventory: ClusterInventory, _ input: PlanningInput, isRead: Bool) -> [Examination] {
        let cluster = inventory.cluster
        let offline = inventory.nodes.filter { !$0.isOnline }.map { node in
            examination(cluster, .warning, Sentence("doctor.nodeOffline", node.name.text))
        }
        // They may be another cluster's.
        guard inventory.distrust == nil else { return offline }
        let declared = input.desired.clusters.first { $0.name == cluster }?.removedNodes ?? []
        let lost = input.lostNodes(of: inventory)
        let left = lost.map { node in
            examination(
                cluster, .failure,
                Sentence("doctor.nodeLost", cluster.text, node.name.text, String(node.guests.count), named(node.guests))
            )
        }
        let returned = inventory.returnedNodes(removed: declared).map { node in
            examination(cluster, .failure, Sentence("plan.removedNodeListed", cluster.text, node.text))
        }
        let unknown = isRead ? input.needlesslyRemovedNodes(of: inventory) : []
        let needless = unknown.map { node in
            let near = Suggestion.nearest(to: node.text, among: lost.map(\.name.text))
            let sentence =
                near.map { Sentence("doctor.removedNodeMisspelled", cluster.text, node.text, $0) }
                ?? Sentence("doctor.removedNodeUnknown", cluster.text, node.text)
            return examination(cluster, .warning, sentence)
        }
        return offline + left + returned + needless
    }

    private static func examination(
        _ cluster: ClusterName, _ verdict: Examination.Verdict, _ sentence: Sentence
    ) -> Examination {
        Examination(topic: "cluster \(cluster)", verdict: verdict, sentence: sentence)
    }

    private static func named(_ guests: [String]) -> String {
        let first = guests.prefix(shown).joined(separator: ", ")
        return guests.count > shown ? "\(first), +\(guests.count - shown)" : first
    }
}

/// A listing that was read already, for whoever judges listings.
struct ReadListing: GuestInventory {
    let listing: ClusterInventory

    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory { listing }
    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory { inventory }
    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory { inventory }
}
