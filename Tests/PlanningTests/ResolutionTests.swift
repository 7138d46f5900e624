import Model
import Planning
import Testing

/// From a declaration, defaults and roles to the configuration that Terraform gets.
@Suite struct ResolutionTests {
    private func configuration(_ world: World) throws -> ServerConfiguration {
        guard case .create(let creation) = try #require(world.plan().steps.first).action else {
            throw Missing()
        }
        return creation.configuration
    }
    private struct Missing: Error {}

    @Test func everythingIsFilledIn() throws {
        var world = World()
        world.desired.clusters[0].defaults.bridge = "vmbr1"
        world.desired.clusters[0].defaults.gateway = "10.0.0.1"
        world.desired.clusters[0].defaults.user = "ops"
        world.desired.clusters[0].defaults.sshKeys = ["key"]
        var role = Role(name: "web")
        role.tags = ["HTTP", "front"]
        world.desired.roles = [role]
        world.declare("Web-01") {
            $0.roles = ["web"]
            $0.tags = ["front", "A"]
            $0.description = "The front."
            $0.protect = true
            $0.disks.append(Server.Disk(size: ByteCount(bytes: (5 << 30) + 1)))
            var first = Server.Network()
            first.address = "10.0.0.11/24"
            var second = Server.Network()
            second.address = "dhcp"
            second.mac = "aa:bb:cc:00:11:22"
            $0.networks = [first, second]
            $0.cloudInit = .init()
            $0.cloudInit?.password = .environment("PW")
        }
        let made = try configuration(world)
        #expect(made.birth.node == "pve1")
        #expect(made.birth.template == .init(vmid: 9000, node: "pve1"))
        #expect(made.birth.user == "ops" && made.birth.sshKeys == ["key"])
        #expect(made.birth.passwordSecret == "Web-01/cloudInit.password")
        #expect(made.settings.tags == ["a", "front", "http", "plumb"])
        #expect(made.settings.protection)
        #expect(made.settings.disks.map(\.interface) == ["scsi0", "scsi1"])
        #expect(made.settings.disks.map(\.size) == [20, 6])
        #expect(made.settings.disks.map(\.datastore) == ["local-lvm", "local-lvm"])
        #expect(made.settings.networks.map(\.bridge) == ["vmbr1", "vmbr1"])
        #expect(made.settings.networks.map(\.gateway) == ["10.0.0.1", nil])
        #expect(made.settings.networks[1].mac == "AA:BB:CC:00:11:22")
        let description = try #require(made.settings.description)
        #expect(description.hasPrefix("The front.\n\nplumb: lab/main/Web-01 "))
        #expect(OwnershipMark(readingDescription: description)?.id.count == 16)
    }

    @Test func aContainerHasARootAndItsTemplateFile() throws {
        var world = World()
        world.declare("ct-01") {
            $0.type = .container
            $0.node = "pve2"
            $0.template = .name("local:vztmpl/debian-12.tar.zst")
            $0.sockets = 4
            $0.agent = true
        }
        let made = try configuration(world)
        #expect(made.birth.templateFile == "local:vztmpl/debian-12.tar.zst" && made.birth.template == nil)
        #expect(made.settings.disks.map(\.interface) == ["rootfs"])
        #expect(made.settings.sockets == 1 && !made.settings.agent)
    }

    @Test func whatCannotBeResolvedIsBlockedWithItsReason() {
        func finding(_ change: (inout World) -> Void) -> String? {
            var world = World()
            change(&world)
            #expect(world.plan().steps.isEmpty)
            return world.plan().findings.first { $0.kind != .notice }?.sentence.short
        }
        #expect(finding { $0.declare("a") { $0.template = .name("nope") } } == "templateUnknown")
        #expect(finding { $0.declare("a") { $0.template = .vmid(9999) } } == "templateUnknown")
        #expect(
            finding {
                $0.declare("a") {
                    $0.type = .container; $0.template = nil
                }
            } == "templateOtherType")
        #expect(
            finding {
                $0.declare("a") {
                    $0.type = .container; $0.template = .vmid(9000)
                }
            } == "templateOtherType")
        #expect(
            finding {
                $0.desired.clusters[0].defaults.template = nil
                $0.declare("a") {
                    $0.type = .container; $0.template = nil
                }
            } == "noTemplateFile")
        #expect(finding { $0.declare("a") { $0.node = "pve9" } } == "nodeUnknown")
        #expect(
            finding {
                $0.inventory.nodes[1].isOnline = false
                $0.declare("a") { $0.node = "pve2" }
            } == "unlistedOffline")
        #expect(
            finding {
                $0.desired.clusters[0].defaults.datastore = nil
                $0.declare("a")
            } == "noDatastore")
        #expect(
            finding {
                $0.desired.clusters[0].defaults.vmidRange = VMID(9000)...VMID(9000)
                $0.declare("a")
            } == "noFreeVMID")
        #expect(
            finding {
                var second = $0.inventory.guests[0]
                second.vmid = 9001
                $0.inventory.guests.append(second)
                $0.declare("a")
            } == "templateAmbiguous")
    }

    @Test func aTemplateOnTheWantedNodeIsPreferred() throws {
        var world = World()
        var second = world.inventory.guests[0]
        second.vmid = 9001
        second.node = "pve2"
        world.inventory.guests.append(second)
        world.declare("a") { $0.node = "pve2" }
        #expect(try configuration(world).birth.template == .init(vmid: 9001, node: "pve2"))
    }

    @Test func aLeasedNumberIsKeptAndOthersAreNotGivenAway() throws {
        var world = World()
        world.recorded.leases = [VMIDLease(cluster: "lab", vmid: 150, server: "b")]
        world.declare("a")
        world.declare("b")
        let vmids = world.plan().steps.compactMap { step -> VMID? in
            guard case .create(let creation) = step.action else { return nil }
            return creation.configuration.birth.vmid
        }
        #expect(vmids == [100, 150])
    }

    @Test func twoServersOfOneNumberAreBothBlocked() {
        var world = World()
        world.declare("a") { $0.vmid = 200 }
        world.declare("b") { $0.vmid = 200 }
        #expect(world.plan().steps.isEmpty)
        #expect(world.plan().findings.map(\.sentence.short) == ["vmidDeclaredTwice", "vmidDeclaredTwice"])
    }

    @Test func marksDifferByServerStackLifeAndSeed() {
        let stack = StackID(cluster: "lab", name: "main")
        var recorded = Recorded()
        recorded.markSeed = 7
        let first = OwnershipMark.drawn(for: "a", in: stack, recorded: recorded)
        #expect(first == OwnershipMark.drawn(for: "a", in: stack, recorded: recorded))
        var ids: Set<String> = [first.id]
        ids.insert(OwnershipMark.drawn(for: "b", in: stack, recorded: recorded).id)
        ids.insert(OwnershipMark.drawn(for: "a", in: StackID(cluster: "lab", name: "x"), recorded: recorded).id)
        recorded.births["a"] = 1
        ids.insert(OwnershipMark.drawn(for: "a", in: stack, recorded: recorded).id)
        recorded.markSeed = 8
        ids.insert(OwnershipMark.drawn(for: "a", in: stack, recorded: recorded).id)
        #expect(ids.count == 5)
        #expect(ids.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test func stacksAreStable() {
        var server = Server(name: "Web-01", cluster: "lab")
        #expect(Cluster.Stacks.single.stack(of: server) == "main")
        #expect(Cluster.Stacks.byLabel("env").stack(of: server) == "default")
        server.metadata.labels = [.init("env", "Prod")]
        #expect(Cluster.Stacks.byLabel("env").stack(of: server) == "prod")
        #expect(StableHash.of("") == 0xCBF2_9CE4_8422_2325)
        #expect(StableHash.of("a") == 0xAF63_DC4C_8601_EC8C)
        let shard = Cluster.Stacks.hashed(10).stack(of: server)
        server.name = "web-01"
        #expect(Cluster.Stacks.hashed(10).stack(of: server) == shard)
        #expect(shard.hasPrefix("shard-0"))
    }

    @Test func birthsFollowTheirDependencies() {
        var world = World()
        world.declare("a") { $0.dependsOn = ["c"] }
        world.declare("b")
        world.declare("c") { $0.dependsOn = ["b"] }
        let plan = world.plan()
        #expect(plan.steps.map(\.id.rawValue) == ["create Server/b", "create Server/c", "create Server/a"])
        #expect(plan.step("create Server/a")?.after == [StepID(rawValue: "create Server/c")])
        #expect(checkPlan(plan, world.input) == [])
    }

    @Test func aCircleOfDependenciesIsBlockedAndNamed() {
        var world = World()
        world.declare("a") { $0.dependsOn = ["b"] }
        world.declare("b") { $0.dependsOn = ["a"] }
        world.declare("c")
        let plan = world.plan()
        #expect(plan.step("create Server/c")?.disposition == .ready)
        #expect(plan.step("create Server/a")?.disposition == .blocked(Sentence(.dependencyCycle, "a", "a, b")))
        #expect(checkPlan(plan, world.input) == [])
    }

    @Test func whatDependsOnABlockedServerWaits() {
        var world = World()
        world.addForeignGuest(300, "db")
        world.declare("db") { $0.vmid = 300 }
        world.declare("web") { $0.dependsOn = ["db"] }
        #expect(world.plan().lines == ["create Server/web [waiting dependencyMissing]"])
    }

    @Test func targetsLimitThePlan() {
        var world = World()
        world.declare("a")
        world.declare("b")
        world.desired.roles = [Role(name: "web")]
        var input = world.input
        input.targets = ["b"]
        let plan = planFleet(input).plan
        #expect(plan.lines == ["create Server/b [ready]"])
        guard case .create(let creation) = plan.steps[0].action else { return }
        #expect(creation.configuration.birth.vmid == 100)
    }

    @Test func theSweepReadsEveryGuestInTurn() throws {
        var world = try MainRoadTests.fleet(["a", "b", "c", "d", "e"])
        world.desired.clusters[0].poll.detailSweep = 2
        var read: Set<VMID> = []
        for pass in 0..<5 {
            world.now = Timestamp(seconds: 30 * Int64(pass))
            let sweep = detailSweep(world.input)
            #expect(sweep.count == 2)
            #expect(sweep == detailSweep(world.input))
            read.formUnion(sweep.map(\.vmid))
        }
        #expect(read == [100, 101, 102, 103, 104])
        #expect(detailsOfAll(world.input).count == 5)
    }

    /// As by a timer: every tenth interval of 30 seconds, with a sweep that goes up in the number of guests.
    @Test func plansAtFixedTimesReadEveryGuestInTime() throws {
        var world = try MainRoadTests.fleet((0..<20).map { "web-\($0)" })
        world.desired.clusters[0].poll.detailSweep = 2
        var read: Set<VMID> = []
        for plan in 0..<300 {
            world.now = Timestamp(seconds: 300 * Int64(plan))
            read.formUnion(detailSweep(world.input).map(\.vmid))
        }
        #expect(read.count == 20)
    }
}
