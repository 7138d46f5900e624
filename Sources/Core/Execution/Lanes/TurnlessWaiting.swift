import Model

/// Opens stacks for work that holds a turn: another batch may hold the stack's lock and need a turn itself before it
/// lets go of it, so that whoever waits for a lock has no turn.
struct TurnlessOpening: Provisioner {
    let base: any Provisioner
    let turn: HeldTurn
    let teller: WaitTeller

    func open(_ stack: StackID) async throws(StepFailure) -> any StackSession {
        await teller.opens(stack, of: base)
        var opened: Result<any StackSession, StepFailure>?
        await turn.aside {
            do throws(StepFailure) {
                opened = .success(try await base.open(stack))
            } catch {
                opened = .failure(error)
            }
        }
        guard let opened else { throw StepFailure(Sentence("execution.cancelled")) }
        return try opened.get()
    }
}

/// Lanes for work that holds a turn: whoever waits for room gives the turn to others meanwhile, so that a cluster whose
/// lanes are full keeps no other cluster's stacks waiting.
struct TurnlessWaiting: LaneKeeper {
    let base: any LaneKeeper
    let turn: HeldTurn
    let teller: WaitTeller

    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        let grant = try await base.take(demand, for: batch)
        if grant == nil { await teller.laneIsFull(demand.cluster, in: base) }
        return grant
    }

    func otherHolders(in cluster: ClusterName) async -> Set<Int32> { await base.otherHolders(in: cluster) }

    func giveBack(_ grant: LaneGrant) async { await base.giveBack(grant) }
    func giveBack(of batch: BatchID) async { await base.giveBack(of: batch) }
    func roomMayBeFree() async { await turn.aside { await base.roomMayBeFree() } }
}
