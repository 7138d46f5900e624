import Glibc
import Processes
import Testing

@Suite("Programs that outlive whoever started them")
struct DetachedProgramTests {
    @Test func `output and exit code are in files`() async throws {
        let place = try TemporaryDirectory()
        let program = Program("/bin/sh", ["-c", "echo out; echo err >&2; exit 7"])
        let detached = try await DetachedProgram.start(program, in: place.path)
        #expect(await detached.wait() == .ended(.code(7)))
        #expect(place.read("stdout") == "out\n")
        #expect(place.read("stderr") == "err\n")
        #expect(detached.hasEnded)
    }

    @Test func `one that was started is found by another look, and its end is awaited without being its parent`()
        async throws
    {
        let place = try TemporaryDirectory()
        let script = "echo $$ >\(place("pid")); while [ ! -e \(place("go")) ]; do sleep 0.02; done; exit 4"
        // The launcher is the parent, and is gone before anyone waits.
        let launcher = try await Program(
            "/bin/sh", ["-c", "sh -c '\(wrapper)' sh '\(place.path)' sh -c '\(script)' >/dev/null 2>&1 &"]
        )
        .run()
        #expect(launcher.exit.isSuccess)
        _ = try await place.waitFor("pid")
        let detached = DetachedProgram(attachingTo: place.path)
        let identity = try #require(detached.recordedIdentity)
        #expect(await detached.state() == .running(identity))
        try place.write("\n", to: "go")
        #expect(await detached.wait() == .ended(.code(4)))
    }

    /// The same steps as the program's own shell, written by hand, so that a change of the files' format shows.
    private var wrapper: String {
        """
        d=$1; shift; mkdir "$d/claim" || exit 125; read -r boot </proc/sys/kernel/random/boot_id; \
        read -r stat </proc/$$/stat; printf "%s\\n%s\\n" "$boot" "$stat" >"$d/process"; "$@"; echo $? >"$d/exit"
        """
    }

    @Test func `it is interrupted without its shell, and the exit code is still written`() async throws {
        let place = try TemporaryDirectory()
        let script = "trap 'exit 9' INT; echo >\(place("go")); while :; do sleep 0.02; done"
        let detached = try await DetachedProgram.start(Program("/bin/sh", ["-c", script]), in: place.path)
        _ = try await place.waitFor("go")
        detached.interrupt()
        #expect(await detached.wait() == .ended(.code(9)))
    }

    @Test func `one whose shell was killed runs until its session is empty, and has then vanished`() async throws {
        let place = try TemporaryDirectory()
        let script = "echo >\(place("go")); while [ -e \(place("go")) ]; do sleep 0.02; done"
        let detached = try await DetachedProgram.start(Program("/bin/sh", ["-c", script]), in: place.path)
        _ = try await place.waitFor("go")
        let identity = try #require(detached.recordedIdentity)
        kill(identity.pid, SIGKILL)
        while identity.isAlive { await Task.yield() }
        #expect(await detached.state() == .running(identity))
        #expect(!detached.hasEnded)
        unlink(place("go"))
        #expect(await detached.wait() == .vanished)
    }

    @Test func `one that finds no room to write down how it ended is told from one that was killed`() async throws {
        let full = try TemporaryDirectory()
        // Whatever is written there finds no room.
        try #require(symlink("/dev/full", full("exit.part")) == 0)
        let detached = try await DetachedProgram.start(Program("/bin/sh", ["-c", "exit 0"]), in: full.path)
        #expect(await detached.wait() == .vanished)
        #expect(detached.lacksRoom)
        let place = try TemporaryDirectory()
        let script = "echo >\(place("go")); exec sleep 60"
        let killed = try await DetachedProgram.start(Program("/bin/sh", ["-c", script]), in: place.path)
        _ = try await place.waitFor("go")
        let identity = try #require(killed.recordedIdentity)
        let children = identity.children
        kill(identity.pid, SIGKILL)
        for child in children { kill(child.pid, SIGKILL) }
        #expect(await killed.wait() == .vanished)
        #expect(!killed.lacksRoom)
    }

    @Test func `one that was killed under its shell runs until its session is empty: a wrapper's Terraform works on`()
        async throws
    {
        let place = try TemporaryDirectory()
        let work = "while [ -e \(place("go")) ]; do sleep 0.02; done"
        let script = "echo >\(place("go")); sh -c '\(work)' & kill -9 $$"
        let detached = try await DetachedProgram.start(Program("/bin/sh", ["-c", script]), in: place.path)
        _ = try await place.waitFor("exit")
        let identity = try #require(detached.recordedIdentity)
        while identity.isAlive { await Task.yield() }
        #expect(await detached.state() == .running(identity))
        #expect(!detached.hasEnded)
        unlink(place("go"))
        #expect(await detached.wait() == .ended(.signal(9)))
    }

    @Test func `a record of an earlier boot or another process of that number is not taken for a running one`()
        async throws
    {
        let place = try TemporaryDirectory()
        mkdir(place("claim"), 0o700)
        let current = try #require(ProcessIdentity.current)
        let stat = "\(current.pid) (sh) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 1 0 \(current.startTicks) 0"
        try place.write("another-boot\n\(stat)\n", to: "process")
        #expect(await DetachedProgram(attachingTo: place.path).state() == .vanished)
        let later = stat.replacing("\(current.startTicks)", with: "\(current.startTicks + 1)")
        try place.write("\(current.bootID)\n\(later)\n", to: "process")
        #expect(await DetachedProgram(attachingTo: place.path).state() == .vanished)
        try place.write("\(current.bootID)\n\(stat)\n", to: "process")
        #expect(await DetachedProgram(attachingTo: place.path).state() == .running(current))
    }

    @Test func `one that was never started cannot start after somebody looked`() async throws {
        let place = try TemporaryDirectory()
        #expect(await DetachedProgram(attachingTo: place.path).state() == .neverStarted)
        await #expect(throws: ProgramFailure.self) {
            try await DetachedProgram.start(Program("/bin/sh", ["-c", "echo >\(place("go"))"]), in: place.path)
        }
        #expect(place.read("go") == nil)
    }

    @Test func `identities are read back from their text`() throws {
        let current = try #require(ProcessIdentity.current)
        #expect(current.isAlive)
        #expect(ProcessIdentity(current.description) == current)
        #expect(ProcessIdentity("1:2") == nil)
        #expect(ProcessIdentity("x:2:b") == nil)
        #expect(ProcessIdentity("-1:2:b") == nil)
    }
}
