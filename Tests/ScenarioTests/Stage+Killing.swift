import Foundation
import Glibc

/// Programs that are killed at a point that shows from outside: a line of an event file, a guest of the cluster.
extension Stage {
    /// Starts `plumb`, and kills it with SIGKILL as soon as `moment` says so; answers that were held come afterwards.
    ///
    /// - Parameter alsoTerraform: what it left running in that stack is killed right after it.
    func runAndKill(
        plumb arguments: [String], alsoTerraformOf stack: String? = nil, when moment: () async throws -> Bool
    ) async throws {
        let program = try start(arguments)
        var hasCome = false
        for _ in 0..<3000 where program.isRunning {
            hasCome = try await moment()
            if hasCome { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        program.kill(SIGKILL)
        try await program.end()
        guard hasCome else { throw StageFailure("plumb \(arguments.joined(separator: " ")) ended before its moment") }
        if let stack {
            for leader in sessionLeaders(of: stack) { Glibc.kill(-leader, SIGKILL) }
        }
        try await freeAnswers()
    }

    /// Whether the events of a stack's applies have such a line.
    func events(of stack: String, have text: String) -> Bool {
        applies(of: stack).contains {
            ((try? String(contentsOfFile: $0 + "/stdout", encoding: .utf8)) ?? "").contains(text)
        }
    }

    private func applies(of stack: String) -> [String] {
        let events = "\(state)/stacks/\(stack)/events"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: events)) ?? []
        return names.filter { $0.hasPrefix("apply") }.map { events + "/" + $0 }
    }

    /// The shells that stand above the stack's applies; each leads a session of its own.
    private func sessionLeaders(of stack: String) -> [Int32] {
        applies(of: stack).compactMap { directory in
            let text = (try? String(contentsOfFile: directory + "/process", encoding: .utf8)) ?? ""
            let lines = text.split(separator: "\n")
            return lines.count > 1 ? lines[1].split(separator: " ").first.flatMap { Int32($0) } : nil
        }
    }
}
