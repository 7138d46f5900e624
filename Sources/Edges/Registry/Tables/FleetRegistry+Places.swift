import GRDB
import Model

extension FleetRegistry {
    /// Where the servers of a cluster were last seen that were on none of these nodes.
    package func lastSeen(
        in cluster: ClusterName, besides nodes: [NodeName]
    ) async throws(RegistryFailure) -> [(vmid: VMID, node: NodeName)] {
        let known = Set(nodes)
        return try await read { connection in
            let rows = try Row.fetchAll(
                connection, sql: "SELECT DISTINCT node FROM servers WHERE cluster = ? COLLATE NOCASE",
                arguments: [cluster.text])
            let others = rows.map { $0[0] as String }.filter { !known.contains(NodeName($0)) }
            var places: [(vmid: VMID, node: NodeName)] = []
            for node in others {
                let vmids = try Int.fetchAll(
                    connection, sql: "SELECT vmid FROM servers WHERE cluster = ? COLLATE NOCASE AND node = ?",
                    arguments: [cluster.text, node])
                places += vmids.map { (vmid: VMID($0), node: NodeName(node)) }
            }
            return places
        }
    }
}
