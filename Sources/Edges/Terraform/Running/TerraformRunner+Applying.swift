import Model
import Processes
import Synchronization

/// What one apply did, as its events say it. Whether that is what is there now, only a look at the cluster says: after
/// a failed update the state holds what was asked for.
package struct ApplyRecord: Sendable {
    /// Nil: Terraform was killed, or the machine went down.
    package var exit: ProgramExit?
    /// Why there is no exit code; nil: there is one.
    package var loss: TerraformFailure?
    /// Addresses whose last change ended well, with the change. A replacement has ended well when both its halves have.
    package var completed: [String: String] = [:]
    /// Addresses with a change that failed.
    package var errored: Set<String> = []
    /// Addresses with a change that began; what is in neither of the others was cut off.
    package var started: Set<String> = []
    package var errors: [TerraformDiagnostic] = []
    package var warnings: [TerraformDiagnostic] = []
    /// Bytes of the event file that have been read.
    package var offset = 0

    package init() {}

    mutating func note(_ event: TerraformEvent) {
        switch event {
        case .started(let hook): started.insert(hook.address)
        case .completed(let hook, _): completed[hook.address] = hook.action
        case .errored(let hook, _): errored.insert(hook.address)
        case .diagnostic(let diagnostic):
            if diagnostic.severity == .error { errors.append(diagnostic) } else { warnings.append(diagnostic) }
        case .version, .plannedChange, .drift, .progressed, .summary, .other: break
        }
    }

    /// Addresses with a change that began and has not ended, ascending.
    var unfinished: [String] { started.subtracting(completed.keys).subtracting(errored).sorted() }

    mutating func settle() {
        for address in errored { completed[address] = nil }
    }
}

extension TerraformRunner {
    /// Applies a saved plan and nothing else, and follows its events to the end.
    ///
    /// Terraform is never signalled. A cancelled task leaves it running; ``follow(run:from:onEvent:)`` goes on.
    ///
    /// - Parameters:
    ///   - width: how many resources it works on at a time; nil, and at most: ``parallelism``.
    ///   - run: the run's name below `events`, by which it is found again; a suffix is added where it is taken.
    ///   - onStart: called once Terraform runs by itself, before its first event is read.
    /// - Throws: ``TerraformFailure/stalePlan`` where the state moved since the plan, ``TerraformFailure/left(run:)``
    ///   in a cancelled task; a failed apply is a record, no error.
    package func apply(
        plan path: String, width: Int? = nil, run name: String,
        onEvent: @escaping @Sendable (TerraformEvent) -> Void = { _ in },
        onStart: (DetachedProgram) async -> Void = { _ in }
    ) async throws(TerraformFailure) -> ApplyRecord {
        var narrowed = self
        narrowed.parallelism = max(1, min(parallelism, width ?? parallelism))
        let arguments = [
            "apply", "-json", "-no-color", "-input=false", lockArgument, narrowed.parallelismArgument, path,
        ]
        let program = try await start(arguments, as: name)
        await onStart(program)
        let record = try await follow(program, from: 0, onEvent: onEvent)
        if record.started.isEmpty, record.errors.contains(where: TerraformText.saysStale) { throw .stalePlan }
        return record
    }

    /// Follows an apply that this or an earlier process started, to its end.
    ///
    /// - Returns: nil where it was never started (and then never will be).
    package func follow(
        run name: String, from offset: Int = 0, onEvent: @escaping @Sendable (TerraformEvent) -> Void = { _ in }
    ) async throws(TerraformFailure) -> ApplyRecord? {
        let program = DetachedProgram(attachingTo: directory.eventsPath + "/" + name)
        guard PrivateFile.exists(program.directory), await program.state() != .neverStarted else { return nil }
        return try await follow(program, from: offset, onEvent: onEvent)
    }

    private func follow(
        _ program: DetachedProgram, from offset: Int, onEvent: @escaping @Sendable (TerraformEvent) -> Void
    ) async throws(TerraformFailure) -> ApplyRecord {
        let redact = environment.redaction
        var record = ApplyRecord()
        record.offset = offset
        let patience = applyPatience
        let landmark = Mutex(ContinuousClock.now)
        let isOverdue: @Sendable () -> Bool = { ContinuousClock.now - landmark.withLock { $0 } > patience }
        let hasEnded = program.repeatedly()
        let isOver: @Sendable () -> Bool = { hasEnded() || isOverdue() }
        for await line in FileTail(path: program.outputPath, from: offset, until: isOver) {
            record.offset = line.end
            guard var event = TerraformEvent(line: line.bytes) else { continue }
            if case .diagnostic(let diagnostic) = event { event = .diagnostic(redact(diagnostic)) }
            if event.isLandmark { landmark.withLock { $0 = ContinuousClock.now } }
            record.note(event)
            onEvent(event)
            // Signs of life that come for ever must not keep the wait alive.
            if isOverdue() { break }
        }
        if isOverdue(), !program.hasEnded {
            throw .overdue(
                run: directory.runName(of: program), waitingFor: record.unfinished, patience)
        }
        let ended = try await finish(program, command: "apply", onCancel: .leave)
        record.exit = ended.exit
        record.loss = ended.exit == nil ? lost(program, command: "apply") : nil
        if let exit = ended.exit, !exit.isSuccess, record.errors.isEmpty {
            record.errors = words(of: program, exit: exit)
        }
        record.settle()
        return record
    }
}

extension TerraformEvent {
    /// Whether something began or ended, and it is not only a sign of life.
    fileprivate var isLandmark: Bool {
        switch self {
        case .version, .plannedChange, .drift, .started, .completed, .errored, .diagnostic, .summary: true
        case .progressed, .other: false
        }
    }
}
