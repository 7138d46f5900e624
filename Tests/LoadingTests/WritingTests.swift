import Loading
import Model
import Testing

/// What Plumb writes, it reads as the same object.
@Suite struct WritingTests {
    private static let surroundings = """
        apiVersion: plumb/v1
        kind: Cluster
        metadata: {name: lab}
        spec: {simulated: {nodes: [pve1, pve2], templates: [{name: debian-12, vmid: 9000}]}}
        ---
        apiVersion: plumb/v1
        kind: Role
        metadata: {name: no}
        spec: {}

        """

    private func load(_ documents: [WrittenDocument]) -> LoadedConfiguration {
        let text = Self.surroundings + "---\n" + WrittenDocument.text(of: documents)
        return ConfigurationLoader().load([SourceFile(path: "a.yaml", text: text)])
    }

    private func everything() -> Server {
        var server = Server(name: "Web-1", cluster: "lab")
        server.metadata.displayName = "웹: 서버 #1"
        server.metadata.labels = [.init("env", "yes"), .init("n", "1.10")]
        server.type = .vm
        server.node = "pve2"
        server.vmid = VMID(150)
        server.template = .name("debian-12")
        server.cores = 3
        server.sockets = 2
        server.memory = .mebibytes(1536)
        var disk = Server.Disk(size: .gibibytes(20))
        (disk.datastore, disk.interface, disk.format, disk.ssd) = ("local-lvm", "virtio1", "qcow2", true)
        server.disks = [disk, Server.Disk(size: .gibibytes(2048))]
        var network = Server.Network()
        (network.bridge, network.vlan, network.address) = ("vmbr0", 12, "10.0.0.5/24")
        (network.gateway, network.mac) = ("10.0.0.1", "BC:24:11:00:00:01")
        server.networks = [network, Server.Network()]
        var dns = Server.DNS()
        (dns.servers, dns.domain) = (["10.0.0.2", "fd00::2"], "example.org")
        server.dns = dns
        var account = Server.CloudInit()
        account.user = "debian"
        account.password = .file(".plumb/secrets/web-1.password")
        account.sshKeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample me@example.org"]
        server.cloudInit = account
        server.agent = true
        server.onBoot = false
        server.tags = ["1st", "shop"]
        server.pool = "production"
        server.roles = ["no"]
        server.power = .running
        server.protect = true
        server.adopt = true
        server.onRemove = .forget
        server.ignore = ["spec.networks[0].mac"]
        return server
    }

    @Test("a server with every field set comes back as it was")
    func everyField() throws {
        let loaded = load([WrittenDocument(everything())])
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.servers == [everything()])
    }

    @Test(
        "any text of a description comes back as it was",
        arguments: [
            "plain words", "true", "NO", "~", "12", "1e3", "2026-01-01", "0x1F", "- list", "key: value", "a #b", "a#b",
            "tail:", " space", "space ", "\"quoted\"", "it's", "{a}", "[b]", "a, b", "*alias", "&anchor", "!tag",
            "%YAML",
            "@at", "`tick`", "|", ">", "?", "a\nb\n\nc", "tab\there", "back\\slash", "한국어 설명", "\u{2028}line",
            "\u{85}nel",
            "\u{FEFF}mark", "é", "/path/to", "<<", "=", "null", "---", "...", "a\r\nb",
        ])
    func anyText(text: String) throws {
        var server = Server(name: "web-1", cluster: "lab")
        server.description = text
        server.node = "pve1"
        let loaded = load([WrittenDocument(server)])
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.servers.map(\.description) == [text])
    }

    @Test("what a guest was found to have is what its document declares")
    func foundContainer() throws {
        var settings = GuestSettings()
        (settings.cores, settings.memory, settings.onBoot) = (2, 768, false)
        settings.disks = [.init(interface: "rootfs", datastore: "local-lvm", size: 8)]
        settings.networks = [.init(bridge: "vmbr1")]
        settings.networks[0].address = "dhcp"
        settings.tags = ["a", "plumb"]
        settings.description = "two\nlines"
        settings.protection = true
        var server = Server(found: "cache-1", vmid: VMID(600), type: .container, settings: settings, in: "lab")
        // What is there already needs no node and no template to be born from.
        server.adopt = true
        let loaded = load([WrittenDocument(server)])
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.servers == [server])
        #expect(server.tags == ["a"])
    }

    @Test("databases and their servers come back as they were")
    func databases() throws {
        var server = DatabaseServer(name: "erp", engine: .oracle, host: "10.0.0.9")
        server.metadata.displayName = "운영서버"
        server.defaultDatabase = "ORCL"
        server.port = 1522
        server.username = "system"
        server.password = .environment("ERP_PASSWORD")
        (server.dataPath, server.logPath) = ("D:\\data", "/var/log")
        server.tls.mode = .require
        server.tls.trustServerCertificate = true
        server.timeout = .milliseconds(1500)
        server.probe.interval = .seconds(90)
        server.active = false
        var database = Database(name: "acme", server: "erp", databaseName: "ACME_ERP")
        var company = Database.Company(code: "ACM", name: "Acme, Ltd.")
        company.registrationNumber = "123-45-67890"
        database.company = company
        let loaded = load([WrittenDocument(server), WrittenDocument(database)])
        #expect(loaded.diagnostics.map(\.sentence) == [])
        #expect(loaded.desired.databaseServers == [server])
        #expect(loaded.desired.databases == [database])
    }

    @Test("a cluster and a role come back as they were")
    func clusterAndRole() throws {
        var defaults = Cluster.Defaults()
        (defaults.node, defaults.datastore, defaults.template) = ("pve1", "local-lvm", .vmid(VMID(9000)))
        let endpoint = Cluster.Endpoint(
            url: "https://pve1.example.org:8006", token: .environment("PROXMOX_TOKEN"), trust: .caFile("/etc/ca.pem"))
        var role = Role(name: "web")
        role.services = [.init(name: "nginx", port: 80)]
        role.tags = ["web"]
        let loaded = load([WrittenDocument("real", at: endpoint, defaults: defaults), WrittenDocument(role)])
        #expect(loaded.diagnostics.map(\.sentence) == [])
        let cluster = try #require(loaded.desired.clusters.first { $0.name == "real" })
        #expect(cluster.source == .proxmox(endpoint))
        #expect(cluster.defaults == defaults)
        #expect(loaded.desired.roles.contains(role))
    }

    @Test("fields stand in the order of the documentation, and defaults are left out")
    func layout() {
        var server = Server(found: "web-1", vmid: VMID(100), type: .vm, settings: GuestSettings(), in: "lab")
        server.adopt = true
        var document = WrittenDocument(server)
        document.comments = ["Guest 100 on pve1."]
        #expect(
            document.text == """
                # Guest 100 on pve1.
                apiVersion: plumb/v1
                kind: Server
                metadata: {name: web-1}
                spec:
                  cluster: lab
                  vmid: 100
                  cores: 1
                  memory: 512MiB
                  adopt: true

                """)
        #expect(document.lines(of: ["cores", "memory"]) == ["cores: 1", "memory: 512MiB"])
    }

    @Test("a text becomes a name that a document can have")
    func naming() {
        #expect(ObjectNaming.name(for: "운영서버", or: "db", 7) == "db-7")
        #expect(ObjectNaming.name(for: "shop.example.org", or: "guest", 1) == "shop-example-org")
        #expect(ObjectNaming.name(for: "--ERP DB!", or: "db", 1) == "ERP-DB")
        #expect(ObjectNaming.name(for: "1234", or: "guest", 5) == "guest-5")
        #expect(ObjectNaming.name(for: "next", or: "guest", 5) == "guest-5")
        #expect(ObjectNaming.isName("AI-agent"))
        #expect(!ObjectNaming.isName("shop.example.org"))
    }
}
