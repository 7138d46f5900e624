import GRDB
import Model

extension FleetRegistry {
    /// Registers an object that needs no Proxmox, or writes what changed of it.
    package func upsert(_ object: RecordedObject, at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in try Self.upsert(object, at: moment, connection) }
    }

    private static func upsert(_ object: RecordedObject, at moment: Timestamp, _ connection: Connection) throws {
        try connection.execute(
            sql: """
                INSERT INTO objects (kind, key, displayed_name, fields, recorded_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (kind, key) DO UPDATE SET displayed_name = excluded.displayed_name,
                    fields = excluded.fields, updated_at = excluded.updated_at
                """,
            arguments: [
                object.name.kind.rawValue, object.name.key, object.displayedName,
                try Payload.text(object.fields), moment.milliseconds, moment.milliseconds,
            ])
        try connection.execute(
            sql: "DELETE FROM object_references WHERE kind = ? AND key = ?",
            arguments: [object.name.kind.rawValue, object.name.key])
        for target in object.references {
            try connection.execute(
                sql: "INSERT OR IGNORE INTO object_references (kind, key, target_kind, target_key) VALUES (?, ?, ?, ?)",
                arguments: [object.name.kind.rawValue, object.name.key, target.kind.rawValue, target.key])
        }
    }

    /// Gives the row of an object to the name that it has now, with the moment since when it is registered, and what
    /// others refer to it by, in one transaction.
    package func rename(
        _ former: ObjectName, to object: RecordedObject, at moment: Timestamp
    ) async throws(RegistryFailure) {
        try await write { connection in
            try Self.upsert(object, at: moment, connection)
            guard former != object.name else { return }
            try connection.execute(
                sql: """
                    UPDATE objects SET recorded_at = COALESCE(
                        (SELECT recorded_at FROM objects WHERE kind = :kind AND key = :former), recorded_at)
                    WHERE kind = :kind AND key = :key
                    """,
                arguments: ["kind": former.kind.rawValue, "former": former.key, "key": object.name.key])
            try connection.execute(
                sql: """
                    UPDATE OR REPLACE object_references SET target_key = ? WHERE target_kind = ? AND target_key = ?
                    """,
                arguments: [object.name.key, former.kind.rawValue, former.key])
            try connection.execute(
                sql: "DELETE FROM objects WHERE kind = ? AND key = ?", arguments: [former.kind.rawValue, former.key])
        }
    }

    /// Takes an object's row away.
    ///
    /// - Throws: ``RegistryFailure/stillReferenced(_:by:)`` for a database server that registered databases refer to
    ///   (spec of the kinds: such a removal is blocked); the planner blocks it before, this is the second lock.
    package func remove(_ object: ObjectName) async throws(RegistryFailure) {
        try await write { connection in
            if object.kind == .databaseServer {
                let holders = try String.fetchAll(
                    connection,
                    sql: """
                        SELECT key FROM object_references
                        WHERE kind = ? AND target_kind = ? AND target_key = ? ORDER BY key
                        """,
                    arguments: [Kind.database.rawValue, object.kind.rawValue, object.key])
                guard holders.isEmpty else {
                    throw RegistryFailure.stillReferenced(object, by: holders.map { ObjectName(.database, $0) })
                }
            }
            try connection.execute(
                sql: "DELETE FROM objects WHERE kind = ? AND key = ?", arguments: [object.kind.rawValue, object.key])
        }
    }

    /// In ascending order of kinds and names.
    static func objects(_ connection: Connection) throws -> [RecordedObject] {
        var references: [ObjectName: [ObjectName]] = [:]
        for row in try Row.fetchAll(
            connection, sql: "SELECT kind, key, target_kind, target_key FROM object_references")
        {
            references[try name(row[0], row[1]), default: []].append(try name(row[2], row[3]))
        }
        let rows = try Row.fetchCursor(
            connection, sql: "SELECT kind, key, displayed_name, fields FROM objects ORDER BY kind, key")
        var objects: [RecordedObject] = []
        while let row = try rows.next() {
            let name = try name(row[0], row[1])
            objects.append(
                RecordedObject(
                    name: name, displayedName: row[2], fields: try Payload.decoded(row[3]),
                    references: references[name, default: []].sorted()))
        }
        return objects
    }

    private static func name(_ kind: String, _ key: String) throws -> ObjectName {
        ObjectName(try choice(kind, in: "objects.kind"), key)
    }
}
