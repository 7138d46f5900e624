import Chance
import Model

/// What keeps guests out of sight although they live, or shows too little of them.
enum Blindness: String, CaseIterable {
    case offlineNode, lostQuorum, lostRights, halfAnAnswer, emptyListing, unreadConfigurations, lostNode
}

extension World {
    /// The world as somebody sees it who is struck by that, and the guests that are not seen as they are.
    func seen(through blindness: Blindness, _ dice: inout Dice) -> (world: World, hidden: Set<VMID>) {
        var seen = self
        let living = inventory.guests.filter { !$0.isTemplate }
        var hidden = Set(living.map(\.vmid).filter { _ in dice.isLucky(60) })
        switch blindness {
        case .offlineNode:
            let index = dice.roll(seen.inventory.nodes.count)
            seen.inventory.nodes[index].isOnline = false
            let node = seen.inventory.nodes[index].name
            hidden = Set(living.filter { $0.node == node }.map(\.vmid))
            seen.unread = hidden
            // Its guests are listed with no word on how they are, or not at all.
            if dice.isLucky(50) { seen.unlist(hidden) } else { seen.obscure(hidden) }
        case .lostQuorum:
            seen.inventory.isQuorate = false
            seen.unlist(hidden)
        case .lostRights:
            seen.inventory.distrust = Sentence("proxmox.partialAudit", Self.cluster.text)
            seen.unlist(hidden)
        case .halfAnAnswer:
            seen.inventory.distrust = Sentence("proxmox.unreadable", Self.cluster.text, "half of it")
            let kept = seen.inventory.guests.count / 2
            hidden = Set(seen.inventory.guests.sorted { $0.vmid < $1.vmid }.dropFirst(kept).map(\.vmid))
                .subtracting([9000])
            seen.unlist(hidden)
        case .emptyListing:
            hidden = Set(living.map(\.vmid))
            seen.unlist(Set(inventory.guests.map(\.vmid)))
        case .unreadConfigurations: seen.unread = hidden
        case .lostNode:
            let index = dice.roll(seen.inventory.nodes.count)
            let node = seen.inventory.nodes.remove(at: index).name
            seen.noteWhereGuestsAre()
            let there = Set(living.filter { $0.node == node }.map(\.vmid))
            hidden = there.intersection(seen.placesOnRecord(on: node))
            seen.unlist(there)
        }
        seen.inventory.details = [:]
        return (seen, hidden)
    }

    /// What the last look at the cluster did.
    private mutating func noteWhereGuestsAre() {
        for index in recorded.servers.indices {
            guard let guest = inventory.guests.first(where: { $0.vmid == recorded.servers[index].vmid }) else {
                continue
            }
            recorded.servers[index].node = guest.node
        }
    }

    /// The guests that a row, or else a state, says to be on a node.
    private func placesOnRecord(on node: NodeName) -> Set<VMID> {
        let rows = recorded.servers.filter { $0.node == node }.map(\.vmid)
        let resources = stacks.values.flatMap { $0.state.value?.resources ?? [] }.filter { resource in
            resource.node == node && !recorded.servers.contains { $0.name == resource.server }
        }
        return Set(rows + resources.map(\.vmid))
    }

    private mutating func unlist(_ vmids: Set<VMID>) { inventory.guests.removeAll { vmids.contains($0.vmid) } }

    private mutating func obscure(_ vmids: Set<VMID>) {
        for index in inventory.guests.indices where vmids.contains(inventory.guests[index].vmid) {
            inventory.guests[index].status = .unknown
            inventory.guests[index].totalCores = nil
            inventory.guests[index].memory = nil
            inventory.guests[index].uptime = 0
        }
    }

    /// Whether state or registry know a guest of any server.
    var knowsAnybody: Bool {
        !recorded.servers.isEmpty || stacks.values.contains { $0.state.value?.resources.isEmpty == false }
    }

    /// What state or registry say that a server's guest is.
    func knownVMIDs(of name: ServerName) -> Set<VMID> {
        let resources = stacks.values.flatMap { $0.state.value?.resources ?? [] }
        return Set(resources.filter { $0.server == name }.map(\.vmid))
            .union(recorded.servers.filter { $0.name == name && $0.manage == .full }.map(\.vmid))
    }
}
