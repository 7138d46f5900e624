import JSONArena
import Model
import Reconciliation

/// What an apply came to. A text lists what is not done; what is done was said while it went on.
package struct RunView: View {
    package var applied: AppliedPass
    package var took: Duration
    package var exit: ExitStatus
    /// What was printed before: its findings are counted, and not said a second time.
    package var shown: Plan?
    /// Whether the configuration had no mistakes: with one, a run without steps does not say that there was nothing to do.
    package var isConfigurationWhole = true

    package init(_ applied: AppliedPass, took: Duration, exit: ExitStatus, shown: Plan? = nil) {
        self.shown = shown
        self.applied = applied
        self.took = took
        self.exit = exit
    }

    private var plan: Plan { applied.pass.plan }
    private var outcomes: [StepID: StepOutcome] { applied.outcomes }

    package func text(in page: Page) -> String {
        var table = TextTable(indent: 2)
        for group in unfinished(in: page) {
            let steps = group.steps.map(\.description)
            let only = steps.count == 1 ? steps.first : nil
            let names = only == nil ? " " + page.what("view.group.names", SharedFinding.list(steps, in: page)) : ""
            table.add([
                TextTable.Cell(page.what(Sentence(group.name.label)), group.name.colour),
                TextTable.Cell(only ?? page.what("view.group.steps", String(steps.count))),
                TextTable.Cell(page.whole(group.sentence) + names),
            ])
        }
        let said = Set((shown?.findings ?? []))
        let findings = plan.findings.filter { $0.kind != .notice && !said.contains($0) }
        for finding in SharedFinding.groups(of: findings, in: page.language) {
            table.add([
                TextTable.Cell(page.what(Sentence(finding.kind.label)), finding.kind.colour),
                TextTable.Cell(finding.address(in: page)), TextTable.Cell(finding.text(in: page, isBrief: false)),
            ])
        }
        for step in applied.pass.gone { table.add(step.cells(in: page)) }
        for (step, volume) in applied.backups.sorted(by: { $0.key < $1.key }) {
            table.add([
                TextTable.Cell(page.what("view.run.backup"), .cyan), TextTable.Cell(step.description),
                TextTable.Cell(page.backup(volume)),
            ])
        }
        return
            (table.lines(page.paint)
            + [pendingLine(in: page), nextStartLine(in: page), summary(in: page)].compactMap(\.self))
            .joined(separator: "\n")
    }

    private struct Pending {
        var server: ServerName
        var paths: [String]

        /// Whether Proxmox does not list it as pending, so that no restart is planned for it.
        var isOnlyCloudInits: Bool { paths.allSatisfy(\.isCloudInits) }
    }

    /// Servers that run on with what they had, each with what they get at their next start: by what the steps that are
    /// done do to a running guest.
    private var pending: [Pending] {
        let done = plan.steps.filter { outcomes[$0.id] == .done }
        let restarted = Set(done.filter { $0.action.verb.startsAnew }.map(\.subject))
        var found: [Pending] = []
        for step in done where !restarted.contains(step.subject) {
            let paths = step.changes.filter { $0.effect == .pendingRestart }.map(\.path)
            guard !paths.isEmpty, case .server(let name, _) = step.subject else { continue }
            found.append(Pending(server: name, paths: paths))
        }
        return found.sorted { $0.server < $1.server }
    }

    private func pendingLine(in page: Page) -> String? {
        line("view.run.pending", pending.filter { !$0.isOnlyCloudInits }, in: page)
    }

    private func nextStartLine(in page: Page) -> String? {
        line("view.run.nextStart", pending.filter(\.isOnlyCloudInits), in: page)
    }

    private func line(_ code: SentenceCode, _ pending: [Pending], in page: Page) -> String? {
        guard !pending.isEmpty else { return nil }
        let shown = pending.prefix(Self.pendingShown).map { "\($0.server) (\($0.paths.joined(separator: ", ")))" }
        let more = pending.count > shown.count ? ", +\(pending.count - shown.count)" : ""
        let names = shown.joined(separator: ", ") + more
        return page.paint("  @  ", .yellow)
            + page.whole(Sentence(code, [String(pending.count), names]))
    }

    /// Servers that a text names before it only counts them.
    private static let pendingShown = 10

    private struct Unfinished {
        var name: StepOutcome.Name
        var sentence: Sentence
        var steps: [StepID]
    }

    /// Steps that are not done, by address; those of which the same is to be said stand together.
    private func unfinished(in page: Page) -> [Unfinished] {
        var groups: [Unfinished] = []
        var places: [String: Int] = [:]
        for step in plan.steps.sorted(by: { $0.subject < $1.subject }) {
            guard let outcome = outcomes[step.id], let sentence = outcome.sentence else { continue }
            let key = "\(outcome.name.rawValue) " + page.whole(sentence)
            if let place = places[key] {
                groups[place].steps.append(step.id)
            } else {
                places[key] = groups.count
                groups.append(Unfinished(name: outcome.name, sentence: sentence, steps: [step.id]))
            }
        }
        return groups
    }

    private func summary(in page: Page) -> String {
        let byName = Dictionary(grouping: outcomes.values, by: \.name).mapValues(\.count)
        var parts = StepOutcome.Name.allCases.compactMap { name in
            byName[name].map { page.what(Sentence(name.count, String($0))) }
        }
        if let leftOut = applied.pass.gone.count(in: page) { parts.append(leftOut) }
        let kinds = Dictionary(grouping: plan.findings, by: \.kind).mapValues(\.count)
        var rests: [String] = []
        if let blocked = kinds[.blocked] { rests.append(page.what("view.count.blocked", String(blocked))) }
        if let waiting = kinds[.waiting] { rests.append(page.what("view.count.waiting", String(waiting))) }
        let isCertain = isConfigurationWhole && !applied.pass.isBlind
        let nothing = page.what(isCertain ? "view.run.nothing" : "view.plan.uncertain")
        let text = parts.isEmpty ? nothing : parts.joined(separator: ", ")
        let all = [text, rests.joined(separator: ", ")].filter { !$0.isEmpty }.joined(separator: "; ")
        return page.paint(page.what("view.run.title", applied.pass.id.description), .bold)
            + " \(all) (\(took.spoken))."
    }

    package func json(in language: Language) -> JSONValue {
        [
            "run": .string(applied.run.rawValue), "plan": .string(applied.pass.id.rawValue),
            "steps": .array(
                plan.steps.map { step in
                    var members = [
                        JSONValue.Member("id", .string(step.id.rawValue)),
                        JSONValue.Member("subject", step.subject.json),
                        JSONValue.Member("action", .string(step.action.verb.rawValue)),
                    ]
                    if case .object(let outcome)? = outcomes[step.id]?.json(in: language) { members += outcome }
                    if let volume = applied.backups[step.id] {
                        members.append(JSONValue.Member("backup", .string(volume)))
                    }
                    return .object(members)
                }),
            "pendingRestart": .array(
                pending.map {
                    ["server": .string($0.server.text), "attributes": .array($0.paths.map(JSONValue.string))]
                }),
            "gone": .array(applied.pass.gone.map { .string($0.id.rawValue) }),
            "leftOut": .array(applied.pass.gone.leftOut.map { $0.json(in: language) }),
            "findings": .array(plan.findings.map { $0.json(in: language) }),
            "milliseconds": .int(Int(took.wholeMilliseconds)),
            "exitCode": .int(Int(exit.rawValue)),
        ]
    }
}

extension String {
    /// Of a change's path: whether cloud-init tells a VM of it at its start. Proxmox writes that at once and calls nothing of
    /// it pending.
    fileprivate var isCloudInits: Bool {
        self == "dns" || (hasPrefix("networks[") && (hasSuffix("].address") || hasSuffix("].gateway")))
    }
}

extension Action.Verb {
    /// Whether the guest runs anew after it, or not at all.
    fileprivate var startsAnew: Bool {
        switch self {
        case .create, .recreate, .destroy, .start, .stop, .restart, .rebuild: true
        case .update, .adopt, .untaint, .move, .rename, .forget, .repairEntry, .record, .retire, .register,
            .updateRegistration, .unregister:
            false
        }
    }
}
