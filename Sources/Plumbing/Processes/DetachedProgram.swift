import Glibc

/// A program that must come to its end whatever happens to this process: in a session of its own, with its output in
/// files, and with its exit code in a file that a later process can read.
///
/// On pipes, Terraform dies by SIGPIPE at its next event once the process that started it is gone, and loses what it
/// created; on files it finishes. A small shell stands above the program: it says in `process` who it is before it
/// starts the program, and writes `exit` after it.
///
/// The directory holds `stdout`, `stderr`, `process`, `exit`, and `claim`, which makes starting happen once:
/// whoever makes it first decides whether the program ever starts.
package struct DetachedProgram: Hashable, Sendable {
    /// Where its files are; an absolute path.
    package let directory: String

    package var outputPath: String { directory + "/stdout" }
    package var errorPath: String { directory + "/stderr" }

    /// What is known about it now.
    package enum State: Hashable, Sendable {
        /// It was never started, and will not be.
        case neverStarted
        /// Also for two minutes after it was killed, while others of its session are there: the Terraform under a wrapper
        /// works on.
        case running(ProcessIdentity)
        case ended(ProgramExit)
        /// It is gone, with every process of its session, and left no exit code: it was killed, or the machine went
        /// down.
        case vanished
    }

    /// One that was started in that directory, by this process or an earlier one.
    package init(attachingTo directory: String) {
        self.directory = directory
    }

    /// Starts a program; returns when its identity is on file.
    ///
    /// - Parameter directory: exists, and is used for this one run only.
    package static func start(_ program: Program, in directory: String) async throws(ProgramFailure) -> DetachedProgram
    {
        let detached = DetachedProgram(attachingTo: directory)
        let pid = try detached.spawn(program)
        var pause = Pause()
        while detached.recordedIdentity == nil {
            // The shell writes its identity before anything else; where it could not even do that (a full disk), it
            // has ended.
            guard ProcessIdentity(pid: pid) != nil || detached.recordedIdentity != nil else {
                waitpid(pid, nil, WNOHANG)
                throw .notStarted(
                    executable: program.executable,
                    reason: "nothing could be made in \(directory): there is no room, or no `mkdir` on PATH")
            }
            await pause.next()
        }
        return detached
    }

    /// Looks; where it was never started, it never will be after this.
    package func state() async -> State {
        guard let identity = recordedIdentity else {
            if mkdir(directory + "/claim", 0o700) == 0 { return .neverStarted }
            // Someone has the claim: an earlier look, or a shell that is about to say who it is.
            var pause = Pause()
            for _ in 0..<100 {
                if recordedIdentity != nil { return await state() }
                await pause.next()
            }
            return .neverStarted
        }
        // In this order: a program that ends between the two looks has its exit code on file by then.
        if identity.isAlive { return .running(identity) }
        waitpid(identity.pid, nil, WNOHANG)
        guard let exit = recordedExit else { return identity.hasSurvivors ? .running(identity) : .vanished }
        return lingers(after: exit, identity) ? .running(identity) : .ended(exit)
    }

    /// Waits for its end, also where it is not a child of this process. A cancelled task stops waiting, and leaves the
    /// program alone: the state is then the present one.
    package func wait() async -> State {
        var pause = Pause()
        while true {
            let now = await state()
            guard case .running = now, !Task.isCancelled else { return now }
            await pause.next()
        }
    }

    /// Waits for its end, but not longer than that; the state is then the present one.
    package func wait(atMost patience: Duration) async -> State {
        let state = await withTaskGroup(of: State?.self) { group in
            group.addTask { await self.wait() }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let state { return state }
        return await self.state()
    }

    /// Whether it has ended, one way or another.
    package var hasEnded: Bool { hasEnded(as: recordedIdentity) }

    /// The same question for one who asks it many times a second: who it is is read once.
    package func repeatedly() -> @Sendable () -> Bool {
        guard let identity = recordedIdentity else { return { hasEnded } }
        return { hasEnded(as: identity) }
    }

    private func hasEnded(as identity: ProcessIdentity?) -> Bool {
        guard let identity, !identity.isAlive else { return false }
        guard let exit = recordedExit else { return !identity.hasSurvivors }
        return !lingers(after: exit, identity)
    }

    /// Whether others of the session of one that was killed may be at its work still: under a wrapper the program itself.
    /// A provider without its Terraform can stay for ever, so that it is not waited for without end.
    private func lingers(after exit: ProgramExit, _ identity: ProcessIdentity) -> Bool {
        guard exit.isSignal, let age = SmallFile.age(of: directory + "/exit"), age < Self.patience else { return false }
        return identity.hasSurvivors
    }

    /// Longer than what Terraform does to a state takes; an apply that goes on longer holds the state's lock.
    static var patience: Duration { .seconds(120) }

    /// Of one that left no exit code, or said nothing: whether that is because its files are where there is no room left.
    /// The shell that came to its end and could write nothing down leaves an empty file, also where there is room again.
    package var lacksRoom: Bool { SmallFile.isEmpty(directory + "/exit.part") || SmallFile.hasNoRoom(directory) }

    /// Sends SIGINT to the program alone, never to its group: Terraform's providers must not get it, because they
    /// would lose what they are creating.
    package func interrupt() {
        guard let identity = recordedIdentity, identity.isAlive else { return }
        for child in identity.children where child.isAlive { kill(child.pid, SIGINT) }
    }

    /// The shell that stands above the program; nil before it said so.
    package var recordedIdentity: ProcessIdentity? {
        guard let text = SmallFile.text(directory + "/process") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, let stat = ProcessStat(line: String(lines[1])) else { return nil }
        return ProcessIdentity(pid: stat.pid, startTicks: stat.startTicks, bootID: String(lines[0]))
    }

    private var recordedExit: ProgramExit? {
        guard let text = SmallFile.text(directory + "/exit"), text.last == "\n", let code = Int(text.dropLast()) else {
            return nil
        }
        // A shell reports a death by signal as 128 and the signal.
        return code > 128 && code <= 128 + 64 ? .signal(code - 128) : .code(code)
    }

    /// `$1` is the directory, absolute; `$2` is where the program runs. The program's name and arguments follow.
    static let script = """
        umask 077
        d=$1
        w=$2
        shift 2
        mkdir "$d/claim" || exit 125
        read -r boot </proc/sys/kernel/random/boot_id
        read -r stat </proc/$$/stat
        printf '%s\\n%s\\n' "$boot" "$stat" >"$d/process" || exit 125
        cd "$w" && "$@"
        printf '%s\\n' "$?" >"$d/exit.part" && mv "$d/exit.part" "$d/exit"
        """
}
