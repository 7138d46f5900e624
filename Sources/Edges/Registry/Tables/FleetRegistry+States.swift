import GRDB
import Model

extension FleetRegistry {
    /// Notes which state is in each of these stacks, and which servers it was seen to hold. Of one lineage the latest
    /// serial stays, whoever comes last with what was seen before.
    package func note(_ sightings: [StateSighting]) async throws(RegistryFailure) {
        guard !sightings.isEmpty else { return }
        try await write { connection in
            for sighting in sightings {
                try connection.execute(
                    sql: """
                        INSERT INTO states (cluster_key, stack, cluster, lineage, serial) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (cluster_key, stack) DO UPDATE SET lineage = excluded.lineage,
                            serial = CASE WHEN states.lineage = excluded.lineage
                                THEN max(states.serial, excluded.serial) ELSE excluded.serial END
                        """,
                    arguments: [
                        sighting.stack.cluster.key, sighting.stack.name, sighting.stack.cluster.text,
                        sighting.stamp.lineage, sighting.stamp.serial,
                    ])
                let held = try connection.cachedStatement(
                    sql: "UPDATE servers SET was_in_state = 1 WHERE key = ? AND was_in_state = 0")
                for server in sighting.held { try held.execute(arguments: [server.key]) }
            }
        }
    }

    /// Takes a state for the right one, whatever was seen before, and notes who decided so, in one transaction.
    package func accept(_ stamp: StateStamp, as decision: StackDecision) async throws(RegistryFailure) {
        let stack = decision.stack
        try await write { connection in
            try connection.execute(
                sql: "UPDATE states SET lineage = ?, serial = ? WHERE cluster_key = ? AND stack = ?",
                arguments: [stamp.lineage, stamp.serial, stack.cluster.key, stack.name])
            try Self.append([try ActivityEntry(decision)], connection)
        }
    }

    /// Notes what somebody decided about a stack.
    package func note(_ decision: StackDecision) async throws(RegistryFailure) {
        try await write { connection in try Self.append([try ActivityEntry(decision)], connection) }
    }

    /// What people decided about stacks, latest first.
    package func decisions(limit: Int = 50) async throws(RegistryFailure) -> [StackDecision] {
        try await read { connection in
            try Self.entries(ActivityFilter(verb: ActivityEntry.decided), limit: limit, connection).compactMap {
                try $0.decision
            }
        }
    }

    /// Which state was last seen in a stack; nil: none yet.
    package func stateStamp(of stack: StackID) async throws(RegistryFailure) -> StateStamp? {
        try await read { connection in try Self.stateStamp(of: stack, connection) }
    }

    /// Whether a state of that stack, or a server in it, is on record.
    package func knows(_ stack: StackID) async throws(RegistryFailure) -> Bool {
        try await read { connection in
            if try Self.stateStamp(of: stack, connection) != nil { return true }
            let clusters = try String.fetchAll(
                connection, sql: "SELECT DISTINCT cluster FROM servers WHERE stack = ?", arguments: [stack.name])
            // SQLite knows no other letters' cases than those of ASCII.
            return clusters.contains { ClusterName($0) == stack.cluster }
        }
    }

    private static func stateStamp(of stack: StackID, _ connection: Connection) throws -> StateStamp? {
        let row = try Row.fetchOne(
            connection, sql: "SELECT lineage, serial FROM states WHERE cluster_key = ? AND stack = ?",
            arguments: [stack.cluster.key, stack.name])
        return row.map { StateStamp(lineage: $0[0], serial: $0[1]) }
    }

    static func stateStamps(_ connection: Connection) throws -> [StackID: StateStamp] {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(sql: "SELECT cluster, stack, lineage, serial FROM states"))
        var stamps: [StackID: StateStamp] = [:]
        while let row = try rows.next() {
            stamps[StackID(cluster: ClusterName(row[0]), name: row[1])] = StateStamp(lineage: row[2], serial: row[3])
        }
        return stamps
    }

    static func unstated(_ connection: Connection) throws -> Set<ServerName> {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(sql: "SELECT name FROM servers WHERE was_in_state = 0 AND mark IS NOT NULL"))
        var names: Set<ServerName> = []
        while let row = try rows.next() { names.insert(ServerName(row[0])) }
        return names
    }
}

extension ActivityEntry {
    /// The verb of a ``StackDecision``.
    fileprivate static let decided = "decided"

    fileprivate init(_ decision: StackDecision) throws {
        self.init(
            at: decision.at, who: decision.by, verb: Self.decided, subject: .stack(decision.stack),
            after: try Payload.text(decision.sentence))
    }

    fileprivate var decision: StackDecision? {
        get throws {
            guard case .stack(let stack) = subject, let after else { return nil }
            return StackDecision(stack: stack, by: who, at: at, sentence: try Payload.decoded(after))
        }
    }
}
