import GRDB
import Model

extension FleetRegistry {
    /// All that a plan needs of the registry, of one moment. Approvals are those with steps that were neither carried
    /// out nor taken back.
    package func recorded() async throws(RegistryFailure) -> Recorded {
        try await read { connection in
            var recorded = Recorded(
                servers: try Self.servers(connection), objects: try Self.objects(connection),
                leases: try Self.leases(connection), approvals: try Self.openApprovals(connection))
            let seed = try String.fetchOne(
                connection, sql: "SELECT value FROM meta WHERE key = ?", arguments: [MetaKey.markSeed.rawValue])
            guard let seed, let number = UInt64(seed, radix: 16) else {
                throw UnreadableValue(column: "meta.markSeed", value: seed ?? "missing")
            }
            recorded.markSeed = number
            (recorded.births, recorded.bornWith) = try Self.births(connection)
            let endings = try Self.endings(connection)
            recorded.endings = endings.past
            recorded.comingEndings = endings.coming
            recorded.askers = try Self.askers(connection)
            recorded.unknownAskers = try Self.unknownAskers(connection)
            recorded.stateStamps = try Self.stateStamps(connection)
            recorded.unstated = try Self.unstated(connection)
            recorded.setbacks = try Self.setbacks(connection)
            recorded.health = try Self.health(connection)
            return recorded
        }
    }

    /// How often each was born, and what the last guest of each was born with, by its mark.
    private static func births(
        _ connection: Connection
    ) throws -> (counts: [ServerName: Int], bornWith: [String: RecordedBirth]) {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(sql: "SELECT server, count, last_mark, birth FROM births"))
        var counts: [ServerName: Int] = [:]
        var bornWith: [String: RecordedBirth] = [:]
        // Thousands come from a few templates, with one account.
        var known: [String: RecordedBirth] = [:]
        while let row = try rows.next() {
            counts[ServerName(row[0])] = row[1]
            guard let text = row[3] as String? else { continue }
            let birth = try known[text] ?? Payload.decoded(text)
            known[text] = birth
            bornWith[row[2]] = birth
        }
        return (counts, bornWith)
    }

    /// In ascending order of names: the primary key's.
    static func servers(_ connection: Connection) throws -> [RecordedServer] {
        let rows = try Row.fetchCursor(
            connection.cachedStatement(
                sql: """
                    SELECT name, cluster, stack, display_name, type, vmid, node, mark, manage, on_remove, protect,
                        roles, addresses, was_started, absences, labels, depends_on, policies, former_addresses,
                        start_owed_at, start_owed_on, former_names
                    FROM servers ORDER BY key
                    """))
        var servers: [RecordedServer] = []
        var reader = ServerRowReader()
        while let row = try rows.next() { servers.append(try reader.server(row)) }
        return servers
    }
}

/// Reads rows of servers. Thousands of rows name a few clusters, stacks, nodes and sets of roles: each is made once.
private struct ServerRowReader {
    private var stacks: [String: [String: StackID]] = [:]
    private var nodes: [String: NodeName] = [:]
    private var roles: [String: [RoleName]] = ["": []]
    private var labels: [String: [Metadata.Label]] = ["[]": []]
    private var policies: [String: [KeptPolicy]] = [:]

    mutating func server(_ row: Row) throws -> RecordedServer {
        var server = RecordedServer(
            name: ServerName(row[0]), stack: stack(row[1], row[2]), type: try choice(row[4], in: "servers.type"),
            vmid: VMID(row[5]), node: node(row[6]))
        server.displayName = row[3]
        server.mark = row[7]
        server.manage = try choice(row[8], in: "servers.manage")
        server.onRemove = try choice(row[9], in: "servers.on_remove")
        server.protect = row[10]
        server.roles = roles(row[11])
        server.addresses = Payload.lines(of: row[12])
        server.wasStarted = row[13]
        server.absences = try absences(row[14])
        server.labels = try (row[15] as String?).map { text throws in try labels(text) }
        server.dependsOn = (row[16] as String?).map { text in Payload.lines(of: text).map { ServerName($0) } }
        server.policies = try (row[17] as String?).map { text throws in try policies(text) }
        server.formerAddresses = try (row[18] as String?).map { text throws in try Payload.decoded(text) }
        server.owedStart = OwedStart(at: row[19], on: row[20])
        server.formerNames = (row[21] as String?).map { text in Payload.lines(of: text).map { ServerName($0) } }
        return server
    }

    private mutating func policies(_ text: String) throws -> [KeptPolicy] {
        if let known = policies[text] { return known }
        let read: [KeptPolicy] = try Payload.decoded(text)
        policies[text] = read
        return read
    }

    private mutating func stack(_ cluster: String, _ name: String) -> StackID {
        if let known = stacks[cluster]?[name] { return known }
        let stack = StackID(cluster: ClusterName(cluster), name: name)
        stacks[cluster, default: [:]][name] = stack
        return stack
    }

    private mutating func node(_ name: String) -> NodeName {
        if let known = nodes[name] { return known }
        let node = NodeName(name)
        nodes[name] = node
        return node
    }

    private mutating func labels(_ text: String) throws -> [Metadata.Label] {
        if let known = labels[text] { return known }
        let read: [Metadata.Label] = try Payload.decoded(text)
        labels[text] = read
        return read
    }

    private mutating func roles(_ text: String) -> [RoleName] {
        if let known = roles[text] { return known }
        let names = Payload.lines(of: text).map { RoleName($0) }
        roles[text] = names
        return names
    }
}

/// The moments of `servers.absences`.
func absences(_ text: String) throws -> [Timestamp] {
    if text.isEmpty { return [] }
    return try text.split(separator: "\n").map { line in
        guard let moment = Int64(line) else { throw UnreadableValue(column: "servers.absences", value: text) }
        return Timestamp(milliseconds: moment)
    }
}
