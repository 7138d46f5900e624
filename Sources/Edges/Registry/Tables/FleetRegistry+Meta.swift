import GRDB
import Model

extension FleetRegistry {
    /// A remembered value; nil where there is none.
    package func value(of key: MetaKey) async throws(RegistryFailure) -> String? {
        try await read { connection in
            try String.fetchOne(connection, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key.rawValue])
        }
    }

    /// Remembers a value; nil forgets it.
    ///
    /// - Precondition: not the seed of marks, which is made once.
    package func set(_ key: MetaKey, to value: String?) async throws(RegistryFailure) {
        precondition(key != .markSeed, "the seed of ownership marks never changes")
        try await write { connection in
            guard let value else {
                return try connection.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key.rawValue])
            }
            try connection.execute(
                sql: """
                    INSERT INTO meta (key, value) VALUES (?, ?)
                    ON CONFLICT (key) DO UPDATE SET value = excluded.value
                    """,
                arguments: [key.rawValue, value])
        }
    }
}
