import JSONArena

/// Which node each guest is on, from `GET /cluster/resources?type=vm`.
///
/// The real provider lists the whole cluster for every VM that it refreshes. This one asks at most once a second and
/// forgets the answer at each write of its own, so that a plan of a thousand servers costs a thousand reads, not a
/// million; the one request meets the same faults and rights.
actor GuestListing {
    private var nodes: [Int: String]?
    private var readAt: ContinuousClock.Instant?
    private var pools: [Int: String]?
    /// Grows with each write, so that a list that was asked for before it is not kept after it.
    private var generation = 0

    func forget() {
        nodes = nil
        pools = nil
        generation += 1
    }

    /// The guest's node; nil where the listing, which shows only what the token may see, does not have it.
    func node(of vmid: Int, _ client: ClusterClient) async throws(ClientFailure) -> String? {
        if let nodes, let readAt, readAt.duration(to: .now) < .seconds(1) { return nodes[vmid] }
        let (asked, moment) = (generation, ContinuousClock.now)
        let entries = try await client.data("/cluster/resources", ["type": "vm"]).elements
        var found: [Int: String] = [:]
        found.reserveCapacity(entries.count)
        for entry in entries {
            guard let id = entry["vmid"]?.integer, let node = entry["node"]?.text else { continue }
            found[id] = node
        }
        if asked == generation {
            nodes = found
            pools = nil
            readAt = moment
        }
        return found[vmid]
    }

    /// The pool that a VM is in, from `GET /pools` and each pool's members; nil for none.
    func pool(of vmid: Int, _ client: ClusterClient) async throws(ClientFailure) -> String? {
        if let pools, let readAt, readAt.duration(to: .now) < .seconds(1) { return pools[vmid] }
        let asked = generation
        var found: [Int: String] = [:]
        for pool in try await client.data("/pools").elements {
            guard let name = pool["poolid"]?.text else { continue }
            let answer: JSONValue
            do {
                answer = try await client.data("/pools", ["poolid": name])
            } catch {
                // Deleted since the list was read.
                guard error.isMissing else { throw error }
                continue
            }
            for details in answer.elements.isEmpty ? [answer] : answer.elements {
                for member in details["members"]?.elements ?? [] where member["type"]?.text == "qemu" {
                    if let id = member["vmid"]?.integer { found[id] = name }
                }
            }
        }
        if asked == generation { pools = found }
        return found[vmid]
    }
}
