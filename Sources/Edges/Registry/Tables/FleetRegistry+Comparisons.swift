import GRDB
import Model

extension FleetRegistry {
    /// Notes what a comparison at a depth that shows drift found. Servers that were not looked at are in neither list.
    /// A difference that was there at the look before keeps the moment by which it had been seen first.
    package func noteComparison(
        at moment: Timestamp, clean: [ServerName], drifting: [SeenDrift]
    ) async throws(RegistryFailure) {
        try await write { connection in
            let clears = try connection.cachedStatement(
                sql: """
                    INSERT INTO comparisons (server_key, server, clean_at) VALUES (?, ?, ?)
                    ON CONFLICT (server_key) DO UPDATE SET drifting_since = NULL, differences = NULL,
                        clean_at = max(COALESCE(comparisons.clean_at, 0), excluded.clean_at)
                    """)
            for server in clean { try clears.execute(arguments: [server.key, server.text, moment.milliseconds]) }
            let drifts = try connection.cachedStatement(
                sql: """
                    INSERT INTO comparisons (server_key, server, drifting_since, differences) VALUES (?, ?, ?, ?)
                    ON CONFLICT (server_key) DO UPDATE SET
                        drifting_since = COALESCE(comparisons.drifting_since, excluded.drifting_since),
                        differences = excluded.differences
                    """)
            let known = try connection.cachedStatement(sql: "SELECT differences FROM comparisons WHERE server_key = ?")
            for seen in drifting {
                let text = try String.fetchOne(known, arguments: [seen.server.key])
                let before: [String: Int64]? = try text.map { try Payload.decoded($0) }
                var differences: [String: Int64] = [:]
                for difference in seen.differences {
                    differences[difference] = before?[difference] ?? seen.by.milliseconds
                }
                try drifts.execute(arguments: [
                    seen.server.key, seen.server.text, moment.milliseconds, try Payload.text(differences),
                ])
            }
        }
    }

    /// What the comparisons of all servers said.
    package func comparisons() async throws(RegistryFailure) -> [ServerName: ServerComparison] {
        try await read { connection in
            let rows = try Row.fetchCursor(
                connection, sql: "SELECT server, clean_at, drifting_since, differences FROM comparisons")
            var comparisons: [ServerName: ServerComparison] = [:]
            while let row = try rows.next() {
                let seen: [String: Int64]? = try (row[3] as String?).map { try Payload.decoded($0) }
                comparisons[ServerName(row[0])] = ServerComparison(
                    cleanAt: (row[1] as Int64?).map { Timestamp(milliseconds: $0) },
                    driftingSince: (row[2] as Int64?).map { Timestamp(milliseconds: $0) },
                    firstSeen: (seen ?? [:]).mapValues { Timestamp(milliseconds: $0) })
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
