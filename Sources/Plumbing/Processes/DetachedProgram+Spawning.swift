import Glibc

extension DetachedProgram {
    /// Starts the shell with posix_spawn: swift-subprocess ties a child to the task that runs it, and tears it down
    /// with it.
    func spawn(_ program: Program) throws(ProgramFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Files, locks and sockets of this process must not live on in the program.
        _ = Self.addCloseFrom?(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A signal that this process ignores or blocks (SIGPIPE, and SIGINT in a background job) would be ignored
        // by Terraform too.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        let newSession = Int16(0x80)  // POSIX_SPAWN_SETSID, a macro that is not imported.
        posix_spawnattr_setflags(
            &attributes, newSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))

        let arguments =
            ["sh", "-c", Self.script, "sh", directory, program.directory ?? "."]
            + [program.executable] + program.arguments
        var pid: pid_t = 0
        let status = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(program.inheritedEnvironment) { environment in
                posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, environment)
            }
        }
        switch status {
        case 0: return pid
        case E2BIG: throw .tooLong(executable: program.executable)
        default:
            throw .notStarted(executable: program.executable, reason: String(cString: strerror(status)))
        }
    }

    private typealias AddCloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    /// glibc declares it for `_GNU_SOURCE` only, which the imported headers are read without. Where it is missing,
    /// close-on-exec has to do.
    private static var addCloseFrom: AddCloseFrom? {
        dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map { unsafeBitCast($0, to: AddCloseFrom.self) }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

extension Program {
    /// This process's environment with the program's changes, as `NAME=value`.
    var inheritedEnvironment: [String] {
        var variables: [String] = []
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            let name = text.prefix { $0 != "=" }
            if environment[String(name)] == nil { variables.append(text) }
            next += 1
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            if let value { variables.append("\(name)=\(value)") }
        }
        return variables
    }
}

extension Program {
    /// The names of this process's environment.
    package static var environmentNames: [String] {
        Program("").inheritedEnvironment.map { String($0.prefix { $0 != "=" }) }
    }
}
