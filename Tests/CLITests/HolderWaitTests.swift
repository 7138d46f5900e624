import Execution
import Model
import Reconciliation
import Registry
import Synchronization
import Testing

@testable import CLI

@Suite("Waiting for another Plumb")
struct HolderWaitTests {
    /// A journal whose batches somebody works on for a while, and a clock that passes while it is waited.
    private final class Stage: Sendable {
        private let state: Mutex<(now: Timestamp, said: [Sentence])>
        let batches: [OpenBatch]
        let ends: Timestamp

        /// - Parameter seconds: for how long the batches are open.
        init(_ batches: [OpenBatch], for seconds: Int64) {
            self.batches = batches
            ends = Timestamp(seconds: Samples.noon.seconds + seconds)
            state = Mutex((Samples.noon, []))
        }

        var now: Timestamp { state.withLock { $0.now } }
        var said: [Sentence] { state.withLock { $0.said } }

        var wait: HolderWait {
            HolderWait(
                openBatches: { self.now < self.ends ? self.batches : [] }, now: { self.now },
                pause: { span in self.state.withLock { $0.now = $0.now + span } },
                say: { sentence in self.state.withLock { $0.said.append(sentence) } })
        }
    }

    private func batch(_ id: String, owner pid: Int32?, stack: StackID = Samples.stack) -> OpenBatch {
        let step = Samples.create("web-01", 1001)
        let intent = BatchIntent(
            stack: stack, verb: .create, steps: [BatchIntent.Entry(step: step, previousEntry: nil)], tfvarsDigest: "")
        var batch = OpenBatch(
            id: BatchID(rawValue: id), run: RunID(rawValue: "7"), intent: intent, phase: .applying,
            openedAt: Samples.noon)
        batch.owner = pid.map { ProcessStamp(pid: $0, startTicks: 1, bootID: "boot") }
        return batch
    }

    private let deadline = Samples.noon + HolderWait.allowance

    @Test("It waits until the other has ended, and says once for whom, on what and since when")
    func waits() async throws {
        let stage = Stage([batch("b1", owner: 4711), batch("b2", owner: 4711)], for: 90)
        var known: Set<Int32> = []
        let end = try await stage.wait.run(for: [Samples.stack], until: deadline, known: &known)
        #expect(end == .waited)
        #expect(stage.now == stage.ends)
        let named = ["b1", "4711", "lab/default", "create", "1", Samples.noon.description, "10"]
        #expect(stage.said == [Sentence("cli.waitsForOther", named)])
        #expect(known == [4711])
    }

    @Test("Whoever worked there is named with what it did when the wait is over, each run once")
    func tellsWhatWasDone() async throws {
        let stage = Stage([batch("b1", owner: 4711), batch("b2", owner: 4711)], for: 90)
        let done = (1...7).map { StepID(rawValue: "create Server/web-0\($0)") }
        var wait = stage.wait
        wait.otherRun = { run, stacks, since in
            guard stacks == [Samples.stack] else { return nil }
            return OtherRun(id: run, by: "kim", done: done, at: since)
        }
        var known: Set<Int32> = []
        _ = try await wait.run(for: [Samples.stack], until: deadline, known: &known)
        let named = done.prefix(5).map(\.description).joined(separator: ", ") + ", +2"
        #expect(
            stage.said.dropFirst() == [Sentence("cli.doneByOther", "kim", "7", Samples.noon.description, named, "7")])
    }

    @Test("What another run did is read from the batches that it closed since, in these stacks")
    func otherRun() async throws {
        let ledger = RegistryLedger(registry: try await FleetRegistry.inMemory(), command: "apply") { Samples.noon }
        let steps = [Samples.create("web-01", 1001), Samples.create("web-02", 1002)]
        let run = try await ledger.beginRun(
            of: PlanID(rawValue: "0123456789abcdef"), setsOut: steps, commit: nil, by: "kim", at: Samples.noon)
        let intent = BatchIntent(
            stack: Samples.stack, verb: .create, steps: steps.map { BatchIntent.Entry(step: $0, previousEntry: nil) },
            tfvarsDigest: "")
        let batch = try await ledger.begin(intent)
        #expect(try await ledger.otherRun(run, in: [Samples.stack], since: Samples.noon) == nil)
        let failure = StepOutcome.failed(StepFailure(Sentence("cli.declined")))
        try await ledger.close(batch, outcomes: [steps[0].id: .done, steps[1].id: failure])
        let other = try await ledger.otherRun(run, in: [Samples.stack], since: Samples.noon)
        #expect(other == OtherRun(id: run, by: "kim", done: [steps[0].id], at: Samples.noon))
        let elsewhere = StackID(cluster: "lab", name: "other")
        #expect(try await ledger.otherRun(run, in: [elsewhere], since: Samples.noon) == nil)
        #expect(try await ledger.otherRun(run, in: [Samples.stack], since: Samples.noon + .seconds(1)) == nil)
    }

    @Test("It waits ten minutes in all, and then names who is still at work and goes on")
    func bounded() async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: 10_000)
        var known: Set<Int32> = []
        let end = try await stage.wait.run(for: [Samples.stack], until: deadline, known: &known)
        #expect(end == .held)
        #expect(stage.now == deadline)
        #expect(stage.said.map(\.code) == ["cli.waitsForOther", "cli.otherStillAtWork"])
        #expect(stage.said.allSatisfy { $0.arguments.contains("4711") })
    }

    @Test("Nobody is waited for who works elsewhere, or who is dead")
    func others() async throws {
        let elsewhere = StackID(cluster: "lab", name: "other")
        let stage = Stage([batch("b1", owner: 4711, stack: elsewhere), batch("b2", owner: nil)], for: 10_000)
        var known: Set<Int32> = []
        let end = try await stage.wait.run(for: [Samples.stack], until: deadline, known: &known)
        #expect(end == .free)
        #expect(stage.said.isEmpty && stage.now == Samples.noon)
    }

    /// A rebuild of web-02 whose guest bears this mark.
    private func rebuild(of mark: String) -> PlannedPass {
        var pass = Samples.pass(Plan(steps: [Samples.rebuild("web-02", 1002)]))
        var row = Samples.record("web-02", 1002)
        row.mark = mark
        pass.survey.recorded.servers = [row]
        return pass
    }

    @Test("What is declared otherwise after a wait is not planned from what was read before it")
    func declaredMeanwhile() async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: 90)
        let plans = Mutex(0)
        await #expect(throws: CommandFailure(Sentence("cli.declaredMeanwhile"))) {
            _ = try await stage.wait.pass {
                plans.withLock { $0 += 1 }
                return self.rebuild(of: "a")
            } isDeclaredAlike: {
                false
            }
        }
        #expect(plans.withLock { $0 } == 1)
        #expect(stage.now == stage.ends)
    }

    @Test("After a wait the plan is made anew, and nobody waits for nothing", arguments: [0, 90, 10_000] as [Int64])
    func plansAnew(seconds: Int64) async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: seconds)
        let plans = Mutex(0)
        _ = try await stage.wait.pass {
            plans.withLock { $0 += 1 }
            return self.rebuild(of: "a")
        } isDeclaredAlike: {
            true
        }
        #expect(plans.withLock { $0 } == (seconds == 0 ? 1 : 2))
        #expect(stage.now == min(stage.ends, deadline))
    }

    @Test(
        "A guest that was made anew meanwhile is not rebuilt, also after a wait in vain",
        arguments: [90, 10_000] as [Int64])
    func rebuiltMeanwhile(seconds: Int64) async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: seconds)
        let marks = Mutex(["a", "b"])
        await #expect(throws: CommandFailure(Sentence("cli.rebuiltMeanwhile", "web-02"))) {
            _ = try await stage.wait.pass {
                self.rebuild(of: marks.withLock { $0.removeFirst() })
            } isDeclaredAlike: {
                true
            }
        }
    }

    @Test("Who would end only since the wait is not who was meant by a number", arguments: [90, 10_000] as [Int64])
    func endsMeanwhile(seconds: Int64) async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: seconds)
        let ends = Mutex(["web-01", "web-02"])
        await #expect(throws: CommandFailure(Sentence("cli.endsMeanwhile", "Server/web-02"))) {
            _ = try await stage.wait.pass {
                Samples.pass(Plan(steps: [Samples.destroy(ends.withLock { $0.removeFirst() }, 1001)]))
            } isDeclaredAlike: {
                true
            }
        }
    }

    @Test("Where whoever may end is named, who would end only since the wait is left to the names")
    func namedEndsMeanwhile() async throws {
        let stage = Stage([batch("b1", owner: 4711)], for: 90)
        let ends = Mutex(["web-01", "web-02"])
        var pass = try await stage.wait.pass(areEndsNamed: true) {
            Samples.pass(Plan(steps: [Samples.destroy(ends.withLock { $0.removeFirst() }, 1001)]))
        } isDeclaredAlike: {
            true
        }
        pass.survey.recorded.servers = [Samples.record("web-01", 1001)]
        let after = pass
        #expect(throws: CommandFailure(Sentence("cli.notEnded", "web-01", "1", "web-02"))) {
            _ = try EndApproval.servers(["web-01"]).ends(of: after)
        }
        #expect(try EndApproval.servers(["web-02"]).ends(of: after).count == 1)
    }

    @Test("Stacks matter in which something would be done or is held back, and not those of mere notices")
    func concerned() {
        let stack = StackID(cluster: "lab", name: "quiet")
        var plan = Plan(steps: [Samples.create("web-01", 1001)])
        plan.findings = [Samples.finding(.notice, .server("db-1", stack), rule: "ignored")]
        #expect(Samples.pass(plan).stacksConcerned == [Samples.stack])
        plan.findings = [Samples.finding(.blocked, .server("db-1", stack), rule: "unreadState")]
        #expect(Samples.pass(plan).stacksConcerned == [Samples.stack, stack])
    }
}
