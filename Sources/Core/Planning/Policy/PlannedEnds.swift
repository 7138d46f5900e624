import Model

/// The guests that a plan which is carried out ends, for the budget of a day. They count from the beginning to the end of
/// its run, whatever became of them so far, so that what the run itself has ended is not counted twice.
package struct PlannedEnds: Sendable {
    let run: RunID
    let counts: [ClusterName: Int]
    /// Of how many servers percentages are taken, as when the plan was made: what its own steps end or forget narrows none.
    let known: [ClusterName: Int]

    /// - Parameter input: what the plan was made from.
    package init(of plan: Plan, by run: RunID, _ input: PlanningInput) {
        var counts: [ClusterName: Int] = [:]
        for step in plan.steps where step.disposition == .ready && step.action.verb.endsGuest {
            if case .server(_, let stack) = step.subject { counts[stack.cluster, default: 0] += 1 }
        }
        var known: [ClusterName: Int] = [:]
        if !counts.isEmpty {
            let planner = FleetPlanner(input)
            for cluster in counts.keys { known[cluster] = planner.serversWhenDayBegan(in: cluster) }
        }
        self.run = run
        self.counts = counts
        self.known = known
    }
}
