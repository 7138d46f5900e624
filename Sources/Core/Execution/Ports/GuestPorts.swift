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
    func shutDown(_ guest: GuestReference, within limit: Duration) async throws(StepFailure)
}
