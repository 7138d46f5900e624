import Execution
import Model

/// Lanes of one process, in memory.
actor MemoryLanes: LaneKeeper {
    private let limits: Cluster.Limits
    private var held: [String: [String: Int]] = [:]
    private var batches: [String: BatchID] = [:]
    private var counter = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// The most that was ever held in each lane.
    private(set) var most: [String: Int] = [:]

    init(_ limits: Cluster.Limits) { self.limits = limits }

    var isEmpty: Bool { held.isEmpty }

    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> LaneGrant? {
        let used = held.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        let width = demand.width(limits, beside: used, atMost: 10)
        guard width > 0 else { return nil }
        counter += 1
        held[String(counter)] = demand.slots(atWidth: width)
        batches[String(counter)] = batch
        for (lane, slots) in demand.slots(atWidth: width) {
            most[lane] = max(most[lane, default: 0], used[lane, default: 0] + slots)
        }
        return LaneGrant(id: String(counter), width: width)
    }

    func giveBack(_ grant: LaneGrant) async {
        held[grant.id] = nil
        for one in waiting { one.resume() }
        waiting = []
    }

    func giveBack(of batch: BatchID) async {
        for id in batches.filter({ $0.value == batch }).keys { await giveBack(LaneGrant(id: id, width: 1)) }
    }

    /// Every wait here follows a refusal, so that somebody holds room and will give it back.
    func roomMayBeFree() async {
        if held.isEmpty { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}
