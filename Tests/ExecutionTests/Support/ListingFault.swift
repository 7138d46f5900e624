import Chance
import Model
import Simulation

/// What can be wrong with one answer about the cluster, while nothing is wrong with its guests.
enum ListingFault: String, CaseIterable, Sendable {
    case lostQuorum, emptyListing, filteredListing, lostAnswer, offlineNode
}

/// What an inventory is read for.
enum ListingMoment: String, CaseIterable, Sendable {
    case observe, recheck, settlement, recovery
}

/// Lets answers go wrong by chance, each by itself.
struct ListingFaults: Sendable {
    private var random: Dice
    /// Two clusters answer side by side, so that each has its own luck, whoever comes first.
    private var second: Dice
    private let probability: Double
    /// `emptyListing in settlement`: how often.
    private(set) var struck: [String: Int] = [:]

    init(seed: UInt64, probability: Double) {
        random = Dice(seed: seed)
        second = Dice(seed: seed ^ 0xA5A5_A5A5)
        self.probability = probability
    }

    /// The inventory as it arrives.
    mutating func arriving(_ inventory: ClusterInventory, for moment: ListingMoment) -> ClusterInventory {
        let isInSecond = inventory.cluster == World.secondCluster
        if isInSecond { swap(&random, &second) }
        defer { if isInSecond { swap(&random, &second) } }
        guard random.chance(probability), let fault = random.pick(ListingFault.allCases) else { return inventory }
        struck["\(fault.rawValue) in \(moment.rawValue)", default: 0] += 1
        switch fault {
        case .lostQuorum:
            var lost = inventory
            lost.isQuorate = false
            lost.unlist(inventory.guests.map(\.vmid).filter { _ in random.chance(0.5) })
            return lost
        case .emptyListing:
            // As the client reads it: whom the listing lacks, and nothing hides, is absent.
            var empty = inventory
            empty.guests = []
            for vmid in inventory.details.keys { empty.details[vmid] = empty.canProveAbsence ? .absent : nil }
            return empty
        case .filteredListing:
            var filtered = inventory
            filtered.distrust = Sentence("proxmox.partialAudit", inventory.cluster.text)
            filtered.unlist(inventory.guests.map(\.vmid).filter { _ in random.chance(0.5) })
            filtered.details = [:]
            return filtered
        case .lostAnswer:
            return .unreadable(
                inventory.cluster, at: inventory.readAt,
                because: Sentence("proxmox.answerLost", inventory.cluster.text, "POST"))
        case .offlineNode: return inventory.losing(random.pick(inventory.nodes.map(\.name)))
        }
    }
}

extension ClusterInventory {
    fileprivate mutating func unlist(_ vmids: [VMID]) {
        let unlisted = Set(vmids)
        guests.removeAll { unlisted.contains($0.vmid) }
        for vmid in vmids { details[vmid] = nil }
    }

    /// With a node that does not answer: its guests are listed, and nothing else is known of them.
    fileprivate func losing(_ node: NodeName?) -> ClusterInventory {
        var lost = self
        for index in lost.nodes.indices where lost.nodes[index].name == node { lost.nodes[index].isOnline = false }
        for index in lost.guests.indices where lost.guests[index].node == node {
            lost.guests[index].status = .unknown
            lost.guests[index].totalCores = nil
            lost.guests[index].memory = nil
            let vmid = lost.guests[index].vmid
            if lost.details[vmid] != nil {
                lost.details[vmid] = .unknown(Sentence("plan.offlineNode", vmid.description, node?.text ?? ""))
            }
        }
        // What is not there is proven by nobody any more.
        for (vmid, detail) in lost.details where detail == .absent { lost.details[vmid] = nil }
        return lost
    }
}
