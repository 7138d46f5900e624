import Model

/// The plans that a registry keeps, and which of them each run carries out.
struct StoredPlans: Sendable {
    var byID: [PlanID: Plan] = [:]
    var ofRuns: [RunID: PlanID] = [:]

    func plan(of run: RunID) -> (id: PlanID, plan: Plan)? {
        guard let id = ofRuns[run], let plan = byID[id] else { return nil }
        return (id: id, plan: plan)
    }
}
