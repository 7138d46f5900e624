import Loading
import Model
import Testing

@Suite("References to what was removed and what never was")
struct RecordedReferenceTests {
    private static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec: {simulated: {nodes: [pve1]}, defaults: {node: pve1}}

        """

    private func load(_ text: String, recorded: Set<ObjectName> = []) -> LoadedConfiguration {
        var loader = ConfigurationLoader()
        loader.recorded = recorded
        return loader.load([SourceFile(path: "a.yaml", text: Self.cluster + "---\napiVersion: plumb/v1\n" + text)])
    }

    private func codes(_ loaded: LoadedConfiguration) -> [String] {
        loaded.diagnostics.map(\.sentence.code.rawValue)
    }

    private static let database = """
        kind: Database
        metadata: {name: acme}
        spec: {server: books, databaseName: acme, username: acme, company: {code: ACM1, name: Acme}, ensure: registered}
        """

    @Test("A name that nothing declares and no registry holds is a mistake, and is told to the caller")
    func neverWas() {
        let loaded = load(Self.database)
        #expect(codes(loaded) == ["reference.dangling"])
        #expect(loaded.dangling == [ObjectName(.databaseServer, "books")])
        #expect(loaded.desired.databases.isEmpty)
        let misspelled = load(Self.database, recorded: [ObjectName(.databaseServer, "bookz")])
        #expect(codes(misspelled) == ["reference.dangling"])
        #expect(misspelled.desired.completeness != .complete)
    }

    @Test("A database of a server whose document was removed is no mistake")
    func removedDatabaseServer() {
        let loaded = load(Self.database, recorded: [ObjectName(.databaseServer, "books")])
        #expect(codes(loaded) == [])
        #expect(loaded.dangling.isEmpty)
        #expect(loaded.desired.databases.map(\.server) == ["books"])
        #expect(loaded.desired.completeness == .complete)
    }

    @Test("A server keeps its removed role, and what it depends on")
    func removedRoleAndServer() {
        let server = "kind: Server\nmetadata: {name: web}\nspec: {cluster: lab, roles: [r], dependsOn: [db]}"
        #expect(codes(load(server)) == ["reference.dangling", "reference.dangling"])
        let loaded = load(server, recorded: [ObjectName(.role, "r"), ObjectName(.server, "db")])
        #expect(codes(loaded) == [])
        #expect(loaded.desired.servers.map(\.roles) == [["r"]])
        #expect(loaded.desired.completeness == .complete)
    }

    @Test("What a broken document claims stays as it is, recorded or not")
    func claimed() {
        let text =
            Self.database + "\n---\napiVersion: plumb/v1\nkind: DatabaseServer\nmetadata: {name: books}\nspec: {x: 1}"
        let loaded = load(text, recorded: [ObjectName(.databaseServer, "books")])
        #expect(loaded.desired.databases.isEmpty)
        #expect(loaded.desired.completeness != .complete)
    }

    @Test("A cluster is never kept by the registry")
    func cluster() {
        let server = "kind: Server\nmetadata: {name: web}\nspec: {cluster: gone, node: a}"
        #expect(codes(load(server, recorded: [ObjectName(.cluster, "gone")])) == ["reference.dangling"])
    }
}

@Suite("Roles that apply by a selector")
struct GivenRoleTests {
    private func load(_ roles: String, _ spec: String) -> LoadedConfiguration {
        let text = """
            apiVersion: plumb/v1
            kind: Cluster
            metadata: {name: lab}
            spec: {simulated: {nodes: [pve1]}, defaults: {node: pve1}}
            ---
            apiVersion: plumb/v1
            kind: Role
            metadata: {name: web}
            spec: {}
            ---
            apiVersion: plumb/v1
            kind: Role
            metadata: {name: db}
            spec: \(roles)
            ---
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: a-1, labels: {tier: data}}
            spec: \(spec)
            """
        return ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
    }

    @Test("A server that the selector matches has the role")
    func given() {
        let loaded = load("{appliesTo: {matchLabels: {tier: data}}}", "{cluster: lab, roles: [web]}")
        #expect(loaded.diagnostics == [])
        #expect(loaded.desired.servers.map(\.roles) == [["web", "db"]])
        let other = load("{appliesTo: {names: [\"b-*\"]}}", "{cluster: lab, roles: [web]}")
        #expect(other.desired.servers.map(\.roles) == [["web"]])
        let named = load("{appliesTo: {names: [\"a-*\"]}}", "{cluster: lab, roles: [db]}")
        #expect(named.desired.servers.map(\.roles) == [["db"]])
    }

    @Test("A role that a selector gives conflicts like one that is named")
    func conflict() {
        let loaded = load(
            "{appliesTo: {matchLabels: {tier: data}}, conflictsWith: [web]}", "{cluster: lab, roles: [web]}")
        #expect(loaded.diagnostics.map(\.sentence) == [Sentence("conflict.roles", ["a-1", "web", "db"])])
        let place = loaded.positions.location(of: loaded.diagnostics.first?.span)
        #expect(place?.line == 19)
        let other = load("{appliesTo: {names: [b]}, conflictsWith: [web]}", "{cluster: lab, roles: [web]}")
        #expect(other.diagnostics == [])
    }
}
