import Model

/// Lanes for work that holds a turn: whoever waits for room gives the turn to others meanwhile, so that a cluster whose
/// lanes are full keeps no other cluster's stacks waiting.
struct TurnlessWaiting: LaneKeeper {
    let base: any LaneKeeper
    let turn: HeldTurn

    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        try await base.take(demand, for: batch)
    }

    func giveBack(_ grant: LaneGrant) async { await base.giveBack(grant) }
    func giveBack(of batch: BatchID) async { await base.giveBack(of: batch) }
    func roomMayBeFree() async { await turn.aside { await base.roomMayBeFree() } }
}
