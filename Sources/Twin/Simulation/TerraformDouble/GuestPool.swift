import Model

/// The guests of one cluster reduced to what a provider sees of them: the other side of ``TerraformDouble`` in the
/// thousands of random worlds, where a whole ``SimulatedCluster`` would be too slow.
package struct GuestPool: Sendable, Equatable {
    package var guests: [VMID: PooledGuest] = [:]

    /// Guests that were destroyed while they ran, in order: the provider cuts the power of a VM without an agent, and of
    /// a container that does not stop in time.
    package var powerCuts: [VMID] = []
    /// Containers that ran and were restarted by the provider for what it changed of them, in order.
    package var reboots: [VMID] = []

    package init() {}

    package struct PooledGuest: Sendable, Equatable {
        package var type: GuestType
        package var name: String
        package var node: NodeName
        /// As they are written.
        package var settings: GuestSettings
        /// What it runs with where that is something else; the next start takes what is written.
        package var runningSettings: GuestSettings?
        package var isRunning: Bool { didSet { if !isRunning { runningSettings = nil } } }
        package var isTemplate = false
        package var lock: String?
        /// Nil: not known, as of a container.
        package var machineID: String?
        /// Beside those of its ``settings``.
        package var macs: [String] = []
        /// As of ``GuestConfiguration``. Nil: not known, and an account is on record as it was given.
        package var hasCloudInitDrive: Bool?
        /// Places of its own volumes that no backup would have.
        package var leftOutOfBackups: [String] = []
        /// As of ``GuestConfiguration``.
        package var backedUpFromNextStart: [String] = []
        /// What would end with it, as far as somebody looks.
        package var volumes: [GuestVolume] = []

        package init(type: GuestType, name: String, node: NodeName, settings: GuestSettings, isRunning: Bool) {
            self.type = type
            self.name = name
            self.node = node
            self.settings = settings
            self.isRunning = isRunning
        }
    }

    /// What Proxmox would list.
    ///
    /// - Parameters:
    ///   - details: the guests whose own configuration is read as well.
    ///   - offline: nodes that do not answer; their guests are listed with an unknown status.
    package func inventory(
        of cluster: ClusterName, nodes: [NodeName], offline: Set<NodeName>, details: Set<VMID>, at moment: Timestamp
    ) -> ClusterInventory {
        var inventory = ClusterInventory(cluster: cluster, readAt: moment)
        inventory.nodes = nodes.map { ObservedNode(name: $0, isOnline: !offline.contains($0)) }
        inventory.isQuorate = offline.count * 2 < nodes.count
        inventory.guests = guests.sorted { $0.key < $1.key }.map { vmid, guest in
            let isReachable = !offline.contains(guest.node)
            let status: ObservedGuest.Status = isReachable ? (guest.isRunning ? .running : .stopped) : .unknown
            var observed = ObservedGuest(
                vmid: vmid, type: guest.type, name: guest.name, node: guest.node, status: status)
            observed.isTemplate = guest.isTemplate
            observed.tags = guest.settings.tags
            observed.lock = guest.lock
            observed.pool = guest.settings.pool
            let settings = guest.runningSettings ?? guest.settings
            observed.totalCores = isReachable ? settings.cores * settings.sockets : nil
            observed.memory = isReachable ? settings.memory : nil
            return observed
        }
        for vmid in details { inventory.details[vmid] = detail(of: vmid, offline: offline, at: moment) }
        return inventory
    }

    private func detail(of vmid: VMID, offline: Set<NodeName>, at moment: Timestamp) -> Observation<GuestConfiguration>
    {
        guard let guest = guests[vmid] else { return .absent }
        if offline.contains(guest.node) { return .unknown(Sentence("plan.offlineNode", guest.node.text)) }
        var configuration = GuestConfiguration(
            readAt: moment, type: guest.type, name: guest.name, settings: guest.runningSettings ?? guest.settings,
            digest: "")
        if guest.runningSettings != nil { configuration.pending = guest.settings }
        configuration.lock = guest.lock
        configuration.machineID = guest.machineID
        configuration.macs = guest.macs
        configuration.hasCloudInitDrive = guest.hasCloudInitDrive
        configuration.leftOutOfBackups = guest.leftOutOfBackups
        configuration.backedUpFromNextStart = guest.backedUpFromNextStart
        configuration.volumes = guest.volumes
        return .present(configuration)
    }
}
