import GRDB
import Model

extension FleetRegistry {
    /// Takes room in the lanes of a cluster beside what others hold there, in one transaction. What nobody holds any
    /// more is forgotten: of a batch that is closed, or whose program has ended, or whose process has before it started one; without a
    /// batch, of a process that has ended.
    ///
    /// - Parameters:
    ///   - id: of the room that is taken.
    ///   - isAlive: whether a process still runs.
    ///   - slots: what to take by lane, given what the others hold; nil: there is no room.
    /// - Returns: whether there was room.
    package func takeLanes(
        _ id: String, of cluster: ClusterName, for batch: BatchID?, by process: ProcessStamp, at moment: Timestamp,
        isAlive: @escaping @Sendable (ProcessStamp) -> Bool,
        slots: @escaping @Sendable (_ used: [String: Int]) -> [String: Int]?
    ) async throws(RegistryFailure) -> Bool {
        try await write { connection in
            try Self.forgetEndedLanes(of: cluster, isAlive, connection)
            let rows = try Row.fetchCursor(
                connection, sql: "SELECT lane, SUM(slots) FROM lanes WHERE cluster_key = ? GROUP BY lane",
                arguments: [cluster.key])
            var used: [String: Int] = [:]
            while let row = try rows.next() { used[row[0]] = row[1] }
            guard let wanted = slots(used) else { return false }
            if let batch { try Self.forgetEndedProgram(of: batch, isAlive, connection) }
            let statement = try connection.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO lanes (id, lane, cluster_key, slots, batch, pid, start_ticks, boot_id, taken_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for (lane, count) in wanted.sorted(by: { $0.key < $1.key }) {
                try statement.execute(arguments: [
                    id, lane, cluster.key, count, batch?.rawValue, process.pid, Int64(bitPattern: process.startTicks),
                    process.bootID, moment.milliseconds,
                ])
            }
            return true
        }
    }

    /// Lets go of room; nothing where it is not held.
    package func releaseLanes(_ id: String) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(sql: "DELETE FROM lanes WHERE id = ?", arguments: [id])
        }
    }

    /// The same for all that a batch holds.
    package func releaseLanes(of batch: BatchID) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(sql: "DELETE FROM lanes WHERE batch = ?", arguments: [batch.rawValue])
        }
    }

    /// The processes that took room in the lanes of a cluster and have not given it back, whether they live or not.
    package func laneHolders(of cluster: ClusterName) async throws(RegistryFailure) -> [ProcessStamp] {
        try await read { connection in
            try Row.fetchAll(
                connection,
                sql: "SELECT DISTINCT pid, start_ticks, boot_id FROM lanes WHERE cluster_key = ? ORDER BY pid",
                arguments: [cluster.key]
            ).map { ProcessStamp(pid: $0[0], startTicks: UInt64(bitPattern: $0[1] as Int64), bootID: $0[2]) }
        }
    }

    private static func forgetEndedLanes(
        of cluster: ClusterName, _ isAlive: (ProcessStamp) -> Bool, _ connection: Connection
    ) throws {
        let rows = try Row.fetchAll(
            connection,
            sql: """
                SELECT DISTINCT l.id, l.pid, l.start_ticks, l.boot_id, l.batch IS NOT NULL AND b.id IS NULL,
                    b.child_pid, b.child_start_ticks, b.child_boot_id
                FROM lanes l LEFT JOIN batches b ON b.id = l.batch AND b.closed_at IS NULL WHERE l.cluster_key = ?
                """, arguments: [cluster.key])
        for row in rows {
            let isClosed: Bool = row[4]
            var holder = ProcessStamp(pid: row[1], startTicks: UInt64(bitPattern: row[2] as Int64), bootID: row[3])
            // Once a program works for the batch it alone counts: whoever left it to itself lives on, and may itself wait
            // for this room.
            if let program = process(in: row, at: 5) { holder = program }
            if !isClosed, isAlive(holder) { continue }
            try connection.execute(sql: "DELETE FROM lanes WHERE id = ?", arguments: [row[0] as String])
        }
    }

    /// Room that a batch takes for its next program, as the birth of a rebuild does, is not judged by the one that ended
    /// before: until the next is on record, whoever took the room counts.
    private static func forgetEndedProgram(
        of batch: BatchID, _ isAlive: (ProcessStamp) -> Bool, _ connection: Connection
    ) throws {
        let row = try Row.fetchOne(
            connection, sql: "SELECT child_pid, child_start_ticks, child_boot_id FROM batches WHERE id = ?",
            arguments: [batch.rawValue])
        guard let row, let program = process(in: row, at: 0), !isAlive(program) else { return }
        try connection.execute(
            sql: """
                UPDATE batches SET child_pid = NULL, child_start_ticks = NULL, child_boot_id = NULL, events_file = NULL
                WHERE id = ?
                """, arguments: [batch.rawValue])
    }

    /// The process whose number, start and boot stand in these three columns; nil: none does.
    private static func process(in row: Row, at column: Int) -> ProcessStamp? {
        guard let pid = row[column] as Int32?, let ticks = row[column + 1] as Int64?,
            let boot = row[column + 2] as String?
        else { return nil }
        return ProcessStamp(pid: pid, startTicks: UInt64(bitPattern: ticks), bootID: boot)
    }
}
