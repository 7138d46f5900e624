import GRDB
import Model

extension FleetRegistry {
    /// Runs, and activity that belongs to no run, latest first.
    ///
    /// - Parameters:
    ///   - server: only runs with a step about that server, and activity about it.
    ///   - cursor: where to go on; nil: from the latest.
    ///   - limit: at least 1.
    package func history(
        of server: ServerName? = nil, since: Timestamp? = nil, after cursor: HistoryPage.Cursor? = nil, limit: Int = 50
    ) async throws(RegistryFailure) -> HistoryPage {
        precondition(limit > 0, "a page has room for one item at least")
        return try await read { connection in
            let rows = try Row.fetchAll(
                connection, sql: Self.historyQuery,
                arguments: [
                    "subject": server.map(Self.subjectKey), "since": since?.milliseconds ?? .min,
                    "at": cursor?.at ?? .max, "source": cursor?.source ?? .max, "number": cursor?.number ?? .max,
                    "limit": limit + 1,
                ])
            var page = HistoryPage(items: [], next: nil)
            for row in rows.prefix(limit) {
                let number: Int64 = row[2]
                if row[1] as Int64 == 1 {
                    page.items.append(.run(try Self.run(RunID(rawValue: row[3]), connection)))
                } else if let entry = try Self.activity(number: number, connection) {
                    page.items.append(.activity(entry))
                }
            }
            if rows.count > limit, let last = rows.dropLast().last {
                page.next = HistoryPage.Cursor(at: last[0], source: last[1], number: last[2])
            }
            return page
        }
    }

    /// Each arm reads its own index backwards and stops at the limit.
    private static let historyQuery = """
        SELECT * FROM (
            SELECT started_at AS at, 1 AS source, number, id FROM runs
            WHERE started_at >= :since AND started_at <= :at AND (started_at, 1, number) < (:at, :source, :number)
                AND (:subject IS NULL OR id IN (SELECT run FROM run_steps WHERE subject_key = :subject))
            ORDER BY started_at DESC, number DESC LIMIT :limit)
        UNION ALL
        SELECT * FROM (
            SELECT at, 0 AS source, number, NULL AS id FROM activity
            WHERE at >= :since AND at <= :at AND (at, 0, number) < (:at, :source, :number)
                AND run IS NULL AND (:subject IS NULL OR subject_key = :subject)
            ORDER BY at DESC, number DESC LIMIT :limit)
        ORDER BY at DESC, source DESC, number DESC LIMIT :limit
        """
}
