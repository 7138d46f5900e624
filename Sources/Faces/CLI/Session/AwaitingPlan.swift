import Model

/// A plan that is kept, still stands, and has steps that wait for a person's yes.
package struct AwaitingPlan: Sendable, Hashable {
    package var id: PlanID
    package var at: Timestamp
    /// Who planned it.
    package var by: String
    /// How many of its steps wait.
    package var steps: Int

    package init(id: PlanID, at: Timestamp, by: String, steps: Int) {
        self.id = id
        self.at = at
        self.by = by
        self.steps = steps
    }
}
