import Model
import Planning
import Testing

/// Attribute by attribute: what changes, what only a rebuild could change, and what is left alone.
@Suite struct ComparisonTests {
    private func changed(_ change: (inout Server) -> Void) throws -> Plan {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01", change)
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
        return plan
    }

    @Test func aDiskGrowsAtOnce() throws {
        let plan = try changed { $0.disks[0].size = .gibibytes(40) }
        #expect(
            plan.steps.first?.changes == [
                AttributeChange(path: "disks[scsi0].size", before: "20GiB", after: "40GiB", effect: .hotplug)
            ])
    }

    @Test func aDiskNeverShrinks() throws {
        let plan = try changed { $0.disks[0].size = .gibibytes(10) }
        #expect(plan.steps.isEmpty)
        #expect(
            plan.finding("needsRebuild")?.changes == [
                AttributeChange(path: "disks[scsi0].size", before: "20GiB", after: "10GiB")
            ])
    }

    @Test func anotherDatastoreOrInterfaceIsARebuild() throws {
        let datastore = try changed { $0.disks[0].datastore = "ceph" }
        #expect(datastore.steps.isEmpty)
        #expect(datastore.finding("needsRebuild")?.changes.map(\.path) == ["disks[scsi0].datastore"])
        let interface = try changed { $0.disks[0].interface = "virtio0" }
        #expect(interface.steps.isEmpty)
        #expect(interface.finding("needsRebuild")?.changes.map(\.path) == ["disks[scsi0]", "disks[virtio0]"])
    }

    @Test func disksInAnotherOrderAreNotGrown() throws {
        var world = World()
        world.declare("web-01") { server in
            server.disks = [10, 50, 7].map { Server.Disk(size: .gibibytes($0)) }
        }
        world.execute(world.plan())
        world.edit("web-01") { $0.disks.swapAt(0, 1) }
        #expect(world.plan().steps.isEmpty)
        #expect(
            world.plan().finding("needsRebuild")?.changes == [
                AttributeChange(path: "disks[scsi0].size", before: "10GiB", after: "50GiB"),
                AttributeChange(path: "disks[scsi1].size", before: "50GiB", after: "10GiB"),
            ])
    }

    @Test func aDiskThatSomebodyDetachedIsNotReplacedByAnEmptyOne() throws {
        var world = World()
        world.declare("web-01") { $0.disks.append(Server.Disk(size: .gibibytes(5))) }
        world.execute(world.plan())
        let whole = try #require(world.configurations[100]?.settings.disks)
        world.editGuest("web-01") { _, configuration in configuration.settings.disks.removeLast() }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(world.plan().lines == ["update Server/web-01 [blocked diskDetached]"])
        // Attached again, all is as before.
        var attached = world
        attached.editGuest("web-01") { _, configuration in configuration.settings.disks = whole }
        #expect(attached.plan().steps.isEmpty)
        // Given up: out of the YAML, applied, and declared again it is a new disk.
        world.edit("web-01") { $0.disks.removeLast() }
        #expect(world.plan().lines == ["repair Server/web-01 [ready]"])
        world.execute(world.plan())
        world.edit("web-01") { $0.disks.append(Server.Disk(size: .gibibytes(5))) }
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
    }

    @Test func aDiskThatIsNoLongerDeclaredStays() throws {
        var world = World()
        world.declare("web-01") { $0.disks.append(Server.Disk(size: .gibibytes(5))) }
        world.execute(world.plan())
        world.edit("web-01") { $0.disks.removeLast() }
        #expect(world.plan().steps.isEmpty)
        #expect(world.plan().finding("needsRebuild")?.changes.map(\.path) == ["disks[scsi1]"])
    }

    @Test func undeclaredDisksAndNetworksAgreeWithAnything() throws {
        var world = World()
        world.declare("web-01") {
            $0.disks = []
            $0.networks = []
        }
        world.execute(world.plan())
        world.editGuest("web-01") { _, configuration in
            configuration.settings.disks = [.init(interface: "scsi0", datastore: "x", size: 3)]
            configuration.settings.networks = [.init(bridge: "vmbr7")]
        }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(planFleet(world.input).plan.steps.isEmpty)
    }

    @Test func birthOnlyChangesAreReportedAndNothingIsPlanned() throws {
        let plan = try changed {
            $0.vmid = 555
            $0.template = .vmid(9001)
            $0.cloudInit = .init()
            $0.cloudInit?.user = "ops"
            $0.cloudInit?.sshKeys = ["ssh-ed25519 AAAA"]
            $0.cloudInit?.password = .stored("x")
        }
        #expect(plan.steps.isEmpty)
        #expect(
            plan.finding("needsRebuild")?.changes.map(\.path) == [
                "vmid", "cloudInit.user", "cloudInit.passwordFrom", "cloudInit.sshKeys",
            ])
    }

    @Test func anotherTemplateIsARebuild() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        var template = try #require(world.inventory.guests.first { $0.isTemplate })
        template.vmid = 9001
        template.name = "debian-13"
        world.inventory.guests.append(template)
        world.edit("web-01") { $0.template = .name("debian-13") }
        #expect(world.plan().steps.isEmpty)
        #expect(
            world.plan().finding("needsRebuild")?.changes == [
                AttributeChange(path: "template", before: "9000", after: "9001")
            ])
    }

    @Test func aRebuildStopsNoOtherChange() throws {
        let plan = try changed {
            $0.disks[0].size = .gibibytes(10)
            $0.cores = 4
        }
        #expect(plan.steps.first?.changes.map(\.path) == ["cores"])
        #expect(plan.finding("needsRebuild") != nil)
    }

    @Test func ignoredPathsKeepTheLiveValueInTheConfiguration() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") {
            $0.ignore = ["spec.tags", "memory"]
            $0.cores = 4
        }
        world.editGuest("web-01") { guest, configuration in
            guest.tags = ["by-hand", "plumb"]
            guest.memory = 3000
            configuration.settings.tags = guest.tags
            configuration.settings.memory = 3000
        }
        let plan = world.plan()
        guard case .update(let change) = try #require(plan.steps.first).action else {
            Issue.record("no update")
            return
        }
        #expect(change.configuration.settings.tags == ["by-hand", "plumb"])
        #expect(change.configuration.settings.memory == 3000)
        #expect(plan.steps.first?.changes.map(\.path) == ["cores"])
        #expect(plan.finding("ignored")?.changes.map(\.path) == ["tags", "memory"])
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func anIgnoredDescriptionGetsItsMarkBelowTheTextThatIsThere() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.ignore = ["spec.description"] }
        let vmid = try #require(world.guest("web-01")?.vmid)
        let mark = try #require(world.configurations[vmid]?.settings.description)
        world.editGuest("web-01") { _, configuration in configuration.settings.description = "my precious note" }
        world.inventory.details[vmid] = world.configurations[vmid].map { .present($0) }
        let plan = world.plan()
        guard case .update(let change) = try #require(plan.steps.first).action else {
            Issue.record("no update")
            return
        }
        #expect(change.configuration.settings.description == "my precious note\n\n\(mark)")
        world.execute(plan)
        #expect(world.plan().steps.isEmpty)
        #expect(world.configurations[vmid]?.settings.description == "my precious note\n\n\(mark)")
    }

    @Test func anIgnoredPowerIsLeftAsItIsAfterTheFirstStart() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") {
            $0.power = .running
            $0.ignore = ["spec.power"]
        }
        world.execute(world.plan())
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(world.plan().steps.isEmpty)
        #expect(driftReport(world.input).isEmpty)
        world.edit("web-01") { $0.ignore = [] }
        #expect(world.plan().steps.map(\.rule) == ["power"])
    }

    @Test func whatIsSetAtBirthAndIgnoredAsksForNoRebuild() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.cloudInit = Server.CloudInit() }
        world.edit("web-01") { $0.cloudInit?.user = "other" }
        #expect(world.plan().finding("needsRebuild")?.changes.map(\.path) == ["cloudInit.user"])
        world.edit("web-01") { $0.ignore = ["spec.cloudInit.user"] }
        let plan = world.plan()
        #expect(plan.finding("needsRebuild") == nil && plan.steps.isEmpty)
        #expect(plan.finding("ignored")?.changes.map(\.path) == ["cloudInit.user"])
        world.edit("web-01") { $0.ignore = ["spec.cloudInit.sshKeys"] }
        #expect(world.plan().finding("needsRebuild") != nil)
    }

    @Test func aPolicysIgnoreRuleEnds() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        var rule = Policy.IgnoreRule(path: "spec.cores")
        rule.until = Timestamp(seconds: world.now.seconds + 100)
        var policy = Policy(name: "p")
        policy.ignore = [rule]
        world.desired.policies = [policy]
        world.edit("web-01") { $0.cores = 4 }
        #expect(world.plan().steps.isEmpty)
        world.now = Timestamp(seconds: world.now.seconds + 100)
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
    }

    @Test func aChangeThatWaitsForARestartIsNotPlannedAgain() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.cores = 4 }
        let old = try #require(world.configurations[100]?.settings)
        world.execute(world.plan())
        world.editGuest("web-01") { guest, configuration in
            guest.totalCores = 2
            configuration.pending = configuration.settings
            configuration.settings = old
        }
        let plan = world.plan()
        #expect(plan.lines == ["restart Server/web-01 [approval approveOwnRestart]"])
        #expect(
            plan.steps.first?.changes == [
                AttributeChange(path: "cores", before: "2", after: "4", effect: .pendingRestart)
            ])
    }

    @Test func aStoppedGuestFeelsNoEffect() throws {
        var world = World()
        world.declare("web-01") { $0.power = .stopped }
        world.execute(world.plan())
        world.edit("web-01") { $0.cores = 4 }
        #expect(world.plan().steps.first?.effect == RunningEffect.none)
    }

    @Test func powerIsDeclaredOrLeftAlone() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(world.plan().steps.isEmpty)
        world.edit("web-01") { $0.power = .running }
        #expect(world.plan().lines == ["start Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        world.edit("web-01") { $0.power = .stopped }
        world.approveAll()
        #expect(world.plan().lines == ["stop Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aNewServerThatDidNotStartIsStartedOnce() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.recorded.servers[0].wasStarted = false
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(world.plan().lines == ["start Server/web-01 [ready]", "record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aNewNameByHandIsTakenBack() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        let at = try #require(world.inventory.guests.firstIndex { $0.vmid == 100 })
        world.inventory.guests[at].name = "renamed"
        #expect(world.plan().lines == ["update Server/web-01 [ready]"])
        #expect(
            world.plan().steps.first?.changes == [AttributeChange(path: "name", before: "renamed", after: "web-01")])
    }
}
