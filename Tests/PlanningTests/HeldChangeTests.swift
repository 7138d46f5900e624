import Model
import Planning
import Testing

/// What the provider refuses to do to a VM that runs is held back and said, and the rest is done.
@Suite struct HeldChangeTests {
    private func fleet(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        world.declare("web-1", change)
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        return world
    }

    private func grow(_ server: inout Server) { server.disks[0].size = .gibibytes(40) }

    private func plan(_ world: World) -> Plan {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan
    }

    private func address(_ server: inout Server) {
        var network = Server.Network()
        network.address = "10.0.0.5/24"
        server.networks = [network]
    }

    @Test func aDiskGrowsAfterWhatWaitsForTheNextStart() throws {
        var world = try fleet()
        world.edit("web-1") { server in
            server.cores = 4
            grow(&server)
        }
        let first = plan(world)
        #expect(first.lines == ["update Server/web-1 [ready]"])
        #expect(first.steps.first?.changes.map(\.path) == ["cores"])
        let held = try #require(first.finding("growthHeld"))
        #expect(held.kind == .waiting)
        #expect(held.sentence == Sentence(.growthHeld, "web-1", "disks[scsi0].size: 20GiB → 40GiB", "cores"))
        world.execute(first)
        // As it is after such an update: the cores are written, and wait.
        world.editGuest("web-1") { _, configuration in
            configuration.pending = configuration.settings
            configuration.settings.cores = 2
        }
        let second = plan(world)
        #expect(second.steps.map { $0.changes.map(\.path) } == [["disks[scsi0].size"]])
        #expect(second.finding("growthHeld") == nil)
        world.execute(second)
        #expect(world.configurations[100]?.settings.disks.first?.size == 40)
        #expect(plan(world).steps.isEmpty)
    }

    @Test func aStoppedVMAndAContainerGetAllAtOnce() throws {
        var world = try fleet { $0.power = .stopped }
        world.edit("web-1") { server in
            server.cores = 4
            grow(&server)
        }
        #expect(plan(world).steps.map { $0.changes.map(\.path) } == [["cores", "disks[scsi0].size"]])
        world = try fleet { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            server.disks = [Server.Disk(size: .gibibytes(8))]
        }
        world.edit("web-1") { server in
            server.cores = 4
            grow(&server)
        }
        #expect(plan(world).steps.map { $0.changes.map(\.path) } == [["cores", "disks[rootfs].size"]])
    }

    @Test func whatTakesEffectAtOnceHoldsNoDisk() throws {
        var world = try fleet()
        world.edit("web-1") { server in
            server.tags = ["blue"]
            grow(&server)
        }
        let plan = plan(world)
        #expect(plan.steps.map { $0.changes.map(\.path) } == [["disks[scsi0].size", "tags"]])
        #expect(plan.findings.isEmpty)
    }

    @Test func anAddressWaitsUntilAVMWithoutACloudInitDriveStandsStill() throws {
        var world = try fleet()
        world.editGuest("web-1") { _, configuration in configuration.hasCloudInitDrive = false }
        world.edit("web-1") { server in
            server.cores = 4
            server.dns = Server.DNS()
            server.dns?.servers = ["10.0.0.1"]
            address(&server)
        }
        world.editGuest("web-1") { _, configuration in
            configuration.settings.networks = [GuestSettings.Network(bridge: "vmbr0")]
        }
        let first = plan(world)
        #expect(first.step("update Server/web-1")?.changes.map(\.path) == ["cores"])
        let finding = try #require(first.finding("noCloudInitDrive"))
        #expect(finding.tellsDifference)
        #expect(finding.changes.map(\.path) == ["networks[0].address", "dns"])
        world.execute(first)
        #expect(plan(world).steps.isEmpty)
        #expect(plan(world).finding("noCloudInitDrive") != nil)
        world.togglePower("web-1")
        let second = plan(world)
        #expect(second.steps.map(\.id.rawValue).contains("update Server/web-1"))
        #expect(second.step("update Server/web-1")?.changes.map(\.path) == ["networks[0].address", "dns"])
        #expect(second.finding("noCloudInitDrive") == nil)
    }

    @Test func anAddressWaitsForADriveThatWasTakenFromUnderItsValues() throws {
        var world = try fleet(address)
        world.editGuest("web-1") { _, configuration in
            configuration.hasCloudInitDrive = false
            configuration.hasCloudInitValues = true
        }
        world.togglePower("web-1")
        world.edit("web-1") { server in
            server.cores = 4
            server.networks[0].address = "10.0.0.6/24"
        }
        let first = plan(world)
        #expect(first.step("update Server/web-1")?.changes.map(\.path) == ["cores"])
        #expect(first.finding("cloudInitDriveLost")?.changes.map(\.path) == ["networks[0].address"])
        world.editGuest("web-1") { _, configuration in configuration.hasCloudInitDrive = true }
        let paths = plan(world).step("update Server/web-1")?.changes.map(\.path)
        #expect(paths == ["cores", "networks[0].address"])
        #expect(plan(world).finding("cloudInitDriveLost") == nil)
    }

    @Test func withADriveOrWhereItIsNotKnownAnAddressIsWritten() throws {
        for known in [true, nil] {
            var world = try fleet()
            world.editGuest("web-1") { _, configuration in configuration.hasCloudInitDrive = known }
            world.edit("web-1", address)
            #expect(plan(world).step("update Server/web-1")?.changes.map(\.path) == ["networks[0]"])
        }
    }

    @Test func aReportOfDriftTellsWhatTheDiskWaitsFor() throws {
        var world = try fleet()
        world.edit("web-1") { server in
            server.cores = 4
            grow(&server)
        }
        let settled = world.settled()
        let report = driftReport(settled.world.input, beside: settled.result.plan)
        let item = try #require(report.first { $0.path == "disks[scsi0].size" })
        guard case .waits(let sentence) = item.outlook else {
            Issue.record("\(item)")
            return
        }
        #expect(sentence.code == PlanCode.growthHeld.code)
    }
}
