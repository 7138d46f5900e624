import Foundation
import Synchronization

extension Stage {
    /// Plays on a stage of its own, which is cleared afterwards.
    ///
    /// A few are played at a time: each is a cluster, a Plumb and a Terraform, and where all start at once none comes
    /// forward within the time that programs are given. So the time limit is the play's own, and begins with its turn; a
    /// trait of the test would count the waiting too.
    ///
    /// - Throws: what the play throws; ``StageFailure`` with the stage's name where its time ran out, and then every
    ///   program that works on the stage is dead.
    static func perform<Result: Sendable>(
        _ name: String, within limit: StageLimit = .usual, turns: Turns = .shared,
        _ play: @escaping @Sendable (Stage) async throws -> Result
    ) async throws -> Result {
        await turns.take()
        do {
            let stage = try Stage(name: name)
            do {
                let result = try await stage.perform(name, within: limit, play)
                await stage.clear()
                await turns.handOn()
                return result
            } catch {
                await stage.clear()
                throw error
            }
        } catch {
            await turns.handOn()
            throw error
        }
    }

    private func perform<Result: Sendable>(
        _ name: String, within limit: StageLimit, _ play: @escaping @Sendable (Stage) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await play(self) }
            group.addTask {
                try await limit.passes()
                return nil
            }
            if let result = try await group.next() ?? nil {
                group.cancelAll()
                return result
            }
            group.cancelAll()
            await killPrograms()
            // What it says as it breaks off is no news.
            while await group.nextResult() != nil {}
            throw StageFailure("\(name) is not at its end after \(limit.text)")
        }
    }
}

/// How long a play may take once it has its turn.
struct StageLimit: Sendable {
    let text: String
    /// Returns when it is over.
    let passes: @Sendable () async throws -> Void

    /// Many times what any single play takes on a machine with nothing else to do.
    static let usual = StageLimit(.seconds(180))

    init(_ span: Duration) {
        self.init("\(span.components.seconds) s") { try await Task.sleep(for: span) }
    }

    init(_ text: String, passes: @escaping @Sendable () async throws -> Void) {
        self.text = text
        self.passes = passes
    }
}

/// Lets a bounded number of tests work at a time, first come, first served.
actor Turns {
    static let shared = Turns(atMost: 2 * ProcessInfo.processInfo.activeProcessorCount)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(atMost limit: Int) { free = limit }

    /// How many wait for a turn.
    var queue: Int { waiting.count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func handOn() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
