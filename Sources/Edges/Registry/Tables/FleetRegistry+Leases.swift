import GRDB
import Model

extension FleetRegistry {
    /// Holds a VMID for a server that does not exist yet. Taking what the same server holds changes nothing.
    ///
    /// - Throws: ``RegistryFailure/vmidTaken(_:)`` with the other server's lease.
    package func take(_ lease: VMIDLease, at moment: Timestamp) async throws(RegistryFailure) {
        try await take([lease], at: moment)
    }

    /// All of them or none.
    package func take(_ leases: [VMIDLease], at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in
            for lease in leases {
                try connection.execute(
                    sql: """
                        INSERT OR IGNORE INTO leases (cluster_key, vmid, cluster, server_key, server, taken_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        lease.cluster.key, lease.vmid.rawValue, lease.cluster.text, lease.server.key,
                        lease.server.text, moment.milliseconds,
                    ])
                let holder = try String.fetchOne(
                    connection, sql: "SELECT server FROM leases WHERE cluster_key = ? AND vmid = ?",
                    arguments: [lease.cluster.key, lease.vmid.rawValue])
                if let holder, ServerName(holder) != lease.server {
                    throw RegistryFailure.vmidTaken(
                        VMIDLease(cluster: lease.cluster, vmid: lease.vmid, server: ServerName(holder)))
                }
            }
        }
    }

    /// Lets go of a lease of that server; nothing where another server, or none, holds it.
    package func release(_ lease: VMIDLease) async throws(RegistryFailure) { try await release([lease]) }

    /// The same for several leases in one transaction.
    package func release(_ leases: [VMIDLease]) async throws(RegistryFailure) {
        try await write { connection in
            for lease in leases {
                try connection.execute(
                    sql: "DELETE FROM leases WHERE cluster_key = ? AND vmid = ? AND server_key = ?",
                    arguments: [lease.cluster.key, lease.vmid.rawValue, lease.server.key])
            }
        }
    }

    /// Lets go of every lease of a server.
    package func releaseLeases(of server: ServerName) async throws(RegistryFailure) {
        try await write { connection in try Self.releaseLeases(of: server, connection) }
    }

    static func releaseLeases(of server: ServerName, _ connection: Connection) throws {
        try connection.cachedStatement(sql: "DELETE FROM leases WHERE server_key = ?").execute(
            arguments: [server.key])
    }

    /// In ascending order of clusters and VMIDs.
    static func leases(_ connection: Connection) throws -> [VMIDLease] {
        let rows = try Row.fetchCursor(
            connection, sql: "SELECT cluster, vmid, server FROM leases ORDER BY cluster_key, vmid")
        var leases: [VMIDLease] = []
        while let row = try rows.next() {
            leases.append(VMIDLease(cluster: ClusterName(row[0]), vmid: VMID(row[1]), server: ServerName(row[2])))
        }
        return leases
    }
}
