import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// An update or an adoption does what its plan shows, or nothing: neither a disk that came meanwhile nor one that went is
/// its to change.
@Suite struct UnannouncedChangesTests {
    private static let update = StepID(rawValue: "update Server/a")
    private static let adoption = StepID(rawValue: "adopt Server/a")
    private static let another = GuestSettings.Disk(interface: "scsi1", datastore: "ceph", size: 100)

    private static func fleet(_ edit: (inout Server) -> Void = { _ in }) -> Desired {
        Desired.fleet(["a", "b"]) { server in
            server.disks = [Server.Disk(size: .gibibytes(8))]
            edit(&server)
        }
    }

    /// Both servers are to change.
    private func changed(_ edit: (inout Server) -> Void) async throws -> (World, Reconciler, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let made = try await reconciler.apply(try await reconciler.plan(Self.fleet(), by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        let pass = try await reconciler.plan(Self.fleet(edit), by: "test")
        try #require(pass.plan.steps.filter { $0.disposition == .ready }.count == 2)
        return (world, reconciler, pass)
    }

    private func sentence(_ outcome: StepOutcome?) -> Sentence? {
        switch outcome {
        case .stale(let sentence)?, .refused(let sentence)?: sentence
        case .failed(let failure)?: failure.sentence
        case .done?, .skipped?, nil: nil
        }
    }

    /// The guest is as somebody made it, its entry is what it was, and the other server has its change.
    private func expectLeftAlone(_ world: World, _ outcomes: [StepID: StepOutcome]) async {
        #expect(outcomes[StepID(rawValue: "update Server/b")] == .done)
        let (pool, stack) = await world.edit { ($0.pool, $0.stacks.values.first) }
        #expect(pool.guests.values.first { $0.name == "a" }?.settings.tags == ["plumb"])
        #expect(stack?.entries["a"]?.settings.tags == ["plumb"])
        #expect(await world.openBatches.isEmpty)
    }

    @Test(
        "a removal does not end a disk that somebody attached since the plan, and its guest runs on",
        arguments: [World.Call.opened, .shutDown])
    func attachedBeforeTheEnd(call: World.Call) async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let made = try await reconciler.apply(try await reconciler.plan(Self.fleet(), by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        var desired = Self.fleet()
        desired.servers.removeAll { $0.name == "a" }
        var pass = try await reconciler.plan(desired, by: "test")
        pass = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        await world.edit { world in
            world.interruptions[call] = {
                $0.change("a") {
                    $0.volumes.append(GuestVolume(place: "scsi3", name: "ceph:vm-100-disk-7", size: "100G"))
                }
            }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        let said = try #require(sentence(outcomes[StepID(rawValue: "destroy Server/a")]))
        #expect(said == Sentence("execution.stepStale", "guest volumes[scsi3]: – → ceph:vm-100-disk-7, 100G"))
        #expect(await world.destroyed.isEmpty)
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.isRunning == true)
        #expect(await world.openBatches.isEmpty)
    }

    @Test(
        "an update does not take away a disk that somebody attached since the plan",
        arguments: [World.Call.opened, .written])
    func attached(call: World.Call) async throws {
        let (world, reconciler, pass) = try await changed { $0.tags = ["web"] }
        await world.edit { world in
            world.interruptions[call] = { $0.change("a") { $0.settings.disks.append(Self.another) } }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        let said = try #require(sentence(outcomes[Self.update]))
        #expect(said.code == "execution.updateChanges")
        #expect(said.arguments.last?.hasPrefix("disks[scsi1]: ") == true)
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.settings.disks.count == 2)
        await expectLeftAlone(world, outcomes)
    }

    @Test("an update does not put an empty disk in the place of one that was detached since the plan")
    func detached() async throws {
        let (world, reconciler, pass) = try await changed { $0.tags = ["web"] }
        await world.edit { world in
            world.interruptions[.written] = { $0.change("a") { $0.settings.disks = [] } }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(sentence(outcomes[Self.update])?.code == "execution.updateChanges")
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.settings.disks == [])
        await expectLeftAlone(world, outcomes)
    }

    @Test("a disk that is to grow announces neither another one's end nor its own")
    func growing() async throws {
        for call in [World.Call.opened, .written, .planned] {
            let (world, reconciler, pass) = try await changed { $0.disks[0].size = .gibibytes(9) }
            await world.edit { world in
                world.interruptions[call] = { $0.change("a") { $0.settings.disks.append(Self.another) } }
            }
            let outcomes = try await reconciler.apply(pass, by: "test").outcomes
            #expect(sentence(outcomes[Self.update])?.code == "execution.updateChanges", "\(call)")
            let guest = await world.pool.guests.values.first { $0.name == "a" }
            #expect(guest?.settings.disks.map(\.size) == [8, 100], "\(call)")
            #expect(outcomes[StepID(rawValue: "update Server/b")] == .done, "\(call)")
        }
        let (world, reconciler, pass) = try await changed { $0.disks[0].size = .gibibytes(9) }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes[Self.update] == .done)
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.settings.disks.map(\.size) == [9])
    }

    @Test("a network device that somebody added, and cores that somebody gave, are not taken away without a word")
    func others() async throws {
        for edit: @Sendable (inout GuestSettings) -> Void in [{ $0.cores = 8 }, { $0.protection = true }] {
            let (world, reconciler, pass) = try await changed { $0.tags = ["web"] }
            await world.edit { world in
                world.interruptions[.written] = { $0.change("a") { edit(&$0.settings) } }
            }
            let outcomes = try await reconciler.apply(pass, by: "test").outcomes
            #expect(sentence(outcomes[Self.update])?.code == "execution.updateChanges")
            await expectLeftAlone(world, outcomes)
        }
        let (world, reconciler, pass) = try await changed { server in
            server.networks = [Server.Network()]
            server.networks[0].bridge = "vmbr0"
        }
        await world.edit { world in
            world.interruptions[.written] = { world in
                world.change("a") { guest in
                    guest.settings.networks = ["vmbr0", "vmbr9"].map { GuestSettings.Network(bridge: $0) }
                }
            }
        }
        let said = sentence(try await reconciler.apply(pass, by: "test").outcomes[Self.update])
        #expect(said?.arguments.last == "networks[1]: vmbr9 → –")
    }

    @Test("an update of tags gives no account to a guest without the drive for one")
    func account() async throws {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Self.fleet()
        desired.clusters[0].defaults.user = "debian"
        let made = try await reconciler.apply(try await reconciler.plan(desired, by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        for position in desired.servers.indices { desired.servers[position].tags = ["web"] }
        let pass = try await reconciler.plan(desired, by: "test")
        await world.edit { world in
            world.interruptions[.written] = { $0.change("a") { $0.hasCloudInitDrive = false } }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        let said = try #require(sentence(outcomes[Self.update]))
        #expect(said.code == "execution.updateChanges")
        #expect(said.arguments.last == "cloudInit.user: – → debian")
        await expectLeftAlone(world, outcomes)
    }

    @Test("the next plan says what this one did not")
    func next() async throws {
        let (world, reconciler, pass) = try await changed { $0.tags = ["web"] }
        await world.edit { world in
            world.interruptions[.written] = { $0.change("a") { $0.settings.cores = 8 } }
        }
        _ = try await reconciler.apply(pass, by: "test")
        let desired = Self.fleet { $0.tags = ["web"] }
        let again = try await reconciler.plan(desired, by: "test")
        #expect(again.plan.steps.first { $0.id == Self.update }?.changes.map(\.path) == ["cores", "tags"])
        #expect(try await reconciler.apply(again, by: "test").outcomes[Self.update] == .done)
        // Cores of a guest that runs wait for its next start, which somebody has to allow.
        #expect(await world.pool.guests.values.first { $0.name == "a" }?.settings.cores == 1)
    }

    // MARK: Adoptions of our own guests

    /// Both servers are to change, and the state lost the first one.
    private func lost(_ edit: (inout Server) -> Void) async throws -> (World, Reconciler, PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let made = try await reconciler.apply(try await reconciler.plan(Self.fleet(), by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        await world.edit { world in
            for stack in world.stacks.keys { world.stacks[stack]?.removeFromState("a") }
        }
        let pass = try await reconciler.plan(Self.fleet(edit), by: "test")
        try #require(pass.plan.steps.first { $0.id == Self.adoption }?.disposition == .ready)
        return (world, reconciler, pass)
    }

    @Test(
        "an adoption of a guest of ours does not take away a disk that somebody attached since the plan",
        arguments: [World.Call.opened, .written, .planned])
    func attachedBeforeItsAdoption(call: World.Call) async throws {
        let (world, reconciler, pass) = try await lost { $0.tags = ["web"] }
        await world.edit { world in
            world.interruptions[call] = { $0.change("a") { $0.settings.disks.append(Self.another) } }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        let said = try #require(sentence(outcomes[Self.adoption]))
        #expect(said.code == "execution.updateChanges")
        #expect(said.arguments.last?.hasPrefix("disks[scsi1]: ") == true)
        #expect(outcomes[StepID(rawValue: "update Server/b")] == .done)
        let (pool, stack) = await world.edit { ($0.pool, $0.stacks.values.first) }
        let guest = pool.guests.values.first { $0.name == "a" }
        #expect(guest?.settings.disks.count == 2)
        #expect(guest?.settings.tags == ["plumb"])
        #expect(stack?.resources["a"] == nil && stack?.entries["a"] == nil)
        #expect(await world.openBatches.isEmpty)
    }

    @Test(
        "an adoption of a guest of ours puts neither cores nor protection back without a word, and the next plan says them",
        arguments: [World.Call.written, .planned])
    func changedBeforeItsAdoption(call: World.Call) async throws {
        for edit: @Sendable (inout GuestSettings) -> Void in [{ $0.cores = 8 }, { $0.protection = true }] {
            let (world, reconciler, pass) = try await lost { $0.tags = ["web"] }
            await world.edit { world in
                world.interruptions[call] = { $0.change("a") { edit(&$0.settings) } }
            }
            let outcomes = try await reconciler.apply(pass, by: "test").outcomes
            #expect(sentence(outcomes[Self.adoption])?.code == "execution.updateChanges")
            let changed = await world.pool.guests.values.first { $0.name == "a" }?.settings
            #expect(changed?.tags == ["plumb"])
            #expect(changed?.cores == 8 || changed?.protection == true)
            let again = try await reconciler.plan(Self.fleet { $0.tags = ["web"] }, by: "test")
            let step = try #require(again.plan.steps.first { $0.id == Self.adoption })
            #expect(step.changes.count == 2)
            #expect(try await reconciler.apply(again, by: "test").outcomes[Self.adoption] == .done)
            let settings = await world.pool.guests.values.first { $0.name == "a" }?.settings
            #expect(settings?.cores == 1 && settings?.protection == false && settings?.tags == ["plumb", "web"])
        }
    }

    @Test(
        "an adoption does what its plan shows, and sets its mark's tag where somebody took it off meanwhile",
        arguments: [World.Call.written, .planned])
    func announcedByItsAdoption(call: World.Call) async throws {
        let (world, reconciler, pass) = try await lost { $0.cores = 2 }
        await world.edit { world in
            world.interruptions[call] = { $0.change("a") { $0.settings.tags = [] } }
        }
        #expect(try await reconciler.apply(pass, by: "test").outcomes[Self.adoption] == .done)
        let settings = await world.pool.guests.values.first { $0.name == "a" }?.settings
        #expect(settings?.cores == 2 && settings?.tags == ["plumb"])
    }

    /// Containers, which leave the state and are taken in again where somebody moved them.
    private static func containers(_ edit: (inout Server) -> Void = { _ in }) -> Desired {
        fleet { server in
            server.type = .container
            server.template = .name("local:vztmpl/debian-12.tar.zst")
            edit(&server)
        }
    }

    private func settledContainers() async throws -> (World, Reconciler) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let made = try await reconciler.apply(try await reconciler.plan(Self.containers(), by: "test"), by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        return (world, reconciler)
    }

    @Test(
        "a container that moved and is taken in again keeps what somebody gave it since the plan",
        arguments: [World.Call.written, .planned])
    func changedBeforeItIsTakenInAgain(call: World.Call) async throws {
        for edit: @Sendable (inout GuestSettings) -> Void in [{ $0.cores = 8 }, { $0.protection = true }] {
            let (world, reconciler) = try await settledContainers()
            await world.edit { world in world.change("a") { $0.node = "pve2" } }
            let pass = try await reconciler.plan(Self.containers { $0.tags = ["web"] }, by: "test")
            try #require(pass.plan.steps.first { $0.id == Self.adoption }?.disposition == .ready)
            await world.edit { world in
                world.interruptions[call] = { $0.change("a") { edit(&$0.settings) } }
            }
            let outcomes = try await reconciler.apply(pass, by: "test").outcomes
            #expect(sentence(outcomes[Self.adoption])?.code == "execution.updateChanges")
            let (pool, stack) = await world.edit { ($0.pool, $0.stacks.values.first) }
            let settings = pool.guests.values.first { $0.name == "a" }?.settings
            #expect(settings?.tags == ["plumb"])
            #expect(settings?.cores == 8 || settings?.protection == true)
            // It is ours, so that the state holds it all the same.
            #expect(stack?.resources["a"]?.node == "pve2")
            #expect(await world.openBatches.isEmpty)
        }
    }

    @Test("a container that moved and is to end is taken in as it is, whatever somebody changed of it")
    func takenInAsItIs() async throws {
        let (world, reconciler) = try await settledContainers()
        await world.edit { world in
            world.change("a") { guest in
                guest.node = "pve2"
                guest.settings.memory = 1024
            }
        }
        var desired = Self.containers()
        desired.servers.removeAll { $0.name == "a" }
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(pass.plan.steps.first { $0.id == Self.adoption }?.disposition == .ready)
        #expect(try await reconciler.apply(pass, by: "test").outcomes[Self.adoption] == .done)
        let pool = await world.pool
        #expect(pool.guests.values.first { $0.name == "a" }?.settings.memory == 1024)
        #expect(pool.reboots.isEmpty)
    }
}
