import Model
import Planning
import Testing

/// What a declaration has no word for, and Terraform would take off a guest that it is not told of.
@Suite struct UndeclaredTests {
    private static let stack = StackID(cluster: "lab", name: "main")

    /// A guest with two disks, a network device and name servers.
    private static var settings: GuestSettings {
        var settings = GuestSettings()
        settings.disks = [
            GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 8, format: "raw"),
            GuestSettings.Disk(interface: "scsi1", datastore: "ceph", size: 100, format: "raw"),
        ]
        var network = GuestSettings.Network(bridge: "vmbr1")
        network.mac = "BC:24:11:00:00:01"
        network.address = "10.0.0.9/24"
        settings.networks = [network]
        var dns = GuestSettings.DNS()
        dns.servers = ["10.0.0.1"]
        settings.dns = dns
        return settings
    }

    private func world(_ edit: (inout Server) -> Void = { _ in }) -> World {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.configurations[200]?.settings = Self.settings
        world.declare("web-01") { server in
            server.vmid = 200
            server.adopt = true
            server.cores = 1
            server.memory = .mebibytes(512)
            server.disks = []
            edit(&server)
        }
        return world
    }

    private func adopted() throws -> World {
        var world = world()
        let plan = world.plan()
        #expect(plan.lines == ["adopt Server/web-01 [ready]"])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        #expect(try #require(plan.steps.first).changesBeyondMark == [])
        world.execute(plan)
        return world
    }

    private func expectEntry(_ world: World, _ settings: GuestSettings) {
        let entry = world.stacks[Self.stack]?.tfvars.entries["web-01"]?.settings
        #expect(entry?.disks == settings.disks)
        #expect(entry?.networks == settings.networks)
        #expect(entry?.dns == settings.dns)
    }

    @Test func aGuestIsTakenInAsItIs() throws {
        let world = try adopted()
        expectEntry(world, Self.settings)
        #expect(world.plan().steps.isEmpty && world.plan().findings.isEmpty)
    }

    @Test func aLaterChangeTakesNothingOffIt() throws {
        var world = try adopted()
        world.edit("web-01") { $0.cores = 2 }
        let plan = world.plan()
        #expect(plan.lines == ["update Server/web-01 [ready]"])
        #expect(plan.steps.first?.changes.map(\.path) == ["cores"])
        world.execute(plan)
        expectEntry(world, Self.settings)
    }

    @Test func whatSomebodyChangesOfItIsFollowed() throws {
        var world = try adopted()
        var changed = Self.settings
        changed.disks[1].size = 200
        world.editGuest("web-01") { $1.settings.disks = changed.disks }
        world.edit("web-01") { $0.cores = 2 }
        #expect(world.plan().steps.first?.changes.map(\.path) == ["cores"])
        world.execute(world.plan())
        expectEntry(world, changed)
        #expect(world.plan().steps.isEmpty)
    }

    /// A mark of ours is no reason to take disks off: state and registry are lost, and the guest was once adopted.
    @Test func aGuestThatIsTakenBackKeepsThemToo() throws {
        var world = try adopted()
        world.stacks = [:]
        world.recorded.servers = []
        #expect(world.plan().lines == ["adopt Server/web-01 [ready]"])
        world.execute(world.plan())
        expectEntry(world, Self.settings)
        #expect(world.plan().steps.isEmpty)
    }

    /// What its state did not know as long as it stayed, an import tells it of.
    @Test func aContainerThatMovedKeepsThemToo() throws {
        var world = World()
        world.declare("ct-01") { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            server.disks = []
            server.networks = []
        }
        world.execute(world.plan())
        var network = GuestSettings.Network(bridge: "vmbr1")
        network.mac = "BC:24:11:00:00:01"
        let disk = GuestSettings.Disk(interface: "rootfs", datastore: "local-lvm", size: 8, format: "raw")
        world.editGuest("ct-01") { guest, configuration in
            guest.node = "pve2"
            configuration.settings.networks = [network]
            configuration.settings.disks = [disk]
        }
        let step = try #require(world.plan().steps.first { $0.action.verb == .adopt })
        #expect(step.changes == [])
        world.execute(world.plan())
        let entry = world.stacks[Self.stack]?.tfvars.entries["ct-01"]?.settings
        #expect(entry?.networks == [network])
        #expect(entry?.disks == [disk])
    }

    @Test func aLineThatGoesFromTheDocumentTakesNoDiskAway() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        let before = try #require(world.stacks[Self.stack]?.tfvars.entries["web-01"]?.settings.disks)
        #expect(!before.isEmpty)
        world.edit("web-01") { server in
            server.disks = []
            server.cores = 4
        }
        #expect(world.plan().steps.first?.changes.map(\.path) == ["cores"])
        world.execute(world.plan())
        #expect(world.stacks[Self.stack]?.tfvars.entries["web-01"]?.settings.disks == before)
    }

    /// Terraform's state has no disks of a clone whose entry had none.
    @Test func whatACloneGotFromItsTemplateIsNotWrittenDown() throws {
        var world = World()
        world.declare("web-01") { $0.disks = [] }
        world.execute(world.plan())
        world.editGuest("web-01") { $1.settings.disks = Self.settings.disks }
        world.edit("web-01") { $0.cores = 4 }
        world.execute(world.plan())
        #expect(world.stacks[Self.stack]?.tfvars.entries["web-01"]?.settings.disks == [])
        #expect(world.plan().steps.isEmpty)
    }

    @Test("disks that are declared for a guest which was born without are its template's, and hold nothing else up")
    func disksAfterABirthWithout() throws {
        var world = World()
        world.declare("web-01") { $0.disks = [] }
        world.execute(world.plan())
        world.editGuest("web-01") { _, configuration in
            configuration.settings.disks = [
                GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 4, format: "raw")
            ]
        }
        world.edit("web-01") { $0.disks = [Server.Disk(size: .gibibytes(8))] }
        #expect(world.plan().lines == [])
        let finding = try #require(world.plan().finding("needsRebuild"))
        #expect(finding.changes == [AttributeChange(path: "disks[scsi0].size", before: "4GiB", after: "8GiB")])
        world.edit("web-01") { $0.cores = 4 }
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
        world.edit("web-01") { $0.disks = [Server.Disk(size: .gibibytes(4))] }
        #expect(world.plan().finding("needsRebuild") == nil)
    }

    @Test("of many guests that were born without disks as many are compared as the sweep has, and the rest are counted")
    func disksAfterManyBirthsWithout() throws {
        var world = World()
        world.desired.clusters[0].poll.detailSweep = 2
        let names = (1...5).map { ServerName("web-0\($0)") }
        for name in names { world.declare(name.text) { $0.disks = [] } }
        world.execute(world.plan())
        for name in names {
            world.editGuest(name) { _, configuration in
                configuration.settings.disks = [
                    GuestSettings.Disk(interface: "scsi0", datastore: "local-lvm", size: 4, format: "raw")
                ]
            }
            world.edit(name) { $0.disks = [Server.Disk(size: .gibibytes(8))] }
        }
        let first = detailNeeds(world.input).map(\.vmid)
        #expect(first.count == 2)
        let plan = world.plan()
        #expect(plan.lines == [] && plan.findings.filter { $0.rule == "needsRebuild" }.count == 2)
        #expect(plan.finding("disksUnread")?.sentence == Sentence(.disksUnread, "lab", "3", "5"))
        // What was not looked at differs in nothing that anybody knows.
        #expect(driftReport(world.input).filter { $0.path.hasPrefix("disks") } == [])
        // Whoever is to be changed is read whoever's turn it is.
        world.edit("web-05") { $0.cores = 4 }
        #expect(world.plan().lines == ["update Server/web-05 [ready]"])
        world.edit("web-05") { $0.cores = 2 }
        // The next ones after a while.
        world.now = Timestamp(seconds: world.now.seconds + 30)
        #expect(Set(detailNeeds(world.input).map(\.vmid)) != Set(first))
        world.desired.clusters[0].poll.detailSweep = 50
        let whole = world.plan()
        #expect(whole.finding("disksUnread") == nil && whole.findings.filter { $0.rule == "needsRebuild" }.count == 5)
    }
}
