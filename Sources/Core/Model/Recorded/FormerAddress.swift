/// An address that an update took from a VM while it ran. The guest goes on with it until it is started anew, and no
/// configuration shows that any more: what cloud-init writes is read at a start.
package struct FormerAddress: Hashable, Sendable, Codable {
    /// In CIDR notation.
    package var address: String
    /// When it was written down, after the update; nil: it will be, with the row that it is in.
    package var since: Timestamp?
    /// Where the guest ran when it was written down: the uptime of a VM begins anew when it is moved while it runs, and its
    /// run does not. Nil: not known, in rows of before.
    package var node: NodeName?

    package init(address: String, since: Timestamp? = nil, node: NodeName? = nil) {
        self.address = address
        self.since = since
        self.node = node
    }

    /// Whether the guest goes on with it. What cannot be said counts as yes.
    ///
    /// - Parameter readAt: when the listing was read.
    package func isHeld(by guest: ObservedGuest, readAt: Timestamp) -> Bool {
        hasMoved(guest) || guest.isSameRun(as: since, readAt: readAt)
    }

    /// The same as it is to be written down now that the guest was seen where it is: from here on its uptime says again
    /// whether it was started anew.
    package func followed(to guest: ObservedGuest) -> FormerAddress {
        hasMoved(guest) ? FormerAddress(address: address, node: guest.node) : self
    }

    private func hasMoved(_ guest: ObservedGuest) -> Bool {
        guard let node, guest.type == .vm, guest.status != .stopped else { return false }
        return guest.node != node
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
