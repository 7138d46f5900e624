import Glibc
import Processes
import Testing

@Suite("Running a program to its end")
struct ProgramTests {
    @Test func `output, errors and exit code come back`() async throws {
        let result = try await Program("/bin/sh", ["-c", "cat; echo no >&2; exit 3"]).run(input: Array("yes".utf8))
        #expect(result.outputText == "yes")
        #expect(result.errorText == "no\n")
        #expect(result.exit == .code(3))
        #expect(!result.isCut)
    }

    @Test func `a death by signal is told from an exit code`() async throws {
        let result = try await Program("/bin/sh", ["-c", "kill -USR1 $$"]).run()
        #expect(result.exit == .signal(Int(SIGUSR1)))
    }

    @Test func `output beyond the limit is read and dropped, and the program still ends well`() async throws {
        let limits = ProgramLimits(output: 1000, errors: 10)
        let result = try await Program("/bin/sh", ["-c", "head -c 3000000 /dev/zero; head -c 10 /dev/zero >&2"]).run(
            within: limits)
        #expect(result.output.count == 1000)
        #expect(result.errors.count == 10)
        #expect(result.isCut)
        #expect(result.exit.isSuccess)
    }

    @Test func `the environment is passed on with its changes, and the directory is the one given`() async throws {
        let program = Program(
            "sh", ["-c", #"echo "$HOME|$PLUMB_A|${PATH:+path}"; pwd"#], environment: ["PLUMB_A": "a", "HOME": nil],
            directory: "/usr")
        #expect(try await program.run().outputText == "|a|path\n/usr\n")
    }

    @Test func `in the foreground it shares the terminal's process group, and its exit is told`() async throws {
        let script = #"[ "$(cut -d ' ' -f 5 /proc/self/stat)" = "$1" ] && exit 4; exit 5"#
        let program = Program("/bin/sh", ["-c", script, "sh", String(getpgrp())])
        #expect(try await program.runInForeground() == .code(4))
        #expect(try await Program("/bin/sh", ["-c", "kill -USR1 $$"]).runInForeground() == .signal(Int(SIGUSR1)))
    }

    @Test func `it runs in a session of its own`() async throws {
        let result = try await Program("/bin/sh", ["-c", "read -r stat </proc/$$/stat; echo $stat"]).run()
        let fields = result.outputText.split(separator: " ")
        #expect(fields.count > 6)
        #expect(fields[0] == fields[5])
        #expect(fields[5] != "\(getsid(0))")
    }

    @Test func `a program that is not there is said by name, and arguments past the kernel's limit are refused`() async
    {
        await #expect(throws: ProgramFailure.notFound(executable: "/nowhere/at/all")) {
            try await Program("/nowhere/at/all").run()
        }
        await #expect(throws: ProgramFailure.notFound(executable: "no-such-program-here")) {
            try await Program("no-such-program-here").run()
        }
        await #expect(throws: ProgramFailure.tooLong(executable: "/bin/true")) {
            try await Program("/bin/true", [String(repeating: "x", count: 200_000)]).run()
        }
    }

    @Test func `the deadline interrupts gently: the program may finish what it does`() async throws {
        let place = try TemporaryDirectory()
        let script =
            "trap 'echo interrupted >\(place("log")); exit 0' INT; echo >\(place("go")); while :; do sleep 0.05; done"
        await #expect(throws: ProgramFailure.deadline(executable: "/bin/sh", .milliseconds(700))) {
            try await Program("/bin/sh", ["-c", script]).run(within: ProgramLimits(deadline: .milliseconds(700)))
        }
        #expect(place.read("log") == "interrupted\n")
    }

    @Test func `cancelling interrupts gently, and waits for the end`() async throws {
        let place = try TemporaryDirectory()
        let script =
            "trap 'echo interrupted >\(place("log")); exit 0' INT; echo >\(place("go")); while :; do sleep 0.05; done"
        let task = Task { try await Program("/bin/sh", ["-c", script]).run() }
        _ = try await place.waitFor("go")
        task.cancel()
        await #expect(throws: ProgramFailure.cancelled(executable: "/bin/sh")) { try await task.value }
        #expect(place.read("log") == "interrupted\n")
    }

    @Test func `files of a private program are nobody else's`() async throws {
        let place = try TemporaryDirectory()
        let result = try await Program("/bin/sh", ["-c", #"echo x >"$1""#, "sh", place("private")]).withPrivateFiles
            .run()
        #expect(result.exit.isSuccess)
        var status = stat()
        #expect(stat(place("private"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }
}
