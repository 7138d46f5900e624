import GRDB
import Model

extension FleetRegistry {
    /// Remembers an audit in place of the stack's earlier one.
    package func note(_ audit: StackAudit) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(
                sql: """
                    INSERT INTO meta (key, value) VALUES (?, ?)
                    ON CONFLICT (key) DO UPDATE SET value = excluded.value
                    """,
                arguments: [MetaKey.lastAudit(audit.stack).rawValue, try Payload.text(audit)])
        }
    }

    /// The last audit of every stack that ever had one, in ascending order of stacks. One that another version of Plumb
    /// wrote, and that cannot be read, counts as none.
    package func audits() async throws(RegistryFailure) -> [StackAudit] {
        try await read { connection in
            let texts = try String.fetchAll(
                connection, sql: "SELECT value FROM meta WHERE substr(key, 1, ?) = ?",
                arguments: [MetaKey.lastAuditPrefix.count, MetaKey.lastAuditPrefix])
            return texts.compactMap { try? Payload.decoded($0) as StackAudit }.sorted { $0.stack < $1.stack }
        }
    }
}
