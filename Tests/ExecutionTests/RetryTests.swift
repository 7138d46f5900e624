import Model
import Planning
import Reconciliation
import Simulation
import Synchronization
import Testing

@testable import Execution

@Suite("Trying again after a lock")
struct RetryTests {
    private static let start = Timestamp(seconds: 1_790_000_000)
    private static let create = StepID(rawValue: "create Server/a")

    /// What a run said while it went on.
    private final class Ear: Sendable {
        private let heard = Mutex<[ComingTry]>([])

        var tries: [ComingTry] { heard.withLock(\.self) }

        func hear(_ event: ExecutionEvent) {
            if case .retrying(let coming) = event { heard.withLock { $0.append(coming) } }
        }
    }

    private func reconciler(_ world: World, seed: UInt64 = 5) -> (Reconciler, Pace) {
        let pace = Pace.virtual(from: Self.start, seed: seed)
        var ports = ExecutionPorts(world)
        ports.pace = pace
        return (Reconciler(ports: ports, stacks: world, ledger: world, clock: pace.now, pause: {}), pace)
    }

    private func fleet(_ names: [ServerName], max: Int = 3) -> Desired {
        var desired = Desired.fleet(names)
        desired.policies[0].retry = Policy.Retry()
        desired.policies[0].retry?.max = max
        return desired
    }

    @Test("A creation whose lock was not free is tried again in the same run, later each time, until it succeeds")
    func succeedsInTheEnd() async throws {
        let world = World(markSeed: 7)
        await world.edit { $0.busyLocks = ["a": 2] }
        let (reconciler, pace) = reconciler(world)
        let ear = Ear()
        let pass = try await reconciler.plan(fleet(["a", "b"]), by: "test")
        let applied = try await reconciler.apply(pass, by: "test", report: { ear.hear($0) })
        #expect(applied.outcomes.values.allSatisfy { $0 == .done })
        #expect(ear.tries.map(\.number) == [1, 2])
        #expect(ear.tries.allSatisfy { $0.step == Self.create && $0.most == 3 })
        // 30 s and 60 s, each shortened by half at most.
        let waited = pace.now() - Self.start
        #expect(waited >= .seconds(45) && waited <= .seconds(91))
        // Each try is a batch of its own, closed with what came of it.
        let batches = await world.journal.filter { $0.steps.contains(Self.create) }
        #expect(batches.count == 3)
        #expect(await world.openBatches.isEmpty)
        #expect(await world.recorded.setbacks.isEmpty)
        #expect(await world.pool.guests.count == 3)
    }

    @Test("After so many tries as policy allows it failed, and the daemon waits from then on")
    func givesUp() async throws {
        let world = World(markSeed: 7)
        await world.edit { $0.busyLocks = ["a": 100] }
        let (reconciler, _) = reconciler(world)
        let ear = Ear()
        let pass = try await reconciler.plan(fleet(["a", "b"], max: 2), by: "test")
        let applied = try await reconciler.apply(pass, by: "test", report: { ear.hear($0) })
        guard case .failed(let failure)? = applied.outcomes[Self.create] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(failure.retry == .afterLock)
        #expect(ear.tries.count == 2)
        #expect(applied.outcomes[StepID(rawValue: "create Server/b")] == .done)
        #expect(await world.recorded.setbacks[Self.create]?.failures == 1)
    }

    @Test("Nothing is tried again where policy says so, and nothing that failed for another reason")
    func notTriedAgain() async throws {
        for (max, locks, failures) in [
            (0, ["a": 1], [:]), (3, [:], ["a": TerraformDouble.Failure.refused]),
        ] as [(Int, [ServerName: Int], [ServerName: TerraformDouble.Failure])] {
            let world = World(markSeed: 7)
            await world.edit {
                $0.busyLocks = locks
                $0.failures = failures
            }
            let (reconciler, _) = reconciler(world)
            let ear = Ear()
            let pass = try await reconciler.plan(fleet(["a"], max: max), by: "test")
            let applied = try await reconciler.apply(pass, by: "test", report: { ear.hear($0) })
            #expect(applied.outcomes[Self.create] != .done)
            #expect(ear.tries.isEmpty)
        }
    }

    @Test("A clone that was made although its lock was said to be busy is not made a second time")
    func madeAfterAll() async throws {
        let world = World(markSeed: 7)
        await world.edit {
            $0.busyLocks = ["a": 1]
            $0.lockLeavesGuest = true
        }
        let (reconciler, _) = reconciler(world)
        let ear = Ear()
        let desired = fleet(["a"])
        let applied = try await reconciler.apply(
            try await reconciler.plan(desired, by: "test"), by: "test", report: { ear.hear($0) })
        #expect(applied.outcomes[Self.create] != .done)
        #expect(ear.tries.isEmpty)
        #expect(await world.pool.guests.count == 2)
        // The next plan goes on with what is there.
        for _ in 0..<4 {
            let pass = try await reconciler.plan(desired, by: "test")
            let steps = pass.plan.steps
            if steps.isEmpty { break }
            let approved = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
            _ = try await reconciler.apply(approved, by: "test")
        }
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
        #expect(await world.pool.guests.count == 2)
    }

    @Test("A newborn whose start met a lock is not made again: the next plan starts it, and tries again by itself")
    func newbornStart() async throws {
        let world = World(markSeed: 7)
        await world.edit { $0.busyStarts = 2 }
        let (reconciler, _) = reconciler(world)
        let ear = Ear()
        let desired = fleet(["a"])
        let born = try await reconciler.apply(
            try await reconciler.plan(desired, by: "test"), by: "test", report: { ear.hear($0) })
        guard case .failed? = born.outcomes[Self.create] else {
            Issue.record("it came to \(born.outcomes)")
            return
        }
        #expect(ear.tries.isEmpty)
        let started = try await reconciler.apply(
            try await reconciler.plan(desired, by: "test"), by: "test", report: { ear.hear($0) })
        #expect(started.outcomes[StepID(rawValue: "start Server/a")] == .done)
        #expect(ear.tries.map(\.step) == [StepID(rawValue: "start Server/a")])
        #expect(await world.pool.guests.count == 2)
        #expect(try await reconciler.plan(desired, by: "test").isInPlumb)
    }

    private static let end = StepID(rawValue: "destroy Server/a")

    /// Applies the removal of `a`, which runs beside `b`, while locks are busy.
    private func removal(busyEnds: Int, busyStarts: Int) async throws -> (World, AppliedPass, Ear, VMID) {
        let world = World(markSeed: 7)
        let (reconciler, _) = reconciler(world)
        let born = try await reconciler.apply(try await reconciler.plan(fleet(["a", "b"]), by: "test"), by: "test")
        try #require(born.outcomes.values.allSatisfy { $0 == .done })
        let vmid = try #require(await world.recorded.servers.first { $0.name == "a" }?.vmid)
        let pass = try await reconciler.plan(fleet(["b"]), by: "test")
        let approved = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        await world.edit {
            $0.busyLocks = ["a": busyEnds]
            $0.busyStarts = busyStarts
        }
        let ear = Ear()
        return (world, try await reconciler.apply(approved, by: "test", report: { ear.hear($0) }), ear, vmid)
    }

    @Test("A guest whose end met a lock is shut down once, and runs again", arguments: [0, 2])
    func endMetALock(busyStarts: Int) async throws {
        let (world, applied, ear, vmid) = try await removal(busyEnds: 1, busyStarts: busyStarts)
        guard case .failed(let failure)? = applied.outcomes[Self.end] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(failure.retry == .after(seconds: 1))
        #expect(ear.tries.isEmpty)
        #expect(await world.switchedOff == [vmid])
        #expect(await world.pool.guests[vmid]?.isRunning == true)
        #expect(await world.destroyed.isEmpty)
    }

    @Test("A guest whose end and whose start met locks to the last is off, and that is what the run says")
    func neitherEndedNorStarted() async throws {
        let (world, applied, ear, vmid) = try await removal(busyEnds: 1, busyStarts: 100)
        guard case .failed(let failure)? = applied.outcomes[Self.end] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(failure.sentence.code == "execution.neitherGoneNorStarted")
        #expect(failure.retry == .after(seconds: 1))
        #expect(ear.tries.isEmpty)
        #expect(await world.switchedOff == [vmid])
        #expect(await world.pool.guests[vmid]?.isRunning == false)
        #expect(await world.destroyed.isEmpty)
        #expect(await world.busyStarts < 100)
    }

    @Test("A guest that was off already, and whose end met a lock, is tried again in the same run")
    func endOfWhoWasOffMetALock() async throws {
        let world = World(markSeed: 7)
        let (reconciler, _) = reconciler(world)
        _ = try await reconciler.apply(try await reconciler.plan(fleet(["a", "b"]), by: "test"), by: "test")
        await world.edit { $0.change("a") { $0.isRunning = false } }
        let pass = try await reconciler.plan(fleet(["b"]), by: "test")
        let approved = try await reconciler.approve(pass, steps: pass.awaitingApproval, by: "test")
        await world.edit { $0.busyLocks = ["a": 1] }
        let ear = Ear()
        let applied = try await reconciler.apply(approved, by: "test", report: { ear.hear($0) })
        #expect(applied.outcomes[Self.end] == .done)
        #expect(ear.tries.map(\.step) == [Self.end])
        #expect(await world.switchedOff.isEmpty)
    }

    @Test("A run that is asked to stop does not sit out the pause, and says why the step failed")
    func stopsWaiting() async throws {
        let world = World(markSeed: 7)
        await world.edit { $0.busyLocks = ["a": 100] }
        let (reconciler, pace) = reconciler(world)
        let ear = Ear()
        let pass = try await reconciler.plan(fleet(["a"], max: 50), by: "test")
        let applied = try await reconciler.apply(
            pass, by: "test", shouldStop: { ear.tries.count >= 3 }, report: { ear.hear($0) })
        guard case .failed(let failure)? = applied.outcomes[Self.create] else {
            Issue.record("it came to \(applied.outcomes)")
            return
        }
        #expect(failure.retry == .afterLock)
        #expect(pace.now() - Self.start < .seconds(120))
    }

    @Test(
        "Pauses are between half and all of the doubled first one, differ by what failed, and are the same for a seed")
    func pauses() {
        let backOff = BackOff(first: .seconds(30), doublings: 4)
        var seen: Set<Duration> = []
        for failures in 1...200 {
            let whole = Duration.seconds(30 * (1 << min(failures - 1, 4)))
            for key in ["lab/a", "lab/b", "lab/c"] {
                let pause = backOff.pause(after: failures, seed: 9, key: key)
                #expect(pause <= whole && pause >= whole / 2 - .milliseconds(1))
                #expect(pause == backOff.pause(after: failures, seed: 9, key: key))
                seen.insert(pause)
            }
        }
        #expect(seen.count > 250)
        let long = BackOff(first: .seconds(86_400), doublings: 100)
        #expect(long.pause(after: 1000, seed: 1, key: "x") <= .seconds(86_400))
    }
}
