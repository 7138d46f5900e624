import GRDB
import Model

extension FleetRegistry {
    /// Which activity is asked for; every given part must hold.
    package struct ActivityFilter: Hashable, Sendable {
        package var subject: Subject?
        /// The kind of the subject: `Server`, `Database`, `Stack`.
        package var kind: String?
        package var verb: String?
        package var run: RunID?
        /// At that moment or later.
        package var since: Timestamp?

        package init(
            subject: Subject? = nil, kind: String? = nil, verb: String? = nil, run: RunID? = nil,
            since: Timestamp? = nil
        ) {
            self.subject = subject
            self.kind = kind
            self.verb = verb
            self.run = run
            self.since = since
        }
    }

    /// Adds to the log of who did what. A run that was not started is not noted.
    package func append(_ entries: [ActivityEntry]) async throws(RegistryFailure) {
        try await write { connection in try Self.append(entries, connection) }
    }

    static func append(_ entries: [ActivityEntry], _ connection: Connection) throws {
        let statement = try connection.cachedStatement(
            sql: """
                INSERT INTO activity (key, at, who, verb, kind, subject_key, subject, before, after, made_from, run, upid)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM runs WHERE id = ?), ?)
                ON CONFLICT (key) DO NOTHING
                """)
        for entry in entries {
            try statement.execute(arguments: [
                entry.key, entry.at.milliseconds, entry.who, entry.verb, entry.subject.kind, entry.subject.key,
                try Payload.text(entry.subject), entry.before, entry.after, entry.commit, entry.run?.rawValue,
                entry.upid,
            ])
        }
    }

    package func append(_ entry: ActivityEntry) async throws(RegistryFailure) { try await append([entry]) }

    /// The log, latest first.
    package func activity(
        _ filter: ActivityFilter = ActivityFilter(), limit: Int = 50
    ) async throws(RegistryFailure) -> [ActivityEntry] {
        try await read { connection in try Self.entries(filter, limit: limit, connection) }
    }

    static func entries(_ filter: ActivityFilter, limit: Int, _ connection: Connection) throws -> [ActivityEntry] {
        try Row.fetchAll(
            connection,
            sql: """
                SELECT \(activityColumns) FROM activity
                WHERE (:subject IS NULL OR subject_key = :subject) AND (:kind IS NULL OR kind = :kind)
                    AND (:verb IS NULL OR verb = :verb) AND (:run IS NULL OR run = :run)
                    AND (:since IS NULL OR at >= :since)
                ORDER BY at DESC, number DESC LIMIT :limit
                """,
            arguments: [
                "subject": filter.subject?.key, "kind": filter.kind, "verb": filter.verb, "run": filter.run?.rawValue,
                "since": filter.since?.milliseconds, "limit": limit,
            ]
        ).map(activityEntry)
    }

    static func activity(number: Int64, _ connection: Connection) throws -> ActivityEntry? {
        try Row.fetchOne(
            connection, sql: "SELECT \(activityColumns) FROM activity WHERE number = ?", arguments: [number]
        ).map(activityEntry)
    }
}

private let activityColumns = "at, who, verb, subject, before, after, made_from, run, upid, key"

private func activityEntry(_ row: Row) throws -> ActivityEntry {
    ActivityEntry(
        at: Timestamp(milliseconds: row[0]), who: row[1], verb: row[2], subject: try Payload.decoded(row[3]),
        before: row[4], after: row[5], commit: row[6], run: (row[7] as String?).map { RunID(rawValue: $0) },
        upid: row[8], key: row[9])
}
