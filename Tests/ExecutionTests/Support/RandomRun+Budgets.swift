import Model
import Testing

/// How many guests end together, counted from what ended and not from what a plan says of it.
extension RandomRun {
    /// One plan, and a world, which is shorter than a day, end no more of a cluster than a budget of a number lets, whoever
    /// agreed. Each cluster has its own.
    ///
    /// - Parameters:
    ///   - ended: where the guests were that ended while one plan was carried out.
    ///   - all: the same of the whole world so far.
    func checkBudgets(_ ended: [VMID], of all: [VMID]) {
        let policy = fleet.desired.policies[0]
        check(policy.dailyDestroyBudget, against: all, "in a day")
        let counts = check(policy.destroyBudget, against: ended, "in one plan")
        if counts.count > 1, counts.allSatisfy({ $0 > 0 }) { tally.count("budgets of two clusters spent") }
    }

    /// - Returns: how many of each cluster ended; none where the budget is no number.
    @discardableResult
    private func check(_ budget: Policy.Budget?, against ended: [VMID], _ span: String) -> [Int] {
        guard case .count(let limit)? = budget else { return [] }
        let counts = fleet.desired.clusters.map { cluster in ended.count { $0.isPlace(in: cluster.name) } }
        for (cluster, count) in zip(fleet.desired.clusters, counts) where count > limit {
            tally.count("unintended destroy", times: count - limit)
            Issue.record("seed \(seed): \(count) ended in \(cluster.name) \(span), and \(limit) are allowed")
        }
        return counts
    }
}
