import JSONArena
import Model
import Planning
import Reconciliation
import Testing

@testable import CLI

@Suite("What a recovery leaves to a person")
struct RecoveryViewTests {
    private let settled = Recovery(batches: [], endedRuns: [])

    /// The registry with one server of Plumb's own.
    private var recorded: Recorded {
        var row = Samples.record("web-01", 1001)
        row.mark = "0123456789abcdef"
        var recorded = Recorded()
        recorded.servers = [row]
        return recorded
    }

    @Test("A state that is missing waits for a decision: nothing is not what is open")
    func lostState() throws {
        let lost = recorded.lostStates(beside: [StackObservation(id: Samples.stack)])
        let view = RecoveryView(settled, erroredStates: [], lostStates: lost)
        #expect(!view.isSettled)
        let reason = recorded.lostStateSentence(on: Samples.stack, count: 1, beside: nil)
        #expect(view.text(in: Page(language: .english)) == Catalogue.paragraph(of: reason, in: .english))
        let json = view.json(in: .english)
        #expect(json["isSettled"] == JSONValue.bool(false))
        guard case .array(let states)? = json["lostStates"] else {
            Issue.record("no list")
            return
        }
        #expect(states.map { $0["stack"] } == [JSONValue.string(Samples.stack.description)])
    }

    @Test("A state that is there leaves nothing open")
    func nothing() {
        let state = TerraformState(serial: 3, lineage: "a")
        let lost = recorded.lostStates(beside: [StackObservation(id: Samples.stack, state: .present(state))])
        let view = RecoveryView(settled, erroredStates: [], lostStates: lost)
        #expect(view.isSettled)
        #expect(view.text(in: Page(language: .english)).hasPrefix("Nothing is open"))
    }
}
