import GRDB
import Model

extension FleetRegistry {
    /// How many absences of a server are kept: as many as a policy can ask for.
    package static let keptAbsences = 100

    /// Writes a server's row. While it is the same guest (cluster, VMID, and no other mark), five things of the row
    /// only ever grow: known addresses are not overwritten with none, nor are former names, nor former addresses, which
    /// get `moment` where they have none yet, a started server stays started, and absences are those of
    /// ``noteInventory(of:at:seen:missed:)``, because the value given may be older than the last inventory.
    /// Of two starts that are owed the later one stays, and of one that is settled only that: what was planned before a
    /// guest was asked to shut down knows nothing of it.
    package func upsert(_ server: RecordedServer, at moment: Timestamp) async throws(RegistryFailure) {
        try await upsert([server], at: moment)
    }

    /// The same for several servers in one transaction.
    package func upsert(_ servers: [RecordedServer], at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in try Self.upsert(servers, at: moment, connection) }
    }

    static func upsert(_ servers: [RecordedServer], at moment: Timestamp, _ connection: Connection) throws {
        let statement = try connection.cachedStatement(sql: upsertServer)
        for server in servers {
            let labels = try server.labels.map { try Payload.text($0) }
            try statement.execute(arguments: [
                server.name.key, server.name.text, server.stack.cluster.text, server.stack.name,
                server.displayName, server.type.rawValue, server.vmid.rawValue, server.node.text, server.mark,
                server.manage.rawValue, server.onRemove.rawValue, server.protect,
                Payload.lines(server.roles.map(\.text)), Payload.lines(server.addresses), server.wasStarted,
                Payload.lines(server.absences.suffix(keptAbsences).map { String($0.milliseconds) }),
                moment.milliseconds, moment.milliseconds, labels,
                server.dependsOn.map { Payload.lines($0.map(\.text)) },
                try server.policies.map { try Payload.text($0) },
                try server.formerAddresses.map { try Payload.text($0.map { $0.written(at: moment) }) },
                server.owedStart.map { ($0.since ?? moment).milliseconds },
                server.owedStart.flatMap { $0.isSettled ? nil : $0.node.text },
                server.formerNames.map { Payload.lines($0.map(\.text)) },
            ])
        }
    }

    /// Gives the row of a server, and what was compared of it, to the name that it has now, and writes the row, in one
    /// transaction: at no moment are there two rows, or none. Runs, activity and births stay under the name that they
    /// happened to. Where the former name has no row any more, or the new one has one, the row is only written and the
    /// former one is gone.
    package func rename(
        _ former: ServerName, to server: RecordedServer, at moment: Timestamp
    ) async throws(RegistryFailure) {
        try await write { connection in
            guard former != server.name else { return try Self.upsert([server], at: moment, connection) }
            for (table, column) in [("servers", "key"), ("comparisons", "server_key")] {
                try connection.execute(
                    sql: "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(column) = ?",
                    arguments: [server.name.key, former.key])
                try connection.execute(sql: "DELETE FROM \(table) WHERE \(column) = ?", arguments: [former.key])
            }
            try connection.execute(
                sql: "UPDATE comparisons SET server = ? WHERE server_key = ?",
                arguments: [server.name.text, server.name.key])
            try Self.upsert([server], at: moment, connection)
        }
    }

    private static let sameGuest = """
        lower(servers.cluster) = lower(excluded.cluster) AND servers.vmid = excluded.vmid
            AND COALESCE(servers.mark, excluded.mark, '') = COALESCE(excluded.mark, servers.mark, '')
        """

    /// Whether the row in the table knows more of an owed start than the one that is written: see ``upsert(_:at:)``.
    private static let knowsBetter = """
        (excluded.start_owed_at IS NULL OR COALESCE(servers.start_owed_at > excluded.start_owed_at, 0)
            OR COALESCE(servers.start_owed_at = excluded.start_owed_at, 0) AND excluded.start_owed_on IS NOT NULL)
        """

    private static let upsertServer = """
        INSERT INTO servers (key, name, cluster, stack, display_name, type, vmid, node, mark, manage, on_remove, protect,
            roles, addresses, was_started, absences, recorded_at, updated_at,
            labels, depends_on, policies, former_addresses, start_owed_at, start_owed_on, former_names)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET
            addresses = CASE WHEN excluded.addresses = '' AND \(sameGuest) THEN servers.addresses
                ELSE excluded.addresses END,
            was_in_state = CASE WHEN \(sameGuest) THEN servers.was_in_state ELSE 0 END,
            was_started = CASE WHEN servers.was_started AND \(sameGuest) THEN 1 ELSE excluded.was_started END,
            absences = CASE WHEN \(sameGuest) THEN servers.absences ELSE excluded.absences END,
            former_addresses = CASE WHEN \(sameGuest) THEN COALESCE(excluded.former_addresses, servers.former_addresses)
                ELSE excluded.former_addresses END,
            former_names = CASE WHEN \(sameGuest) THEN COALESCE(excluded.former_names, servers.former_names)
                ELSE excluded.former_names END,
            start_owed_at = CASE WHEN \(sameGuest) AND \(knowsBetter) THEN servers.start_owed_at
                ELSE excluded.start_owed_at END,
            start_owed_on = CASE WHEN \(sameGuest) AND \(knowsBetter) THEN servers.start_owed_on
                ELSE excluded.start_owed_on END,
            name = excluded.name, cluster = excluded.cluster, stack = excluded.stack,
            display_name = excluded.display_name, type = excluded.type, vmid = excluded.vmid, node = excluded.node,
            mark = excluded.mark, manage = excluded.manage, on_remove = excluded.on_remove, protect = excluded.protect,
            roles = excluded.roles, labels = COALESCE(excluded.labels, servers.labels),
            depends_on = excluded.depends_on, policies = excluded.policies, updated_at = excluded.updated_at
        """

    /// Takes a server's row away. Its births, its runs and its activity stay.
    package func retire(_ server: ServerName) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(sql: "DELETE FROM servers WHERE key = ?", arguments: [server.key])
            try connection.execute(sql: "DELETE FROM comparisons WHERE server_key = ?", arguments: [server.key])
        }
    }

    /// Notes that a server is to be started again where it is found down.
    ///
    /// - Returns: what was owed to it already.
    @discardableResult
    package func oweStart(
        of server: ServerName, _ owed: OwedStart, at moment: Timestamp
    ) async throws(RegistryFailure) -> OwedStart? {
        try await write { connection in
            let row = try Row.fetchOne(
                connection, sql: "SELECT start_owed_at, start_owed_on FROM servers WHERE key = ?",
                arguments: [server.key])
            try connection.execute(
                sql: "UPDATE servers SET start_owed_at = ?, start_owed_on = ?, updated_at = ? WHERE key = ?",
                arguments: [
                    (owed.since ?? moment).milliseconds, owed.node.text, moment.milliseconds, server.key,
                ])
            return row.flatMap { OwedStart(at: $0[0], on: $0[1]) }
        }
    }

    /// What is owed to a server that was asked to shut down; nil: nothing.
    package func owedStart(of server: ServerName) async throws(RegistryFailure) -> OwedStart? {
        try await read { connection in
            let row = try Row.fetchOne(
                connection, sql: "SELECT start_owed_at, start_owed_on FROM servers WHERE key = ?",
                arguments: [server.key])
            return row.flatMap { OwedStart(at: $0[0], on: $0[1]) }
        }
    }

    /// Takes back that a server is to be started. The moment stays, so that no row of before brings it back.
    package func settleStart(of server: ServerName, at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in
            try connection.execute(
                sql: "UPDATE servers SET start_owed_on = NULL, updated_at = ? WHERE key = ?",
                arguments: [moment.milliseconds, server.key])
        }
    }

    /// Counts a birth of that name. The same mark twice in a row is the same birth.
    ///
    /// - Parameters:
    ///   - mark: of the guest that was born; nil: the one in the server's row, which was written before.
    ///   - birth: what it was born with; nil: what is known of that stays.
    /// - Returns: how many births there have been.
    @discardableResult
    package func countBirth(
        of server: ServerName, mark: String? = nil, with birth: RecordedBirth? = nil
    ) async throws(RegistryFailure) -> Int {
        try await write { connection in
            try Self.countBirth(of: server, mark: mark, with: birth, connection)
            return try Int.fetchOne(
                connection, sql: "SELECT count FROM births WHERE server_key = ?", arguments: [server.key]) ?? 0
        }
    }

    static func countBirth(
        of server: ServerName, mark: String?, with birth: RecordedBirth?, _ connection: Connection
    ) throws {
        try connection.cachedStatement(
            sql: """
                INSERT INTO births (server_key, server, count, last_mark, birth)
                VALUES (:key, :name, 1, COALESCE(:mark, (SELECT mark FROM servers WHERE key = :key), ''), :birth)
                ON CONFLICT (server_key) DO UPDATE SET last_mark = excluded.last_mark,
                    count = births.count + (excluded.last_mark = '' OR births.last_mark <> excluded.last_mark),
                    birth = CASE WHEN births.last_mark = excluded.last_mark THEN COALESCE(excluded.birth, births.birth)
                        ELSE excluded.birth END
                """
        ).execute(
            arguments: [
                "key": server.key, "name": server.text, "mark": mark, "birth": try birth.map { try Payload.text($0) },
            ])
    }

    /// Writes the rows of servers that were born, counts their births and lets go of their leases, in one transaction.
    package func recordBirths(of servers: [BornServer], at moment: Timestamp) async throws(RegistryFailure) {
        try await write { connection in
            try Self.upsert(servers.map(\.record), at: moment, connection)
            for server in servers {
                let row = server.record
                try Self.countBirth(of: row.name, mark: row.mark, with: server.birth, connection)
                try Self.releaseLeases(of: row.name, connection)
            }
        }
    }

    /// Notes a trusted inventory of a cluster: where its servers were seen, and which were missed. An absence is added
    /// to those that are known (at most ``keptAbsences`` are kept, the same moment once); being seen clears them. A
    /// server in neither was not looked for. Where nothing is new, only the moment is written.
    package func noteInventory(
        of cluster: ClusterName, at moment: Timestamp, seen: [ServerName: NodeName], missed: [ServerName]
    ) async throws(RegistryFailure) {
        let missed = Set(missed)
        try await write { connection in
            let rows = try Row.fetchAll(
                connection, sql: "SELECT key, node, absences FROM servers WHERE cluster = ? COLLATE NOCASE",
                arguments: [cluster.text])
            let update = try connection.cachedStatement(sql: "UPDATE servers SET node = ?, absences = ? WHERE key = ?")
            for row in rows {
                let key: String = row[0]
                let node: String = row[1]
                let known: String = row[2]
                if let now = seen[ServerName(key)] {
                    if now != NodeName(node) || !known.isEmpty {
                        try update.execute(arguments: [now.text, "", key])
                    }
                } else if missed.contains(ServerName(key)) {
                    let moments = Set(try absences(known) + [moment]).sorted().suffix(Self.keptAbsences)
                    let text = Payload.lines(moments.map { String($0.milliseconds) })
                    try update.execute(arguments: [node, text, key])
                }
            }
            try connection.execute(
                sql: """
                    INSERT INTO inventories (cluster_key, cluster, read_at) VALUES (?, ?, ?)
                    ON CONFLICT (cluster_key) DO UPDATE SET read_at = max(inventories.read_at, excluded.read_at)
                    """,
                arguments: [cluster.key, cluster.text, moment.milliseconds])
        }
    }
}

extension OwedStart {
    /// From `servers.start_owed_at` and `servers.start_owed_on`; nil: nothing is owed.
    init?(at moment: Int64?, on node: String?) {
        guard let moment, let node else { return nil }
        self.init(since: Timestamp(milliseconds: moment), node: NodeName(node))
    }
}

extension FormerAddress {
    fileprivate func written(at moment: Timestamp) -> FormerAddress {
        FormerAddress(address: address, since: since ?? moment, node: node)
    }
}
