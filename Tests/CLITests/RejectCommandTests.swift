import Execution
import Model
import Testing

@testable import CLI

@Suite("A no to what another Plumb has in hand")
struct RejectCommandTests {
    private let creation = Samples.create("web-01", 1001)

    /// A batch of the creation that is not closed.
    private func batch(owner pid: Int32?) -> OpenBatch {
        let intent = BatchIntent(
            stack: Samples.stack, verb: .create, steps: [.init(step: creation, previousEntry: nil)], tfvarsDigest: "")
        var batch = OpenBatch(
            id: BatchID(rawValue: "b1"), run: RunID(rawValue: "7"), intent: intent, phase: .applying,
            openedAt: Samples.noon)
        batch.owner = pid.map { ProcessStamp(pid: $0, startTicks: 1, bootID: "boot") }
        return batch
    }

    @Test("The steps of the plan that a living process works on are named with it")
    func named() {
        let rejected = [creation, Samples.update("web-02", 1002)]
        let said = [batch(owner: nil), batch(owner: 4711)].inHand(of: rejected)
        #expect(said == Sentence("cli.noWhileAtWork", creation.id.description, "4711"))
    }

    @Test("Nothing is said of other steps, nor of a batch that nobody works on")
    func others() {
        #expect([batch(owner: 4711)].inHand(of: [Samples.update("web-02", 1002)]) == nil)
        #expect([batch(owner: nil)].inHand(of: [creation]) == nil)
    }
}
