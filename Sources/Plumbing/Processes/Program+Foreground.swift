import Glibc
import Subprocess
import SystemPackage

extension Program {
    /// Runs to the end with the terminal, or whatever the standard streams are, as its own: it can ask, and Ctrl-C is for it.
    /// This process only waits meanwhile, because a program that is interrupted may still have something to put in order.
    ///
    /// Not with Foundation's `Process`, which puts a child into a process group of its own: that one is stopped as soon as
    /// it reads from the terminal.
    package func runInForeground() async throws(ProgramFailure) -> ProgramExit {
        // Handlers, which an `exec` takes away: what is ignored would be ignored by the program too.
        let before = [SIGINT, SIGQUIT].map { ($0, signal($0) { _ in }) }
        defer { for (number, handler) in before { signal(number, handler) } }
        var changes: [Environment.Key: String?] = [:]
        for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = value }
        do {
            let ended = try await Subprocess.run(
                executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
                arguments: Arguments(arguments), environment: .inherit.updating(changes),
                workingDirectory: directory.map { FilePath($0) }, input: .currentStandardInput,
                output: .currentStandardOutput, error: .currentStandardError)
            return switch ended.terminationStatus {
            case .exited(let code): .code(Int(code))
            case .signaled(let signal): .signal(Int(signal))
            }
        } catch {
            throw failure(from: error)
        }
    }
}
