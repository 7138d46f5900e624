/// What Terraform kept of a stack's state when it last changed it: the state as it was before that.
package struct StateBackup: Hashable, Sendable {
    /// Absolute.
    package var path: String
    package var stamp: StateStamp
    /// Ascending.
    package var servers: [ServerName]

    package init(path: String, stamp: StateStamp, servers: [ServerName]) {
        self.path = path
        self.stamp = stamp
        self.servers = servers
    }
}
