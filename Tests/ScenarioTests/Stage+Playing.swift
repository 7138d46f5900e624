import Foundation

extension Stage {
    /// Plays on a stage of its own, which is cleared afterwards.
    ///
    /// A few are played at a time: each is a cluster, a Plumb and a Terraform, and where all start at once none comes
    /// forward within the time that programs are given. The time limit of a test counts its waiting for a turn too.
    static func perform<Result: Sendable>(
        _ name: String, _ play: @Sendable (Stage) async throws -> Result
    ) async throws -> Result {
        await turns.take()
        do {
            let stage = try Stage(name: name)
            do {
                let result = try await play(stage)
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

    private static let turns = Turns(atMost: 2 * ProcessInfo.processInfo.activeProcessorCount)
}

/// Lets a bounded number of tests work at a time, first come, first served.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(atMost limit: Int) { free = limit }

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
