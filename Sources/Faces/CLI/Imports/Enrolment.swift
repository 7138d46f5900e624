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
        var verdicts: [Verdict] = []
        if !(others + servers).isEmpty {
            verdicts = try await common.session(drafts: [path: joined(before, others + servers)]) { session in
                try demandReadable(session, path)
                return try await assess(session)
            }
        }
        var view = ImportView(file: file, leftOut: leftOut)
        view.remarks = remarks
        let kept = servers.filter { document in verdicts.contains { $0.name == document.server && $0.isKept } }
        guard file != nil, !(others + kept).isEmpty else {
            view.verdicts = verdicts
            view.yaml = file == nil ? WrittenDocument.text(of: others + servers) : nil
            console.show(view)
            return exit(verdicts)
        }
        // Written first: should this end in the middle, the next run or the next apply goes on.
        let text = WrittenDocument.text(of: others + kept)
        if let said = try secrets?.write(referredToIn: text) { view.remarks.append(said) }
        let written = joined(before, others + kept)
        try write(written, over: before, to: path)
        let done = try await enrol(verdicts)
        verdicts = done.verdicts
        let staying = kept.filter { document in verdicts.contains { $0.name == document.server && $0.isKept } }
        if staying.count < kept.count { try restore(joined(before, others + staying), before, over: written, to: path) }
        view.written = others.count + staying.count
        view.verdicts = verdicts
        if !(others + staying).isEmpty {
            view.plan = try await common.session { session in
                PlanView(
                    try await session.plan(targets: others.isEmpty ? staying.map(\.name) : []),
                    configuration: session.configuration)
            }
        }
        console.show(view)
        return exit(verdicts, isFailed: done.isFailed)
    }

    private func exit(_ verdicts: [Verdict], isFailed: Bool = false) -> ExitStatus {
        if isFailed || verdicts.contains(where: { $0.result == .failed }) { return .failure }
        return verdicts.allSatisfy { $0.result == .enrolled || $0.result == .wouldEnrol } ? .success : .unfinished
    }

    // MARK: plans

    private func demandReadable(_ session: Session, _ path: String) throws(CommandFailure) {
        let bad = session.configuration.remarks.filter { $0.file == path && $0.severity == .error }
        guard bad.isEmpty else {
            for remark in bad { console.notice(remark.rendering) }
            throw CommandFailure(Sentence("import.invalid", path, String(bad.count)))
        }
    }

    private func assess(_ session: Session) async throws -> [Verdict] {
        let names = servers.map(\.name)
        guard !names.isEmpty else { return [] }
        let pass = try await session.plan(targets: names)
        return servers.map { verdict(on: $0, in: pass.plan) }
    }

    func verdict(on document: WrittenDocument, in plan: Plan) -> Verdict {
        let name = document.server
        let steps = plan.steps.filter { $0.server == name }
        guard let adoption = steps.first(where: { $0.action.verb == .adopt }) else {
            let finding = plan.findings.first { $0.kind != .notice && $0.subject.server == name }
            if let finding { return Verdict(name: name, result: .refused, sentence: finding.sentence) }
            let other = steps.first { $0.action.verb != .record && $0.action.verb != .repairEntry }
            guard let other else { return Verdict(name: name, result: .wouldEnrol) }
            return Verdict(
                name: name, result: .refused,
                sentence: Sentence("import.otherStep", name.text, other.action.verb.rawValue))
        }
        let changes = adoption.changesBeyondMark
        guard changes.isEmpty else {
            return Verdict(
                name: name, result: .refused, sentence: Sentence("import.differs", name.text), changes: changes,
                lines: [changes.ignoreLine])
        }
        switch adoption.disposition {
        case .ready: return Verdict(name: name, result: .wouldEnrol)
        case .needsApproval(let why), .waiting(let why):
            return Verdict(name: name, result: .waiting, sentence: why)
        case .blocked(let why): return Verdict(name: name, result: .refused, sentence: why)
        }
    }

    private func enrol(_ shown: [Verdict]) async throws -> (verdicts: [Verdict], isFailed: Bool) {
        let wanted = shown.filter { $0.result == .wouldEnrol }.map(\.name)
        let objects = Set(others.map { ObjectName($0.kind, $0.name) })
        return try await common.session { session in
            var pass = try await session.plan(targets: others.isEmpty ? wanted.map(\.text).sorted() : [])
            // The world may have moved since it was looked at: what counts is this plan, whose steps are carried out.
            let verdicts = shown.map { earlier in
                guard let document = servers.first(where: { $0.server == earlier.name }), wanted.contains(earlier.name)
                else { return earlier }
                return verdict(on: document, in: pass.plan)
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

    fileprivate func settled(by outcomes: [StepOutcome?]) -> Self {
        guard result == .wouldEnrol else { return self }
        var settled = self
        settled.result = .enrolled
        for outcome in outcomes {
            switch outcome {
            case .done, nil: continue
            case .failed(let failure): (settled.result, settled.sentence) = (.failed, failure.sentence)
            case .refused(let why), .stale(let why): (settled.result, settled.sentence) = (.refused, why)
            case .skipped(let why): (settled.result, settled.sentence) = (.waiting, why)
            }
            break
        }
        return settled
    }
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
}
