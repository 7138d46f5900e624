import Execution
import Model
import Reconciliation
import Simulation
import Testing

/// A guest whose description was edited is planned for without its mark: name and machine say then which one it is, and
/// nothing is written onto another that came in its place.
@Suite struct UnmarkedGuestTests {
    /// Server `a`, whose description somebody edited, and a plan that writes the mark anew.
    private func unmarked(
        _ type: GuestType = .vm
    ) async throws -> (world: World, reconciler: Reconciler, pass: PlannedPass) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let desired = Desired.fleet(["a"]) { server in
            server.type = type
            if type == .container { server.template = .name("local:vztmpl/debian-12.tar.zst") }
        }
        let born = try await reconciler.apply(reconciler.plan(desired, by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        await world.edit { world in world.change("a") { $0.settings.description = "mine" } }
        let pass = try await reconciler.plan(desired, by: "test")
        try #require(pass.plan.steps.map(\.id.rawValue) == ["update Server/a"])
        try #require(pass.plan.steps[0].disposition == .ready)
        return (world, reconciler, pass)
    }

    private func code(_ outcomes: [StepID: StepOutcome]) -> SentenceCode? {
        switch outcomes[StepID(rawValue: "update Server/a")] {
        case .refused(let sentence), .stale(let sentence), .skipped(let sentence): sentence.code
        case .failed(let failure): failure.sentence.code
        case .done, nil: nil
        }
    }

    @Test("an update of the guest itself writes its mark anew")
    func theSame() async throws {
        let (world, reconciler, pass) = try await unmarked()
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(outcomes.values.allSatisfy { $0 == .done })
        let text = await world.edit { $0.pool.guests[VMID(100)]?.settings.description }
        #expect(text.flatMap(OwnershipMark.init(readingDescription:))?.server == "a")
    }

    @Test(
        "nothing is written onto a guest that came in its place before Terraform began",
        arguments: [World.Call.opened, .planned])
    func anotherMachine(call: World.Call) async throws {
        let (world, reconciler, pass) = try await unmarked()
        await world.edit { world in
            world.interruptions[call] = { world in world.change("a") { $0.machineID = "another" } }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(code(outcomes) == "execution.guestReplaced")
        #expect(await world.edit { $0.pool.guests[VMID(100)]?.settings.description } == "mine")
    }

    @Test("a container has no machine: its name, and the tag, tell it", arguments: [true, false])
    func containers(isRenamed: Bool) async throws {
        let (world, reconciler, pass) = try await unmarked(.container)
        await world.edit { world in
            world.interruptions[.opened] = { world in
                world.change("a") { guest in
                    if isRenamed { guest.name = "rival" } else { guest.settings.tags = ["rival"] }
                }
            }
        }
        let outcomes = try await reconciler.apply(pass, by: "test").outcomes
        #expect(code(outcomes) == "execution.guestReplaced")
        #expect(await world.edit { $0.pool.guests[VMID(100)]?.settings.description } == "mine")
    }

    @Test("a guest that got another server's mark meanwhile is not touched")
    func anothersMark() async throws {
        let (world, reconciler, pass) = try await unmarked()
        let mark = OwnershipMark(stack: StackID(cluster: "lab", name: "b"), server: "b", id: "0123456789abcdef")
        await world.edit { world in
            world.interruptions[.opened] = { world in
                world.change("a") { $0.settings.description = mark.description }
            }
        }
        #expect(code(try await reconciler.apply(pass, by: "test").outcomes) == "execution.markMoved")
    }

    @Test("an update that met another guest is not recorded as ours, and says what to look at")
    func afterwards() async throws {
        let (world, reconciler, pass) = try await unmarked()
        let before = await world.edit { $0.recorded.servers }
        await world.edit { world in
            world.interruptions[.applied] = { world in world.change("a") { $0.machineID = "another" } }
        }
        #expect(code(try await reconciler.apply(pass, by: "test").outcomes) == "execution.updatedAnother")
        #expect(await world.edit { $0.recorded.servers } == before)
    }

    @Test("whoever settles a batch that was left open sees the same")
    func recovery() async throws {
        let (world, reconciler, pass) = try await unmarked()
        await world.edit { world in
            world.leavesNextApply = true
            world.terraformOutlivesCrash = true
        }
        _ = try await reconciler.apply(pass, by: "test")
        await world.edit { world in world.change("a") { $0.machineID = "another" } }
        let batch = try #require(await world.openBatches.first)
        _ = try await reconciler.recover()
        let outcomes = await world.edit { $0.closed[batch.id] ?? [:] }
        #expect(code(outcomes) == "execution.updatedAnother")
    }
}
