/// What one look found out of plumb of one server.
package struct SeenDrift: Hashable, Sendable {
    package var server: ServerName
    /// What differed of the guest's settings, each with what the guest had, so that the next look knows it again.
    package var differences: [String]
    /// When the look had ended, by Plumb's clock and by those of the nodes: a task that began later has no part in it.
    package var by: Timestamp

    package init(server: ServerName, differences: [String], by moment: Timestamp) {
        self.server = server
        self.differences = differences
        self.by = moment
    }
}
