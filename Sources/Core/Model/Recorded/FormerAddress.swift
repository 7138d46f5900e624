/// An address that an update took from a VM while it ran. The guest goes on with it until it is started anew, and no
/// configuration shows that any more: what cloud-init writes is read at a start.
package struct FormerAddress: Hashable, Sendable, Codable {
    /// In CIDR notation.
    package var address: String
    /// When it was written down, after the update; nil: it will be, with the row that it is in.
    package var since: Timestamp?

    package init(address: String, since: Timestamp? = nil) {
        self.address = address
        self.since = since
    }
}

extension ObservedGuest {
    /// Whether the guest goes on with what it was started with before `moment`. What cannot be said counts as yes.
    ///
    /// - Parameters:
    ///   - moment: nil counts as the moment of the reading.
    ///   - readAt: when the listing was read; ``uptime`` counts from there, in whole seconds.
    package func isSameRun(as moment: Timestamp?, readAt: Timestamp) -> Bool {
        guard status != .stopped else { return false }
        guard uptime > 0, let moment else { return true }
        // An uptime leaves up to a second out.
        return readAt.milliseconds - Int64(uptime + 1) * 1000 <= moment.milliseconds
    }
}
