import Model
import Testing

@testable import Registry

@Suite struct ServerTests {
    @Test func `births of many in one transaction are what each by itself would be`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        let servers = [
            recordedServer("a", vmid: 101, mark: "00000000000000aa"), recordedServer("b", vmid: 102, mark: "bb"),
        ]
        let birth = RecordedBirth(ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(101)))
        try await registry.take(
            [101, 102, 103].map {
                VMIDLease(cluster: "lab", vmid: VMID($0), server: $0 == 103 ? "c" : $0 == 101 ? "a" : "b")
            },
            at: moment(1))
        for _ in 1...2 {
            try await registry.recordBirths(of: servers.map { BornServer($0, birth) }, at: moment(2))
        }
        let recorded = try await registry.recorded()
        #expect(recorded.servers == servers)
        #expect(recorded.births == ["a": 1, "b": 1])
        #expect(recorded.leases.map(\.server) == ["c"])
        let again = recordedServer("a", vmid: 101, mark: "cc")
        try await registry.recordBirths(of: [BornServer(again, birth)], at: moment(3))
        #expect(try await registry.recorded().births == ["a": 2, "b": 1])
        try await registry.close()
    }

    @Test func `what a guest was born with outlives the row, for as long as none is born after it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var made = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(101))
        made.template = .init(vmid: VMID(9000), node: "pve2")
        (made.user, made.passwordSecret, made.sshKeys) = ("ops", "first", ["ssh-ed25519 AAAA a@x"])
        let birth = RecordedBirth(made)
        let row = recordedServer("a", vmid: 101, mark: "aa")
        try await registry.recordBirths(of: [BornServer(row, birth)], at: moment(1))
        try await registry.retire("a")
        // Taken in again: nobody says what it was born with, and it is the same guest.
        try await registry.countBirth(of: "a", mark: "aa")
        #expect(try await registry.recorded().bornWith == ["aa": birth])
        var again = ServerConfiguration.Birth(type: .vm, node: "pve1", vmid: VMID(205))
        again.take(birth)
        #expect(again.template == made.template && again.user == "ops" && again.vmid == VMID(205))
        #expect(RecordedBirth(again) == birth)
        try await registry.countBirth(of: "a", mark: "bb")
        #expect(try await registry.recorded().bornWith == [:])
        try await registry.close()
    }

    @Test func `a server comes back as it was written`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var server = recordedServer("Web-01")
        server.displayName = "운영서버"
        server.manage = .observe
        server.onRemove = .forget
        server.protect = true
        server.roles = ["web", "db"]
        server.labels = [.init("env", "production"), .init("note", "line\nbreak")]
        server.dependsOn = ["db-01", "Cache-01"]
        server.addresses = ["10.0.0.11/24", "fd00::1/64"]
        server.wasStarted = true
        server.absences = [moment(1), moment(2)]
        try await registry.upsert([recordedServer("web-02", vmid: 102, mark: nil), server], at: moment(3))
        let recorded = try await registry.recorded()
        #expect(recorded.servers == [server, recordedServer("web-02", vmid: 102, mark: nil)])
        #expect(recorded.servers.first?.name.text == "Web-01")
    }

    @Test func `a rename keeps what is known of a server, and leaves nothing under the former name`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var server = recordedServer("web-01")
        server.addresses = ["10.0.0.11/24"]
        server.wasStarted = true
        server.absences = [moment(1)]
        try await registry.upsert([server, recordedServer("web-02", vmid: 102)], at: moment(2))
        var renamed = server
        renamed.name = "front-01"
        renamed.addresses = []
        renamed.wasStarted = false
        renamed.absences = []
        // Twice, as after a crash.
        for time: Int64 in [3, 4] { try await registry.rename("web-01", to: renamed, at: moment(time)) }
        renamed.addresses = ["10.0.0.11/24"]
        renamed.wasStarted = true
        renamed.absences = [moment(1)]
        #expect(try await registry.recorded().servers.map(\.name) == ["front-01", "web-02"])
        #expect(try await registry.recorded().servers.first == renamed)
    }

    @Test func `a renamed database server keeps its databases`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let (old, new) = (ObjectName(.databaseServer, "pg-1"), ObjectName(.databaseServer, "pg-main"))
        let database = RecordedObject(
            name: ObjectName(.database, "acme"), displayedName: "acme", fields: [], references: [old])
        try await registry.upsert(RecordedObject(name: old, displayedName: "pg-1", fields: []), at: moment(1))
        try await registry.upsert(database, at: moment(1))
        let renamed = RecordedObject(name: new, displayedName: "pg-main", fields: [])
        for time: Int64 in [2, 3] { try await registry.rename(old, to: renamed, at: moment(time)) }
        let objects = try await registry.recorded().objects
        #expect(objects.map(\.name) == [database.name, new])
        #expect(objects.first?.references == [new])
    }

    @Test func `a sync never overwrites a known address with nothing`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var server = recordedServer("web-01")
        server.addresses = ["10.0.0.11/24"]
        server.wasStarted = true
        server.labels = [.init("env", "production")]
        try await registry.upsert(server, at: moment(1))
        var sync = server
        sync.addresses = []
        sync.wasStarted = false
        sync.labels = nil
        sync.node = "pve2"
        try await registry.upsert(sync, at: moment(2))
        server.node = "pve2"
        #expect(try await registry.recorded().servers == [server])
        sync.addresses = ["10.0.0.12/24"]
        try await registry.upsert(sync, at: moment(3))
        #expect(try await registry.recorded().servers.first?.addresses == ["10.0.0.12/24"])
    }

    @Test func `another guest under the same name inherits neither address nor start`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var server = recordedServer("web-01", mark: "00000000000000aa")
        server.addresses = ["10.0.0.11/24"]
        server.wasStarted = true
        try await registry.upsert(server, at: moment(1))
        let reborn = recordedServer("web-01", mark: "00000000000000bb")
        try await registry.upsert(reborn, at: moment(2))
        #expect(try await registry.recorded().servers == [reborn])
    }

    @Test func `an address that a guest runs with still is kept with the moment at which it was taken from it`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        var server = recordedServer("web-01")
        server.formerAddresses = [FormerAddress(address: "10.0.0.11/24")]
        try await registry.upsert(server, at: moment(5))
        let written = [FormerAddress(address: "10.0.0.11/24", since: moment(5))]
        #expect(try await registry.recorded().servers[0].formerAddresses == written)
        // A row that says nothing of it leaves it.
        server.formerAddresses = nil
        try await registry.upsert(server, at: moment(6))
        #expect(try await registry.recorded().servers[0].formerAddresses == written)
        server.formerAddresses = written + [FormerAddress(address: "10.0.0.12/24")]
        try await registry.upsert(server, at: moment(7))
        #expect(
            try await registry.recorded().servers[0].formerAddresses?.map(\.since) == [moment(5), moment(7)])
        // Another guest of that name runs with none of them.
        try await registry.upsert(recordedServer("web-01", vmid: 999), at: moment(8))
        #expect(try await registry.recorded().servers[0].formerAddresses == nil)
    }

    @Test func `the names that a server had stay with its guest, through renames and rows that say nothing of them`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        func names() async throws -> [ServerName]? { try await registry.recorded().servers[0].formerNames }
        try await registry.upsert(recordedServer("web-01"), at: moment(5))
        #expect(try await names() == nil)
        var server = recordedServer("front-01")
        server.formerNames = ["web-01"]
        try await registry.rename("web-01", to: server, at: moment(6))
        #expect(try await names() == ["web-01"])
        try await registry.upsert(recordedServer("front-01"), at: moment(7))
        #expect(try await names() == ["web-01"])
        server = recordedServer("shop-01")
        server.formerNames = ["web-01", "front-01"]
        try await registry.rename("front-01", to: server, at: moment(8))
        #expect(try await names() == ["web-01", "front-01"])
        try await registry.upsert(recordedServer("shop-01", vmid: 999), at: moment(9))
        #expect(try await names() == nil)
    }

    @Test func `a start that is owed stays until it is settled, whatever older rows say`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let server = recordedServer("web-01")
        func owed() async throws -> OwedStart? { try await registry.recorded().servers[0].owedStart }
        try await registry.upsert(server, at: moment(1))
        try await registry.oweStart(of: "WEB-01", OwedStart(since: moment(5), node: "pve1"), at: moment(6))
        #expect(try await owed() == OwedStart(since: moment(5), node: "pve1"))
        // Rows that were planned before, or that settle an earlier one.
        try await registry.upsert(server, at: moment(7))
        var row = server
        row.owedStart = OwedStart(since: moment(4), node: "pve1")
        row.owedStart?.isSettled = true
        try await registry.upsert(row, at: moment(8))
        #expect(try await owed() == OwedStart(since: moment(5), node: "pve1"))
        // The guest was moved while it ran.
        row.owedStart = OwedStart(since: nil, node: "pve2")
        try await registry.upsert(row, at: moment(9))
        #expect(try await owed() == OwedStart(since: moment(9), node: "pve2"))
        let stale = try await registry.recorded().servers[0]
        row.owedStart = OwedStart(since: moment(9), node: "pve2")
        row.owedStart?.isSettled = true
        try await registry.upsert(row, at: moment(10))
        #expect(try await owed() == nil)
        try await registry.upsert(stale, at: moment(11))
        #expect(try await owed() == nil)
        try await registry.oweStart(of: "web-01", OwedStart(since: moment(12), node: "pve1"), at: moment(12))
        #expect(try await registry.owedStart(of: "WEB-01") == OwedStart(since: moment(12), node: "pve1"))
        try await registry.settleStart(of: "web-01", at: moment(13))
        #expect(try await registry.owedStart(of: "web-01") == nil)
        #expect(try await owed() == nil)
        // Another guest of that name is owed nothing.
        try await registry.oweStart(of: "web-01", OwedStart(since: moment(14), node: "pve1"), at: moment(14))
        try await registry.upsert(recordedServer("web-01", vmid: 999), at: moment(15))
        #expect(try await owed() == nil)
    }

    @Test func `births outlive the server, and one mark is one birth`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(recordedServer("web-01"), at: moment(1))
        #expect(try await registry.countBirth(of: "web-01", mark: "a") == 1)
        #expect(try await registry.countBirth(of: "WEB-01", mark: "a") == 1)
        #expect(try await registry.countBirth(of: "web-01", mark: "b") == 2)
        #expect(try await registry.countBirth(of: "web-01") == 3)
        #expect(try await registry.countBirth(of: "web-01") == 3)
        try await registry.retire("web-01")
        try await registry.retire("web-01")
        let recorded = try await registry.recorded()
        #expect(recorded.servers.isEmpty)
        #expect(recorded.births == ["web-01": 3])
    }

    @Test func `inventories that missed a server are counted until one sees it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(
            [recordedServer("web-01"), recordedServer("web-02", vmid: 102), recordedServer("web-03", vmid: 103)],
            at: moment(1))
        for second in [10, 20, 20] as [Int64] {
            try await registry.noteInventory(
                of: "LAB", at: moment(second), seen: ["web-02": "pve2"], missed: ["web-01"])
        }
        var servers = try await registry.recorded().servers
        #expect(servers.map(\.absences) == [[moment(10), moment(20)], [], []])
        #expect(servers.map(\.node) == ["pve1", "pve2", "pve1"])
        // A plan made before the second inventory writes the row: it must not forget the second absence.
        var stale = servers[0]
        stale.absences = [moment(10)]
        try await registry.upsert(stale, at: moment(25))
        #expect(try await registry.recorded().servers[0].absences == [moment(10), moment(20)])
        try await registry.noteInventory(of: "lab", at: moment(30), seen: ["web-01": "pve1"], missed: ["web-99"])
        servers = try await registry.recorded().servers
        #expect(servers.map(\.absences) == [[], [], []])
    }

    @Test func `as many absences are kept as a policy can ask for`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(recordedServer("web-01"), at: moment(1))
        for second in 1...104 {
            try await registry.noteInventory(of: "lab", at: moment(Int64(second)), seen: [:], missed: ["web-01"])
        }
        #expect(try await registry.recorded().servers[0].absences == (5...104).map { moment($0) })
    }

    @Test func `another cluster's inventory says nothing`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(recordedServer("web-01"), at: moment(1))
        try await registry.noteInventory(of: "other", at: moment(2), seen: [:], missed: ["web-01"])
        #expect(try await registry.recorded().servers[0].absences.isEmpty)
    }

    @Test func `a VMID has one holder in its cluster`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let lease = VMIDLease(cluster: "lab", vmid: VMID(105), server: "web-01")
        try await registry.take(lease, at: moment(1))
        try await registry.take(lease, at: moment(2))
        try await registry.take(VMIDLease(cluster: "other", vmid: VMID(105), server: "web-02"), at: moment(3))
        let wanted = [
            VMIDLease(cluster: "lab", vmid: VMID(106), server: "web-02"),
            VMIDLease(cluster: "LAB", vmid: VMID(105), server: "web-02"),
        ]
        await #expect(throws: RegistryFailure.vmidTaken(VMIDLease(cluster: "LAB", vmid: VMID(105), server: "web-01"))) {
            try await registry.take(wanted, at: moment(4))
        }
        // None of the two was taken.
        #expect(try await registry.recorded().leases.map(\.vmid) == [VMID(105), VMID(105)])
        try await registry.release(VMIDLease(cluster: "lab", vmid: VMID(105), server: "web-02"))
        #expect(try await registry.recorded().leases.count == 2)
        try await registry.release(lease)
        try await registry.take(wanted, at: moment(5))
        try await registry.release([wanted[0], VMIDLease(cluster: "lab", vmid: VMID(105), server: "web-03")])
        #expect(try await registry.recorded().leases.map(\.vmid) == [VMID(105), VMID(105)])
        try await registry.releaseLeases(of: "web-02")
        #expect(try await registry.recorded().leases.isEmpty)
    }

    @Test func `where servers were last seen is told of one cluster, and of other nodes than those that are named`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        var away = recordedServer("web-03", vmid: 103)
        away.node = "pve3"
        try await registry.upsert([recordedServer("web-01"), away], at: moment(1))
        let places = try await registry.lastSeen(in: "LAB", besides: ["PVE1"])
        #expect(places.map(\.vmid) == [VMID(103)] && places.map(\.node) == ["pve3"])
        #expect(try await registry.lastSeen(in: "lab", besides: []).count == 2)
        #expect(try await registry.lastSeen(in: "other", besides: []).isEmpty)
    }
}
