import JSONArena
import Model
import Testing

@testable import CLI
@testable import Reconciliation
@testable import Simulation

@Suite("What came of a rehearsal")
struct RehearsalViewTests {
    private static let failure = StepOutcome.failed(StepFailure(Sentence("cli.declined")))

    private static func report() -> RehearsalReport {
        let plan = Plan(steps: [
            Samples.create("web-01", 1001), Samples.update("web-03", 1003), Samples.destroy("web-04", 1004),
        ])
        let applied = Samples.applied(plan, [.done, Self.failure, .done])
        var report = RehearsalReport(
            pass: applied.pass, seed: 7, faults: [.lockTimeout(chance: 0.1), .nodeDown("pve2")])
        let ids = plan.steps.map(\.id)
        func span(_ from: Int64, _ to: Int64) -> ClosedRange<Timestamp> {
            (Samples.noon + .seconds(from))...(Samples.noon + .seconds(to))
        }
        // The destroy is named first, and begins last.
        let times = [ids[2]: span(70, 95), ids[0]: span(0, 62), ids[1]: span(62, 70)]
        report.rehearsed = RehearsedPass(
            applied: applied, takenAsApproved: [ids[2]], times: times, beganAt: Samples.noon,
            endedAt: Samples.noon + .seconds(95))
        var task = ObservedTask(
            upid: "UPID", node: "pve1", type: "qmclone", vmid: nil, user: "root@pam", startedAt: Samples.noon)
        task.endedAt = Samples.noon + .seconds(61)
        task.exitStatus = "OK"
        var twin = RehearsalReport.Twin(
            cluster: "lab", nodes: 2, offlineNodes: ["pve2"], guests: 12, unread: [VMID(500)],
            durations: TaskDurations(learnedFrom: [task]))
        twin.taskTypes = ["qmclone", "qmdestroy", "unheard-of"]
        report.twins = [twin]
        func change(_ vmid: Int, _ kind: GuestChange.Kind) -> GuestChange {
            GuestChange(vmid: vmid, name: "web-0\(vmid % 10)", node: "pve1", kind: kind)
        }
        var changed = change(1003, .changed)
        changed.settings = [
            .init(key: "cores", before: "2", after: "4"), .init(key: "sshkeys", before: nil, after: nil),
        ]
        report.changes = [change(1001, .made), change(1001, .started), changed, change(1004, .gone)].map {
            RehearsalReport.ClusterChange(cluster: "lab", guest: $0)
        }
        let remains = Remains(
            server: "web-01", hasEntry: true, resource: .tainted, isRecorded: false,
            steps: [Samples.create("web-01", 1001)],
            findings: [])
        report.failures = [
            RehearsalReport.Failure(
                step: plan.steps[0], cause: "rehearse.cause.halfMade", outcome: Self.failure, remains: remains,
                guest: [change(1001, .made)], heldBack: [ids[1]], next: ids),
            RehearsalReport.Failure(
                step: plan.steps[1], cause: "rehearse.cause.configuration", outcome: .done, remains: nil, guest: [],
                heldBack: [], next: []),
        ]
        report.untried = 1
        report.keptAt = "/srv/fleet/.plumb/rehearsals/1-a"
        return report
    }

    @Test("Its text and its JSON say the same", arguments: [Language.english, .korean])
    func goldens(language: Language) throws {
        let view = RehearsalView(Self.report())
        try Golden.expect(view.text(in: Page(language: language)), "rehearsal.\(language.rawValue)")
        if language == .english { try Golden.expect(view.json(in: language).text(indent: 2), "rehearsal.json") }
    }

    @Test("Its exit code is the one that the apply would end with")
    func exitCodes() throws {
        var report = Self.report()
        #expect(report.exit == .failure)
        let steps = report.pass.plan.steps.map(\.id)
        report.rehearsed?.applied.outcomes = Dictionary(uniqueKeysWithValues: steps.map { ($0, StepOutcome.done) })
        #expect(report.exit == .success)
        report.isConfigurationWhole = false
        #expect(report.exit == .failure)
        report.isConfigurationWhole = true
        report.rehearsed?.applied.outcomes[steps[0]] = .skipped(Sentence("cli.declined"))
        #expect(report.exit == .unfinished)
        report.rehearsed = nil
        #expect(report.exit == .success)
        report.pass.plan.findings = [Samples.finding(.blocked, Samples.subject("web-09"), rule: "vmidTaken")]
        #expect(report.exit == .unfinished)
    }

    @Test("Of a saved plan with nothing left to do it says which steps would not be done and why, and ends with 3")
    func leftOut() {
        var report = RehearsalReport(pass: Samples.pass(Plan()), seed: 1, faults: [])
        report.pass.gone = [GoneStep(StepID(rawValue: "update Server/web-01"), .settled)]
        #expect(report.exit == .success)
        let removal = GoneStep(StepID(rawValue: "destroy Server/web-04"), .declaredAgain)
        report.pass.gone.append(removal)
        let view = RehearsalView(report)
        let text = view.text(in: Page(language: .english))
        #expect(text.contains("left out    destroy Server/web-04  It stays: it is declared again."))
        #expect(text.contains("not needed  update Server/web-01"))
        #expect(text.hasSuffix("1 left out.") && !text.contains("nothing to do"))
        #expect(report.exit == .unfinished)
        #expect(view.json(in: .english)["leftOut"] == .array([removal.json(in: .english)]))
    }

    @Test("What the twin's own look holds back is said, and counts")
    func heldBackOnTheTwin() throws {
        var report = Self.report()
        let last = try #require(report.pass.plan.steps.last)
        report.rehearsed?.applied.outcomes = Dictionary(
            uniqueKeysWithValues: report.pass.plan.steps.dropLast().map { ($0.id, StepOutcome.done) })
        #expect(report.exit == .success)
        let finding = Samples.finding(.blocked, last.subject, rule: "unknown")
        report.rehearsed?.applied.pass.plan.findings = [finding]
        #expect(report.findings == [finding] && report.exit == .unfinished)
    }

    @Test("Whatever may become of a guest has a word")
    func changes() {
        let known = Set(Catalogue.rehearsalReport.map(\.code))
        for kind in GuestChange.Kind.allCases {
            #expect(known.contains(SentenceCode(rawValue: "rehearse.change.\(kind.rawValue)")), "\(kind)")
        }
    }

    @Test("Steps that begin within a moment are listed by name, the others by time")
    func order() throws {
        let rehearsed = try #require(Self.report().rehearsed)
        let names = RehearsedSteps(rehearsed).ordered.map(\.id.rawValue)
        #expect(names == ["create Server/web-01", "update Server/web-03", "destroy Server/web-04"])
    }
}
