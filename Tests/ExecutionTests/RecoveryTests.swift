import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// The next start after Plumb was killed, at every call that it makes.
@Suite struct RecoveryTests {
    private func approved(_ reconciler: Reconciler, _ desired: Desired) async throws -> PlannedPass {
        let pass = try await reconciler.plan(desired, by: "test")
        return try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    /// One server is born, one changes, one goes; killed at call `calls`.
    ///
    /// - Returns: the phase of the batch that was open then; nil where the pass ended before.
    private func kill(at calls: Int, terraformGoesOn: Bool) async throws -> [BatchPhase]? {
        let (world, reconciler) = try await World.settled(["gone", "kept"])
        let desired = Desired.fleet(["kept", "new"]) { if $0.name == "kept" { $0.cores = 2 } }
        let pass = try await approved(reconciler, desired)
        await world.edit { world in
            world.callsUntilCrash = calls
            world.terraformOutlivesCrash = terraformGoesOn
        }
        do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
        let hasCrashed = await world.edit { $0.callsUntilCrash == 0 }
        await world.edit { world in
            world.callsUntilCrash = nil
            world.terraformOutlivesCrash = false
        }
        let open = await world.openBatches
        _ = try await reconciler.recover()
        #expect(await world.openBatches.isEmpty)
        #expect(await world.openRuns.isEmpty)
        for batch in open {
            let outcomes = await world.closed[batch.id] ?? [:]
            #expect(Set(outcomes.keys) == Set(batch.steps), "call \(calls)")
        }
        for _ in 0..<4 { _ = try await reconciler.apply(try await approved(reconciler, desired), by: "test") }
        let (pool, servers) = await world.edit { ($0.pool, $0.recorded.servers.map(\.name)) }
        let guests = pool.guests.filter { !$0.value.isTemplate }
        #expect(guests.values.map(\.name).sorted() == ["kept", "new"], "call \(calls)")
        let running = guests.values.filter(\.isRunning).count
        #expect(running == 2, "call \(calls)")
        #expect(servers == ["kept", "new"], "call \(calls)")
        #expect(await world.destroyed.count == 1, "call \(calls)")
        return hasCrashed ? open.map(\.phase) : nil
    }

    @Test(
        "killed at every call, with Terraform or without it, Plumb ends where it was going", arguments: [false, true])
    func everyCall(terraformGoesOn: Bool) async throws {
        var phases: Set<BatchPhase> = []
        for calls in 0..<200 {
            guard let open = try await kill(at: calls, terraformGoesOn: terraformGoesOn) else {
                #expect(calls > 20)
                break
            }
            phases.formUnion(open)
        }
        #expect(phases == Set(BatchPhase.allCases).subtracting([.done]))
    }

    @Test("a guest that was shut down for its destruction, and was not destroyed, gets its power back")
    func powerComesBack() async throws {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let pass = try await approved(reconciler, .fleet(["b"]))
        for calls in 0..<20 {
            await world.edit { $0.callsUntilCrash = calls }
            do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
            await world.edit { $0.callsUntilCrash = nil }
            if await world.pool.guests[vmid]?.isRunning == false { break }
            _ = try await reconciler.recover()
        }
        try #require(await world.pool.guests[vmid]?.isRunning == false)
        _ = try await reconciler.recover()
        #expect(await world.pool.guests[vmid]?.isRunning == true)
    }

    private func interrupted() async throws -> (World, Reconciler, VMID) {
        let (world, reconciler) = try await World.settled(["a", "b"])
        let pass = try await approved(reconciler, .fleet(["a", "b", "c"]))
        guard case .create(let creation)? = pass.plan.steps.first?.action else {
            throw StepFailure(Sentence("execution.planFailed", "c"))
        }
        // The journal, tfvars, two phases of the plan; then the apply.
        await world.edit { world in
            world.callsUntilCrash = 6
            world.terraformOutlivesCrash = true
        }
        do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
        await world.edit { $0.callsUntilCrash = nil }
        try #require(await world.openBatches.map(\.phase) == [.applying])
        return (world, reconciler, creation.configuration.birth.vmid)
    }

    @Test("a task that still makes the guest is waited for, and the stack takes nothing else meanwhile")
    func runningTask() async throws {
        let (world, reconciler, vmid) = try await interrupted()
        // Proxmox files a clone under the template that it is of.
        await world.edit { world in
            world.pool.guests[vmid]?.lock = "clone"
            world.tasks = [
                ObservedTask(
                    upid: "UPID:1", node: "pve1", type: "qmclone", vmid: VMID(9000), user: "root@pam",
                    startedAt: world.now)
            ]
        }
        let recovery = try await reconciler.recover()
        guard case .open(let reason)? = recovery.stillOpen.first?.end else {
            Issue.record("it was closed")
            return
        }
        #expect(reason.code == "recovery.taskRuns")
        let pass = try await reconciler.plan(.fleet(["a", "b", "d"]) { $0.cores = 4 }, by: "test")
        let applied = try await reconciler.apply(pass, by: "test")
        let create = StepID(rawValue: "create Server/d")
        guard case .refused(let refusal)? = applied.outcomes[create] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(refusal.code == "execution.openBatch")
        // The template is cloned for somebody else by now, which is nobody's wait.
        await world.edit { $0.pool.guests[vmid]?.lock = nil }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        #expect(await world.recorded.servers.map(\.name) == ["a", "b", "c"])
    }

    @Test("a batch that another living process works on is left to it")
    func atWork() async throws {
        let (world, reconciler, _) = try await interrupted()
        await world.edit { $0.owner = ProcessStamp(pid: 4711, startTicks: 1, bootID: "boot") }
        let recovery = try await reconciler.recover()
        #expect(recovery.stillOpen.count == 1)
        #expect(await world.recorded.servers.map(\.name) == ["a", "b"])
        await world.edit { $0.owner = nil }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
    }

    @Test("a step of another version's journal is closed with the word that nobody knows what it was")
    func unreadableStep() async throws {
        let (world, reconciler, _) = try await interrupted()
        let step = StepID(rawValue: "teleport Server/z")
        let batch = try #require(await world.openBatches.first?.id)
        await world.edit { $0.leaveUnreadable(step, in: batch) }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        let outcomes = await world.closed[batch] ?? [:]
        guard case .failed(let failure) = outcomes[step] else {
            Issue.record("it came to \(outcomes)")
            return
        }
        #expect(failure.sentence.code == "recovery.unreadable")
        #expect(outcomes[StepID(rawValue: "create Server/c")] == .done)
    }

    @Test("where nothing is left of a run that was begun, the state and a live look say what came of it")
    func lostRun() async throws {
        let (world, reconciler, vmid) = try await interrupted()
        await world.edit { $0.loseRuns() }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        // Terraform made it: what the state has keeps its entry, and the guest is recorded.
        #expect(await world.stacks.values.contains { $0.resources["c"] != nil && $0.entries["c"] != nil })
        #expect(await world.recorded.servers.contains { $0.name == "c" && $0.vmid == vmid })
        for _ in 0..<2 {
            _ = try await reconciler.apply(try await approved(reconciler, .fleet(["a", "b", "c"])), by: "test")
        }
        #expect(await world.pool.guests.values.count { $0.name == "c" && $0.isRunning } == 1)
        #expect(try await reconciler.plan(.fleet(["a", "b", "c"]), by: "test").isInPlumb)
    }

    /// A change of `a` that was cut off when its entry was written.
    private func cutChange() async throws -> (World, Reconciler) {
        let (world, reconciler) = try await World.settled(["a"])
        let pass = try await approved(reconciler, .fleet(["a"]) { $0.cores = 2 })
        for calls in 0..<20 {
            await world.edit { $0.callsUntilCrash = calls }
            do throws(StepFailure) { _ = try await reconciler.apply(pass, by: "test") } catch {}
            await world.edit { $0.callsUntilCrash = nil }
            if await world.openBatches.map(\.phase) == [.tfvarsWritten] { return (world, reconciler) }
            _ = try await reconciler.recover()
        }
        throw StepFailure(Sentence("execution.planFailed", "a"))
    }

    @Test("an entry is not put back beside a state that was begun anew while the batch was open")
    func rebuiltState() async throws {
        let (world, reconciler) = try await cutChange()
        await world.edit { world in
            for stack in world.stacks.keys {
                world.stacks[stack]?.resources = [:]
                world.stacks[stack]?.entries = [:]
            }
        }
        #expect(try await reconciler.recover().stillOpen.isEmpty)
        #expect(await world.stacks.values.allSatisfy(\.entries.isEmpty))
    }

    @Test("an entry is put back beside a state that went back: the right one may return")
    func restoredState() async throws {
        let (world, reconciler) = try await cutChange()
        await world.edit { world in
            for stack in world.stacks.keys {
                let entries = world.stacks[stack]?.entries ?? [:]
                world.stacks[stack] = TerraformDouble()
                world.stacks[stack]?.entries = entries
            }
        }
        _ = try await reconciler.recover()
        #expect(await world.stacks.values.contains { $0.entries["a"]?.settings.cores == 1 })
    }
}
