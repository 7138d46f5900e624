import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A disk that grew stays in tfvars as large as it is, also where the update that grew it did not come to its end: with
/// the size of before, an apply by hand would replace a container.
@Suite struct GrownDiskTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        let pass: PlannedPass

        /// Sizes of the disks that the entry has, and those that the guest has.
        var sizes: (entry: [Int], guest: [Int]) {
            get async {
                await world.edit { world in
                    let entry = world.stacks.values.first?.entries["a"]
                    let guest = world.pool.guests.values.first { $0.name == "a" }
                    return (
                        entry: entry?.settings.disks.map(\.size) ?? [], guest: guest?.settings.disks.map(\.size) ?? []
                    )
                }
            }
        }

        var tagsOfEntry: [String]? {
            get async { await world.edit { $0.stacks.values.first?.entries["a"]?.settings.tags } }
        }
    }

    private static func fleet(_ type: GuestType, disks: [Int], tags: [String] = []) -> Desired {
        Desired.fleet(["a"]) { server in
            server.type = type
            if type == .container { server.template = .name("local:vztmpl/debian-12.tar.zst") }
            server.disks = disks.map { Server.Disk(size: .gibibytes($0)) }
            server.tags = tags
        }
    }

    /// A server with a disk of 8 GiB that is to have these, and a tag.
    private func growing(_ type: GuestType, to disks: [Int]) async throws -> Stage {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let first = try await reconciler.plan(Self.fleet(type, disks: [8]), by: "test")
        let made = try await reconciler.apply(first, by: "test")
        try #require(made.outcomes.values.allSatisfy { $0 == .done })
        let pass = try await reconciler.plan(Self.fleet(type, disks: disks, tags: ["web"]), by: "test")
        try #require(pass.plan.steps.map(\.id) == [StepID(rawValue: "update Server/a")])
        try #require(pass.plan.steps.first?.disposition == .ready)
        return Stage(world: world, reconciler: reconciler, pass: pass)
    }

    /// Carries the plan out, in which the update fails, and closes its batch.
    private func fail(_ stage: Stage, by failure: TerraformDouble.Failure) async throws {
        await stage.world.edit { $0.failures["a"] = failure }
        let outcome = try await stage.reconciler.apply(stage.pass, by: "test").outcomes.values.first
        guard case .failed = try #require(outcome) else {
            Issue.record("it ended with \(String(describing: outcome))")
            return
        }
        #expect(await stage.world.openBatches.isEmpty)
        #expect(await stage.tagsOfEntry == ["plumb"])
    }

    @Test(
        "an update whose answer was lost leaves the larger disk in its entry, and nothing else",
        arguments: GuestType.allCases)
    func lostAnswer(type: GuestType) async throws {
        let stage = try await growing(type, to: [9])
        try await fail(stage, by: .lostAnswer)
        let sizes = await stage.sizes
        #expect(sizes.guest == [9])
        #expect(sizes.entry == [9])
    }

    @Test("an update that was refused leaves its entry as it was", arguments: GuestType.allCases)
    func refused(type: GuestType) async throws {
        let stage = try await growing(type, to: [9])
        try await fail(stage, by: .refused)
        let sizes = await stage.sizes
        #expect(sizes.guest == [8])
        #expect(sizes.entry == [8])
    }

    @Test("where nobody can read how large it is, the entry has what it was to become", arguments: GuestType.allCases)
    func unread(type: GuestType) async throws {
        let stage = try await growing(type, to: [9])
        await stage.world.edit { world in
            world.interruptions[.applied] = { $0.unread = Set($0.pool.guests.keys) }
        }
        try await fail(stage, by: .lostAnswer)
        #expect(await stage.sizes.entry == [9])
    }

    @Test("a disk that was made stays in the entry, and one that was not made does not come there")
    func newDisk() async throws {
        let cases: [(TerraformDouble.Failure, [Int])] = [(.lostAnswer, [8, 4]), (.refused, [8])]
        for (failure, expected) in cases {
            let stage = try await growing(.vm, to: [8, 4])
            try await fail(stage, by: failure)
            #expect(await stage.sizes.entry == expected)
        }
    }

    @Test(
        "where the guest cannot be read, a disk that it was to get comes into no entry: it would be one that was detached"
    )
    func unreadNewDisk() async throws {
        let stage = try await growing(.vm, to: [9, 4])
        await stage.world.edit { world in
            world.interruptions[.applied] = { $0.unread = Set($0.pool.guests.keys) }
        }
        try await fail(stage, by: .refused)
        #expect(await stage.sizes.entry == [9])
    }

    /// Carries the plan out, in which the update is refused while such a task works on its guest.
    private func refuse(_ stage: Stage, during type: String, of user: String) async throws {
        let vmid = try #require(await stage.world.recorded.servers.first { $0.name == "a" }?.vmid)
        await stage.world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { world in
                world.tasks = [
                    ObservedTask(
                        upid: "UPID:pve1:1", node: "pve1", type: type, vmid: vmid, user: user, startedAt: world.now)
                ]
            }
        }
        _ = try await stage.reconciler.apply(stage.pass, by: "test")
    }

    @Test("somebody's move of a guest whose update failed holds up nothing: the batch is closed")
    func movedByOthers() async throws {
        let stage = try await growing(.container, to: [9])
        try await refuse(stage, during: "vzmigrate", of: "ann@pam")
        #expect(await stage.world.openBatches.isEmpty)
        #expect(await stage.sizes.entry == [8])
    }

    @Test("while Proxmox still works on the disk the batch stays open, and its entry is not put back")
    func stillGrowing() async throws {
        let stage = try await growing(.container, to: [9])
        try await refuse(stage, during: "resize", of: "root@pam")
        #expect(await stage.world.openBatches.count == 1)
        #expect(await stage.sizes.entry == [9])
        await stage.world.edit { world in
            world.tasks = []
            for place in world.pool.guests.keys where world.pool.guests[place]?.name == "a" {
                world.pool.guests[place]?.settings.disks[0].size = 9
            }
        }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        #expect(await stage.sizes.entry == [9])
        #expect(await stage.tagsOfEntry == ["plumb"])
    }

    @Test(
        "killed at every call, with a Terraform that goes on and of whose run nothing is left, no entry falls behind",
        arguments: GuestType.allCases)
    func everyCall(type: GuestType) async throws {
        var grown = 0
        for calls in 0..<100 {
            let stage = try await growing(type, to: [9])
            await stage.world.edit { world in
                world.callsUntilCrash = calls
                world.terraformOutlivesCrash = true
                world.failures["a"] = .lostAnswer
            }
            do throws(StepFailure) { _ = try await stage.reconciler.apply(stage.pass, by: "test") } catch {}
            guard await stage.world.edit({ $0.callsUntilCrash == 0 }) else { break }
            await stage.world.edit { world in
                world.callsUntilCrash = nil
                world.terraformOutlivesCrash = false
                world.loseRuns()
            }
            #expect(try await stage.reconciler.recover().stillOpen.isEmpty, "call \(calls)")
            let sizes = await stage.sizes
            #expect(sizes.entry == sizes.guest, "call \(calls)")
            if sizes.guest == [9] { grown += 1 }
        }
        #expect(grown > 0)
    }
}
