import Subprocess
import SystemPackage

extension Program {
    /// Runs to the end, in a session of its own: the terminal's Ctrl-C reaches this process alone, which then decides.
    ///
    /// A cancelled task, or the deadline, interrupts the program once and waits for it; only after the grace is it
    /// killed (swift-subprocess by itself kills at once, which ends Terraform in mid-apply).
    ///
    /// - Parameter input: what it reads on standard input.
    package func run(
        within limits: ProgramLimits = ProgramLimits(), input: [UInt8] = []
    ) async throws(ProgramFailure) -> ProgramResult {
        let outcome: Outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await self.attempt(limits, input) }
            group.addTask {
                do { try await Task.sleep(for: limits.deadline) } catch { return .timer(ranOut: false) }
                return .timer(ranOut: true)
            }
            var ranOut = false
            var ended: Outcome?
            while let next = await group.next() {
                switch next {
                case .ended, .failed: ended = next
                case .timer(let isOver): ranOut = ranOut || isOver
                }
                group.cancelAll()
            }
            if ranOut { return .failed(.deadline(executable: executable, limits.deadline)) }
            return ended ?? .failed(.cancelled(executable: executable))
        }
        switch outcome {
        case .ended(let result): return result
        case .failed(let failure): throw failure
        case .timer: throw .cancelled(executable: executable)
        }
    }

    private enum Outcome: Sendable {
        case ended(ProgramResult)
        case failed(ProgramFailure)
        case timer(ranOut: Bool)
    }

    private func attempt(_ limits: ProgramLimits, _ input: [UInt8]) async -> Outcome {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: limits.grace)]
        var changes: [Environment.Key: String?] = [:]
        for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = value }
        let configuration = Configuration(
            executable: executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments), environment: .inherit.updating(changes),
            workingDirectory: directory.map { FilePath($0) }, platformOptions: options)
        do {
            let ended = try await Subprocess.run(
                configuration, input: .array(input), output: .sequence, error: .sequence
            ) { execution in
                async let output = Self.collect(execution.standardOutput, upTo: limits.output)
                async let errors = Self.collect(execution.standardError, upTo: limits.errors)
                return try await (output, errors)
            }
            if Task.isCancelled { return .failed(.cancelled(executable: executable)) }
            let (output, errors) = ended.closureResult
            let exit: ProgramExit =
                switch ended.terminationStatus {
                case .exited(let code): .code(Int(code))
                case .signaled(let signal): .signal(Int(signal))
                }
            return .ended(
                ProgramResult(
                    exit: exit, output: output.bytes, errors: errors.bytes, isCut: output.isCut || errors.isCut))
        } catch {
            return .failed(failure(from: error))
        }
    }

    func failure(from error: any Error) -> ProgramFailure {
        if Task.isCancelled || error is CancellationError { return .cancelled(executable: executable) }
        guard let error = error as? SubprocessError else {
            return .notStarted(executable: executable, reason: "\(error)")
        }
        if error.code == .executableNotFound { return .notFound(executable: executable) }
        switch error.underlyingError {
        case .argListTooLong?: return .tooLong(executable: executable)
        case .noSuchFileOrDirectory? where error.code == .spawnFailed: return .notFound(executable: executable)
        // The error's own text is left out: it can name the arguments.
        case let errno?: return .notStarted(executable: executable, reason: "\(errno)")
        case nil: return .notStarted(executable: executable, reason: "the system gave no reason")
        }
    }

    private static func collect(
        _ stream: SubprocessOutputSequence, upTo limit: Int
    ) async throws -> (bytes: [UInt8], isCut: Bool) {
        var bytes: [UInt8] = []
        var isCut = false
        // What is beyond the limit is still read: a full pipe would stop the program.
        for try await buffer in stream {
            buffer.withUnsafeBytes { chunk in
                let room = limit - bytes.count
                bytes.append(contentsOf: chunk.prefix(room))
                isCut = isCut || chunk.count > room
            }
        }
        return (bytes, isCut)
    }
}
