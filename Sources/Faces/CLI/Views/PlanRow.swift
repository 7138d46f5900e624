import Model
import Planning

/// One line of a plan: a step, or something that is not done.
enum PlanRow {
    case step(Step, reason: ReasonPlace)
    case finding(SharedFinding)

    /// Where it is said why a step may not run.
    enum ReasonPlace { case here, below }

    var subject: Subject {
        switch self {
        case .step(let step, _): step.subject
        case .finding(let finding): finding.first
        }
    }

    /// Steps and findings by address; what several have in common is said once.
    static func rows(steps: [Step], findings: [Finding], in page: Page) -> [PlanRow] {
        let held = HeldSteps(steps, in: page.language)
        let rows =
            steps.map { PlanRow.step($0, reason: held.isShared($0) ? .below : .here) }
            + SharedFinding.groups(of: findings, in: page.language).map(PlanRow.finding)
        let sorted = rows.enumerated().sorted { one, other in
            one.element.subject == other.element.subject
                ? one.offset < other.offset : one.element.subject < other.element.subject
        }.map(\.element)
        return sorted + held.shared.map(PlanRow.finding)
    }

    /// - Parameter isBrief: of a notice, only what is so.
    func cells(in page: Page, isBrief: Bool) -> [TextTable.Cell] {
        switch self {
        case .step(let step, let place):
            let verb = step.action.verb
            let text = [page.what(step.reason)] + Self.addition(of: step, place, in: page)
            return [
                TextTable.Cell(verb.symbol, verb.colour), TextTable.Cell(step.subject.description),
                TextTable.Cell(page.what(Sentence(verb.label)), verb.colour),
                TextTable.Cell(text.joined(separator: " ")),
            ]
        case .finding(let finding): return finding.cells(in: page, isBrief: isBrief)
        }
    }

    func attributeLines(in page: Page) -> [String] {
        let changes: [AttributeChange] =
            switch self {
            case .step(let step, _): step.changes.isEmpty ? step.action.attributesOfBirth : step.changes
            case .finding(let finding): finding.changes
            }
        var table = TextTable(indent: 7)
        for change in changes {
            var cells = [TextTable.Cell(change.path), change.values(isBirth: isBirth)]
            if isAboutRunningGuest { cells.append(TextTable.Cell(page.what(Sentence(change.effect.label)), .faint)) }
            table.add(cells)
        }
        return table.lines(page.paint)
    }

    /// Whether the values are those that something is made with.
    private var isBirth: Bool {
        switch self {
        case .step(let step, _): step.changes.isEmpty
        case .finding: false
        }
    }

    /// Whether a change can be felt: what is made has no running guest yet.
    private var isAboutRunningGuest: Bool {
        switch self {
        case .step(let step, _):
            switch step.action {
            case .update, .adopt, .restart: true
            case .create, .recreate, .destroy, .untaint, .move, .rename, .forget, .power, .rebuild, .repairEntry,
                .record,
                .retire,
                .register,
                .updateRegistration, .unregister:
                false
            }
        case .finding: false
        }
    }

    /// Reasons for an approval that say no more than the step itself.
    private static let asksPlainly = Set(
        [
            PlanCode.approveDestroy, .approveRecreate, .approveManual, .approveRelease, .approveOwnRestart,
            .approveRebuild, .approveStop,
        ].map(\.code))

    /// Of a yes that was given and does not count any more it is said why: what moved, or when it was.
    private static let tellsCause = Set([PlanCode.approvalMoved, .approvalExpired].map(\.code))

    /// What may not be meant at all, and a yes that does not count by a clock, is said with what to do.
    private static let tellsRemedy = Set(
        [
            PlanCode.approveLeftOut, .approveLeftOutUnread, .approveLeftOutBeyond, .approveEmptyDirectory,
            .approveRenamed, .approveHeir, .approvalAhead,
        ].map(\.code))

    private static func question(_ why: Sentence, in page: Page) -> String {
        if tellsRemedy.contains(why.code) { return page.whole(why) }
        return tellsCause.contains(why.code) ? page.cause(why) : page.what(why)
    }

    private static func addition(of step: Step, _ place: ReasonPlace, in page: Page) -> [String] {
        func held(_ label: SentenceCode, _ why: Sentence) -> [String] {
            place == .below ? ["[\(page.what(label))]"] : ["[\(page.what(label)): \(page.whole(why))]"]
        }
        return switch step.disposition {
        case .ready: []
        case .needsApproval(let why) where asksPlainly.contains(why.code):
            ["[\(page.what("view.disposition.needsApproval"))]"]
        case .needsApproval(let why):
            ["[\(page.what("view.disposition.needsApproval")): \(question(why, in: page))]"]
        case .blocked(let why): held("view.finding.blocked", why)
        case .waiting(let why): held("view.finding.waiting", why)
        }
    }
}

/// Why steps may not run, where several may not for one reason: said once, below them.
struct HeldSteps {
    private(set) var shared: [SharedFinding] = []
    private let language: Language

    init(_ steps: [Step], in language: Language) {
        self.language = language
        shared = SharedFinding.groups(of: steps.compactMap(Self.finding), in: language).filter { $0.count > 1 }
    }

    func isShared(_ step: Step) -> Bool {
        guard let finding = Self.finding(step) else { return false }
        return shared.contains { $0.kind == finding.kind && $0.reads(as: finding.sentence, in: language) }
    }

    private static func finding(_ step: Step) -> Finding? {
        switch step.disposition {
        case .ready, .needsApproval: nil
        case .blocked(let why): Finding(.blocked, step.subject, rule: "", why)
        case .waiting(let why): Finding(.waiting, step.subject, rule: "", why)
        }
    }
}
