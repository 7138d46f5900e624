import Model
import Testing

@testable import Proxmox

struct ConfigurationTests {
    private static let vm = """
        {"data":[
        {"key":"name","value":"web-01"},{"key":"cores","value":2,"pending":4},{"key":"sockets","value":"1"},
        {"key":"memory","value":"2048"},{"key":"digest","value":"0a1b2c"},{"key":"onboot","value":1},
        {"key":"agent","value":"enabled=1,fstrim_cloned_disks=1"},{"key":"protection","value":false},
        {"key":"tags","value":"plumb;Web"},{"key":"description","value":"front\\n\\nplumb: lab/default/web-01 0123456789abcdef\\n"},
        {"key":"scsi0","value":"local-lvm:vm-100-disk-0,iothread=1,size=32G,ssd=1"},
        {"key":"scsi10","value":"nfs:100/vm-100-disk-2.qcow2,size=1T"},
        {"key":"scsi2","value":"local-lvm:vm-100-disk-1,size=8192M"},
        {"key":"ide2","value":"local-lvm:vm-100-cloudinit,media=cdrom,size=4M"},
        {"key":"sata0","value":"local:iso/debian.iso,media=cdrom,size=600M"},{"key":"ide0","value":"none,media=cdrom"},
        {"key":"efidisk0","value":"local-lvm:vm-100-disk-3,size=4M"},{"key":"scsihw","value":"virtio-scsi-single"},
        {"key":"net0","value":"virtio=bc:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=10"},
        {"key":"net1","value":"model=virtio,macaddr=BC:24:11:00:00:02,bridge=vmbr1"},
        {"key":"ipconfig0","value":"ip=10.0.0.11/24,gw=10.0.0.1"},{"key":"ipconfig1","value":"ip=dhcp"},
        {"key":"nameserver","value":"10.0.0.2 10.0.0.3"},{"key":"searchdomain","value":"example.org"},
        {"key":"cipassword","value":"**********"},{"key":"ciuser","value":"ops","pending":"root"},
        {"key":"sshkeys","value":"ssh-ed25519%20AAAA%2Bx%20ann%0A%0Assh-rsa%20BBBB%20bob%40host%0A"},
        {"key":"boot","value":"order=scsi0"},{"key":"vmgenid","value":"x","delete":1}
        ]}
        """

    private func observe(
        _ type: GuestType = .vm, pool: String? = nil, bodies: [String: String]
    ) async throws -> (Observation<GuestConfiguration>, StubSender) {
        let sender = StubSender(bodies: bodies)
        var guest = ObservedGuest(
            vmid: VMID(type == .vm ? 100 : 200), type: type, name: "x", node: "pve1", status: .running)
        guest.pool = pool
        return (try await Example.client(sender).configuration(of: guest), sender)
    }

    @Test func `a VM's configuration becomes settings, running and pending, with one call`() async throws {
        let (observation, sender) = try await observe(pool: "prod", bodies: ["/nodes/pve1/qemu/100/pending": Self.vm])
        let configuration = try #require(observation.value)
        #expect(sender.lines == ["GET /nodes/pve1/qemu/100/pending"])
        #expect(configuration.name == "web-01" && configuration.digest == "0a1b2c" && configuration.lock == nil)
        let settings = configuration.settings
        #expect(settings.cores == 2 && settings.sockets == 1 && settings.memory == 2048)
        #expect(settings.agent && settings.onBoot && !settings.protection && settings.pool == "prod")
        #expect(settings.tags == ["plumb", "web"])
        #expect(settings.description == "front\n\nplumb: lab/default/web-01 0123456789abcdef")
        #expect(configuration.mark?.server == "web-01" && configuration.mark?.id == "0123456789abcdef")
        var root = GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 32, ssd: true)
        root.options = [GuestOption("iothread", "true")]
        #expect(
            settings.disks == [
                root,
                GuestSettings.Disk(interface: "scsi2", datastore: "local-lvm", size: 8),
                GuestSettings.Disk(interface: "scsi10", datastore: "nfs", size: 1024, format: "qcow2"),
            ])
        var first = GuestSettings.Network(bridge: "vmbr0")
        first.vlan = 10
        first.mac = "BC:24:11:00:00:01"
        first.address = "10.0.0.11/24"
        first.gateway = "10.0.0.1"
        first.options = [GuestOption("firewall", "true")]
        var second = GuestSettings.Network(bridge: "vmbr1")
        second.mac = "BC:24:11:00:00:02"
        second.address = "dhcp"
        #expect(settings.networks == [first, second])
        #expect(settings.dns?.servers == ["10.0.0.2", "10.0.0.3"] && settings.dns?.domain == "example.org")
        var pending = settings
        pending.cores = 4
        #expect(configuration.pending == pending)
        #expect(
            configuration.account
                == .init(user: "root", sshKeys: ["ssh-ed25519 AAAA+x ann", "ssh-rsa BBBB bob@host"]))
    }

    @Test func `a container's configuration becomes settings too`() async throws {
        let body = """
            {"data":[{"key":"hostname","value":"cache-01"},{"key":"cores","value":1},{"key":"memory","value":512},
            {"key":"rootfs","value":"local-lvm:vm-200-disk-0,size=8G"},{"key":"mp1","value":"local-lvm:vm-200-disk-1,mp=/data,size=16G"},
            {"key":"mp0","value":"/mnt/host,mp=/host"},{"key":"lock","value":"backup"},
            {"key":"net0","value":"name=eth0,bridge=vmbr0,gw=10.0.0.1,hwaddr=bc:24:11:00:00:09,ip=10.0.0.12/24,tag=20,type=veth"},
            {"key":"swap","value":512},{"key":"arch","value":"amd64"},{"key":"digest","value":"ff"}]}
            """
        let (observation, _) = try await observe(.container, bodies: ["/nodes/pve1/lxc/200/pending": body])
        let configuration = try #require(observation.value)
        #expect(configuration.name == "cache-01" && configuration.lock == "backup" && configuration.pending == nil)
        #expect(configuration.others == ["mp0", "mp1"])
        let settings = configuration.settings
        #expect(!settings.onBoot && !settings.agent && settings.tags.isEmpty && settings.description == nil)
        #expect(
            settings.disks == [GuestSettings.Disk(interface: "rootfs", datastore: "local-lvm", size: 8)])
        #expect(settings.networks.map(\.bridge) == ["vmbr0"])
        #expect(settings.networks.first?.mac == "BC:24:11:00:00:09" && settings.networks.first?.vlan == 20)
        #expect(configuration.macs == ["BC:24:11:00:00:09"])
        #expect(settings.networks.first?.address == "10.0.0.12/24" && settings.networks.first?.gateway == "10.0.0.1")
    }

    @Test(
        arguments: [
            ("local-lvm:vm-200-disk-0,size=8G", ["acl", "quota", "replicate"]),
            ("local-lvm:vm-200-disk-0,acl=0,quota=0,replicate=1,size=8G", []),
            ("local-lvm:vm-200-disk-0,replicate=0,size=8G", ["acl", "quota"]),
        ] as [(String, [String])])
    func `options that a container's root disk does not have are known`(_ root: String, _ unwritten: [String])
        async throws
    {
        let body = """
            {"data":[{"key":"hostname","value":"cache-01"},{"key":"digest","value":"ff"},
            {"key":"rootfs","value":"local-lvm:vm-200-disk-0,size=8G","pending":"\(root)"}]}
            """
        let (observation, _) = try await observe(.container, bodies: ["/nodes/pve1/lxc/200/pending": body])
        #expect(observation.value?.unwrittenRootOptions == unwritten)
    }

    @Test func `a peer that lists no digest is asked for the configuration first, for every guest after the first`()
        async throws
    {
        let sender = StubSender { request, _ in
            .json(
                request.route.hasSuffix("/pending")
                    ? #"{"data":[{"key":"name","value":"web-01"}]}"#
                    : #"{"data":{"name":"web-01","digest":"abc","lock":"backup"}}"#)
        }
        let client = try Example.client(sender)
        for guest in guests(100..<102) {
            let configuration = try #require(await client.configuration(of: guest).value)
            #expect(configuration.digest == "abc" && configuration.lock == "backup")
        }
        #expect(
            sender.lines == [
                "GET /nodes/pve1/qemu/100/pending", "GET /nodes/pve1/qemu/100/config",
                "GET /nodes/pve1/qemu/100/pending",
                "GET /nodes/pve2/qemu/101/config", "GET /nodes/pve2/qemu/101/pending",
            ])
        #expect(sender.requests[1].query == "current=1")
    }

    @Test func `what is removed at the next start is pending`() async throws {
        let body =
            #"{"data":[{"key":"digest","value":"a"},{"key":"tags","value":"web","delete":1},{"key":"agent","pending":"1"}]}"#
        let (observation, _) = try await observe(bodies: ["/nodes/pve1/qemu/100/pending": body])
        let configuration = try #require(observation.value)
        #expect(configuration.settings.tags == ["web"] && configuration.pending?.tags == [])
        #expect(!configuration.settings.agent && configuration.pending?.agent == true)
    }

    @Test(arguments: [
        #"{"data":null}"#, #"{"data":{}}"#, #"{"data":[]}"#, #"{"data":[{"value":1}]}"#, #"{"data":[{"key":"name","#,
    ])
    func `half a configuration is unknown`(body: String) async throws {
        let (observation, _) = try await observe(bodies: ["/nodes/pve1/qemu/100/pending": body])
        guard case .unknown(let reason) = observation else {
            Issue.record("half a configuration was believed")
            return
        }
        #expect(reason.code == "proxmox.unreadable")
    }

    @Test func `a guest that left its node since the listing is unknown, not absent`() async throws {
        let sender = StubSender { _, _ in
            .refusal(500, "Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist")
        }
        let guest = ObservedGuest(vmid: VMID(100), type: .vm, name: "x", node: "pve1", status: .running)
        #expect(
            try await Example.client(sender).configuration(of: guest)
                == .unknown(Sentence("proxmox.goneSinceListing", "100")))
    }

    private func guests(_ numbers: Range<Int>) -> [ObservedGuest] {
        numbers.map { number in
            ObservedGuest(
                vmid: VMID(number), type: .vm, name: "s\(number)", node: number % 2 == 0 ? "pve1" : "pve2",
                status: .running)
        }
    }

    @Test func `details are read side by side, and not from nodes that are down`() async throws {
        let sender = StubSender { _, _ in .json(#"{"data":[{"key":"digest","value":"a"}]}"#) }
        let details = try await Example.client(sender).configurations(of: guests(100..<200), offline: ["pve2"])
        #expect(details.count == 100)
        #expect(details[VMID(100)]?.value?.digest == "a")
        #expect(details[VMID(101)] == .unknown(Sentence("proxmox.nodeOffline", "101", "pve2")))
        #expect(sender.requests.count == 50)
    }

    @Test func `a node that turns out to be down is not asked again and again`() async throws {
        let sender = StubSender { request, _ in
            request.route.hasPrefix("/nodes/pve2")
                ? .refusal(595, "No route to host") : .json(#"{"data":[{"key":"digest","value":"a"}]}"#)
        }
        var settings = ProxmoxClient.Settings()
        settings.concurrency = 4
        let details = try await Example.client(sender, settings: settings).configurations(of: guests(100..<300))
        #expect(details.values.count { $0.value != nil } == 100)
        for number in stride(from: 101, to: 300, by: 2) {
            guard case .unknown = details[VMID(number)] else {
                Issue.record("guest \(number) is not unknown")
                continue
            }
        }
    }
}
