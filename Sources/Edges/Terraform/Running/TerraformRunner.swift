import Glibc
import Processes

/// Runs Terraform in one stack's directory. It knows nothing about locks, batches and what is desired.
///
/// Every run is a detached program with a directory of its own below `events`: its output is in files, so that
/// Terraform never dies of a broken pipe when this process does, and a later process can read how it ended.
package struct TerraformRunner: Sendable {
    package let binary: TerraformBinary
    package let directory: StackDirectory
    package let environment: TerraformEnvironment
    /// How long Terraform waits for its own state lock.
    package var lockTimeout: Duration = .seconds(30)
    /// How many resources Terraform works on at a time; its own default.
    package var parallelism = 10
    /// A plan that takes longer is interrupted: an unreachable cluster must not hold the stack for ever.
    package var planDeadline: Duration = .seconds(1800)

    /// How long an apply in which nothing begins and nothing ends is waited for. It is never killed: it is left, and
    /// looked at again. Twice what the provider gives one clone.
    package var applyPatience: Duration = .seconds(3600)

    package init(binary: TerraformBinary, directory: StackDirectory, environment: TerraformEnvironment) {
        self.binary = binary
        self.directory = directory
        self.environment = environment
    }

    /// What a cancelled task does to the run.
    enum OnCancel: Sendable {
        /// Interrupts it and waits: for what only reads.
        case interrupt
        /// Nothing: for short changes of the state.
        case finish
        /// Leaves it to itself, to be attached to later: for an apply.
        case leave
    }

    /// A run that has ended.
    struct Ended: Sendable {
        /// Nil: killed, or the machine went down.
        var exit: ProgramExit?
        var program: DetachedProgram
    }

    var lockArgument: String { "-lock-timeout=\(lockTimeout.components.seconds)s" }

    var parallelismArgument: String { "-parallelism=\(parallelism)" }

    func program(_ arguments: [String]) -> Program {
        var changes = environment.changes
        if let share = garbageShare { changes["GOGC"] = share }
        return Program(binary.path, arguments, environment: changes, directory: directory.path)
    }

    /// Terraform's `GOGC`: how much garbage, in percent of what lives, its Go runtime lets gather before it collects.
    /// At the usual 100 a third of Terraform's time goes into collecting; 400 takes 200 MB instead of 110 for a stack
    /// of a hundred servers. A large stack keeps the usual value, because its memory grows with what lives; so does an
    /// operator who has set anything there.
    private var garbageShare: String? {
        let isSet = Program.environmentNames.contains { $0 == "GOGC" || $0 == "GOMEMLIMIT" }
        guard !isSet, let size = PrivateFile.size(directory.tfvarsPath), size <= Self.smallValues else { return nil }
        return "400"
    }

    /// The bytes of some 250 servers in `terraform.tfvars.json`.
    private static let smallValues = 256 << 10

    /// Starts Terraform in a new directory below `events`.
    func start(_ arguments: [String], as name: String) async throws(TerraformFailure) -> DetachedProgram {
        let run = try directory.makeRun(name)
        do throws(ProgramFailure) {
            return try await DetachedProgram.start(program(arguments), in: run)
        } catch {
            PrivateFile.removeTree(run)
            throw .program(error)
        }
    }

    func finish(
        _ program: DetachedProgram, command: String, onCancel: OnCancel
    ) async throws(TerraformFailure) -> Ended {
        let state: DetachedProgram.State
        switch onCancel {
        case .finish: state = await Task { await program.wait() }.value
        case .leave: state = await program.wait()
        case .interrupt: state = try await waitOrInterrupt(program)
        }
        switch state {
        case .ended(let exit): return Ended(exit: exit, program: program)
        case .vanished: return Ended(exit: nil, program: program)
        case .running: throw .left(run: directory.runName(of: program))
        case .neverStarted: throw lost(program, command: command)
        }
    }

    /// Why a run left no exit code.
    func lost(_ program: DetachedProgram, command: String) -> TerraformFailure {
        program.lacksRoom ? .noRoom(command: command, path: directory.path) : .vanished(command: command)
    }

    /// What a run without events came to that ended with an error.
    func failure(of program: DetachedProgram, command: String, exit: ProgramExit) -> TerraformFailure {
        if text(program.errorPath).isEmpty, program.lacksRoom { return .noRoom(command: command, path: directory.path) }
        return .refused(command: command, words(of: program, exit: exit))
    }

    /// Nothing is changed by such a run, so that it may be asked to stop, and a second time where it does not.
    private func waitOrInterrupt(_ program: DetachedProgram) async throws(TerraformFailure) -> DetachedProgram.State {
        let state = await program.wait(atMost: planDeadline)
        guard case .running = state else { return state }
        let isCancelled = Task.isCancelled
        for _ in 1...3 {
            program.interrupt()
            let stopped = await Task { await program.wait(atMost: .seconds(20)) }.value
            guard case .running = stopped else { break }
        }
        if isCancelled { throw .program(.cancelled(executable: binary.path)) }
        throw .program(.deadline(executable: binary.path, planDeadline))
    }

    /// Runs a command that changes the state or reads a plan, without events; its files go away.
    func complete(
        _ arguments: [String], as name: String, onCancel: OnCancel
    ) async throws(TerraformFailure) -> [UInt8] {
        let program = try await start(arguments, as: name)
        defer { PrivateFile.removeTree(program.directory) }
        let ended = try await finish(program, command: name, onCancel: onCancel)
        guard let exit = ended.exit else { throw lost(program, command: name) }
        guard exit.isSuccess else { throw failure(of: program, command: name, exit: exit) }
        return try PrivateFile.read(program.outputPath) ?? []
    }

    /// What a failed run said where it said it without events: never nothing.
    func words(of program: DetachedProgram, exit: ProgramExit) -> [TerraformDiagnostic] {
        let redact = environment.redaction
        let errors = text(program.errorPath)
        let found = TerraformText.diagnostics(in: errors).filter { $0.severity == .error }
        if !found.isEmpty { return found.map { redact($0) } }
        let rest = errors.isEmpty ? text(program.outputPath) : errors
        return [TerraformDiagnostic(severity: .error, summary: "\(exit)", detail: redact(String(rest.suffix(4000))))]
    }

    private func text(_ path: String) -> String {
        ((try? PrivateFile.read(path)) ?? nil).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
