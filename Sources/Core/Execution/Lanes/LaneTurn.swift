import Model

/// A turn in the lanes of one cluster: waits for room, and says how long that took.
///
/// Whoever has a turn waits for no other one, so that room always comes free.
struct LaneTurn: Sendable {
    let ports: ExecutionPorts
    /// Once it says yes, nobody waits any longer.
    let isOver: @Sendable () -> Bool

    /// How long what was read just before acting is believed.
    static var freshness: Duration { .seconds(5) }

    struct Taken: Sendable {
        var grant: LaneGrant
        var waited: Duration
    }

    /// - Returns: nil when the run was asked to stop.
    func take(_ demand: LaneDemand, for batch: BatchID?) async throws(StepFailure) -> Taken? {
        let began = ports.pace.elapsed()
        while !isOver() {
            if let grant = try await ports.lanes.take(demand, for: batch) {
                return Taken(grant: grant, waited: ports.pace.elapsed() - began)
            }
            await ports.lanes.roomMayBeFree()
        }
        return nil
    }

    /// Works on many guests, those of each node side by side as its lanes allow.
    ///
    /// - Parameter node: of a piece of work.
    /// - Returns: the results in the order of the works; `refused` where the lanes could not be read or the run was
    ///   asked to stop.
    func run<Work: Sendable, Result: Sendable>(
        _ works: [Work], in cluster: ClusterName, node: (Work) -> NodeName,
        refused: @escaping @Sendable (Work, StepFailure?) -> Result,
        _ body: @escaping @Sendable (Work) async -> Result
    ) async -> [Result] {
        let groups = Dictionary(grouping: works.indices) { node(works[$0]) }
        return await withTaskGroup(of: [(Int, Result)].self) { group in
            for (node, indices) in groups {
                group.addTask {
                    let mine = indices.map { works[$0] }
                    let results = await run(mine, in: cluster, on: node, refused: refused, body)
                    return Array(zip(indices, results))
                }
            }
            var all: [Int: Result] = [:]
            for await results in group { for (index, result) in results { all[index] = result } }
            return works.indices.compactMap { all[$0] }
        }
    }

    private func run<Work: Sendable, Result: Sendable>(
        _ works: [Work], in cluster: ClusterName, on node: NodeName,
        refused: @Sendable (Work, StepFailure?) -> Result, _ body: @escaping @Sendable (Work) async -> Result
    ) async -> [Result] {
        let demand = LaneDemand(cluster, works: works.map { _ in [.cluster, .node(node)] })
        do throws(StepFailure) {
            guard let taken = try await take(demand, for: nil) else { return works.map { refused($0, nil) } }
            let results = await sideBySide(works, atMost: taken.grant.width, body)
            await ports.lanes.giveBack(taken.grant)
            return results
        } catch {
            return works.map { refused($0, error) }
        }
    }
}

extension LaneTurn {
    /// The lanes of the nodes of a batch's guests; the batch stops where they cannot be had.
    func lanes(
        of items: [BatchItem], in cluster: ClusterName, for batch: BatchID
    ) async throws(BatchStop) -> Taken {
        let taken: Taken?
        do throws(StepFailure) {
            taken = try await take(LaneDemand(cluster, works: items.map(\.step.lanes)), for: batch)
        } catch {
            throw BatchStop(.failed(error))
        }
        guard let taken else { throw BatchStop(.skipped(Sentence("execution.cancelled"))) }
        return taken
    }
}
