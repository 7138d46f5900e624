import Execution
import Model
import Simulation

/// What a cluster shows of its guests.
extension World {
    enum Blindness: Hashable, Sendable {
        /// Nobody, and each number is said to be free.
        case empty
        /// These, whose numbers are said to be taken.
        case hidden(Set<VMID>)
        case distrusted
    }

    private func blind(_ inventory: inout ClusterInventory, asked: Set<VMID>) {
        switch blindness {
        case nil: break
        case .empty:
            inventory.guests = []
            inventory.details = Dictionary(asked.map { ($0, .absent) }) { first, _ in first }
        case .hidden(let guests):
            inventory.guests.removeAll { guests.contains($0.vmid) }
            for vmid in asked.intersection(guests) {
                inventory.details[vmid] = .unknown(
                    Sentence("proxmox.hiddenGuest", vmid.description, inventory.cluster.text))
            }
        case .distrusted:
            inventory.distrust = Sentence("proxmox.partialAudit", inventory.cluster.text)
            inventory.guests = []
            inventory.details = [:]
        }
    }

    func listing(of asked: ClusterName, details: Set<VMID>) -> ClusterInventory {
        now = now + .milliseconds(10)
        goOnWithLateEnds()
        let home = asked == Self.secondCluster ? asked : cluster
        var inventory = guestPool(of: home).inventory(
            of: home, nodes: nodes, offline: offline, details: details, at: now)
        inventory.runningTasks = tasks
        if details.count == 1 { lookedAtAlone.formUnion(details.map { $0.place(in: home) }) }
        for index in inventory.guests.indices {
            let place = inventory.guests[index].vmid.place(in: home)
            // A real listing is some seconds old.
            if listedAsRunning.contains(place) { inventory.guests[index].status = .running }
            guard inventory.guests[index].status == .running else { continue }
            let since = startedAt[place] ?? Self.born
            inventory.guests[index].uptime = Int((now.milliseconds - since.milliseconds) / 1000)
        }
        for vmid in details where unread.contains(vmid.place(in: home)) {
            inventory.details[vmid] = .unknown(Sentence("execution.guestNotRead", vmid.description))
        }
        blind(&inventory, asked: details)
        let isSettling = listingMoment == .recheck && openBatches.contains { $0.phase >= .planned }
        return listingFaults?.arriving(inventory, for: isSettling ? .settlement : listingMoment) ?? inventory
    }
}
