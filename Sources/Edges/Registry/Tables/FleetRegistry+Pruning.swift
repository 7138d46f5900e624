import GRDB
import Model

extension FleetRegistry {
    /// How much of the past stays, whatever its age.
    package struct Retention: Hashable, Sendable {
        /// What is younger stays.
        package var age: Duration
        /// The latest runs, and as many plans, stay.
        package var runs: Int
        /// The latest entries of the log stay.
        package var activity: Int

        package init(age: Duration = .seconds(90 * 86_400), runs: Int = 1000, activity: Int = 10_000) {
            self.age = age
            self.runs = runs
            self.activity = activity
        }
    }

    /// Forgets old runs with their batches, old plans that no run is of, and old entries of the log, in one transaction.
    /// What is open, approved or rejected stays: a person's word does not lapse by itself.
    package func prune(_ retention: Retention = Retention(), at moment: Timestamp) async throws(RegistryFailure) {
        let limit = moment.milliseconds - retention.age.wholeMilliseconds
        try await write { connection in
            try connection.execute(
                sql: """
                    CREATE TEMP TABLE old_runs AS SELECT id FROM runs
                    WHERE finished_at IS NOT NULL AND started_at < :limit
                        AND number NOT IN (SELECT number FROM runs ORDER BY started_at DESC, number DESC LIMIT :kept)
                        AND id NOT IN (SELECT run FROM batches WHERE closed_at IS NULL)
                    """, arguments: ["limit": limit, "kept": retention.runs])
            try connection.execute(sql: "DELETE FROM batches WHERE run IN (SELECT id FROM old_runs)")
            try connection.execute(sql: "DELETE FROM runs WHERE id IN (SELECT id FROM old_runs)")
            try connection.execute(sql: "DROP TABLE old_runs")
            try connection.execute(
                sql: """
                    DELETE FROM plans WHERE status IN ('pending', 'superseded', 'applied') AND status_at < :limit
                        AND id NOT IN (SELECT plan FROM runs WHERE plan IS NOT NULL)
                        AND id NOT IN (SELECT plan FROM approvals WHERE ended_at IS NULL)
                        AND id NOT IN (SELECT id FROM plans ORDER BY created_at DESC, id DESC LIMIT :kept)
                    """, arguments: ["limit": limit, "kept": retention.runs])
            try connection.execute(
                sql: """
                    DELETE FROM activity WHERE at < :limit
                        AND number NOT IN (SELECT number FROM activity ORDER BY at DESC, number DESC LIMIT :kept)
                    """, arguments: ["limit": limit, "kept": retention.activity])
        }
    }
}
