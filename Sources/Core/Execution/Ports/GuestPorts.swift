import Model

/// Reads a cluster. It never throws: what could not be read is `unknown` inside the answer.
package protocol GuestInventory: Sendable {
    /// The cluster's listing, with the own configuration of the guests in `details`.
    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory
    /// The same inventory with the own configuration of these guests read as well; the listing is not read again.
    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory
    /// The same inventory with the tasks that ended since that moment, which say who changed what.
    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory
}

/// Starts and stops guests, waiting until Proxmox's task has ended.
package protocol GuestPower: Sendable {
    func start(_ guest: GuestReference) async throws(StepFailure)
    /// A clean shutdown with the guest's help; fails when the guest still runs after `limit`, and never cuts power.
    func shutDown(_ guest: GuestReference, within limit: Duration) async throws(ShutdownFailure)
    /// Whether the guest runs, asked of its own node: a cluster's listing may be some seconds old.
    func reading(of guest: GuestReference) async throws(StepFailure) -> PowerReading
}

/// Why a guest is not known to have shut down.
package struct ShutdownFailure: Error, Hashable, Sendable {
    package var failure: StepFailure
    /// Whether the guest may have been asked, so that it may go down yet. Not where Proxmox refused the question.
    package var wasAsked: Bool

    package init(_ failure: StepFailure, wasAsked: Bool) {
        self.failure = failure
        self.wasAsked = wasAsked
    }
}

/// A guest's power at one moment.
package struct PowerReading: Hashable, Sendable {
    package var status: ObservedGuest.Status
    /// Just before it was asked for.
    package var askedAt: Timestamp
    /// Since when it runs, to the second and never too early; nil: it does not run.
    package var runningSince: Timestamp?

    package init(status: ObservedGuest.Status, askedAt: Timestamp, runningSince: Timestamp?) {
        self.status = status
        self.askedAt = askedAt
        self.runningSince = runningSince
    }
}

/// Backs guests up.
package protocol GuestBackup: Sendable {
    /// Makes a backup that outlives the guest, and waits until it is whole. Others' backups are left alone.
    ///
    /// - Parameters:
    ///   - storage: one that takes backups.
    ///   - note: what the backup is kept for.
    /// - Returns: the volume that holds it.
    func backUp(
        _ guest: GuestReference, to storage: String, note: String, within limit: Duration
    ) async throws(StepFailure) -> String
}
