import Model
import Reconciliation
import Synchronization
import Testing

@testable import CLI

@Suite("Who says yes to what")
struct ConsentTests {
    private func pass(_ steps: [Step]) -> PlannedPass { Samples.pass(Plan(steps: steps)) }

    private func console(answers answer: String? = nil) -> Console {
        Console(
            language: .english, format: .text, isInteractive: answer != nil, result: { _ in }, aside: { _ in },
            answer: { answer })
    }

    /// An update that waits for approval and neither stops nor destroys anything.
    private var manualUpdate: Step {
        var step = Samples.update("web-02", 1002)
        step.disposition = .needsApproval(Sentence("view.disposition.needsApproval"))
        return step
    }

    private func approved(
        yes: Bool = false, destroy: Int? = nil, saved: Bool = false, _ steps: [Step], _ console: Console
    ) throws -> [String] {
        let consent = Consent(yes: yes, approveDestroy: destroy, isSaved: saved)
        return try consent.approvedSteps(of: pass(steps), on: console).map(\.id.rawValue)
    }

    @Test("--yes approves what destroys and restarts nothing")
    func yes() throws {
        let steps = [Samples.create("web-01", 1001), manualUpdate, Samples.destroy("web-03", 1003)]
        #expect(try approved(yes: true, steps, console()) == ["update Server/web-02"])
    }

    @Test("--yes is no yes to a restart or a rebuild, and a rebuild is counted among what is destroyed")
    func yesRestartsNothing() throws {
        let steps = [Samples.restart("web-01", 1001), Samples.rebuild("web-02", 1002), manualUpdate]
        #expect(try approved(yes: true, steps, console()) == ["update Server/web-02"])
        #expect(try approved(destroy: 1, steps, console()) == ["rebuild Server/web-02"])
        #expect(
            try approved(yes: true, destroy: 1, steps, console()) == ["rebuild Server/web-02", "update Server/web-02"])
    }

    @Test("--approve-destroy approves what destroys when the number is exact, and nothing else")
    func exactNumber() throws {
        var stop = Samples.restart("web-05", 1005)
        stop.effect = .stop
        let steps = [manualUpdate, Samples.destroy("web-03", 1003), Samples.restart("web-04", 1004), stop]
        #expect(try approved(destroy: 1, steps, console()) == ["destroy Server/web-03"])
        #expect(
            try approved(yes: true, destroy: 1, steps, console()) == ["update Server/web-02", "destroy Server/web-03"])
    }

    @Test("Where removals are held back, --approve-destroy names them and what holds them")
    func heldBack() throws {
        let budget = Sentence("plan.budget", "lab", "3", "2", "5")
        var over = Samples.destroy("web-03", 1003)
        over.disposition = .blocked(budget)
        var plan = Plan(steps: [over, Samples.destroy("web-04", 1004)])
        plan.findings = [Samples.finding(.blocked, Samples.subject("web-09"), rule: "copiedMark")]
        let consent = Consent(yes: false, approveDestroy: 3, isSaved: false)
        let refusal = Sentence("cli.destroyHeld", "1", "3", "2", "Server/web-03, Server/web-09", reason: budget)
        #expect(throws: CommandFailure(refusal)) { try consent.approvedSteps(of: Samples.pass(plan), on: console()) }
        let text = Catalogue.paragraph(of: refusal, in: .english)
        #expect(text.contains("2 are allowed") && text.contains("give the number 1"))
        let free = Consent(yes: false, approveDestroy: 1, isSaved: false)
        #expect(
            try free.approvedSteps(of: Samples.pass(plan), on: console()).map(\.id.rawValue)
                == ["destroy Server/web-04"])
    }

    @Test("--approve-destroy approves nothing when the number is wrong", arguments: [0, 2])
    func wrongNumber(number: Int) {
        #expect(throws: CommandFailure(Sentence("cli.destroyCount", "1", String(number)))) {
            try approved(destroy: number, [Samples.destroy("web-03", 1003)], console())
        }
    }

    @Test("A yes at the prompt approves everything that was shown", arguments: ["y", "YES", " yes ", "예"])
    func promptYes(answer: String) throws {
        let steps = [Samples.create("web-01", 1001), Samples.destroy("web-03", 1003)]
        #expect(try approved(steps, console(answers: answer)) == ["destroy Server/web-03"])
    }

    @Test("Any other answer ends the command", arguments: ["", "n", "maybe"])
    func promptNo(answer: String) {
        #expect(throws: CommandFailure(Sentence("cli.declined"))) {
            try approved([Samples.create("web-01", 1001)], console(answers: answer))
        }
    }

    @Test("Where nobody can be asked, nothing is done without --yes")
    func nobodyToAsk() {
        let steps = [Samples.create("web-01", 1001), Samples.destroy("web-03", 1003)]
        #expect(throws: CommandFailure(Sentence("cli.nobodyToAsk", pass(steps).id.description))) {
            try approved(steps, console())
        }
    }

    @Test("Where nothing waits for approval any more, nobody is sent to approve")
    func nobodyToAskOfReady() {
        let failure = CommandFailure(Sentence("cli.nobodyToAskOfReady"))
        #expect(throws: failure) { try approved([Samples.create("web-01", 1001)], console()) }
        let text = Catalogue.paragraph(of: failure.sentence, in: .english)
        #expect(text.contains("--yes") && !text.contains("plumb approve"))
    }

    @Test("Of a rebuild --yes is no answer, and the plan that could be approved is named")
    func nobodyToAskOfRebuild() {
        let pass = pass([Samples.rebuild("web-02", 1002)])
        let consent = Consent(yes: false, approveDestroy: nil, isSaved: false, isRebuild: true)
        let failure = CommandFailure(Sentence("cli.nobodyToAskOfRebuild", pass.id.description))
        #expect(throws: failure) { try consent.approvedSteps(of: pass, on: console()) }
        let text = Catalogue.paragraph(of: failure.sentence, in: .english)
        #expect(text.contains("plumb approve \(pass.id)") && !text.contains("--yes"))
    }

    @Test("A saved plan runs what needs no approval without asking")
    func saved() throws {
        #expect(try approved(saved: true, [Samples.create("web-01", 1001)], console()) == [])
    }

    @Test("A plan without steps asks nothing")
    func nothingToDo() throws { #expect(try approved([], console()) == []) }
}
