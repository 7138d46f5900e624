import GRDB
import Model

extension FleetRegistry {
    /// Writes down steps that failed, and forgets those that are done, with those that nobody tried for a week.
    package func note(
        _ setbacks: [StepID: Setback], done: [StepID], at moment: Timestamp
    ) async throws(RegistryFailure) {
        try await write { connection in
            for step in done {
                try connection.execute(sql: "DELETE FROM setbacks WHERE step = ?", arguments: [step.rawValue])
            }
            try connection.execute(
                sql: "DELETE FROM setbacks WHERE until < ?", arguments: [moment.milliseconds - 7 * 86_400_000])
            let statement = try connection.cachedStatement(
                sql: "INSERT OR REPLACE INTO setbacks (step, facts, failures, at, until) VALUES (?, ?, ?, ?, ?)")
            for (step, setback) in setbacks.sorted(by: { $0.key < $1.key }) {
                try statement.execute(arguments: [
                    step.rawValue, try Payload.text(setback.facts), setback.failures, setback.at.milliseconds,
                    setback.until.milliseconds,
                ])
            }
        }
    }

    static func setbacks(_ connection: Connection) throws -> [StepID: Setback] {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(sql: "SELECT step, facts, failures, at, until FROM setbacks"))
        var setbacks: [StepID: Setback] = [:]
        while let row = try rows.next() {
            setbacks[StepID(rawValue: row[0])] = Setback(
                facts: try Payload.decoded(row[1]), failures: row[2], at: Timestamp(milliseconds: row[3]),
                until: Timestamp(milliseconds: row[4]))
        }
        return setbacks
    }

    /// Writes down how a cluster's last look failed; nil: it succeeded.
    package func note(_ health: ClusterHealth?, of cluster: ClusterName) async throws(RegistryFailure) {
        try await write { connection in
            guard let health else {
                return try connection.execute(
                    sql: "DELETE FROM health WHERE cluster_key = ?", arguments: [cluster.key])
            }
            try connection.execute(
                sql: """
                    INSERT OR REPLACE INTO health (cluster_key, cluster, failures, since, next_look, reason)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    cluster.key, cluster.text, health.failures, health.since.milliseconds,
                    health.nextLook.milliseconds, try Payload.text(health.reason),
                ])
        }
    }

    /// Clusters whose last look failed.
    package func health() async throws(RegistryFailure) -> [ClusterName: ClusterHealth] {
        try await read { try Self.health($0) }
    }

    static func health(_ connection: Connection) throws -> [ClusterName: ClusterHealth] {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(sql: "SELECT cluster, failures, since, next_look, reason FROM health"))
        var health: [ClusterName: ClusterHealth] = [:]
        while let row = try rows.next() {
            health[ClusterName(row[0])] = ClusterHealth(
                failures: row[1], since: Timestamp(milliseconds: row[2]), nextLook: Timestamp(milliseconds: row[3]),
                reason: try Payload.decoded(row[4]))
        }
        return health
    }
}
