import Model
import Testing

@testable import Loading

@Suite("Reading documents into typed values")
struct ReadingTests {
    static let cluster = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec:
          simulated: {nodes: [pve1, pve2, pve3], templates: [{name: debian-12, vmid: 9000}]}
          defaults: {node: pve1}

        """

    static func load(_ text: String) -> LoadedConfiguration {
        ConfigurationLoader().load([SourceFile(path: "a.yaml", text: cluster), SourceFile(path: "b.yaml", text: text)])
    }

    static func server(_ spec: String, metadata: String = "{name: web-01}") -> LoadedConfiguration {
        let lines = spec.split(separator: "\n").map { "  \($0)\n" }.joined()
        return load("apiVersion: plumb/v1\nkind: Server\nmetadata: \(metadata)\nspec:\n  cluster: lab\n\(lines)")
    }

    @Test("A whole server arrives as it was written")
    func wholeServer() throws {
        let loaded = Self.server(
            """
            type: vm
            node: pve2
            vmid: 120
            template: 9000
            cores: 4
            sockets: 2
            memory: 2048
            disks: [{size: 20, datastore: local-lvm, interface: scsi0, format: qcow2, ssd: true}, {size: 1TiB}]
            networks: [{bridge: vmbr0, vlan: 20, address: 10.0.0.11/24, gateway: 10.0.0.1, mac: "bc:24:11:00:00:01"}, {address: dhcp}]
            dns: {servers: [10.0.0.2], domain: example.org}
            cloudInit: {user: debian, passwordFrom: {env: WEB_PASSWORD}}
            agent: true
            onBoot: false
            tags: [web, shop]
            pool: production
            description: "the shop's front"
            power: running
            manage: observe
            protect: true
            adopt: true
            onRemove: forget
            ignore: [spec.tags, "spec.networks[0].mac"]
            """, metadata: "{name: Web-01, displayName: 웹, labels: {env: production, app: shop}}")
        #expect(loaded.diagnostics == [])
        var expected = Server(name: "web-01", cluster: "lab")
        expected.metadata.displayName = "웹"
        expected.metadata.labels = [.init("app", "shop"), .init("env", "production")]
        (expected.node, expected.vmid, expected.template) = ("pve2", VMID(120), .vmid(VMID(9000)))
        (expected.cores, expected.sockets, expected.memory) = (4, 2, .gibibytes(2))
        var disk = Server.Disk(size: .gibibytes(20))
        (disk.datastore, disk.interface, disk.format, disk.ssd) = ("local-lvm", "scsi0", "qcow2", true)
        expected.disks = [disk, Server.Disk(size: .gibibytes(1024))]
        var network = Server.Network()
        (network.bridge, network.vlan, network.address) = ("vmbr0", 20, "10.0.0.11/24")
        (network.gateway, network.mac) = ("10.0.0.1", "BC:24:11:00:00:01")
        var second = Server.Network()
        second.address = "dhcp"
        expected.networks = [network, second]
        var dns = Server.DNS()
        (dns.servers, dns.domain) = (["10.0.0.2"], "example.org")
        expected.dns = dns
        var cloudInit = Server.CloudInit()
        (cloudInit.user, cloudInit.password) = ("debian", .environment("WEB_PASSWORD"))
        expected.cloudInit = cloudInit
        (expected.agent, expected.onBoot, expected.tags) = (true, false, ["web", "shop"])
        (expected.pool, expected.description) = ("production", "the shop's front")
        (expected.power, expected.manage, expected.protect) = (.running, .observe, true)
        (expected.adopt, expected.onRemove) = (true, .forget)
        expected.ignore = ["spec.tags", "spec.networks[0].mac"]
        #expect(loaded.desired.servers == [expected])
        #expect(loaded.desired.servers.first?.name.text == "Web-01")
    }

    @Test("Types come from the kind: versions, NO and dates stay text")
    func typesComeFromTheKind() {
        let loaded = Self.server(
            "description: 1.10\npool: NO",
            metadata: "{name: web-01, labels: {version: 1.10, country: NO, since: 2024-01-01}}")
        #expect(loaded.diagnostics == [])
        let server = loaded.desired.servers.first
        #expect(server?.description == "1.10" && server?.pool == "NO")
        #expect(server?.metadata.labels.map(\.value) == ["NO", "2024-01-01", "1.10"])
    }

    @Test("Anchors, aliases and merge keys work, and what a mapping says itself wins")
    func merging() {
        let loaded = Self.load(
            """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-01, labels: &labels {env: production}, annotations: {<<: *labels, more: x}}
            spec:
              <<: &base {cluster: lab, cores: 2, memory: 4GiB}
              cores: 8
              disks: [&disk {size: 10GiB}, *disk]
              networks: [&net {bridge: vmbr0}, {<<: [*net, *disknet, {bridge: vmbr9}], address: dhcp}]
            """.replacing("*disknet, ", with: ""))
        #expect(loaded.diagnostics == [])
        let server = loaded.desired.servers.first
        #expect(server?.cores == 8 && server?.memory == .gibibytes(4))
        #expect(server?.disks.map(\.size) == [.gibibytes(10), .gibibytes(10)])
        #expect(server?.networks.map(\.bridge) == ["vmbr0", "vmbr0"])
        #expect(server?.metadata.annotations == [.init("env", "production"), .init("more", "x")])
    }

    @Test("Windows line ends, a byte order mark and text beyond ASCII do not move positions")
    func positionsInBytes() {
        let text =
            "\u{FEFF}# 주석 🐧\r\napiVersion: plumb/v1\r\nkind: Role\r\nmetadata: {name: x, displayName: 운영}\r\nspec: {tagz: []}\r\n"
        let loaded = ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
        let place = loaded.positions.location(of: loaded.diagnostics.first?.span)
        #expect(loaded.diagnostics.map(\.sentence.code) == ["field.unknown"])
        #expect(place?.line == 5 && place?.column == 8)
        #expect(loaded.diagnostics.first?.fixIts.map(\.replacement) == ["tags"])
        let key = loaded.diagnostics.first?.span.map { span in
            String(decoding: Array(text.utf8)[Int(span.offset)..<Int(span.offset + span.length)], as: UTF8.self)
        }
        #expect(key == "tagz")
    }

    @Test("A broken document does not stop its neighbours, and keeps what it claims from being removed")
    func brokenDocument() {
        let loaded = Self.load(
            """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-01}
            spec: {cluster: lab}
            ---
            apiVersion: plumb/v1
            kind: Server
            metadata:
              name: web-02
            spec: {cluster: lab, tags: [}
            ---
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-03}
            spec: {cluster: lab, cores: many}
            ---
            apiVersion: plumb/v1
            kind: ServerSet
            metadata: {name: workers}
            spec:
              names: worker-{1..2}
              template: {cluster: lab, cors: 2}
            ---
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-04}
            spec: {cluster: lab, dependsOn: [web-02]}
            """)
        #expect(loaded.desired.servers.map(\.name.text) == ["web-01", "web-04"])
        guard case .broken(let broken) = loaded.desired.completeness else {
            Issue.record("complete")
            return
        }
        #expect(broken.documents == ["b.yaml:5", "b.yaml:11", "b.yaml:16"])
        let expected: [(Kind, String)] = [
            (.server, "web-02"), (.server, "web-03"), (.serverSet, "workers"), (.server, "worker-1"),
            (.server, "worker-2"),
        ]
        #expect(broken.claims == Set(expected.map { ObjectName($0.0, $0.1) }))
    }

    @Test("A server of a broken cluster or role stays as it is")
    func brokenReferences() {
        let loaded = ConfigurationLoader().load([
            SourceFile(
                path: "a.yaml",
                text: Self.cluster + """
                    ---
                    {apiVersion: plumb/v1, kind: Role, metadata: {name: web}, spec: {tags: web}}
                    ---
                    {apiVersion: plumb/v1, kind: Server, metadata: {name: web-01}, spec: {cluster: lab, roles: [web]}}
                    ---
                    {apiVersion: plumb/v1, kind: Server, metadata: {name: web-02}, spec: {cluster: lab}}

                    """)
        ])
        #expect(loaded.diagnostics.map(\.sentence.code) == ["type.list"])
        #expect(loaded.desired.servers.map(\.name.text) == ["web-02"])
        guard case .broken(let broken) = loaded.desired.completeness else {
            Issue.record("complete")
            return
        }
        #expect(broken.claims.contains(ObjectName(.server, "web-01")))
    }

    @Test("Positions find an object's fields, and the nearest part of what is not written")
    func positions() throws {
        let text =
            "apiVersion: plumb/v1\nkind: Server\nmetadata: {name: web-01}\nspec:\n  cluster: lab\n  disks:\n    - size: 20GiB\n"
        let loaded = Self.load("# first\n---\n" + text)
        let object = ObjectName(.server, "WEB-01")
        let size = try #require(loaded.positions.span(of: object, field: "spec.disks[0].size"))
        #expect(loaded.positions.location(of: size)?.line == 9)
        let missing = try #require(loaded.positions.span(of: object, field: "spec.disks[3].size"))
        #expect(loaded.positions.location(of: missing)?.line == 9)
        #expect(loaded.positions.span(of: ObjectName(.server, "other"), field: "spec") == nil)
    }

    @Test("What a server's fields are called agrees with what ignore paths may name")
    func ignorePaths() {
        let refused = ["cluster", "manage", "adopt", "onRemove", "ignore", "dependsOn", "roles"]
        #expect(Declarations.server.names.filter { !refused.contains($0) } == ignorableFields.map(\.name))
    }

    @Test(
        "An ignore path leads to something that can be left alone, and to nothing else",
        arguments: [
            ("spec.disks", true), ("spec.disks[0]", true), ("spec.disks[0].ssd", true), ("spec.networks[1].vlan", true),
            ("spec.cloudInit.sshKeys", true), ("spec.power", true), ("spec.networks[0].macc", false),
            ("spec.disks[0].interface", false), ("spec.disks.size", false), ("spec.disks[-1]", false),
            ("spec.disks[x]", false), ("spec.cores[0]", false), ("spec.memory.size", false),
            ("spec.dns.servers", false),
            ("spec.roles", false), ("spec.manage", false), ("spec.", false), ("spec", false), ("cores", false),
            ("spec.cores.", false), ("spec.disks[0].size.x", false), ("spec.disks[0", false),
        ])
    func ignorePath(_ path: String, isRight: Bool) {
        let loaded = Self.load(
            """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: web-01}
            spec: {cluster: lab, ignore: ["\(path)"]}
            """)
        #expect(loaded.diagnostics.contains { $0.sentence.code == "value.path" } == !isRight)
    }

    @Test("No file at all removes nothing")
    func nothing() {
        let loaded = ConfigurationLoader().load([])
        #expect(loaded.diagnostics.map(\.sentence.code) == ["file.none"])
        #expect(loaded.desired.completeness != .complete)
        let comments = ConfigurationLoader().load([SourceFile(path: "a.yaml", text: "# nothing yet\n---\n---\n")])
        #expect(comments.diagnostics == [] && comments.desired.completeness == .complete)
    }

    @Test("The order of files does not matter")
    func order() {
        let files = HostileInput.all.prefix(40).map { SourceFile(path: $0.name, bytes: $0.bytes) }
        let one = ConfigurationLoader().load(Array(files))
        let other = ConfigurationLoader().load(files.reversed())
        #expect(one.desired == other.desired)
        #expect(one.diagnostics == other.diagnostics)
    }
}
