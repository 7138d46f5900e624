import Model

/// A document that could not be used, and the names that must be left alone because of it.
struct BrokenDocument: Sendable {
    var span: SourceSpan
    var claims: [ObjectName]
}

/// Objects of one kind with the documents that they came from.
///
/// Names stand beside the values, because copying a value only to look at its name costs more than reading it did.
struct PlacedObjects<Value> {
    var values: [Value] = []
    /// The whole document of each value.
    private(set) var places: [SourceSpan] = []
    /// What names are compared by.
    private(set) var keys: [String] = []
    /// Positions of values with a displayed or a former name.
    private(set) var otherNames: [(position: Int, displayName: String?, formerName: String?)] = []
    /// Positions of values that a check refused.
    var refused: Set<Int> = []

    mutating func append(_ value: consuming Value, key: String, _ metadata: Metadata, at place: SourceSpan) {
        if metadata.displayName != nil || metadata.formerName != nil {
            otherNames.append((values.count, metadata.displayName, metadata.formerName))
        }
        values.append(value)
        keys.append(key)
        places.append(place)
    }

    mutating func reserve(_ count: Int) {
        values.reserveCapacity(count)
        keys.reserveCapacity(count)
        places.reserveCapacity(count)
    }
}

/// Everything that was read so far, before the documents are compared with one another.
struct ConfigurationDraft {
    var clusters = PlacedObjects<Cluster>()
    var servers = PlacedObjects<Server>()
    var sets = PlacedObjects<ServerSetName>()
    var roles = PlacedObjects<Role>()
    var policies = PlacedObjects<Policy>()
    var databaseServers = PlacedObjects<DatabaseServer>()
    var databases = PlacedObjects<Database>()
    var fleets = PlacedObjects<SimulatedFleet>()
    var diagnostics: [Diagnostic] = []
    var broken: [BrokenDocument] = []
    /// Servers that documents stand for so far, with mistakes or without.
    private var declared = 0
    /// Names that were taken from documents which YAML cannot read.
    private var claimed = 0

    /// A set leaves its members; only its name is still compared.
    struct ServerSetName {
        var name: String
    }

    /// Space for as many servers as there are documents: growing step by step would hold two copies of the largest
    /// array.
    mutating func reserve(for files: [SourceFile]) {
        var documents = 0
        for file in files {
            file.bytes.withUnsafeBufferPointer { bytes in
                var at = 0
                while at < bytes.count, documents < 200_000 {
                    at = DocumentBoundary.next(in: bytes, after: at)
                    documents += 1
                }
            }
        }
        servers.reserve(documents)
    }

    // MARK: One document

    mutating func read(_ reader: inout DocumentReader) {
        guard !reader.document.nodes.isEmpty, !reader.isNull(0) else { return }
        let errors = reader.errors
        let place = SourceSpan(file: reader.file, offset: reader.document.offset, length: reader.document.length)
        for problem in reader.document.problems { reader.add(problem) }
        var claims: [ObjectName] = []
        readObject(&reader, errors: errors, place: place, claims: &claims)
        if reader.errors > errors { broken.append(BrokenDocument(span: place, claims: claims)) }
    }

    private mutating func readObject(
        _ reader: inout DocumentReader, errors: Int, place: SourceSpan, claims: inout [ObjectName]
    ) {
        guard reader.document.nodes[0].kind == .mapping else { return reader.report("kind.notMapping", at: 0) }
        var envelope = Envelope()
        reader.fill(&envelope, from: 0, by: Declarations.envelope)
        checkVersion(envelope, &reader)
        var named = NamedMetadata()
        if let metadata = envelope.metadata {
            if reader.expectMapping(metadata) { reader.fill(&named, from: metadata, by: Declarations.metadata) }
        } else {
            reader.reportMissing("metadata", of: "document")
        }
        guard let kind = kind(envelope, &reader) else {
            if let name = named.name { claims = Kind.allCases.map { ObjectName($0, name) } }
            return
        }
        if named.metadata.formerName != nil { refuseFormerName(of: kind, in: envelope.metadata, &reader) }
        if let name = named.name, reader.errors > errors { claims.append(ObjectName(kind, name)) }
        guard let spec = envelope.spec else {
            if reader.firstKey(named: "spec", in: 0) == nil { reader.reportMissing("spec", of: kind.rawValue) }
            if let name = named.name { claims = [ObjectName(kind, name)] }
            return
        }
        guard reader.expectMapping(spec) else {
            if let name = named.name { claims = [ObjectName(kind, name)] }
            return
        }
        readSpec(kind, named, spec, &reader, errors: errors, place: place, claims: &claims)
        if reader.errors > errors, claims.isEmpty, let name = named.name { claims = [ObjectName(kind, name)] }
    }

    /// A cluster's servers, and a set's members, would not follow the new name.
    private func refuseFormerName(of kind: Kind, in metadata: Int?, _ reader: inout DocumentReader) {
        switch kind {
        case .server, .role, .databaseServer, .database, .simulatedFleet: return
        case .cluster, .serverSet, .policy: break
        }
        guard let metadata, let key = reader.firstKey(named: "formerName", in: metadata) else { return }
        _ = reader.refuses(.formerName, at: reader.document.resolved(key + 1))
    }

    /// Neighbours mostly have the same tags, roles and labels: one list serves them all, which saves a tenth of the
    /// memory of a hundred thousand servers.
    private func shareLists(_ server: inout Server) {
        guard let last = servers.values.indices.last else { return }
        if server.tags == servers.values[last].tags { server.tags = servers.values[last].tags }
        if server.roles == servers.values[last].roles { server.roles = servers.values[last].roles }
        if server.metadata.labels == servers.values[last].metadata.labels {
            server.metadata.labels = servers.values[last].metadata.labels
        }
    }

    private func refuseServer(_ spec: Int, _ reader: inout DocumentReader) {
        let sentence = Sentence("server.tooMany", [String(ServerSetDraft.mostServers)])
        reader.add(Diagnostic(.error, sentence, at: reader.headSpan(spec)))
    }

    /// Keeps the names of a range that YAML cannot read, as far as its lines show them.
    mutating func addBroken(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, file: Int) {
        let span = SourceSpan(file: file, offset: range.lowerBound, length: range.count)
        let claims = TextClaims(bytes, range, atMost: TextClaims.mostClaims - claimed).names
        claimed += claims.count
        broken.append(BrokenDocument(span: span, claims: claims))
    }

    private func checkVersion(_ envelope: Envelope, _ reader: inout DocumentReader) {
        guard let version = envelope.apiVersion else {
            if reader.firstKey(named: "apiVersion", in: 0) == nil {
                reader.reportMissing("apiVersion", of: "document")
            }
            return
        }
        let isRight = reader.document.nodes[version].kind == .scalar && reader.isText(version, Declarations.apiVersion)
        if !isRight { reader.report("kind.apiVersion", at: version, fix: Declarations.apiVersion) }
    }

    private func kind(_ envelope: Envelope, _ reader: inout DocumentReader) -> Kind? {
        guard let node = envelope.kind else {
            if reader.firstKey(named: "kind", in: 0) == nil { reader.reportMissing("kind", of: "document") }
            return nil
        }
        guard reader.expectScalar(node, "type.text") else { return nil }
        if reader.isText(node, "Server") { return .server }
        let word = reader.text(node)
        if let kind = Kind(rawValue: word) { return kind }
        for part in [Unenforced.account, .notifier] where word == part.rawValue && reader.refuses(part, at: node) {
            return nil
        }
        let names = Kind.allCases.map(\.rawValue)
        reader.report(
            "kind.unknown", at: node, [names.joined(separator: ", ")], fix: Suggestion.nearest(to: word, among: names))
        return nil
    }

    private mutating func readSpec(
        _ kind: Kind, _ named: NamedMetadata, _ spec: Int, _ reader: inout DocumentReader, errors: Int,
        place: SourceSpan, claims: inout [ObjectName]
    ) {
        let name = named.name ?? ""
        let metadata = named.metadata
        switch kind {
        case .server:
            declared += 1
            guard declared <= ServerSetDraft.mostServers else { return refuseServer(spec, &reader) }
            var server = Server(name: ServerName(name), cluster: "")
            server.metadata = metadata
            reader.fill(&server, from: spec, by: Declarations.server)
            let key = server.name.key
            shareLists(&server)
            if reader.errors == errors { servers.append(server, key: key, metadata, at: place) }
        case .serverSet:
            let set = ServerSetReader(
                name: name, metadata: metadata, room: ServerSetDraft.mostServers - declared)
            let members = set.members(of: spec, &reader, claims: &claims)
            declared += max(members.count, claims.count)
            guard reader.errors == errors else { return }
            sets.append(ServerSetName(name: name), key: name.lowercased(), metadata, at: place)
            for member in members { servers.append(member, key: member.name.key, member.metadata, at: place) }
        case .cluster:
            var draft = ClusterDraft(name: ClusterName(name))
            draft.cluster.metadata = metadata
            reader.fill(&draft, from: spec, by: Declarations.cluster)
            if reader.errors == errors {
                clusters.append(draft.cluster, key: draft.cluster.name.key, metadata, at: place)
            }
        case .role:
            var role = Role(name: RoleName(name))
            role.metadata = metadata
            reader.fill(&role, from: spec, by: Declarations.role)
            if reader.errors == errors { roles.append(role, key: role.name.key, metadata, at: place) }
        case .policy:
            var policy = Policy(name: PolicyName(name))
            policy.metadata = metadata
            reader.fill(&policy, from: spec, by: Declarations.policy)
            if reader.errors == errors { policies.append(policy, key: policy.name.key, metadata, at: place) }
        case .databaseServer:
            var server = DatabaseServer(name: DatabaseServerName(name), engine: .mssql, host: "")
            server.metadata = metadata
            reader.fill(&server, from: spec, by: Declarations.databaseServer)
            if reader.errors == errors { databaseServers.append(server, key: server.name.key, metadata, at: place) }
        case .database:
            var database = Database(name: DatabaseName(name), server: "", databaseName: name)
            database.metadata = metadata
            reader.fill(&database, from: spec, by: Declarations.database)
            if reader.errors == errors { databases.append(database, key: database.name.key, metadata, at: place) }
        case .simulatedFleet:
            var fleet = SimulatedFleet(name: FleetName(name))
            fleet.metadata = metadata
            reader.fill(&fleet, from: spec, by: Declarations.fleet)
            if reader.errors == errors { fleets.append(fleet, key: fleet.name.key, metadata, at: place) }
        }
    }
}

extension DocumentReader {
    func isText(_ node: Int, _ text: String) -> Bool {
        withBytes(document.nodes[node]) { $0.elementsEqual(text.utf8) }
    }

    mutating func reportMissing(_ name: String, of title: String) {
        add(Diagnostic(.error, Sentence("field.missing", [name, title]), at: headSpan(0)))
    }
}
