import Daemon
import JSONArena
import Model
import Planning
import Reconciliation

/// One pass of the daemon after another: plans, applies what policy allows, and says what is new.
actor PassJournal {
    private let place: Workplace
    private let wiring: Wiring
    private let console: Console
    private let solitude: Solitude
    /// What the last pass said of the configuration, of drift and of what is held back, so that only news is printed.
    private var said: Set<String> = []
    private var audits = AuditNews()

    init(place: Workplace, wiring: Wiring, console: Console, solitude: Solitude) {
        self.place = place
        self.wiring = wiring
        self.console = console
        self.solitude = solitude
    }

    /// - Parameter stop: once it is made, no further batch begins.
    /// - Returns: when the next regular pass is wanted.
    func pass(_ trigger: PassTrigger, until stop: StopRequest) async -> Duration {
        do {
            try await solitude.ensure()
            let session = try await wiring.open(place, "daemon")
            let interval = await carryOut(trigger, in: session, until: stop)
            for notice in session.stacks.takeNotices() { console.notice(notice) }
            await session.close()
            return interval
        } catch {
            report(error)
            return Cluster.Poll().interval
        }
    }

    private func carryOut(_ trigger: PassTrigger, in asked: Session, until stop: StopRequest) async -> Duration {
        var session = asked
        session.reconciler.manner = .unattended
        do {
            try await session.recover(on: console)
            let pass = try await session.reconciler.plan(
                session.desired, commit: session.configuration.commit, by: session.person)
            let drift = try await session.reconciler.drift(beside: pass).filter(\.isNews)
            sayNews(of: pass, in: session, drift: drift)
            var applied: AppliedPass?
            if pass.plan.steps.contains(where: { $0.disposition == .ready }) {
                let display = ProgressDisplay(pass.plan, on: lineConsole, now: session.reconciler.clock)
                applied = try await session.reconciler.apply(
                    pass, by: session.person, shouldStop: { stop.isMade }, report: { display.take($0) })
            } else {
                try await session.reconciler.keepPolicies(of: pass)
            }
            var line = PassLine(trigger: trigger, pass: pass, applied: applied, at: session.reconciler.clock())
            line.isConfigurationWhole = !session.configuration.hasErrors
            console.stream(line)
            try await auditDue(in: session, stacks: pass.survey.observed.stacks.map(\.id), until: stop)
        } catch {
            report(error)
        }
        return session.desired.clusters.map(\.poll.interval).min() ?? Cluster.Poll().interval
    }

    private func auditDue(in session: Session, stacks: [StackID], until stop: StopRequest) async throws {
        // A value of its own while it works: an actor's may change meanwhile.
        var news = audits
        try await news.auditDue(in: session, stacks: stacks, until: stop, on: console)
        audits = news
    }

    /// A daemon's log is read later: nothing is drawn over.
    private var lineConsole: Console {
        var console = console
        console.isInteractive = false
        return console
    }

    private func sayNews(of pass: PlannedPass, in session: Session, drift: [DriftItem]) {
        let remarks = session.configuration.remarks
        let page = Page(language: console.language, paint: console.noticePaint)
        let held = pass.plan.steps.filter { $0.disposition != .ready }
        let rows = PlanRow.rows(steps: held, findings: pass.plan.findings.filter(\.isNews), in: page)
        var table = TextTable(indent: 2)
        for row in rows { table.add(row.cells(in: page, isBrief: true)) }
        func lines(of item: DriftItem) -> String {
            DriftView.lines(of: item, in: page, session.place).joined(separator: "\n")
        }
        let news =
            remarks.map { ($0.rendering, $0.rendering) } + drift.map { (lines(of: $0.matter), lines(of: $0)) }
            + table.lines(page.paint).map { ($0, $0) }
        for (matter, text) in news where !said.contains(matter) { console.notice(text) }
        said = Set(news.map(\.0))
    }

    private func report(_ error: any Error) {
        if let failure = CommandFailure(error) {
            failure.report(on: console, isOneOfMany: true)
        } else {
            console.notice(String(describing: error))
        }
    }
}

extension DriftItem {
    /// Whether a log should have it: what the YAML began or ended, the plan says.
    fileprivate var isNews: Bool { counts && kind != .unborn && kind != .undeclared }

    /// What is said once: what differs, and who did it. Where no task is known, the moments between which it came about
    /// are those of the looks, and move along with them; what becomes of it, the held steps say.
    fileprivate var matter: DriftItem {
        var item = self
        item.outlook = .heals
        switch culprit {
        case .between, .untold: item.culprit = .untracked
        case .tasks, .declaration, .untracked: break
        }
        return item
    }
}

extension Finding {
    /// Whether a log should have it: what is held up, and a cluster that is over its trouble.
    fileprivate var isNews: Bool { kind != .notice || rule == ClusterHealth.rule }
}

/// What one pass came to, in one line.
private struct PassLine: View {
    var trigger: PassTrigger
    var pass: PlannedPass
    var applied: AppliedPass?
    var at: Timestamp
    var isConfigurationWhole = true

    private var summary: PlanSummary {
        PlanSummary(pass.plan, id: pass.id, isCertain: isConfigurationWhole && !pass.isBlind)
    }

    func text(in page: Page) -> String {
        var parts = [
            at.description, page.what(Sentence(SentenceCode(rawValue: "view.daemon.\(trigger.rawValue)"))),
            summary.text(in: page),
        ]
        if let applied {
            let counts = Dictionary(grouping: applied.outcomes.values, by: \.name).mapValues(\.count)
            parts += StepOutcome.Name.allCases.compactMap { name in
                counts[name].map { page.paint(page.what(Sentence(name.count, String($0))), name.colour) }
            }
        }
        return parts.joined(separator: "  ")
    }

    func json(in language: Language) -> JSONValue {
        [
            "at": .string(at.description), "trigger": .string(trigger.rawValue), "plan": .string(pass.id.rawValue),
            "summary": summary.json,
            "outcomes": .object(
                (applied?.outcomes ?? [:]).sorted { $0.key < $1.key }.map { step, outcome in
                    JSONValue.Member(step.rawValue, outcome.json(in: language))
                }),
        ]
    }
}
