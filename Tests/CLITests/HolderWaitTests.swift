import Execution
import Model
import Reconciliation
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
