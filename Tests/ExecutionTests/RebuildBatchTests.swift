import Execution
import Model
import Planning
import Reconciliation
import Simulation
import Testing

/// The end of a guest and its birth in one batch.
@Suite struct RebuildBatchTests {
    private struct Stage {
        let world: World
        let reconciler: Reconciler
        var desired: Desired
        /// The guest before.
        let old: VMID
        let mark: String
    }

    private func stage(edit: (inout Policy) -> Void = { _ in }) async throws -> Stage {
        let world = World(markSeed: 7)
        let reconciler = Reconciler(world)
        var desired = Desired.fleet(["a", "b"])
        edit(&desired.policies[0])
        var born = try await reconciler.plan(desired, by: "test")
        born = try await reconciler.approve(born, steps: born.awaitingApproval, by: "test")
        let applied = try await reconciler.apply(born, by: "test")
        try #require(applied.outcomes.values.allSatisfy { $0 == .done })
        let row = try #require(await world.recorded.servers.first { $0.name == "a" })
        return Stage(world: world, reconciler: reconciler, desired: desired, old: row.vmid, mark: row.mark ?? "")
    }

    private let id = StepID(rawValue: "rebuild Server/a")

    private func approved(_ stage: Stage) async throws -> PlannedPass {
        let request = PlanRequest(rebuilds: ["a"])
        let pass = try await stage.reconciler.plan(stage.desired, targets: ["a"], request: request, by: "test")
        #expect(pass.awaitingApproval.map(\.id) == [id])
        return try await stage.reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
    }

    /// The guest lives once, runs, has a mark, row, entry and resource, and the plan has nothing to do.
    private func expectRest(_ stage: Stage, isNew: Bool, _ note: String = "") async throws {
        let (pool, recorded, double) = await stage.world.edit { ($0.pool, $0.recorded, $0.stacks.values.first) }
        let guests = pool.guests.filter { $0.value.name == "a" }
        #expect(guests.count == 1 && guests.values.allSatisfy(\.isRunning), "\(note)")
        let row = recorded.servers.first { $0.name == "a" }
        #expect(row?.vmid == guests.keys.first && (row?.mark != stage.mark) == isNew, "\(note)")
        #expect(double?.resources["a"] != nil && double?.entries["a"] != nil, "\(note)")
        #expect(await stage.world.openBatches.isEmpty, "\(note)")
        #expect(try await stage.reconciler.plan(stage.desired, by: "test").isInPlumb, "\(note)")
    }

    @Test("a rebuild is one batch, ends one guest, and the new life has the old number and a mark of its own")
    func done() async throws {
        let stage = try await stage()
        let applied = try await stage.reconciler.apply(try await approved(stage), by: "test")
        #expect(applied.outcomes[id] == .done)
        #expect(await stage.world.destroyed == [stage.old])
        #expect(await stage.world.switchedOff == [stage.old])
        #expect(await stage.world.journal.filter { $0.intent.verb == .rebuild }.count == 1)
        #expect(await stage.world.recorded.servers.first { $0.name == "a" }?.vmid == stage.old)
        try await expectRest(stage, isNew: true)
    }

    @Test("without the backup that policy asks for nothing is destroyed, and the guest has its power back")
    func backupFails() async throws {
        let stage = try await stage { $0.rebuildBackup = "backups" }
        await stage.world.edit { $0.backupFailure = StepFailure(Sentence("execution.noEvent", "storage is full")) }
        let pass = try await approved(stage)
        let applied = try await stage.reconciler.apply(pass, by: "test")
        guard case .failed(let failure)? = applied.outcomes[id] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == "execution.backupFailed" && failure.retry == .never)
        #expect(failure.sentence.arguments.prefix(3) == ["a", stage.old.description, "backups"])
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.switchedOff == [stage.old])
        #expect(await stage.world.pool.guests[stage.old]?.isRunning == true)
        await stage.world.edit { $0.backupFailure = nil }
        _ = try await stage.reconciler.apply(try await stage.reconciler.plan(stage.desired, by: "test"), by: "test")
        #expect(await stage.world.backups == ["backups": [stage.old]])
        try await expectRest(stage, isNew: true)
    }

    @Test("a disk that no backup would have is found out before the shutdown, and again after it")
    func backupPartial() async throws {
        for isDuringShutdown in [false, true] {
            let stage = try await stage { $0.rebuildBackup = "backups" }
            let pass = try await approved(stage)
            let old = stage.old
            await stage.world.edit { world in
                if isDuringShutdown {
                    world.interruptions[.shutDown] = { $0.pool.guests[old]?.leftOutOfBackups = ["scsi1", "unused0"] }
                } else {
                    world.pool.guests[old]?.leftOutOfBackups = ["scsi1", "unused0"]
                }
            }
            let applied = try await stage.reconciler.apply(pass, by: "test")
            let reason = Sentence(.rebuildBackupPartial, "a", old.description, "backups", "scsi1, unused0")
            #expect(applied.outcomes[id] == .refused(reason))
            #expect(await stage.world.destroyed.isEmpty)
            #expect(await stage.world.backups.isEmpty)
            #expect(await stage.world.switchedOff == (isDuringShutdown ? [old] : []))
            #expect(await stage.world.pool.guests[old]?.isRunning == true)
        }
    }

    @Test("a disk whose backup waits for the next start is out of reach of a backup, and it is said what it waits for")
    func backupWaits() async throws {
        let stage = try await stage { $0.rebuildBackup = "backups" }
        let pass = try await approved(stage)
        let old = stage.old
        await stage.world.edit { world in
            world.pool.guests[old]?.leftOutOfBackups = ["mp0"]
            world.pool.guests[old]?.backedUpFromNextStart = ["mp0"]
        }
        let applied = try await stage.reconciler.apply(pass, by: "test")
        let reason = Sentence(.rebuildBackupWaits, "a", old.description, "backups", "mp0", "mp0", "qm")
        #expect(applied.outcomes[id] == .refused(reason))
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.backups.isEmpty)
        #expect(await stage.world.pool.guests[old]?.isRunning == true)
    }

    @Test("another machine that was put in the place of the guest while it was shut down is not destroyed, nor started")
    func replacedAtShutdown() async throws {
        let stage = try await stage()
        let pass = try await approved(stage)
        let vmid = stage.old
        await stage.world.edit { world in
            world.interruptions[.shutDown] = { world in
                guard let old = world.pool.guests[vmid] else { return }
                var new = old
                new.machineID = "another"
                new.isRunning = false
                world.pool.guests[vmid] = new
            }
        }
        let applied = try await stage.reconciler.apply(pass, by: "test")
        guard case .refused(let reason)? = applied.outcomes[id] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(reason.code == "execution.changedAtShutdown")
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.pool.guests[vmid]?.isRunning == false)
    }

    @Test("a password that cannot be had is found out before anything is hurt")
    func secretMissing() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.secretFailure = StepFailure(Sentence("execution.noEvent", "no password")) }
        let applied = try await stage.reconciler.apply(try await approved(stage), by: "test")
        #expect(applied.outcomes[id] == .failed(StepFailure(Sentence("execution.noEvent", "no password"))))
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.switchedOff.isEmpty)
    }

    @Test("a guest that follows no shutdown stays")
    func deaf() async throws {
        let stage = try await stage()
        await stage.world.edit { $0.deaf = [stage.old] }
        let applied = try await stage.reconciler.apply(try await approved(stage), by: "test")
        guard case .failed(let failure)? = applied.outcomes[id] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == "execution.notDown")
        #expect(failure.sentence.arguments == ["a", stage.old.description, "180"])
        #expect(await stage.world.destroyed.isEmpty)
        #expect(await stage.world.pool.guests[stage.old]?.isRunning == true)
    }

    @Test("a birth that fails is said so, and the next plan makes the guest with the yes that was given")
    func birthFails() async throws {
        let stage = try await stage { $0.apply = .manual }
        let pass = try await approved(stage)
        await stage.world.edit { world in
            // The end of the old guest is the first apply; the birth after it is refused.
            world.interruptions[.applied] = { $0.failures["a"] = .refused }
        }
        let applied = try await stage.reconciler.apply(pass, by: "test")
        guard case .failed(let failure)? = applied.outcomes[id] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == StepOutcome.rebuildUnfinished)
        #expect(failure.sentence.arguments.prefix(2) == ["a", stage.old.description])
        let (rows, entries) = await stage.world.edit { world in
            (world.recorded.servers.map(\.name), world.stacks.values.flatMap { $0.entries.keys })
        }
        #expect(rows == ["b"] && entries == ["b"])
        let next = try await stage.reconciler.plan(stage.desired, by: "test")
        #expect(next.plan.steps.map(\.id.rawValue) == ["create Server/a"])
        #expect(next.plan.steps[0].disposition == .ready)
        _ = try await stage.reconciler.apply(next, by: "test")
        #expect(await stage.world.recorded.servers.first { $0.name == "a" }?.vmid == stage.old)
        try await expectRest(stage, isNew: true)
    }

    @Test("the backup that was made first is named whatever comes of the rebuild, also by whoever looks after a kill")
    func backupIsNamed() async throws {
        let volume = { (stage: Stage) in "backups:backup/\(stage.old)" }
        let done = try await stage { $0.rebuildBackup = "backups" }
        let applied = try await done.reconciler.apply(try await approved(done), by: "test")
        #expect(applied.outcomes[id] == .done && applied.backups == [id: volume(done)])

        let half = try await stage { $0.rebuildBackup = "backups" }
        let pass = try await approved(half)
        await half.world.edit { world in
            world.interruptions[.applied] = { $0.failures["a"] = .refused }
        }
        let failed = try await half.reconciler.apply(pass, by: "test")
        guard case .failed(let failure)? = failed.outcomes[id] else {
            Issue.record("\(failed.outcomes)")
            return
        }
        #expect(failure.sentence.code == StepOutcome.rebuildUnfinishedKept)
        #expect(failure.sentence.arguments == ["a", half.old.description, volume(half)])
        #expect(failed.backups == [id: volume(half)] && failed.outcomes[id]?.endedGuest == true)
        let next = try await half.reconciler.plan(half.desired, by: "test")
        #expect(next.plan.steps.map(\.disposition) == [.ready])
    }

    @Test(
        "an end that cannot be written down is said as an end, stays open until it can, and the yes to the whole holds",
        arguments: [World.Writing.entry, .row])
    func endUnwritten(writing: World.Writing) async throws {
        let stage = try await stage { policy in
            policy.apply = .manual
            policy.rebuildBackup = "backups"
        }
        let pass = try await approved(stage)
        await stage.world.edit { $0.interruptions[.applied] = { $0.unwritable = [writing] } }
        let applied = try await stage.reconciler.apply(pass, by: "test")
        guard case .failed(let failure)? = applied.outcomes[id] else {
            Issue.record("\(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == StepOutcome.rebuildUnfinishedKept)
        #expect(failure.sentence.arguments == ["a", stage.old.description, "backups:backup/\(stage.old)"])
        #expect(failure.sentence.parts?.map(\.code) == [StepOutcome.endUnsettled])
        #expect(applied.outcomes[id]?.spendsYes(to: .rebuild) == false)
        #expect(await stage.world.endings.map(\.server) == ["a"])
        #expect(try await stage.reconciler.recover().stillOpen.count == 1)
        await stage.world.edit { $0.unwritable = [] }
        #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
        #expect(await stage.world.endings.map(\.server) == ["a"])
        let next = try await stage.reconciler.plan(stage.desired, by: "test")
        #expect(next.plan.steps.map(\.id.rawValue) == ["create Server/a"])
        #expect(next.plan.steps.map(\.disposition) == [.ready])
        _ = try await stage.reconciler.apply(next, by: "test")
        try await expectRest(stage, isNew: true)
    }

    @Test(
        "an end that goes on when Terraform has given up on it is waited for, nobody starts the guest, and it is made anew",
        arguments: [5, 10_000])
    func lateEnd(looks: Int) async throws {
        let stage = try await stage()
        let pass = try await approved(stage)
        let old = stage.old
        await stage.world.edit { world in
            world.failures["a"] = .refused
            world.interruptions[.applied] = { $0.lateEnds[old] = looks }
        }
        let outcome = try await stage.reconciler.apply(pass, by: "test").outcomes[id]
        if looks == 5 {
            #expect(outcome == .done)
        } else {
            #expect(outcome?.sentenceOfFailure?.code == "recovery.taskRuns")
            #expect(await stage.world.openBatches.count == 1)
            #expect(await stage.world.pool.guests[old]?.isRunning == false)
            await stage.world.edit { $0.lateEnds[old] = 0 }
            #expect(try await stage.reconciler.recover().stillOpen.isEmpty)
            let next = try await stage.reconciler.apply(
                try await stage.reconciler.plan(stage.desired, by: "test"), by: "test")
            #expect(next.outcomes == [StepID(rawValue: "create Server/a"): .done])
        }
        try await expectRest(stage, isNew: true)
    }

    @Test(
        "killed at every call, with Terraform or without it, the guest lives once in the end", arguments: [false, true])
    func everyCall(terraformGoesOn: Bool) async throws {
        var between = 0
        var intact = 0
        for calls in 0..<80 {
            let stage = try await stage { $0.rebuildBackup = "backups" }
            let pass = try await approved(stage)
            await stage.world.edit { world in
                world.callsUntilCrash = calls
                world.terraformOutlivesCrash = terraformGoesOn
            }
            do throws(StepFailure) { _ = try await stage.reconciler.apply(pass, by: "test") } catch {}
            let hasCrashed = await stage.world.edit { $0.callsUntilCrash == 0 }
            await stage.world.edit { world in
                world.callsUntilCrash = nil
                world.terraformOutlivesCrash = false
            }
            let recovery = try await stage.reconciler.recover()
            #expect(await stage.world.openBatches.isEmpty, "call \(calls)")
            let (pool, double) = await stage.world.edit { ($0.pool, $0.stacks.values.first) }
            let guests = pool.guests.values.filter { $0.name == "a" }
            // What is still there has its power; what is gone has left no entry that a run by hand would make.
            #expect(guests.count <= 1, "call \(calls)")
            if guests.isEmpty {
                between += 1
                if let batch = recovery.batches.first, case .closed(let outcomes) = batch.end {
                    #expect(outcomes[id]?.sentenceOfFailure?.arguments.last == "backups:backup/\(stage.old)")
                }
                #expect(double?.entries["a"] == nil && double?.resources["a"] == nil, "call \(calls)")
            }
            if await stage.world.destroyed.isEmpty {
                intact += 1
                #expect(guests.first?.isRunning == true, "call \(calls)")
            }
            for _ in 0..<3 {
                _ = try await stage.reconciler.apply(
                    try await stage.reconciler.plan(stage.desired, by: "test"), by: "test")
            }
            #expect(await stage.world.destroyed == [stage.old], "call \(calls)")
            try await expectRest(stage, isNew: true, "call \(calls)")
            if !hasCrashed {
                #expect(calls > 20)
                break
            }
        }
        #expect(between > 0 && intact > 0)
    }

    @Test("while nobody has looked at a rebuild that was cut off, it is said whether its guest may be down or gone")
    func cutOff() async throws {
        var said: Set<SentenceCode> = []
        for calls in 0..<80 {
            let stage = try await stage { $0.rebuildBackup = "backups" }
            let pass = try await approved(stage)
            await stage.world.edit { $0.callsUntilCrash = calls }
            do throws(StepFailure) { _ = try await stage.reconciler.apply(pass, by: "test") } catch {}
            let hasCrashed = await stage.world.edit { $0.callsUntilCrash == 0 }
            await stage.world.edit { $0.callsUntilCrash = nil }
            guard hasCrashed else { break }
            guard let batch = await stage.world.openBatches.first else { continue }
            let owing = Set(await stage.world.recorded.servers.filter { $0.owedStart != nil }.map(\.name))
            let sentence = try #require(batch.cutOff(owing: owing).first, "call \(calls)")
            #expect(sentence.arguments == ["a", stage.old.description], "call \(calls)")
            #expect(batch.cutOff(owing: owing, of: "a") == batch.cutOff(owing: owing), "call \(calls)")
            #expect(batch.cutOff(owing: owing, of: "b").isEmpty, "call \(calls)")
            said.insert(sentence.code)
            let isDown = await stage.world.pool.guests[stage.old]?.isRunning == false
            let isGone = await !stage.world.destroyed.isEmpty
            if isGone {
                #expect(sentence.code == "recovery.cutRebuildLate", "call \(calls)")
                let kept = Sentence("recovery.cutBackup", "a", stage.old.description, "backups:backup/\(stage.old)")
                #expect(batch.cutOff(owing: owing).last == kept, "call \(calls)")
            } else if isDown {
                #expect(sentence.code != "recovery.cutRebuildEarly", "call \(calls)")
            }
            #expect(batch.spent == (sentence.code == "recovery.cutRebuildLate" ? [] : [id]), "call \(calls)")
            // Who only looks sees what comes when the batch is closed: the yes is spent.
            var showing = stage.reconciler
            showing.manner = .shown
            for hasNews in [false, true] {
                // Of a guest that is on another node the registry is told, and read once more.
                if hasNews { await stage.world.misplaceRow(of: "b") }
                let shown = try await showing.plan(stage.desired, by: "test")
                if batch.spent.isEmpty { continue }
                #expect(!shown.plan.steps.contains { $0.action.verb == .rebuild }, "call \(calls)")
                #expect(shown.plan.steps.contains { $0.action.verb == .start } == isDown, "call \(calls)")
            }
        }
        #expect(said == ["recovery.cutRebuildEarly", "recovery.cutRebuild", "recovery.cutRebuildLate"])
    }
}

extension World {
    /// Its row says that it is on another node than it is.
    fileprivate func misplaceRow(of server: ServerName) {
        for index in recorded.servers.indices where recorded.servers[index].name == server {
            recorded.servers[index].node = "pve3"
        }
    }
}

extension StepOutcome {
    fileprivate var sentenceOfFailure: Sentence? {
        if case .failed(let failure) = self { failure.sentence } else { nil }
    }
}
