import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// A guest that is not seen is not gone: neither for what plans nor for what carries out and settles.
@Suite struct OutOfSightTests {
    private func settled(_ names: [ServerName]) async throws -> (World, Reconciler, VMID) {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        let applied = try await reconciler.apply(try await reconciler.plan(.fleet(names), by: "test"), by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        let vmid = try #require(await world.recorded.servers.first { $0.name == names[0] }?.vmid)
        return (world, reconciler, vmid)
    }

    private func approved(_ reconciler: Reconciler, _ desired: Desired) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, by: "test")
        return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    private func expectKept(_ world: World, _ vmid: VMID, _ comment: Comment? = nil) async {
        #expect(await world.pool.guests[vmid] != nil, comment)
        #expect(await world.recorded.servers.contains { $0.vmid == vmid }, comment)
        let held = await world.stacks.values.flatMap { $0.state.resources.map(\.vmid) }
        #expect(held.contains(vmid), comment)
        #expect(await world.stacks.values.contains { $0.entries.values.contains { $0.birth.vmid == vmid } }, comment)
        #expect(await world.destroyed.isEmpty, comment)
    }

    private func code(_ outcome: StepOutcome?) -> SentenceCode? {
        switch outcome {
        case .failed(let failure)?: failure.sentence.code
        case .refused(let reason)?: reason.code
        case .done?, .stale?, .skipped?, nil: nil
        }
    }

    enum Sight: CaseIterable { case empty, hidden, distrusted }

    private func blindness(_ sight: Sight, _ vmid: VMID) -> World.Blindness {
        switch sight {
        case .empty: .empty
        case .hidden: .hidden([vmid])
        case .distrusted: .distrusted
        }
    }

    @Test(
        "a removal that failed while its guest cannot be seen ends nothing, and the guest gets its power back",
        arguments: Sight.allCases)
    func failedRemoval(sight: Sight) async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        try #require(await world.pool.guests[vmid]?.isRunning == true)
        let pass = try await approved(reconciler, .fleet(["b"]))
        let blindness = blindness(sight, vmid)
        await world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.blindness = blindness }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.powerOwed")
        await expectKept(world, vmid)
        #expect(await world.openBatches.count == 1)
        // Still out of sight: it stays open, and nothing else happens in the stack.
        #expect(try await reconciler.recover().stillOpen.count == 1)
        await expectKept(world, vmid)
        await world.edit { $0.blindness = nil }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        await expectKept(world, vmid)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
    }

    @Test("a number is not taken for free because nobody is listed, where others are known to exist")
    func emptyAtBirth() async throws {
        let (world, reconciler, _) = try await settled(["a"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        await world.edit { $0.interruptions[.opened] = { $0.blindness = .empty } }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "create Server/b")]) == "execution.emptyListingAtBirth")
        #expect(await world.pool.guests.values.allSatisfy { $0.name != "b" })
        #expect(await world.stacks.values.allSatisfy { $0.entries["b"] == nil })
    }

    @Test("a guest that stood still is not taken for gone because nobody is listed")
    func stoppedRemoval() async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        await world.edit { $0.pool.guests[vmid]?.isRunning = false }
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.blindness = .empty }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.emptyListing")
        await expectKept(world, vmid)
        #expect(await world.openBatches.isEmpty)
    }

    @Test("the end that Terraform reports is believed although nobody is left to be listed")
    func reportedRemoval() async throws {
        let (world, reconciler, vmid) = try await settled(["a"])
        let pass = try await approved(reconciler, .fleet([]))
        await world.edit { $0.interruptions[.applied] = { $0.blindness = .empty } }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(applied.outcomes[StepID(rawValue: "destroy Server/a")] == .done)
        #expect(await world.pool.guests[vmid] == nil)
        #expect(await world.recorded.servers.isEmpty)
    }

    enum AfterTheEnd: CaseIterable { case offline, hidden, distrusted }

    @Test(
        "an end that Terraform reported and nobody can see leaves its batch open until it can be seen",
        arguments: AfterTheEnd.allCases)
    func unseenRemoval(sight: AfterTheEnd) async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.interruptions[.applied] = { world in
                switch sight {
                case .offline: world.offline = ["pve3"]
                case .hidden: world.blindness = .hidden([vmid])
                case .distrusted: world.blindness = .distrusted
                }
            }
        }
        let destroy = StepID(rawValue: "destroy Server/a")
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[destroy]) == StepOutcome.removalUnseen)
        let batch = try #require(await world.openBatches.first?.id)
        // Nothing else is done in the stack, and neither row nor entry goes before the end is seen.
        let other = try await reconciler.apply(try await approved(reconciler, .fleet(["b", "c"])), by: "test")
        #expect(!other.outcomes.values.contains(.done))
        #expect(try await reconciler.recover().stillOpen.count == 1)
        #expect(await world.recorded.servers.contains { $0.vmid == vmid })
        #expect(await world.stacks.values.contains { $0.entries["a"] != nil })
        await world.edit { world in
            world.offline = []
            world.blindness = nil
        }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        #expect(await world.closed[batch] == [destroy: .done])
        #expect(await world.recorded.servers.map(\.name) == ["b"])
        #expect(await world.stacks.values.allSatisfy { $0.entries["a"] == nil && $0.resources["a"] == nil })
    }

    @Test("no removal is begun while its end could not be proven")
    func unprovable() async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { $0.interruptions[.opened] = { $0.offline = ["pve3"] } }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.endUnprovable")
        #expect(await world.switchedOff.isEmpty)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
        await expectKept(world, vmid)
    }

    @Test("a guest whose node is lost between the shutdown and the end is started when the node is back")
    func lostNode() async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.offline = ["pve1"] }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.powerOwed")
        #expect(await world.openBatches.count == 1)
        await world.edit { $0.offline = [] }
        _ = try await reconciler.recover()
        #expect(await world.openBatches.isEmpty)
        #expect(await world.pool.guests[vmid]?.isRunning == true)
        await expectKept(world, vmid)
    }

    @Test("a guest that did not run, and is not listed while a node is lost, keeps its row")
    func lostNodeOfOneThatWasOff() async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        await world.edit { $0.pool.guests[vmid]?.isRunning = false }
        let pass = try await approved(reconciler, .fleet(["b"]))
        await world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { world in
                world.offline = ["pve1"]
                world.pool.guests[vmid] = nil
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "destroy Server/a")]) == "execution.cannotProveGone")
        #expect(await world.openBatches.isEmpty)
        #expect(await world.recorded.servers.contains { $0.vmid == vmid })
    }

    @Test("a guest that is hidden is neither forgotten nor made again", arguments: [true, false])
    func hidden(isDeclared: Bool) async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        await world.edit { $0.blindness = .hidden([vmid]) }
        let desired = Desired.fleet(isDeclared ? ["a", "b"] : ["b"])
        for _ in 0..<5 {
            let pass = try await approved(reconciler, desired)
            #expect(pass.plan.steps.isEmpty)
            #expect(pass.plan.findings.contains { $0.sentence.code == "proxmox.hiddenGuest" })
            _ = try await reconciler.apply(pass, by: "test")
        }
        await expectKept(world, vmid)
        #expect(await world.recorded.servers.allSatisfy(\.absences.isEmpty))
    }

    @Test("what was planned as gone and is only hidden is not let go of")
    func hiddenAtLastMoment() async throws {
        let (world, reconciler, vmid) = try await settled(["a", "b"])
        let guest = try #require(await world.pool.guests[vmid])
        await world.edit { $0.pool.guests[vmid] = nil }
        let pass = try await approved(reconciler, .fleet(["b"]))
        let forget = StepID(rawValue: "forget Server/a")
        try #require(pass.plan.steps.first { $0.id == forget }?.disposition == .ready)
        await world.edit { world in
            world.interruptions[.opened] = { world in
                world.pool.guests[vmid] = guest
                world.blindness = .hidden([vmid])
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[forget]) == "proxmox.hiddenGuest")
        await expectKept(world, vmid)
    }

    @Test("no guest is made on a number that a hidden one has")
    func hiddenOnTheNumber() async throws {
        let (world, reconciler, _) = try await settled(["b"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        await world.edit { world in
            world.interruptions[.opened] = { world in
                let free = (100...140).map { VMID($0) }.filter { world.pool.guests[$0] == nil }
                world.blindness = .hidden(Set(free))
            }
        }
        let applied = try await reconciler.apply(pass, by: "test")
        #expect(code(applied.outcomes[StepID(rawValue: "create Server/a")]) == "proxmox.hiddenGuest")
        #expect(await world.pool.guests.values.filter { !$0.isTemplate }.map(\.name) == ["b"])
    }

    @Test("a birth whose answer was lost and whose guest cannot be seen stays open, and is finished later")
    func unseenBirth() async throws {
        let (world, reconciler, _) = try await settled(["b"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        await world.edit { world in
            world.failures["a"] = .lostAnswer
            world.interruptions[.applied] = { $0.blindness = .distrusted }
        }
        _ = try await reconciler.apply(pass, by: "test")
        #expect(await world.openBatches.count == 1)
        await world.edit { $0.blindness = nil }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        for _ in 0..<3 {
            _ = try await reconciler.apply(try await approved(reconciler, .fleet(["a", "b"])), by: "test")
        }
        #expect(await world.pool.guests.values.filter { !$0.isTemplate }.map(\.name).sorted() == ["a", "b"])
        #expect(await world.recorded.servers.map(\.name).sorted() == ["a", "b"])
    }

    @Test("what is being cloned shows no mark, and is no stranger's")
    func halfMade() async throws {
        let (world, reconciler, _) = try await settled(["b"])
        let pass = try await approved(reconciler, .fleet(["a", "b"]))
        let create = StepID(rawValue: "create Server/a")
        await world.edit { world in
            world.failures["a"] = .lostAnswer
            world.interruptions[.applied] = { world in
                for (vmid, guest) in world.pool.guests where guest.name == "a" {
                    world.pool.guests[vmid]?.lock = "clone"
                    world.pool.guests[vmid]?.settings.description = " qmclone temporary file\n"
                    world.pool.guests[vmid]?.settings.tags = []
                }
            }
        }
        #expect(code(try await reconciler.apply(pass, by: "test").outcomes[create]) == "execution.halfMade")
        let again = try await approved(reconciler, .fleet(["a", "b"]))
        #expect(again.plan.steps.isEmpty)
        #expect(again.plan.findings.contains { $0.sentence.code == "plan.locked" })
    }
}
