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
        let view = RecoveryView(settled, erroredStates: [], lostStates: lost, undeclaredStacks: [])
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
        let view = RecoveryView(settled, erroredStates: [], lostStates: lost, undeclaredStacks: [])
        #expect(view.isSettled)
        #expect(view.text(in: Page(language: .english)).hasPrefix("Nothing is open"))
    }

    private func undeclared(_ stacks: StackObservation...) -> RecoveryView {
        let found = recorded.undeclaredStacks(among: stacks) { "/stacks/\($0)" }
        return RecoveryView(settled, erroredStates: [], lostStates: [], undeclaredStacks: found)
    }

    private func resource(_ server: ServerName) -> StateResource {
        StateResource(
            server: server, address: "module.server[\"\(server)\"].proxmox_virtual_environment_vm.vm[0]", type: .vm,
            vmid: VMID(101), node: "pve1", settings: GuestSettings())
    }

    @Test("What is to be decided in a stack of a cluster that is not declared is said, and waits for its declaration")
    func undeclaredDecision() {
        let state = TerraformState(serial: 3, lineage: "a", resources: [resource("web-01"), resource("web-02")])
        var stack = StackObservation(id: Samples.stack, state: .present(state))
        stack.hasErroredState = true
        let view = undeclared(stack)
        #expect(!view.isSettled)
        let place = Sentence("recovery.undeclaredStack", "lab/default", "/stacks/lab/default", "2", "1")
        let why = Sentence("plan.erroredState", "lab/default")
        let page = Page(language: .english)
        #expect(view.text(in: page) == page.whole(place) + "\n  " + page.cause(why))
        guard case .array(let stacks)? = view.json(in: .english)["undeclaredStacks"], let only = stacks.first else {
            Issue.record("no list")
            return
        }
        #expect(only["path"] == JSONValue.string("/stacks/lab/default"))
        #expect(only["serversInState"] == JSONValue.int(2))
        #expect(only["undecided"] == why.json(in: .english))
    }

    @Test("So is a state that cannot be read, and one that is older than what was seen")
    func undeclaredStates() throws {
        let unread = undeclared(StackObservation(id: Samples.stack, state: .unknown(Sentence("plan.unreadState"))))
        #expect(!unread.isSettled)
        #expect(unread.undeclaredStacks.map(\.serversInState) == [nil])
        var recorded = self.recorded
        recorded.stateStamps[Samples.stack] = StateStamp(lineage: "a", serial: 7)
        let older = StackObservation(id: Samples.stack, state: .present(TerraformState(serial: 3, lineage: "a")))
        let replaced = try #require(recorded.replacedStates(in: [older])[Samples.stack])
        let found = recorded.undeclaredStacks(among: [older]) { _ in "/here" }
        #expect(found.map(\.undecided) == [replaced.sentence(on: Samples.stack)])
    }

    @Test("Where there is nothing to decide, only servers are worth a word, and nothing is open")
    func undeclaredServers() {
        let kept = StackID(cluster: "gone", name: "main")
        let state = TerraformState(serial: 3, lineage: "a", resources: [resource("db-01")])
        let view = undeclared(
            StackObservation(id: kept, state: .present(state)),
            StackObservation(id: StackID(cluster: "gone", name: "empty"), state: .present(.unwritten)),
            StackObservation(id: StackID(cluster: "gone", name: "none"), state: .absent))
        #expect(view.isSettled)
        #expect(view.undeclaredStacks.map(\.stack) == [kept])
        #expect(view.text(in: Page(language: .english)).hasSuffix("Nothing is open: every batch was ended."))
    }
}
