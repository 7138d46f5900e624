import Model
import Planning
import Testing

/// Each attribute of a server is changed by hand, and the report says what was declared, what state and record say,
/// what there is now, who disagrees, and what becomes of it.
@Suite struct DriftAttributeTests {
    struct Change: Sendable, CustomTestStringConvertible {
        /// What becomes of it at the next apply.
        enum End: Sendable {
            case heals
            /// It stays, and the report says so in these words.
            case stays(String)
        }

        /// The field of the declaration, as `Server` names it.
        var field: String
        var path: String
        var kind = DriftItem.Kind.changed
        /// As the YAML, the record, the state and the guest say it; nil: nothing, or not asked.
        var values: [DriftItem.Source: String]
        var end = End.heals
        var type = GuestType.vm
        var make: @Sendable (inout ObservedGuest, inout GuestConfiguration) -> Void

        var testDescription: String { "\(type.rawValue) \(path) \(kind.rawValue)" }

        /// All but the guest say the same.
        init(
            _ field: String, _ path: String, from before: String, to live: String?, _ type: GuestType = .vm,
            make: @escaping @Sendable (inout ObservedGuest, inout GuestConfiguration) -> Void
        ) {
            self.field = field
            self.path = path
            values = [.desired: before, .recorded: before, .state: before]
            values[.live] = live
            self.type = type
            self.make = make
        }

        func but(_ source: DriftItem.Source, _ value: String?) -> Self {
            var other = self
            other.values[source] = value
            return other
        }

        func ending(_ end: End) -> Self {
            var other = self
            other.end = end
            return other
        }

        func being(_ kind: DriftItem.Kind) -> Self {
            var other = self
            other.kind = kind
            return other
        }
    }

    static let changes: [Change] = [
        Change("cores", "cores", from: "2", to: "8") { $1.settings.cores = 8 },
        Change("sockets", "sockets", from: "1", to: "2") { $1.settings.sockets = 2 },
        Change("memory", "memory", from: "2048MiB", to: "512MiB") { $1.settings.memory = 512 },
        Change("disks.size", "disks[scsi0].size", from: "20GiB", to: "30GiB") { $1.settings.disks[0].size = 30 }
            .ending(.stays("diskLarger")),
        Change("disks.datastore", "disks[scsi0].datastore", from: "local-lvm", to: "ceph") {
            $1.settings.disks[0].datastore = "ceph"
        }.ending(.stays("needsRebuild")),
        Change("disks.format", "disks[scsi1].format", from: "qcow2", to: "raw") {
            $1.settings.disks[1].format = "raw"
        }.ending(.stays("needsRebuild")),
        Change("disks.ssd", "disks[scsi0].ssd", from: "true", to: "false") { $1.settings.disks[0].ssd = false },
        Change("disks.interface", "disks[scsi1]", from: "50GiB on local-lvm, qcow2", to: nil) {
            $1.settings.disks.removeLast()
        }.ending(.stays("diskDetached")),
        Change("disks", "disks[scsi2]", from: "", to: "7GiB on ceph") {
            $1.settings.disks.append(.init(interface: "scsi2", datastore: "ceph", size: 7))
        }.but(.desired, nil).but(.recorded, nil).but(.state, nil).ending(.stays("diskUndeclared")),
        Change("networks.bridge", "networks[0].bridge", from: "vmbr0", to: "vmbr1") {
            $1.settings.networks[0].bridge = "vmbr1"
        },
        Change("networks.vlan", "networks[0].vlan", from: "10", to: nil) { $1.settings.networks[0].vlan = nil },
        Change("networks.address", "networks[0].address", from: "10.0.0.11/24", to: "10.0.0.12/24") {
            $1.settings.networks[0].address = "10.0.0.12/24"
        },
        Change("networks.gateway", "networks[0].gateway", from: "10.0.0.1", to: "10.0.0.2") {
            $1.settings.networks[0].gateway = "10.0.0.2"
        },
        Change("networks.mac", "networks[0].mac", from: "BC:24:11:00:00:01", to: "BC:24:11:00:00:02") {
            $1.settings.networks[0].mac = "BC:24:11:00:00:02"
        },
        Change("networks", "networks[1]", from: "vmbr2", to: nil) { $1.settings.networks.removeLast() },
        Change("networks", "networks[2]", from: "", to: "vmbr9") { $1.settings.networks.append(.init(bridge: "vmbr9")) }
            .but(.desired, nil).but(.recorded, nil).but(.state, nil),
        Change("dns.servers", "dns", from: "10.0.0.2 domain lab.test", to: "10.0.0.3 domain lab.test") {
            $1.settings.dns?.servers = ["10.0.0.3"]
        },
        Change("dns.domain", "dns", from: "10.0.0.2 domain lab.test", to: "10.0.0.2") {
            $1.settings.dns?.domain = nil
        },
        Change("cloudInit.user", "cloudInit.user", from: "ops", to: "root") { $1.account?.user = "root" }
            .but(.state, nil).ending(.stays("accountChanged")),
        Change("cloudInit.sshKeys", "cloudInit.sshKeys", from: "ssh-ed25519 AAAA ann", to: "ssh-ed25519 AAAA eve") {
            $1.account?.sshKeys = ["ssh-ed25519 AAAA eve"]
        }.but(.state, nil).ending(.stays("accountChanged")),
        Change("agent", "agent", from: "true", to: "false") { $1.settings.agent = false },
        Change("onBoot", "onBoot", from: "true", to: "false") { $1.settings.onBoot = false },
        Change("tags", "tags", from: "plumb;web", to: "hacked;plumb") { guest, configuration in
            guest.tags = ["hacked", "plumb"]
            configuration.settings.tags = guest.tags
        },
        Change("pool", "pool", from: "front", to: "back") { guest, configuration in
            guest.pool = "back"
            configuration.settings.pool = "back"
        },
        Change("protect", "protection", from: "true", to: "false") { $1.settings.protection = false },
        Change("name", "name", from: "web-01", to: "renamed") { guest, configuration in
            guest.name = "renamed"
            configuration.name = "renamed"
        }.but(.recorded, nil).but(.state, nil),
        Change("power", "power", from: "running", to: "stopped") { guest, _ in guest.status = .stopped }
            .but(.recorded, nil).but(.state, nil).being(.power),
        Change("node", "node", from: "pve1", to: "pve2") { guest, _ in guest.node = "pve2" }.being(.moved),
        Change("(guest)", "guest", from: "present", to: "a template") { guest, _ in guest.isTemplate = true }
            .being(.template).ending(.stays("becameTemplate")),
        Change("cores", "cores", from: "2", to: "8", .container) { $1.settings.cores = 8 },
        Change("memory", "memory", from: "2048MiB", to: "512MiB", .container) { $1.settings.memory = 512 },
        Change("disks.size", "disks[rootfs].size", from: "20GiB", to: "30GiB", .container) {
            $1.settings.disks[0].size = 30
        }.ending(.stays("diskLarger")),
        Change("networks.address", "networks[0].address", from: "10.0.0.11/24", to: nil, .container) {
            $1.settings.networks[0].address = nil
        },
        Change("pool", "pool", from: "front", to: "back", .container) { guest, configuration in
            guest.pool = "back"
            configuration.settings.pool = "back"
        }.ending(.stays("needsRebuild")),
        Change("dns.servers", "dns", from: "10.0.0.2 domain lab.test", to: nil, .container) { $1.settings.dns = nil },
    ]

    /// Fields of a declaration that nobody can change in the life of a guest, or whose change nobody can see.
    static let invisible: [String: String] = [
        "metadata": "names and labels are Plumb's; displayName and labels are in the registry only",
        "cluster": "a guest stays in its cluster; see DriftPresenceTests for a declaration that moves",
        "set": "where the declaration stands",
        "type": "a VM does not become a container; the VMID then belongs to another guest",
        "vmid": "Proxmox gives no guest another number; a guest under another number is another guest",
        "template": "what a guest was made from shows only at its birth",
        "cloudInit.password": "Proxmox shows asterisks for a password, whatever it is",
        "description": "see aDescriptionIsWrittenAnew, because the mark is in it",
        "roles": "bring tags, which are compared; beside that they are Plumb's",
        "manage": "what Plumb does, not what the guest is", "adopt": "what Plumb does, not what the guest is",
        "onRemove": "what Plumb does, not what the guest is", "ignore": "what Plumb does, not what the guest is",
        "dependsOn": "what Plumb does, not what the guest is",
    ]

    private static func world(_ type: GuestType) -> World {
        var world = World()
        world.desired.clusters[0].defaults.template = type == .vm ? .name("debian-12") : nil
        world.declare("web-01") { server in
            server.type = type
            if type == .container { server.template = .name("local:vztmpl/debian-12.tar.zst") }
            server.node = "pve1"
            server.disks[0].ssd = type == .vm
            if type == .vm {
                var data = Server.Disk(size: .gibibytes(50))
                data.format = "qcow2"
                server.disks.append(data)
            }
            var front = Server.Network()
            front.vlan = 10
            front.address = "10.0.0.11/24"
            front.gateway = "10.0.0.1"
            front.mac = "bc:24:11:00:00:01"
            var back = Server.Network()
            back.bridge = "vmbr2"
            server.networks = [front, back]
            server.dns = .init()
            server.dns?.servers = ["10.0.0.2"]
            server.dns?.domain = "lab.test"
            server.cloudInit = .init()
            server.cloudInit?.user = "ops"
            server.cloudInit?.sshKeys = ["ssh-ed25519 AAAA ann"]
            server.agent = type == .vm
            server.tags = ["web"]
            server.pool = "front"
            server.power = .running
            server.protect = true
        }
        world.execute(world.plan())
        return world
    }

    /// At the depth of `drift`.
    private static func read(_ world: World) -> World {
        var world = world
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        return world
    }

    /// All that can be done in what `drift` saw.
    private static func apply(_ world: inout World) {
        var input = read(world).input
        let steps = planFleet(input).plan.steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        input.recorded.approvals = [Approval(plan: PlanID(rawValue: "p"), by: "ann", at: world.now, steps: steps)]
        world.execute(planFleet(input).plan)
    }

    @Test(arguments: GuestType.allCases) func madeAsDeclaredNothingDiffers(type: GuestType) {
        #expect(driftReport(Self.read(Self.world(type)).input) == [])
    }

    @Test(arguments: changes) func isNamed(_ change: Change) throws {
        var world = Self.world(change.type)
        world.editGuest("web-01") { guest, configuration in
            change.make(&guest, &configuration)
            guest.memory = configuration.settings.memory
            guest.totalCores = configuration.settings.cores * configuration.settings.sockets
        }
        let input = Self.read(world).input
        let found = try #require(driftReport(input).first { $0.path == change.path && $0.kind == change.kind })
        for source in DriftItem.Source.allCases {
            #expect(found[source] == change.values[source], "\(source)")
        }
        #expect(found.disagreeing == [.live])
        #expect(found.compared.contains(.live) && found.compared.contains(.desired))
        #expect(found.declared?.object == ObjectName(.server, "web-01") || change.path.hasSuffix("datastore"))
        #expect(driftingServers(input) == ["web-01"])
        try expectEnd(of: found, change, world)
    }

    private func expectEnd(of found: DriftItem, _ change: Change, _ world: World) throws {
        var world = world
        Self.apply(&world)
        let after = Self.read(world).input
        switch change.end {
        case .heals:
            #expect(found.outlook == .heals || found.isWaiting)
            #expect(driftingServers(after).isEmpty)
        case .stays(let code):
            guard case .stays(let sentence) = found.outlook else {
                Issue.record("\(found.outlook)")
                return
            }
            #expect(sentence.short == code)
            let still = try #require(driftReport(after).first { $0.path == change.path })
            #expect(still.outlook == found.outlook)
            #expect(still.desired == change.values[.desired] && still.live == change.values[.live])
        }
    }

    @Test func everyFieldOfAServerIsInTheTableOrHasAReason() {
        let world = Self.world(.vm)
        var fields: Set<String> = []
        for child in Mirror(reflecting: world.desired.servers[0]).children {
            guard let label = child.label else { continue }
            let nested = Self.nested(child.value)
            fields.formUnion(nested.isEmpty ? [label] : nested.map { "\(label).\($0)" })
        }
        let known = Set(Self.changes.map(\.field)).union(Self.invisible.keys)
        #expect(fields.subtracting(known).isEmpty, "\(fields.subtracting(known).sorted())")
        #expect(fields.count > 30)
    }

    /// The fields of the lists and records that a declaration is made of.
    private static func nested(_ value: Any) -> [String] {
        let mirror = Mirror(reflecting: value)
        if value is Metadata || value is ByteCount || value is VMID { return [] }
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { nested($0.value) } ?? []
        case .collection:
            guard let first = mirror.children.first, Mirror(reflecting: first.value).displayStyle == .struct,
                first.value is Server.Disk || first.value is Server.Network
            else { return [] }
            return nested(first.value)
        case .struct
        where value is Server.Disk || value is Server.Network || value is Server.DNS
            || value is Server.CloudInit:
            return mirror.children.compactMap(\.label)
        default: return []
        }
    }

    @Test func aDescriptionIsWrittenAnew() throws {
        var world = Self.world(.vm)
        let before = try #require(world.configurations[100]?.settings.description)
        world.editGuest("web-01") { $1.settings.description = "by hand" }
        let found = try #require(driftReport(Self.read(world).input).first)
        #expect(found.path == "description" && found.desired == before && found.live == "by hand")
        #expect(found.state == before && found.recorded == before && found.outlook == .heals)
        Self.apply(&world)
        #expect(driftReport(Self.read(world).input) == [])
    }

    @Test func whatTheGuestHasNowCanBeDeclaredAndIsTakenOver() throws {
        var world = Self.world(.vm)
        world.editGuest("web-01") { _, configuration in
            configuration.settings.disks[0].size = 30
            configuration.account?.user = "root"
        }
        Self.apply(&world)
        #expect(driftReport(Self.read(world).input).map(\.path) == ["disks[scsi0].size", "cloudInit.user"])
        world.edit("web-01") { server in
            server.disks[0].size = .gibibytes(30)
            server.cloudInit?.user = "root"
        }
        Self.apply(&world)
        // Terraform has not looked since.
        #expect(driftReport(Self.read(world).input).map(\.disagreeing) == [[.state]])
        #expect(driftingServers(Self.read(world).input).isEmpty)
        #expect(planFleet(Self.read(world).input).plan == Plan())
    }

    @Test func anIgnoredAttributeIsNotComparedWithTheDeclaration() throws {
        var world = Self.world(.vm)
        world.edit("web-01") { $0.ignore = ["spec.memory", "spec.disks[0].size", "spec.cloudInit.user"] }
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.memory = 4096
            guest.memory = 4096
            configuration.settings.disks[0].size = 30
            configuration.account?.user = "root"
        }
        let items = driftReport(Self.read(world).input)
        #expect(items.map(\.path) == ["memory", "disks[scsi0].size"])
        #expect(items.allSatisfy { $0.desired == nil && !$0.compared.contains(.desired) })
        // Not before an apply wrote down what the guest has, either.
        let accepted = items.map { DriftItem.Outlook.accepted(Sentence(.ignored, "web-01", $0.path)) }
        #expect(items.map(\.outlook) == accepted)
        #expect(driftingServers(Self.read(world).input).isEmpty)
        #expect(planFleet(Self.read(world).input).plan.lines == ["repair Server/web-01 [ready]"])
        Self.apply(&world)
        #expect(driftingServers(Self.read(world).input).isEmpty)
    }

    @Test func whatIsNotIgnoredBesideWhatIsCounts() {
        var world = Self.world(.vm)
        world.edit("web-01") { $0.ignore = ["spec.memory"] }
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.memory = 4096
            guest.memory = 4096
            configuration.settings.onBoot = false
        }
        #expect(driftReport(Self.read(world).input).filter(\.counts).map(\.path) == ["onBoot"])
        // The mark is Plumb's, whatever else the tags are.
        world = Self.world(.vm)
        world.edit("web-01") { $0.ignore = ["spec.tags"] }
        world.editGuest("web-01") { guest, configuration in
            guest.tags = ["hacked"]
            configuration.settings.tags = ["hacked"]
        }
        #expect(driftReport(Self.read(world).input).filter(\.counts).map(\.path) == ["tags"])
    }
}

extension DriftItem {
    fileprivate var isWaiting: Bool {
        switch outlook {
        case .waits: true
        case .heals, .stays, .accepted: false
        }
    }
}
