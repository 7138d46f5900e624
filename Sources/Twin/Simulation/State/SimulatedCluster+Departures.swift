/// A node that was taken out of the cluster (`pvecm delnode`, or separated by hand): the cluster forgets it and its guests,
/// and they live on.
struct Departure: Hashable, Sendable, Codable {
    var node: SimulatedCluster.Node
    /// Among the nodes.
    var place: Int
    var guests: [Int: Guest]
}

extension SimulatedCluster {
    func hasLeft(_ node: String) -> Bool { departed?.contains { $0.node.name == node } ?? false }

    /// Tasks that run on the node end as they do where its power goes.
    mutating func leave(_ name: String) throws(Refusal) {
        guard let index = nodes.firstIndex(where: { $0.name == name }) else { throw .failed("no such node '\(name)'") }
        guard nodes.count > 1 else { throw .failed("node '\(name)' is the last one") }
        for (record, effect) in ledger.takeRunning(on: name) {
            ledger.end(record.upid, status: "unexpected status", at: now)
            if let vmid = effect.guest { guests[vmid]?.busyUntil = 0 }
        }
        let taken = guests.filter { $0.value.node == name }
        for vmid in taken.keys { guests[vmid] = nil }
        departed = (departed ?? []) + [Departure(node: nodes.remove(at: index), place: index, guests: taken)]
    }

    mutating func rejoin(_ name: String) throws(Refusal) {
        guard let index = departed?.firstIndex(where: { $0.node.name == name }), let departure = departed?[index] else {
            throw .failed("no such node '\(name)'")
        }
        if let vmid = departure.guests.keys.sorted().first(where: { guests[$0] != nil }) {
            throw .failed("unable to add node: VM \(vmid) exists in the cluster")
        }
        departed?.remove(at: index)
        nodes.insert(departure.node, at: min(departure.place, nodes.count))
        guests.merge(departure.guests) { $1 }
    }
}
