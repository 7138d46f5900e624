import Model
import Testing

/// How many guests end together, counted from what ended and not from what a plan says of it.
extension RandomRun {
    /// One plan ends no more of a cluster than a budget of a number lets, whoever agreed, and each cluster has its own.
    ///
    /// - Parameter ended: where the guests were that ended while one plan was carried out.
    func checkBudget(_ ended: [VMID]) {
        guard case .count(let limit)? = fleet.desired.policies[0].destroyBudget else { return }
        let counts = fleet.desired.clusters.map { cluster in ended.count { $0.isPlace(in: cluster.name) } }
        for (cluster, count) in zip(fleet.desired.clusters, counts) where count > limit {
            tally.count("unintended destroy", times: count - limit)
            Issue.record("seed \(seed): \(count) ended in \(cluster.name) in one plan, and \(limit) are allowed")
        }
        if counts.count > 1, counts.allSatisfy({ $0 == limit }) { tally.count("budgets of two clusters spent") }
    }
}
