import Foundation
import Glibc
import Testing

/// What only a process of its own shows: its signals, and what it writes before and after a verb has a console.
@Suite struct ProcessTests {
    /// The exit code of a shell's last command, as the shell gives it: 128 and the signal's number for one that was killed.
    private func shell(_ script: String, _ arguments: [String]) async throws -> (code: Int32, output: String) {
        try await Stage.perform("process") { stage in
            // Whatever this process does with a broken pipe, a program is not to inherit it.
            let program = try stage.start(
                ["--default-signal=PIPE", "/bin/bash", "-c", script, Stage.binary] + arguments, program: "/usr/bin/env")
            return (try await program.end(), program.output + program.errors)
        }
    }

    @Test(
        "a reader that went away ends no command, neither what a verb prints nor what the parser says",
        arguments: [["schema", "Server"], ["--help"], ["help", "plan"], ["--version"], ["completions", "bash"]])
    func brokenPipe(arguments: [String]) async throws {
        // The reader has ended before the first byte.
        let script = #"exec 3> >(exec true); wait $!; "$0" "$@" >&3; exit $?"#
        #expect(try await shell(script, arguments).code == 0)
    }

    @Test("the shell of these tests does let a broken pipe end a program")
    func control() async throws {
        let script = #"exec 3> >(exec true); wait $!; /usr/bin/printf x >&3; exit $?"#
        #expect(try await shell(script, []).code == 128 + SIGPIPE)
    }

    @Test(
        "nothing that is typed reaches the terminal as more than text",
        arguments: [
            (["plan", "--lang", "\u{1B}[31mx"], 64), (["\u{1B}[2Jx"], 64), (["plan", "--\u{1B}]0;x\u{7}"], 64),
            (["plan", "--target", "\u{1B}[31mx"], 1), (["help", "\u{9B}31mx"], 0),
        ] as [([String], Int32)])
    func typed(arguments: [String], code: Int32) async throws {
        let end = try await shell(#""$0" "$@""#, arguments)
        #expect(end.code == code, "\(end.output)")
        #expect(
            !end.output.isEmpty
                && !end.output.unicodeScalars.contains { "\u{1B}\u{7}\u{9B}".unicodeScalars.contains($0) })
    }
}
