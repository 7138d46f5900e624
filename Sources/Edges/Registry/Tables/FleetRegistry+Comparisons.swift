import GRDB
import Model

extension FleetRegistry {
    /// Notes what a comparison at a depth that shows drift found. Servers that were not looked at are in neither list.
    package func noteComparison(
        at moment: Timestamp, clean: [ServerName], drifting: [ServerName]
    ) async throws(RegistryFailure) {
        try await write { connection in
            let clears = try connection.cachedStatement(
                sql: """
                    INSERT INTO comparisons (server_key, server, clean_at) VALUES (?, ?, ?)
                    ON CONFLICT (server_key) DO UPDATE SET drifting_since = NULL,
                        clean_at = max(COALESCE(comparisons.clean_at, 0), excluded.clean_at)
                    """)
            for server in clean { try clears.execute(arguments: [server.key, server.text, moment.milliseconds]) }
            let drifts = try connection.cachedStatement(
                sql: """
                    INSERT INTO comparisons (server_key, server, drifting_since) VALUES (?, ?, ?)
                    ON CONFLICT (server_key) DO UPDATE SET
                        drifting_since = COALESCE(comparisons.drifting_since, excluded.drifting_since)
                    """)
            for server in drifting { try drifts.execute(arguments: [server.key, server.text, moment.milliseconds]) }
        }
    }

    /// What the comparisons of all servers said.
    package func comparisons() async throws(RegistryFailure) -> [ServerName: ServerComparison] {
        try await read { connection in
            let rows = try Row.fetchCursor(
                connection, sql: "SELECT server, clean_at, drifting_since FROM comparisons")
            var comparisons: [ServerName: ServerComparison] = [:]
            while let row = try rows.next() {
                comparisons[ServerName(row[0])] = ServerComparison(
                    cleanAt: (row[1] as Int64?).map { Timestamp(milliseconds: $0) },
                    driftingSince: (row[2] as Int64?).map { Timestamp(milliseconds: $0) })
            }
            return comparisons
        }
    }

    /// When each cluster's inventory was last read and trusted.
    package func lastInventories() async throws(RegistryFailure) -> [ClusterName: Timestamp] {
        try await read { connection in
            var moments: [ClusterName: Timestamp] = [:]
            for row in try Row.fetchAll(connection, sql: "SELECT cluster, read_at FROM inventories") {
                moments[ClusterName(row[0])] = Timestamp(milliseconds: row[1])
            }
            return moments
        }
    }
}
