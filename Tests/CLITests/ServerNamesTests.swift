import Model
import Reconciliation
import Testing

@testable import CLI

@Suite("Whom a word means")
struct ServerNamesTests {
    private static func declared(_ name: ServerName, _ displayName: String? = nil, formerName: String? = nil) -> Server
    {
        var server = Server(name: name, cluster: "lab")
        server.metadata.displayName = displayName
        server.metadata.formerName = formerName
        return server
    }

    private static func recorded(_ name: String, _ vmid: Int, in cluster: ClusterName = "lab") -> RecordedServer {
        RecordedServer(
            name: ServerName(name), stack: StackID(cluster: cluster, name: "main"), type: .vm, vmid: VMID(vmid),
            node: "pve1")
    }

    private func names(_ servers: [Server], _ rows: [RecordedServer]) -> ServerNames {
        var desired = Desired()
        desired.servers = servers
        return ServerNames(desired, Recorded(servers: rows))
    }

    private var fleet: ServerNames {
        names(
            [
                Self.declared("Web-01", "운영서버"), Self.declared("web-02", "the shop"), Self.declared("101"),
                Self.declared("web-03", "web-02"),
            ], [Self.recorded("web-01", 100), Self.recorded("web-02", 101), Self.recorded("old", 102)])
    }

    @Test(
        "A name without its case, a display name, or a VMID; a name goes before the others",
        arguments: [
            ("WEB-01", "Web-01"), ("운영서버", "Web-01"), ("100", "Web-01"), ("the shop", "web-02"), ("old", "old"),
            ("102", "old"), ("101", "101"), ("web-02", "web-02"),
        ])
    func one(text: String, name: String) throws {
        #expect(try fleet.one(text).text == name)
        #expect(try fleet.matching(text).map(\.text) == [name])
    }

    @Test("A pattern goes by names and display names")
    func patterns() throws {
        #expect(try fleet.matching("web-0?") == ["Web-01", "web-02", "web-03"])
        #expect(try fleet.matching("운영*") == ["Web-01"])
    }

    @Test("Who is not there is no such server", arguments: ["web", "103", "shop", "운영"])
    func nobody(text: String) {
        #expect(throws: CommandFailure(Sentence("cli.noSuchServer", text))) { _ = try fleet.one(text) }
        #expect(throws: CommandFailure(Sentence("cli.noSuchTarget", text))) { _ = try fleet.matching(text) }
    }

    @Test("A word that means several is refused with their names")
    func ambiguous() {
        let twins = names([Self.declared("a", "db")], [Self.recorded("b", 7), Self.recorded("c", 7, in: "far")])
        let failure = CommandFailure(Sentence("cli.ambiguousServer", "7", "2", "b, c"))
        #expect(throws: failure) { _ = try twins.one("7") }
        #expect(throws: failure) { _ = try twins.matching("7") }
    }

    @Test("What is recorded by a former name is the heir's, and the former name still means its own")
    func formerName() throws {
        var row = Self.recorded("web-01", 100)
        row.displayName = "shop"
        let renamed = names([Self.declared("store", "shop", formerName: "web-01")], [row])
        #expect(try renamed.one("shop") == "store")
        #expect(try renamed.one("100") == "store")
        #expect(try renamed.one("web-01") == "web-01")
    }
}
