import Execution
import JSONArena
import Model
import Reconciliation
import Testing

@testable import CLI

@Suite("What an apply came to")
struct RunViewTests {
    private let plan = Plan(steps: [
        Samples.create("web-01", 1001), Samples.create("web-02", 1002), Samples.update("web-03", 1003),
        Samples.destroy("web-04", 1004),
    ])
    private let failure = StepOutcome.failed(StepFailure(Sentence("cli.declined"), retry: .after(seconds: 30)))
    private let skipped = StepOutcome.skipped(Sentence("view.disposition.needsApproval"))

    @Test("It lists what is not done, and counts")
    func text() throws {
        let applied = Samples.applied(plan, [.done, failure, .stale(Sentence("cli.declined")), skipped])
        let view = RunView(applied, took: .milliseconds(12_340), exit: .failure)
        try Golden.expect(view.text(in: Page(language: .english)), "run")
        try Golden.expect(view.json(in: .english).text(indent: 2), "run.json")
    }

    @Test("What the plan said before it is counted, and not said again; one reason of several steps is said once")
    func shared() throws {
        var plan = plan
        plan.findings = [Samples.finding(.blocked, Samples.subject("web-09"), rule: "vmidTaken")]
        let applied = Samples.applied(plan, [.done, skipped, skipped, skipped])
        let view = RunView(applied, took: .seconds(2), exit: .unfinished, shown: plan)
        try Golden.expect(view.text(in: Page(language: .english)), "run.shared")
    }

    @Test("Whoever runs on with old values is named, unless it was restarted, or its change was not made")
    func pending() {
        let steps = [
            Samples.update("web-03", 1003), Samples.update("web-04", 1004), Samples.update("web-05", 1005),
            Samples.restart("web-04", 1004),
        ]
        let applied = Samples.applied(Plan(steps: steps), [.done, .done, failure, .done])
        let view = RunView(applied, took: .seconds(2), exit: .failure)
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("What was changed of 1 server counts from its next start: web-03 (cores)."))
        #expect(
            view.json(in: .english)["pendingRestart"]
                == .array([["server": "web-03", "attributes": .array([.string("cores")])]]))
    }

    @Test("What cloud-init is told is no restart that a plan shows, unless one is owed for something else")
    func nextStart() {
        let address = AttributeChange(
            path: "networks[0].address", before: "10.0.0.50/24", after: "10.0.0.51/24", effect: .pendingRestart)
        var steps = [Samples.update("web-03", 1003), Samples.update("web-04", 1004), Samples.update("web-05", 1005)]
        steps[0].changes = [address]
        steps[1].changes.append(address)
        steps[2].changes = [AttributeChange(path: "memory", before: "4096MiB", after: "2048MiB")]
        let applied = Samples.applied(Plan(steps: steps), [.done, .done, .done])
        let text = RunView(applied, took: .seconds(2), exit: .success).text(in: Page(language: .english))
        #expect(
            text.contains(
                "What cloud-init is told of 1 server counts from its next start: web-03 (networks[0].address)."))
        #expect(text.contains("counts from its next start: web-04 (cores, networks[0].address)."))
        #expect(!text.contains("web-05"))
    }

    @Test(
        "What Terraform goes on with when Plumb was told to end is unsettled, not failed, and the next run settles it")
    func unsettled() {
        let goesOn = StepOutcome.failed(StepFailure(Sentence("execution.goesOn", "b1"), retry: .after(seconds: 1)))
        let applied = Samples.applied(plan, [goesOn, goesOn, .done, .done])
        let view = RunView(applied, took: .seconds(2), exit: .failure)
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("2 done, 2 unsettled") && !text.contains("failed"))
        #expect(text.contains("It is settled by the next run"))
        #expect(view.json(in: .english).text(indent: 2).contains("\"outcome\": \"unsettled\""))
    }

    @Test("A run without steps does not say that there was nothing to do where a document has a mistake")
    func uncertain() {
        var view = RunView(Samples.applied(Plan(steps: []), []), took: .seconds(2), exit: .failure)
        #expect(view.text(in: Page(language: .english)).contains("nothing to do"))
        view.isConfigurationWhole = false
        #expect(view.text(in: Page(language: .english)).contains("no steps, as not everything could be read"))
    }

    @Test("The backup that a rebuild made first is named: while the run goes on, at its end, and in history")
    func backup() {
        let step = Samples.rebuild("web-01", 1001)
        let volume = "backups:backup/vzdump-qemu-1001.vma.zst"
        var applied = Samples.applied(Plan(steps: [step]), [.done])
        applied.backups = [step.id: volume]
        let page = Page(language: .english)
        let said = "\(volume) (storage backups) holds the guest as it was before."
        #expect(RunView(applied, took: .seconds(2), exit: .success).text(in: page).contains(said))
        var progress = ProgressState(applied.pass.plan)
        let line = progress.take(.backedUp(step.id, volume: volume), at: Samples.noon, page: page)
        #expect(line?.contains(said) == true && line?.contains("Server/web-01") == true)
        var run = RunRecord(id: "7", startedAt: Samples.noon, by: "kim")
        run.steps = [RunRecord.Line(step: step.id, outcome: failure, backup: volume)]
        #expect(HistoryView([run], decisions: []).text(in: page).contains(said))
    }

    @Test("A step whose purpose fell away is explained, and ends with another code than one that is not needed")
    func leftOut() {
        var applied = Samples.applied(Plan(steps: []), [])
        applied.pass.gone = [GoneStep(StepID(rawValue: "record Server/web-01"), .settled)]
        #expect(applied.exitCode == 0)
        applied.pass.gone.append(GoneStep(StepID(rawValue: "update Server/web-02"), .undeclared))
        let view = RunView(applied, took: .seconds(2), exit: .unfinished)
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("update Server/web-02  It is not done: what it was for is declared no longer."))
        #expect(text.contains("1 left out") && !text.contains("nothing to do"))
        #expect(applied.exitCode == 3)
    }

    @Test("Its exit code is 0 when all is done, 3 when something waits, and 1 when something failed")
    func exitCodes() {
        func exit(_ outcomes: [StepOutcome], whole: Bool = true) -> CLI.ExitStatus {
            CLI.ExitStatus(of: Samples.applied(plan, outcomes), isConfigurationWhole: whole)
        }
        #expect(exit([.done, .done, .done, .done]) == .success)
        #expect(exit([.done, .done, .done, skipped]) == .unfinished)
        #expect(exit([.done, failure, .done, skipped]) == .failure)
        #expect(exit([.done, .done, .done, .done], whole: false) == .failure)
    }
}
