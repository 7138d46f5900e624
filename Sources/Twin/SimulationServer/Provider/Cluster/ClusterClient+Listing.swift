import JSONArena

/// Where a guest is, which the real provider finds by listing the whole cluster for every VM that it refreshes.
///
/// This one sends the same requests, with the same faults and rights, and has only the one row made: a plan of a thousand
/// servers costs a thousand rows, not a million.
extension ClusterClient {
    /// The guest's node, from `GET /cluster/resources?type=vm`; nil where the listing, which shows only what the token
    /// may see, does not have it.
    func node(of vmid: Int) async throws(ClientFailure) -> String? {
        let entries = try await data("/cluster/resources", ["type": "vm"], only: vmid).elements
        return entries.first { $0["vmid"]?.integer == vmid }?["node"]?.text
    }

    /// The pool that a VM is in, from `GET /pools` and each pool's members; nil for none.
    func pool(of vmid: Int) async throws(ClientFailure) -> String? {
        for pool in try await data("/pools").elements {
            guard let name = pool["poolid"]?.text else { continue }
            let answer: JSONValue
            do {
                answer = try await data("/pools", ["poolid": name], only: vmid)
            } catch {
                // Deleted since the list was read.
                guard error.isMissing else { throw error }
                continue
            }
            for details in answer.elements.isEmpty ? [answer] : answer.elements {
                let members = details["members"]?.elements ?? []
                if members.contains(where: { $0["type"]?.text == "qemu" && $0["vmid"]?.integer == vmid }) {
                    return name
                }
            }
        }
        return nil
    }
}
