import Foundation
import Synchronization
import Testing

/// The limit of a play: what it counts, and what becomes of a play that reaches it.
@Suite struct StageLimitTests {
    /// A limit that is reached when somebody says so.
    private struct Signal {
        private let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream() }

        func give() { continuation.yield() }
        func arrives() async throws {
            for await _ in stream { return }
            throw CancellationError()
        }
    }

    /// Waits for something of which nobody tells; bounded.
    private func eventually(_ isSo: () async throws -> Bool) async throws {
        for _ in 0..<1000 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it never came")
    }

    @Test("a play that reaches its limit fails by its name, and no program of it lives on, in whatever session")
    func overdue() async throws {
        let reached = Signal()
        let turns = Turns(atMost: 1)
        let place = Mutex("")
        let failure = await #expect(throws: StageFailure.self) {
            try await Stage.perform("hanging", within: StageLimit("a while", passes: reached.arrives), turns: turns) {
                stage in
                place.withLock { $0 = stage.root }
                let program = try stage.start(["-c", "setsid sleep 600 & sleep 600; true"], program: "/bin/sh")
                // The shell and both sleepers.
                try await eventually { stage.programs.count == 3 }
                reached.give()
                try await program.end()
            }
        }
        #expect(failure?.description == "hanging is not at its end after a while")
        let root = place.withLock { $0 }
        #expect(!root.isEmpty && !FileManager.default.fileExists(atPath: root))
        #expect(Stage.programs(below: root).isEmpty)
        // The turn is free again, or this would wait for ever.
        await turns.take()
    }

    @Test("nothing starts on a stage whose time is over")
    func closed() async throws {
        let reached = Signal()
        let started = Mutex(false)
        await #expect(throws: StageFailure.self) {
            try await Stage.perform("late", within: StageLimit("a while", passes: reached.arrives)) { stage in
                reached.give()
                for _ in 0..<1000 {
                    if Task.isCancelled { break }
                    try? await Task.sleep(for: .milliseconds(10))
                }
                _ = try stage.start(["600"], program: "/bin/sleep")
                started.withLock { $0 = true }
            }
        }
        #expect(!started.withLock { $0 })
    }

    @Test("waiting for a turn is no part of it")
    func waiting() async throws {
        let turns = Turns(atMost: 1)
        await turns.take()
        let (begins, hasBegun) = AsyncStream<Void>.makeStream()
        let isOn = Mutex(false)
        let limit = StageLimit("a while") {
            isOn.withLock { $0 = true }
            hasBegun.yield()
            try await Task.sleep(for: .seconds(600))
        }
        async let played = Stage.perform("waiting", within: limit, turns: turns) { _ in
            for await _ in begins { return true }
            return false
        }
        try await eventually { await turns.queue == 1 }
        #expect(!isOn.withLock { $0 })
        await turns.handOn()
        #expect(try await played)
    }

    @Test("a play's own failure is passed on as it is")
    func ownFailure() async {
        await #expect(throws: CancellationError.self) {
            try await Stage.perform("failing") { (_: Stage) -> Void in throw CancellationError() }
        }
    }
}
