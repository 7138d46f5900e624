import Foundation
import Glibc
import JSONArena
import Synchronization

/// The daemon that a script started. What it says comes into the transcript piece by piece, at the lines that wait for it.
final class StageDaemon: Sendable {
    private struct Told {
        /// Lines that were looked at.
        var lines = 0
        /// Lines of passes among them.
        var passes = 0
        /// What the last pass that was shown came to.
        var lastPass = ""
    }

    private let program: StageProgram
    private let told = Mutex(Told())

    init(on stage: Stage, _ arguments: [String]) throws {
        // Both of its streams in one file, in the order in which they come.
        program = try stage.start(
            ["daemon"] + arguments, output: stage.root + "/daemon-\(UInt32.random(in: 0 ... .max))")
    }

    /// What it has said since the last time, up to a line with that text; the play's own limit bounds the waiting.
    func news(until text: String) async throws -> String {
        try await news { lines in lines.firstIndex { $0.contains(text) }.map { $0 + 1 } }
    }

    /// What it says until so many more passes have ended.
    func news(ofPasses count: Int) async throws -> String {
        try await news { lines in
            let passes = lines.indices.filter { Self.pass(lines[$0]) != nil }
            return passes.count < count ? nil : passes[count - 1] + 1
        }
    }

    /// The first SIGTERM, and what it still says.
    ///
    /// - Parameter then: what happens after the signal.
    func stop(_ then: () async throws -> Void = {}) async throws -> String {
        program.kill(SIGTERM)
        try await then()
        let code = try await program.end()
        return take(unread.count) + "exit \(code)"
    }

    private func news(_ end: ([Substring]) -> Int?) async throws -> String {
        while true {
            let isRunning = program.isRunning
            if let count = end(unread) { return take(count) }
            guard isRunning else { throw StageFailure("the daemon ended: \(program.output)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Whole lines only.
    private var unread: [Substring] {
        let lines = program.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return Array(lines.dropFirst(told.withLock { $0.lines }))
    }

    /// How often it looks is a question of time: a regular pass that came to the same as the one before is left out.
    private func take(_ count: Int) -> String {
        let lines = unread.prefix(count)
        return told.withLock { told in
            var shown = ""
            for line in lines {
                let pass = Self.pass(line)
                if let pass, pass.isRegular, pass.result == told.lastPass { continue }
                if let pass { told.lastPass = pass.result }
                shown += line + "\n"
            }
            told.lines += count
            return shown
        }
    }

    /// `2026-11-28 11:40:01  resync  …`: nil for any other line.
    private static func pass(_ line: Substring) -> (isRegular: Bool, result: String)? {
        guard let head = line.prefixMatch(of: /\d{4}-\d\d-\d\d[T ]\S+ {2}(\w+) {2}/) else { return nil }
        return (head.1 == "resync", String(line[head.range.upperBound...]))
    }
}

extension Stage {
    /// `daemon start …`, `daemon until TEXT`, `daemon passes N`, `daemon held`: until the cluster keeps back an answer
    /// that a rule delays; `daemon stop`, and `daemon stop amid STACK`: as soon as Terraform's apply has begun to work on
    /// something there; what was held by then is let go of.
    func run(daemon words: [String], _ daemon: inout StageDaemon?) async throws -> String {
        if words.first == "start" {
            daemon = try StageDaemon(on: self, Array(words.dropFirst()))
            return ""
        }
        guard let running = daemon, words.count > (["stop", "held"].contains(words.first) ? 0 : 1) else {
            throw StageFailure("daemon \(words.joined(separator: " ")): no daemon, or nothing of it is asked")
        }
        switch words[0] {
        case "until": return try await running.news(until: words[1])
        case "passes": return try await running.news(ofPasses: Int(words[1]) ?? 1)
        case "held":
            try await awaitHeldAnswer()
            return ""
        case "stop":
            daemon = nil
            guard words.count == 3, words[1] == "amid" else { return try await running.stop() }
            try await awaitApply(of: words[2])
            return try await running.stop { try await freeAnswers() }
        case let word: throw StageFailure("a daemon cannot \(word)")
        }
    }

    private func awaitHeldAnswer() async throws {
        while true {
            let rules = try await answer(to: "/simulation/faults", as: "root")
            if rules?.elements.contains(where: { ($0["hit"]?.int ?? 0) > 0 }) ?? false { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func awaitApply(of stack: String) async throws {
        while !events(of: stack, have: #""type":"apply_start""#) { try await Task.sleep(for: .milliseconds(10)) }
    }
}
