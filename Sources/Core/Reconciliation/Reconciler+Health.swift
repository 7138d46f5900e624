import Execution
import Model
import Planning

extension Reconciler {
    /// Clusters that are not looked at in this pass. Only the daemon leaves any out.
    ///
    /// - Parameter clusters: those that are declared. Of any other it is not known how often it is looked at, and the
    ///   longest pause of all holds; the next survey, which knows, looks at it in time.
    func resting(among clusters: [Cluster] = []) async throws(StepFailure) -> [ClusterName: ClusterHealth] {
        guard manner == .unattended else { return [:] }
        let now = clock()
        let intervals = Dictionary(clusters.map { ($0.name, $0.poll.interval) }) { first, _ in first }
        return try await ledger.health().filter { cluster, health in
            health.isResting(at: now, interval: intervals[cluster] ?? Cluster.Poll.intervals.upperBound)
        }
    }

    /// Writes down which looks failed, and which clusters answer again. What a person's looks find counts where they
    /// succeed: one who looks again and again must not make the daemon wait longer.
    func noteHealth(in survey: inout Survey) async throws(StepFailure) {
        for inventory in survey.observed.inventories where survey.resting[inventory.cluster] == nil {
            let cluster = inventory.cluster
            let earlier = survey.recorded.health[cluster]
            guard let reason = inventory.distrust, Self.troubles.contains(reason.code) else {
                // The record stays in the survey, so that its plan can say that the trouble is over.
                if earlier != nil { try await ledger.note(nil, of: cluster) }
                continue
            }
            guard manner == .unattended else { continue }
            let poll = survey.desired.clusters.first { $0.name == cluster }?.poll ?? Cluster.Poll()
            let health = ClusterHealth.failed(
                cluster, after: earlier, because: reason, at: survey.now, interval: poll.interval,
                seed: ports.pace.seed)
            try await ledger.note(health, of: cluster)
            survey.recorded.health[cluster] = health
        }
    }

    /// What a listing says that a cluster has trouble with: no answer, half of one, a refusal that is nobody's fault
    /// here, no quorum. Missing rights and an unknown certificate are no trouble of the cluster's.
    private static let troubles: Set<SentenceCode> = [
        "proxmox.unreachable", "proxmox.answerLost", "proxmox.unreadable", "proxmox.nodeUnreachable",
        "proxmox.noQuorum", "proxmox.deadline", "proxmox.refused",
    ]
}

/// Answers for clusters that are not asked, with why.
struct RestingInventory: GuestInventory {
    let base: any GuestInventory
    let resting: [ClusterName: ClusterHealth]
    let clock: @Sendable () -> Timestamp

    func inventory(of cluster: ClusterName, details: Set<VMID>) async -> ClusterInventory {
        guard let health = resting[cluster] else { return await base.inventory(of: cluster, details: details) }
        return .unreadable(cluster, at: clock(), because: health.sentence(on: cluster))
    }

    func detailed(_ inventory: ClusterInventory, guests: Set<VMID>) async -> ClusterInventory {
        resting[inventory.cluster] == nil ? await base.detailed(inventory, guests: guests) : inventory
    }

    func withHistory(_ inventory: ClusterInventory, since moment: Timestamp) async -> ClusterInventory {
        resting[inventory.cluster] == nil ? await base.withHistory(inventory, since: moment) : inventory
    }
}
