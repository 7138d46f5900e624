/// A program to be run: what to start, with which arguments, where, and in which environment.
///
/// It knows nothing about what the program does. ``run(within:input:)`` waits for it; ``DetachedProgram`` starts one
/// that outlives this process.
package struct Program: Hashable, Sendable {
    /// An absolute path, or a name to be looked up on PATH.
    package var executable: String
    package var arguments: [String]
    /// Changes to the environment of this process, which is passed on: a value sets, nil takes away. Never written to
    /// disk, and part of no error.
    package var environment: [String: String?]
    /// Where it runs; nil for where this process runs.
    package var directory: String?

    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String?] = [:], directory: String? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }

    /// The same program, with files that it makes readable by nobody but the owner: a shell sets the mask and becomes
    /// the program. The mask of this process would be everyone's, on every thread.
    package var withPrivateFiles: Program {
        Program(
            "/bin/sh", ["-c", #"umask 077; exec "$@""#, "sh", executable] + arguments, environment: environment,
            directory: directory)
    }
}

/// How a program ended.
package enum ProgramExit: Hashable, Sendable, CustomStringConvertible {
    /// 0 is success by convention.
    case code(Int)
    /// Killed by that signal.
    case signal(Int)

    package var isSuccess: Bool { self == .code(0) }

    package var isSignal: Bool {
        switch self {
        case .signal: true
        case .code: false
        }
    }

    package var description: String {
        switch self {
        case .code(let code): "exit code \(code)"
        case .signal(let signal): "signal \(signal)"
        }
    }
}

/// What a program said, and how it ended.
package struct ProgramResult: Sendable {
    package var exit: ProgramExit
    /// Standard output, up to the limit.
    package var output: [UInt8]
    /// Standard error, up to the limit.
    package var errors: [UInt8]
    /// Whether one of them was longer than its limit; the rest was read and dropped.
    package var isCut: Bool

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Why there is no result of a program.
package enum ProgramFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(executable: String)
    /// The arguments or one variable of the environment are longer than the kernel takes.
    case tooLong(executable: String)
    case notStarted(executable: String, reason: String)
    /// It was asked to stop after that time, and has ended since.
    case deadline(executable: String, Duration)
    case cancelled(executable: String)

    package var description: String {
        switch self {
        case .notFound(let executable): "\(executable) was not found"
        case .tooLong(let executable): "the command line for \(executable) is longer than the system allows"
        case .notStarted(let executable, let reason): "\(executable) could not be run: \(reason)"
        case .deadline(let executable, let duration): "\(executable) did not end within \(duration)"
        case .cancelled(let executable): "\(executable) was asked to stop"
        }
    }
}

/// What one run may take.
package struct ProgramLimits: Hashable, Sendable {
    /// Bytes of standard output that are kept.
    package var output: Int
    /// Bytes of standard error that are kept.
    package var errors: Int
    /// After this the program is interrupted.
    package var deadline: Duration
    /// What an interrupted program gets to come to an end before it is killed. Long, because what is killed in the
    /// middle of a change leaves it half done.
    package var grace: Duration

    package init(
        output: Int = 16 << 20, errors: Int = 1 << 20, deadline: Duration = .seconds(600),
        grace: Duration = .seconds(3600)
    ) {
        self.output = output
        self.errors = errors
        self.deadline = deadline
        self.grace = grace
    }
}
