/// Lets a bounded number of pieces of work run at a time, first come, first served.
actor TurnKeeper {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter limit: how many may run at a time; at least one.
    init(atMost limit: Int) { free = max(1, limit) }

    /// Waits for a turn, works, and hands the turn on.
    nonisolated func inTurn<Result: Sendable>(_ body: (HeldTurn) async -> Result) async -> Result {
        await take()
        let turn = HeldTurn(of: self)
        let result = await body(turn)
        await turn.end()
        return result
    }

    fileprivate func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    fileprivate func handOn() {
        guard !waiting.isEmpty else {
            free += 1
            return
        }
        waiting.removeFirst().resume()
    }
}

/// The turn of one piece of work, which others have while it waits for something else than they do.
actor HeldTurn {
    private let turns: TurnKeeper
    private var isHeld = true
    private var isTaking = false
    /// How many parts of the work wait.
    private var asides = 0

    fileprivate init(of turns: TurnKeeper) { self.turns = turns }

    /// Waits without the turn, and takes another one afterwards. Of work in several parts the first that waits gives the
    /// turn away for all of them; the last one to come back takes it again.
    nonisolated func aside(_ wait: () async -> Void) async {
        await giveAway()
        await wait()
        await takeAgain()
    }

    private func giveAway() async {
        asides += 1
        guard isHeld else { return }
        isHeld = false
        await turns.handOn()
    }

    private func takeAgain() async {
        asides -= 1
        guard asides == 0, !isHeld, !isTaking else { return }
        isTaking = true
        await turns.take()
        isTaking = false
        isHeld = asides == 0
        if !isHeld { await turns.handOn() }
    }

    fileprivate func end() async {
        guard isHeld else { return }
        isHeld = false
        await turns.handOn()
    }
}
