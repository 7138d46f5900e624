/// A step that failed the last time it was tried, and when the daemon tries it again.
package struct Setback: Hashable, Sendable, Codable {
    /// What it rested on. Where something of it has moved it is another try, which waits for nothing.
    package var facts: [Fact]
    /// How often it failed in a row; at least one.
    package var failures: Int
    package var at: Timestamp
    package var until: Timestamp

    package init(facts: [Fact], failures: Int, at: Timestamp, until: Timestamp) {
        self.facts = facts
        self.failures = failures
        self.at = at
        self.until = until
    }
}
