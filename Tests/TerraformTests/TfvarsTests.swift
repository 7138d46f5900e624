import JSONArena
import Model
import Terraform
import Testing

@Suite("terraform.tfvars.json")
struct TfvarsTests {
    private func sample() -> ServerConfiguration {
        var settings = GuestSettings()
        settings.cores = 4
        settings.memory = 8192
        settings.disks = [.init(interface: "scsi0", datastore: "ssd", size: 20, format: "raw", ssd: true)]
        var network = GuestSettings.Network(bridge: "vmbr0")
        network.vlan = 42
        network.address = "10.0.0.5/24"
        network.gateway = "10.0.0.1"
        settings.networks = [network, .init(bridge: "vmbr1")]
        settings.dns = .init()
        settings.dns?.servers = ["1.1.1.1"]
        settings.tags = ["plumb", "web"]
        settings.description = "제목 \"x\"\n\nplumb: lab/main/web-01 0123456789abcdef"
        settings.pool = "prod"
        settings.protection = true
        var birth = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(101))
        birth.template = .init(vmid: VMID(9000), node: "pve2")
        birth.user = "debian"
        birth.passwordSecret = "admin"
        birth.sshKeys = ["ssh-ed25519 AAAA me"]
        return ServerConfiguration(birth: birth, settings: settings)
    }

    @Test func `an entry is read back as the value that was written`() throws {
        var container = ServerConfiguration(
            birth: .init(type: .container, node: "pve1", vmid: VMID(201)), settings: GuestSettings())
        container.birth.templateFile = "local:vztmpl/debian-12.tar.zst"
        var adopted = sample()
        adopted.settings.disks[0].options = [GuestOption("cache", "writeback"), GuestOption("iothread", "true")]
        adopted.settings.networks[1].options = [GuestOption("firewall", "true")]
        adopted.settings.options = [GuestOption("cpu.type", "kvm64")]
        for configuration in [sample(), container, adopted] {
            var tfvars = Tfvars()
            tfvars.set(configuration, for: "web-01")
            let observation = try StackObservation.Tfvars(parsing: tfvars.bytes)
            #expect(observation.entries == ["web-01": configuration])
            #expect(observation.unreadable.isEmpty)
            #expect(observation.digest == tfvars.digest)
        }
    }

    @Test func `an entry that is put back keeps disks that grew or came, and its text where there are none`() throws {
        let text = Tfvars.text(of: sample())
        var disk = sample().settings.disks[0]
        #expect(Tfvars.text(text, keeping: []) == text)
        #expect(Tfvars.text(text, keeping: [disk]) == text)
        disk.size = 10
        #expect(Tfvars.text(text, keeping: [disk]) == text)
        disk.size = 30
        // Of a disk that it has, nothing else.
        disk.ssd = false
        var larger = sample()
        larger.settings.disks[0].size = 30
        #expect(Tfvars.text(text, keeping: [disk]) == Tfvars.text(of: larger))
        let another = GuestSettings.Disk(interface: "scsi1", datastore: "ssd", size: 4)
        larger.settings.disks.insert(another, at: 0)
        #expect(Tfvars.text(text, keeping: [another, disk]) == Tfvars.text(of: larger))
        #expect(Tfvars.text("{\"disks\": 1}", keeping: [disk]) == nil)
        #expect(Tfvars.text("{", keeping: [disk]) == nil)
    }

    @Test func `the layout is stable`() throws {
        var tfvars = Tfvars()
        tfvars.set(
            ServerConfiguration(birth: .init(type: .vm, node: "pve1", vmid: VMID(101)), settings: GuestSettings()),
            for: "a")
        #expect(
            String(decoding: tfvars.bytes, as: UTF8.self) == """
                {
                  "servers": {
                    "a": {
                      "agent": false,
                      "cores": 1,
                      "description": null,
                      "disks": [],
                      "dns": null,
                      "memory": 512,
                      "networks": [],
                      "node": "pve1",
                      "on_boot": true,
                      "password_secret": null,
                      "pool": null,
                      "protection": false,
                      "sockets": 1,
                      "ssh_keys": [],
                      "tags": [],
                      "template": null,
                      "template_file": null,
                      "type": "vm",
                      "user": null,
                      "vmid": 101
                    }
                  }
                }

                """)
    }

    @Test func `a change of one entry leaves the others as they were, and undoing it gives the same bytes`() throws {
        var tfvars = Tfvars()
        tfvars.set(sample(), for: "a")
        tfvars.set(sample(), for: "b")
        let before = tfvars.bytes
        let texts = (tfvars["b"], tfvars["c"])
        var changed = sample()
        changed.settings.cores = 8
        tfvars.set(changed, for: "b")
        tfvars.set(changed, for: "c")
        #expect(tfvars.bytes != before)
        #expect(try Tfvars(parsing: tfvars.bytes)["a"] == Tfvars(parsing: before)["a"])
        tfvars["b"] = texts.0
        tfvars["c"] = texts.1
        #expect(tfvars.bytes == before)
        #expect(try Tfvars(parsing: before).bytes == before)
    }

    @Test func `what a person wrote by hand is kept: entries, numbers and members beside them`() throws {
        let text = """
            {
              "endpoint": "https://pve1:8006",
              "limits": {"x": 123456789012345678901234567890, "y": 1.50},
              "servers": {
                "b": { "cores" :  2.0 },
                "a": {"é": "\\u00e9"}
              }
            }

            """
        var tfvars = try Tfvars(parsing: Array(text.utf8))
        tfvars.set(sample(), for: "c")
        tfvars["c"] = nil
        let written = String(decoding: tfvars.bytes, as: UTF8.self)
        #expect(written.contains(#""limits": {"x": 123456789012345678901234567890, "y": 1.50}"#))
        #expect(written.contains(#""b": { "cores" :  2.0 }"#))
        #expect(written.contains(#""a": {"é": "\u00e9"},"#))
        #expect(try Tfvars(parsing: Array(written.utf8)).bytes == tfvars.bytes)
        #expect(try StackObservation.Tfvars(parsing: tfvars.bytes).unreadable == ["a", "b"])
    }

    @Test func `a candidate lacks servers, and nothing else`() throws {
        var tfvars = Tfvars()
        for name in ["a", "b", "c"] as [ServerName] { tfvars.set(sample(), for: name) }
        let candidate = tfvars.candidate(without: ["b", "nobody"])
        #expect(candidate.servers == ["a", "c"])
        #expect(tfvars.servers == ["a", "b", "c"])
        #expect(candidate["a"] == tfvars["a"])
    }

    @Test func `the key keeps its case whatever the name is written like`() throws {
        var tfvars = try Tfvars(parsing: Array(#"{"servers":{"Web-01":{}}}"#.utf8))
        tfvars.set(sample(), for: "web-01")
        #expect(tfvars.entries.keys.sorted() == ["Web-01"])
        #expect(tfvars.key(of: "WEB-01") == "Web-01")
        #expect(tfvars.key(of: "New") == "New")
    }

    @Test(arguments: [
        ("", "not JSON"), ("[]", "not an object"), (#"{"servers": []}"#, "not an object"),
        (#"{"servers": {"a": {}, "A": {}}}"#, "two entries"), (#"{"x": 1, "x": 2}"#, "two members"),
        (#"{"servers": {}"#, "not JSON"),
    ])
    func `a file that Terraform would read differently is refused`(text: String, reason: String) {
        do {
            _ = try Tfvars(parsing: Array(text.utf8))
            Issue.record("it was read")
        } catch {
            #expect(error.reason.contains(reason))
        }
    }

    @Test func `an entry that lacks a member, has one too many or of another type is unreadable`() throws {
        let whole = sample().tfvars
        guard case .object(let members) = whole else { return }
        #expect(ServerConfiguration(tfvars: try JSONDocument(parsing: whole.bytes()).root) == sample())
        for index in members.indices {
            var fewer = members
            fewer.remove(at: index)
            #expect(ServerConfiguration(tfvars: try JSONDocument(parsing: JSONValue.object(fewer).bytes()).root) == nil)
            var other = members
            other[index].value = .double(0.5)
            #expect(ServerConfiguration(tfvars: try JSONDocument(parsing: JSONValue.object(other).bytes()).root) == nil)
        }
        let more = JSONValue.object(members + [.init("new", 1)])
        #expect(ServerConfiguration(tfvars: try JSONDocument(parsing: more.bytes()).root) == nil)
    }
}
