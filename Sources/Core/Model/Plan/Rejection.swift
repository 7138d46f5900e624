/// Somebody's no to a plan.
package struct Rejection: Hashable, Sendable {
    package var by: String
    package var at: Timestamp

    package init(by: String, at: Timestamp) {
        self.by = by
        self.at = at
    }

    /// Whether it is that person's own no, which only they take back. People are compared by their names without case.
    package func isOf(_ person: String) -> Bool { PersonName.compared(by) == PersonName.compared(person) }
}
