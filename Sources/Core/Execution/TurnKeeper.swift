/// Lets a bounded number of pieces of work run at a time, first come, first served.
actor TurnKeeper {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter limit: how many may run at a time; at least one.
    init(atMost limit: Int) { free = max(1, limit) }

    /// Waits for a turn, works, and hands the turn on.
    nonisolated func inTurn<Result: Sendable>(_ body: () async -> Result) async -> Result {
        await take()
        let result = await body()
        await handOn()
        return result
    }

    private func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func handOn() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().resume()
    }
}
