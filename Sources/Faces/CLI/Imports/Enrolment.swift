import Foundation
import Loading
import Model
import Planning
import Reconciliation

/// Documents that describe what is already there on their way into the configuration: tried as a draft, written, the
/// guests imported, and what would have changed taken out again.
///
/// It must not decide what may be taken over: the plan's steps and the executor's guard do.
struct Enrolment {
    let common: CommonOptions
    let console: Console
    /// Below the configuration's directory; nil: nothing is written and nothing is taken over.
    let file: String?
    /// What the servers refer to, and what is only registered. Written whatever becomes of the servers.
    var others: [WrittenDocument] = []
    var servers: [WrittenDocument] = []
    /// Servers whose documents stand in the file already, and that nobody has taken over yet: an earlier import was cut
    /// off, or is held.
    var standing: [ServerName] = []
    var leftOut: [FoundGuests.LeftOut] = []
    var remarks: [Sentence] = []
    var secrets: EarlierSecrets?

    init(_ common: CommonOptions, console: Console, file: String?) {
        self.common = common
        self.console = console
        self.file = file
    }

    /// What becomes of one server.
    struct Verdict: Sendable {
        enum Result: String, Sendable { case enrolled, wouldEnrol, refused, waiting, failed }

        var name: ServerName
        var result: Result
        var sentence: Sentence?
        var changes: [AttributeChange] = []
        /// What would have to be declared for nothing to change.
        var lines: [String] = []
    }

    /// Where documents are thought to stand while nothing is written.
    static func draftPath(_ file: String?) -> String { file ?? "imported.yaml" }

    func run() async throws -> ExitStatus {
        let path = Self.draftPath(file)
        let before = try text(at: path)
        let names = servers.map(\.server) + standing
        var verdicts: [Verdict] = []
        if !others.isEmpty || !names.isEmpty {
            let new = others + servers
            let drafts: [String: String] = new.isEmpty ? [:] : [path: joined(before, new)]
            verdicts = try await common.session(drafts: drafts) { session in
                try demandReadable(session, path)
                return try await assess(names, session)
            }
        }
        var view = ImportView(file: file, leftOut: leftOut)
        view.remarks = remarks
        let kept = documents(keptBy: verdicts)
        guard file != nil, !(others + kept).isEmpty || !standing.isEmpty else {
            view.verdicts = verdicts
            view.yaml = file == nil ? WrittenDocument.text(of: others + servers) : nil
            console.show(view)
            return exit(verdicts)
        }
        // Written first: should this end in the middle, the next run or the next apply goes on.
        if !(others + kept).isEmpty {
            let text = WrittenDocument.text(of: others + kept)
            if let said = try secrets?.write(referredToIn: text) { view.remarks.append(said) }
            try write(joined(before, others + kept), over: before, to: path)
        }
        var done = try await enrol(verdicts)
        verdicts = done.verdicts
        do {
            verdicts = try await takingOut(of: kept, by: done.verdicts, before, at: path)
        } catch let failure as CommandFailure {
            // Somebody saved the file meanwhile. What was taken over is said all the same.
            view.remarks.append(failure.sentence)
            done.isFailed = true
        }
        let staying = documents(keptBy: verdicts)
        view.written = others.count + staying.count
        if let said = remark(on: verdicts, standingIn: path) { view.remarks.append(said) }
        view.verdicts = verdicts
        let shown = staying.map(\.name) + standing.map(\.text)
        if !others.isEmpty || !shown.isEmpty {
            view.plan = try await common.session { session in
                PlanView(
                    try await session.plan(targets: others.isEmpty ? shown : []), configuration: session.configuration)
            }
        }
        console.show(view)
        return exit(verdicts, isFailed: done.isFailed)
    }

    func exit(_ verdicts: [Verdict], isFailed: Bool = false) -> ExitStatus {
        if isFailed || verdicts.contains(where: { $0.result == .failed }) { return .failure }
        let isDone = verdicts.allSatisfy { $0.result == .enrolled || $0.result == .wouldEnrol }
        return isDone && !leftOut.contains(where: \.isUnfinished) ? .success : .unfinished
    }

    /// Of the documents that are new, those that the verdicts let stand.
    private func documents(keptBy verdicts: [Verdict]) -> [WrittenDocument] {
        servers.filter { document in verdicts.contains { $0.name == document.server && $0.isKept } }
    }

    /// That documents stay of servers which are not taken over; nil: there are none.
    func remark(on verdicts: [Verdict], standingIn path: String) -> Sentence? {
        let names = verdicts.filter { $0.result == .waiting || $0.result == .failed }.map(\.name.text)
        return names.isEmpty ? nil : Sentence("import.stays", path, names.joined(separator: ", "))
    }

    // MARK: plans

    private func demandReadable(_ session: Session, _ path: String) throws(CommandFailure) {
        let bad = session.configuration.remarks.filter { $0.file == path && $0.severity == .error }
        guard bad.isEmpty else {
            for remark in bad { console.notice(remark.rendering) }
            throw CommandFailure(Sentence("import.invalid", path, String(bad.count)))
        }
    }

    private func assess(_ names: [ServerName], _ session: Session) async throws -> [Verdict] {
        guard !names.isEmpty else { return [] }
        let pass = try await session.plan(targets: names.map(\.text))
        return names.map { verdict(on: $0, in: pass, isWritten: standing.contains($0)) }
    }

    /// - Parameter isWritten: whether its document stands in the file. What is not known keeps a document from being
    ///   written; it takes none out again, because somebody else may have taken the guest over by it.
    func verdict(on name: ServerName, in pass: PlannedPass, isWritten: Bool) -> Verdict {
        let unproven = isWritten ? Verdict.Result.waiting : .refused
        let steps = pass.plan.steps.filter { $0.server == name }
        guard let adoption = steps.first(where: { $0.action.verb == .adopt }) else {
            let finding = pass.plan.findings.first { $0.kind != .notice && $0.subject.server == name }
            if let finding { return Verdict(name: name, result: unproven, sentence: finding.sentence) }
            let other = steps.first { $0.action.verb != .record && $0.action.verb != .repairEntry }
            guard let other else { return Verdict(name: name, result: .wouldEnrol) }
            // A guest that went is made anew by whoever reads the document, and an import makes nothing.
            return Verdict(
                name: name, result: other.action.verb == .create ? .refused : unproven,
                sentence: Sentence("import.otherStep", name.text, other.action.verb.rawValue))
        }
        // Of a guest that was not read, what differs is what Terraform or the file of before says.
        guard pass.hasRead(adoption) else {
            return Verdict(
                name: name, result: unproven,
                sentence: adoption.hindrance ?? Sentence("import.unread", adoption.guestNumber, name.text))
        }
        let changes = adoption.changesBeyondMark
        guard changes.isEmpty else {
            let sentence =
                standing.contains(name)
                ? Sentence("import.differsDeclared", name.text, Self.draftPath(file))
                : Sentence("import.differs", name.text)
            return Verdict(
                name: name, result: .refused, sentence: sentence, changes: changes, lines: [changes.ignoreLine])
        }
        guard let why = adoption.hindrance else { return Verdict(name: name, result: .wouldEnrol) }
        return Verdict(name: name, result: .waiting, sentence: why)
    }

    private func enrol(_ shown: [Verdict]) async throws -> (verdicts: [Verdict], isFailed: Bool) {
        let wanted = shown.filter { $0.result == .wouldEnrol }.map(\.name)
        guard !wanted.isEmpty || !others.isEmpty else { return (shown, false) }
        let objects = Set(others.map { ObjectName($0.kind, $0.name) })
        return try await common.session { session in
            var pass = try await session.planWhenFree(on: console) {
                try await session.plan(targets: others.isEmpty ? wanted.map(\.text).sorted() : [])
            }
            // The world may have moved since it was looked at: what counts is this plan, whose steps are carried out.
            let verdicts = shown.map { earlier in
                wanted.contains(earlier.name) ? verdict(on: earlier.name, in: pass, isWritten: true) : earlier
            }
            let names = Set(verdicts.filter { $0.result == .wouldEnrol }.map(\.name))
            // Nothing but what was looked at: a configuration may ask for more, and that is the next apply's.
            pass.plan.steps.removeAll { step in
                guard step.disposition == .ready else { return true }
                switch step.subject {
                case .server(let name, _): return !names.contains(name) || !step.isPartOfEnrolment
                case .object(let name): return !objects.contains(name)
                case .guest, .stack, .cluster: return true
                }
            }
            pass.plan.findings = []
            guard !pass.plan.steps.isEmpty else { return (verdicts.map(\.settled), false) }
            let applied = try await session.perform(pass, on: console)
            let isFailed = applied.outcomes.values.contains { if case .failed = $0 { true } else { false } }
            let final = verdicts.map { verdict in
                let outcomes = pass.plan.steps.filter { $0.server == verdict.name }.map { applied.outcomes[$0.id] }
                return verdict.result == .wouldEnrol ? verdict.settled(by: outcomes) : verdict
            }
            return (final, isFailed)
        }
    }

    // MARK: files

    private func url(_ path: String) -> URL { URL(filePath: common.place.configuration).appending(path: path) }

    /// What stands in the file; nil where there is none. One that is there and cannot be read is not nothing.
    private func text(at path: String) throws(CommandFailure) -> String? {
        let data: Data
        do {
            data = try Data(contentsOf: url(path))
        } catch CocoaError.fileReadNoSuchFile {
            return nil
        } catch {
            throw CommandFailure(Sentence("import.fileUnreadable", path, error.localizedDescription))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure(Sentence("import.file", path))
        }
        return text
    }

    /// Takes out of the file what provably would be changed, after a last look at whether it is somebody's by now.
    ///
    /// - Parameters:
    ///   - kept: the documents that were written.
    ///   - before: what the file held before that.
    /// - Returns: the verdicts, in which whoever must stay waits.
    private func takingOut(
        of kept: [WrittenDocument], by verdicts: [Verdict], _ before: String?, at path: String
    ) async throws -> [Verdict] {
        let leaving = kept.map(\.server).filter { name in verdicts.contains { $0.name == name && !$0.isKept } }
        guard !leaving.isEmpty else { return verdicts }
        return try await common.session { session in
            let ties = try await GuestTies(of: leaving, in: session)
            let settled = verdicts.map { verdict -> Verdict in
                guard leaving.contains(verdict.name), let why = ties.reasonToKeep(verdict.name, in: path) else {
                    return verdict
                }
                var staying = verdict
                (staying.result, staying.sentence) = (.waiting, why)
                return staying
            }
            let staying = documents(keptBy: settled)
            if staying.count < kept.count {
                try restore(
                    joined(before, others + staying), before, over: joined(before, others + kept), to: path)
            }
            return settled
        }
    }

    private func joined(_ before: String?, _ documents: [WrittenDocument]) -> String {
        guard !documents.isEmpty else { return before ?? "" }
        let text = WrittenDocument.text(of: documents)
        guard let before, before.contains(where: { !$0.isWhitespace }) else { return text }
        return before + (before.hasSuffix("\n") ? "" : "\n") + "---\n" + text
    }

    /// - Parameter known: what the file held when it was looked at; whoever saved it meanwhile must not lose that.
    func write(_ text: String, over known: String?, to path: String) throws(CommandFailure) {
        guard try self.text(at: path) == known else { throw CommandFailure(Sentence("import.fileChanged", path)) }
        do {
            try FileManager.default.createDirectory(
                at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url(path), options: .atomic)
        } catch {
            throw CommandFailure(Sentence("cli.cannotWrite", path, error.systemReason))
        }
    }

    /// Takes documents out of the file again; a file that would be empty, and was not there before, goes.
    func restore(
        _ text: String, _ before: String?, over known: String, to path: String
    ) throws(CommandFailure) {
        guard text.isEmpty, before == nil else {
            return try write(text.isEmpty ? before ?? "" : text, over: known, to: path)
        }
        guard try self.text(at: path) == known else { throw CommandFailure(Sentence("import.fileChanged", path)) }
        try? FileManager.default.removeItem(at: url(path))
    }
}

extension Enrolment.Verdict {
    /// Whether its document stays in the file: a guest that would be changed is not declared.
    var isKept: Bool {
        switch result {
        case .enrolled, .wouldEnrol, .waiting, .failed: true
        case .refused: false
        }
    }

    fileprivate var settled: Self { settled(by: []) }

    func settled(by outcomes: [StepOutcome?]) -> Self {
        guard result == .wouldEnrol else { return self }
        var settled = self
        settled.result = .enrolled
        for outcome in outcomes {
            switch outcome {
            case .done, nil: continue
            case .failed(let failure): (settled.result, settled.sentence) = (.failed, failure.sentence)
            case .refused(let why) where Self.differences.contains(why.code):
                (settled.result, settled.sentence) = (.refused, why)
            case .refused(let why), .stale(let why), .skipped(let why):
                (settled.result, settled.sentence) = (.waiting, why)
            }
            break
        }
        return settled
    }

    /// What Terraform's own plan says that it would change of the guest.
    private static let differences: Set<SentenceCode> = ["execution.adoptionChanges", "execution.updateChanges"]
}

extension [AttributeChange] {
    /// The document says already what was found, so that a difference comes from elsewhere (a cluster's default
    /// gateway): the line that keeps the live value in spite of it.
    fileprivate var ignoreLine: String {
        let paths = map { change in
            let rest = change.path.dropFirst(change.path.prefix { $0 != "[" && $0 != "." }.count)
            let isPath = rest.isEmpty || rest.firstMatch(of: /^\[[0-9]+\](\.[A-Za-z]+)?$/) != nil
            return "spec." + (isPath ? change.declaredField + rest : change.declaredField)
        }
        return "ignore: [\(paths.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
}

extension WrittenDocument {
    fileprivate var server: ServerName { ServerName(name) }
}

extension Step {
    /// Taking in, writing down, and nothing that a guest would feel.
    fileprivate var isPartOfEnrolment: Bool {
        switch action.verb {
        case .adopt, .record, .repairEntry: true
        case .create, .recreate, .update, .destroy, .untaint, .move, .rename, .forget, .start, .stop, .restart,
            .rebuild, .retire,
            .register,
            .updateRegistration, .unregister:
            false
        }
    }

    fileprivate var server: ServerName? { subject.server }

    /// Why it does not run now; nil: it may.
    fileprivate var hindrance: Sentence? {
        switch disposition {
        case .ready: nil
        case .needsApproval(let why), .waiting(let why), .blocked(let why): why
        }
    }

    fileprivate var guestNumber: String { action.guestConcerned?.description ?? "–" }
}

extension PlannedPass {
    /// Whether the configuration of the guest that an adoption takes in was read for it.
    fileprivate func hasRead(_ step: Step) -> Bool {
        guard case .adopt(let adoption) = step.action,
            let inventory = survey.observed.inventories.first(where: { $0.cluster == adoption.guest.cluster })
        else { return false }
        return inventory.details[adoption.guest.vmid]?.value != nil
    }
}
