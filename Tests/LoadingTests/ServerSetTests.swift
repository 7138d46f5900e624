import Loading
import Model
import Testing

@Suite("Sets of servers")
struct ServerSetTests {
    private func members(_ spec: String) -> [Server] {
        let lines = spec.split(separator: "\n").map { "  \($0)\n" }.joined()
        let loaded = ReadingTests.load(
            "apiVersion: plumb/v1\nkind: ServerSet\nmetadata: {name: web, labels: {env: test}}\nspec:\n\(lines)")
        #expect(loaded.diagnostics == [])
        return loaded.desired.servers
    }

    @Test("Members count on from the first name and address, and go round the nodes")
    func spreading() {
        let members = members(
            """
            names: web-{08..11}
            template: {cluster: lab, cores: 2, networks: [{bridge: vmbr1}]}
            addresses: {from: 10.0.0.254/23}
            spread: {nodes: [pve1, pve2, pve3]}
            """)
        #expect(members.map(\.name.text) == ["web-08", "web-09", "web-10", "web-11"])
        #expect(members.map { $0.node?.text } == ["pve1", "pve2", "pve3", "pve1"])
        #expect(
            members.map { $0.networks.first?.address } == [
                "10.0.0.254/23", "10.0.0.255/23", "10.0.1.0/23", "10.0.1.1/23",
            ])
        #expect(members.allSatisfy { $0.set == "web" && $0.networks.first?.bridge == "vmbr1" && $0.cores == 2 })
        #expect(members.allSatisfy { $0.metadata.labels == [.init("env", "test")] })
    }

    @Test("Leaving a member out moves no other")
    func excluding() {
        let spec =
            "names: web-{1..3}\ntemplate: {cluster: lab}\naddresses: {from: 10.0.0.11/24}\nspread: {nodes: [pve1, pve2]}"
        let all = members(spec)
        let some = members(spec + "\nexclude: [WEB-2]")
        #expect(some == all.filter { $0.name != "web-2" })
    }

    @Test("Overrides change one member")
    func overriding() {
        let members = members(
            "names: web-{1..3}\ntemplate: {cluster: lab, memory: 2GiB}\noverrides: {web-2: {memory: 8GiB, vmid: 150, node: pve3}}"
        )
        #expect(members.map(\.memory) == [.gibibytes(2), .gibibytes(8), .gibibytes(2)])
        #expect(members.map(\.vmid) == [nil, VMID(150), nil])
        #expect(members[1].node == "pve3")
    }

    @Test("A count takes the set's own name, or an open pattern")
    func counting() {
        #expect(members("count: 2\ntemplate: {cluster: lab}").map(\.name.text) == ["web-01", "web-02"])
        #expect(members("count: 2\nnames: n{7..}x\ntemplate: {cluster: lab}").map(\.name.text) == ["n7x", "n8x"])
        #expect(members("count: 0\ntemplate: {cluster: lab}") == [])
    }

    @Test("A set's member and a server cannot have one name")
    func oneName() {
        let loaded = ReadingTests.load(
            """
            {apiVersion: plumb/v1, kind: ServerSet, metadata: {name: web}, spec: {count: 2, template: {cluster: lab}}}
            ---
            {apiVersion: plumb/v1, kind: Server, metadata: {name: web-02}, spec: {cluster: lab}}
            """)
        #expect(loaded.diagnostics.map(\.sentence.code) == ["conflict.name"])
        #expect(loaded.desired.servers.map(\.name.text) == ["web-01"])
    }
}
