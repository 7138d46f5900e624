/// A start that Plumb owes to a guest which it asks to shut down for a restart, a rebuild or a removal.
///
/// It is written down before the guest is asked, because one that is slow may go down when nobody looks any more, and whoever
/// asked may be dead by then. It is settled once the guest runs anew, or should not run; until then whoever finds the
/// guest down starts it.
package struct OwedStart: Hashable, Sendable, Codable {
    /// A run that began after it is another one than the guest was asked to end. On the clock of who reads uptimes, so
    /// that no other clock plays a part. Nil: the moment at which it is written down.
    package var since: Timestamp?
    /// Where the guest ran: the uptime of a VM begins anew when it is moved while it runs, and its run does not.
    package var node: NodeName
    /// What a row says so that the debt is taken out of the registry; in what was read from there it never stands.
    package var isSettled = false

    package init(since: Timestamp?, node: NodeName) {
        self.since = since
        self.node = node
    }

    /// Whether the shutdown is so recent that what went down went down by it, whatever policies say since. Who went down
    /// later was perhaps shut down by somebody, for work that a pause announces: that start is one like any other.
    package func isRecent(at now: Timestamp) -> Bool { since.map { now < $0 + .seconds(3 * 86_400) } ?? true }

    /// Whether the guest is known to run anew since then.
    ///
    /// - Parameter readAt: when the guest's uptime was read.
    package func isSettled(by guest: ObservedGuest, readAt: Timestamp) -> Bool {
        guard guest.status == .running, !hasMoved(guest) else { return false }
        return !guest.isSameRun(as: since, readAt: readAt)
    }

    /// Whether the guest's uptime says nothing, because it was moved while it ran. A container is moved by a restart.
    package func hasMoved(_ guest: ObservedGuest) -> Bool {
        guest.type == .vm && guest.status != .stopped && guest.node != node
    }
}
