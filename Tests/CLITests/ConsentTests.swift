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
        let consent = Consent(yes: yes, approveDestroy: destroy.map { .count($0) }, isSaved: saved)
        return try consent.approvedSteps(of: pass(steps), on: console).map(\.id.rawValue)
    }

    @Test("--yes approves what destroys and restarts nothing")
    func yes() throws {
        let steps = [Samples.create("web-01", 1001), manualUpdate, Samples.destroy("web-03", 1003)]
        #expect(try approved(yes: true, steps, console()) == ["update Server/web-02"])
    }

    @Test("--yes is no yes to the birth that may be a rename: once it is there, the other ends by itself")
    func yesMakesNoHeir() throws {
        // Whatever the question is: it may be one of several people's yes.
        for code in ["plan.approveHeir", "plan.approvalsMissing"] as [SentenceCode] {
            var heir = Samples.create("web-05", 1005)
            heir.disposition = .needsApproval(Sentence(code, "Server/web-05"))
            heir.perhapsFormerly = ["web-01"]
            #expect(try approved(yes: true, [heir, manualUpdate], console()) == ["update Server/web-02"])
            #expect(try approved([heir, manualUpdate], console(answers: "y")).count == 2)
        }
        var release = manualUpdate
        release.perhapsHeirs = ["web-05"]
        #expect(try approved(yes: true, [release], console()) == [])
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
        let consent = Consent(yes: false, approveDestroy: .count(3), isSaved: false)
        let refusal = Sentence("cli.destroyHeld", "1", "3", "2", "Server/web-03, Server/web-09", reason: budget)
        #expect(throws: CommandFailure(refusal)) { try consent.approvedSteps(of: Samples.pass(plan), on: console()) }
        let text = Catalogue.paragraph(of: refusal, in: .english)
        #expect(text.contains("2 are allowed") && text.contains("give the number 1"))
        let free = Consent(yes: false, approveDestroy: .count(1), isSaved: false)
        #expect(
            try free.approvedSteps(of: Samples.pass(plan), on: console()).map(\.id.rawValue)
                == ["destroy Server/web-04"])
    }

    @Test("--approve-destroy approves nothing when the number is wrong", arguments: [0, 2])
    func wrongNumber(number: Int) {
        #expect(throws: CommandFailure(Sentence("cli.destroyCount", "1", String(number), "web-03"))) {
            try approved(destroy: number, [Samples.destroy("web-03", 1003)], console())
        }
    }

    /// What names approve of a pass whose registry knows the servers.
    private func named(_ names: [String], yes: Bool = false, _ plan: Plan) throws -> [String] {
        var pass = Samples.pass(plan)
        pass.survey.recorded.servers = [
            Samples.record("web-03", 1003), Samples.record("web-04", 1004), Samples.record("web-09", 1009),
        ]
        pass.survey.recorded.servers[1].displayName = "the shop"
        let consent = Consent(yes: yes, approveDestroy: .servers(names), isSaved: false)
        return try consent.approvedSteps(of: pass, on: console()).map(\.id.rawValue)
    }

    @Test("--approve-destroy with names approves the ends of those, and of nobody else, however many the plan has")
    func names() throws {
        let steps = [
            manualUpdate, Samples.destroy("web-03", 1003), Samples.destroy("web-04", 1004),
            Samples.rebuild("web-05", 1005), Samples.restart("web-06", 1006),
        ]
        let plan = Plan(steps: steps)
        #expect(try named(["WEB-03"], plan) == ["destroy Server/web-03"])
        #expect(try named(["the shop"], plan) == ["destroy Server/web-04"])
        #expect(try named(["1004", "web-05"], plan) == ["destroy Server/web-04", "rebuild Server/web-05"])
        #expect(try named(["web-04"], yes: true, plan) == ["update Server/web-02", "destroy Server/web-04"])
        // What was approved before and is named is done, and needs no further yes.
        let approved = Plan(steps: [Samples.destroy("web-03", 1003, approved: true), Samples.destroy("web-04", 1004)])
        #expect(try named(["web-03", "web-04"], approved) == ["destroy Server/web-04"])
        #expect(try named(["web-03"], approved) == [])
    }

    @Test("A name whose server the plan does not end is refused, with those that it does end")
    func namedAndNotEnded() {
        let plan = Plan(steps: [Samples.destroy("web-03", 1003), Samples.update("web-04", 1004)])
        let refusal = Sentence("cli.notEnded", "web-04, web-09", "2", "web-03")
        #expect(throws: CommandFailure(refusal)) { try named(["web-03", "web-09", "web-04"], plan) }
        #expect(throws: CommandFailure(Sentence("cli.noSuchServer", "web-7"))) { try named(["web-7"], plan) }
        let nothing = Sentence("cli.notEnded", "web-03", "1", "–")
        #expect(throws: CommandFailure(nothing)) { try named(["web-03"], Plan(steps: [])) }
        let text = Catalogue.paragraph(of: refusal, in: .english)
        #expect(text.contains("does not destroy them") && text.contains("The plan destroys: web-03."))
    }

    @Test("A name whose end is held back is refused with what holds it")
    func namedAndHeld() {
        let budget = Sentence("plan.budget", "lab", "3", "2", "5")
        var over = Samples.destroy("web-03", 1003)
        over.disposition = .blocked(budget)
        var plan = Plan(steps: [over, Samples.destroy("web-04", 1004)])
        #expect(throws: CommandFailure(Sentence("cli.endHeld", "web-03", reason: budget))) {
            try named(["web-03", "web-04"], plan)
        }
        plan.findings = [Samples.finding(.blocked, Samples.subject("web-09"), rule: "copiedMark")]
        let reason = plan.findings[0].sentence
        #expect(throws: CommandFailure(Sentence("cli.endHeld", "web-09", reason: reason))) {
            try named(["web-09"], plan)
        }
    }

    @Test("A declared server that is named and that the plan can do nothing for is refused with what stands in its way")
    func namedAndBlocked() throws {
        var plan = Plan(steps: [Samples.destroy("web-03", 1003)])
        plan.findings = [Samples.finding(.blocked, Samples.subject("web-09"), rule: "ambiguous")]
        var pass = Samples.pass(plan)
        pass.survey.desired.servers = [Server(name: "web-09", cluster: "lab")]
        let consent = Consent(yes: false, approveDestroy: .servers(["web-09"]), isSaved: false)
        let refusal = Sentence("cli.endBlocked", "web-09", reason: plan.findings[0].sentence)
        #expect(throws: CommandFailure(refusal)) { try consent.approvedSteps(of: pass, on: console()) }
        pass.plan.findings[0].kind = .notice
        #expect(throws: CommandFailure(Sentence("cli.notEnded", "web-09", "1", "web-03"))) {
            try consent.approvedSteps(of: pass, on: console())
        }
    }

    @Test("Who is not named and would end without a further yes is a reason to do nothing")
    func endsUnnamed() throws {
        let plan = Plan(steps: [Samples.destroy("web-03", 1003), Samples.destroy("web-04", 1004, approved: true)])
        #expect(throws: CommandFailure(Sentence("cli.endsUnnamed", "web-04", "1"))) { try named(["web-03"], plan) }
        #expect(try named(["web-03", "web-04"], plan) == ["destroy Server/web-03"])
    }

    @Test("What only follows another step may be named, and what comes free after the plan was shown ends only then")
    func cameFree() throws {
        var follower = Samples.destroy("web-04", 1004)
        follower.disposition = .waiting(Sentence("plan.follows", "Server/web-04", "destroy Server/web-03"))
        let plan = Plan(steps: [Samples.destroy("web-03", 1003), follower])
        #expect(try named(["web-03", "web-04"], plan) == ["destroy Server/web-03"])
        var free = plan
        for index in free.steps.indices { free.steps[index].disposition = .ready }
        let ends = try EndApproval.count(1).ends(of: Samples.pass(plan))
        let held = Samples.pass(free).ending(only: Set(ends.map(\.id)))
        #expect(
            held.plan.steps.map(\.disposition) == [
                .ready, .blocked(Sentence("cli.endNotNamed", "Server/web-04")),
            ])
        let both = try EndApproval.servers(["web-03", "web-04"]).ends(of: Samples.pass(plan))
        #expect(Samples.pass(free).ending(only: Set(both.map(\.id))).plan == free)
    }

    @Test("A number says whom it ends where no plan was printed, and names need not")
    func countNames() throws {
        let said = Mutex("")
        let console = Console(
            language: .english, format: .json, isInteractive: false, result: { _ in },
            aside: { text in said.withLock { $0 += text } }, answer: { nil })
        let pass = pass([Samples.destroy("web-03", 1003), Samples.destroy("web-04", 1004)])
        let names = Consent(yes: false, approveDestroy: .servers(["web-03"]), isSaved: false)
        #expect(try names.approvedSteps(of: pass, on: console).count == 1)
        #expect(said.withLock { $0 }.isEmpty)
        let number = Consent(yes: false, approveDestroy: .count(2), isSaved: false)
        #expect(try number.approvedSteps(of: pass, on: console).count == 2)
        #expect(said.withLock { $0 }.contains("--approve-destroy 2 ends: web-03, web-04."))
    }

    @Test("Commas divide names, the option may be repeated, and one number is a number")
    func parsed() throws {
        #expect(try EndApproval.parsed([]) == nil)
        #expect(try EndApproval.parsed(["0"]) == .count(0))
        #expect(try EndApproval.parsed([" 12 "]) == .count(12))
        #expect(try EndApproval.parsed(["web-2, db-1", "운영서버"]) == .servers(["web-2", "db-1", "운영서버"]))
        #expect(try EndApproval.parsed(["101,web-2"]) == .servers(["101", "web-2"]))
        for wrong in [["-1"], [""], ["web-2,"], ["web-2", " "]] {
            #expect(throws: (any Error).self) { try EndApproval.parsed(wrong) }
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
