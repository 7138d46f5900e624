import Model

/// Everything that a plan depends on. The planner has no clock, no randomness and no other source: the same input
/// gives the same plan, byte for byte.
package struct PlanningInput: Sendable {
    package var desired: Desired
    package var observed: Observed
    package var recorded: Recorded
    package var now: Timestamp
    /// Only these servers are planned for; nil: all, and the objects beside them.
    package var targets: [ServerName]?
    /// Servers that a person asked to be rebuilt by name.
    package var rebuilds: Set<ServerName> = []
    /// Servers whose own configuration is to be read whatever the listing shows: a step of an earlier plan rests on it.
    package var looking: Set<ServerName> = []
    /// Plumb's own `USER@REALM!TOKEN` in each cluster, so that its own tasks are never named as the culprit of a drift.
    package var ownUsers: [ClusterName: String] = [:]
    /// When each server was last seen to be as it should, read in detail; a drift without a task happened between then
    /// and now.
    package var lastAgreed: [ServerName: Timestamp] = [:]
    /// By when each difference that was seen before had been seen; see ``SeenDrift``.
    package var firstSeen: [ServerName: [String: Timestamp]] = [:]

    /// The time zones of ``zoneNames``, over the years around `now`; one that is missing is not known.
    package var zones: [String: ZoneOffsets] = [:]

    /// Whether a step that failed waits until its back-off is over. A person who asks for it does not wait.
    package var keepsBackOff = false

    /// Noes to steps of the plan, which hold them back. None where the plan itself is meant, that a no is said to.
    package var refused: [RejectedPlan] = []

    package init(
        desired: Desired, observed: Observed, recorded: Recorded, now: Timestamp, targets: [ServerName]? = nil
    ) {
        self.desired = desired
        self.observed = observed
        self.recorded = recorded
        self.now = now
        self.targets = targets
    }

    /// The time zones that windows are written in: of the declared policies, and of those that are kept with a server.
    package var zoneNames: Set<String> {
        var names: Set<String> = []
        for policy in desired.policies { names.formUnion(policy.windows.map(\.zone)) }
        for server in recorded.servers {
            for policy in server.policies ?? [] where !policy.windows.isEmpty {
                names.formUnion(policy.windows.map(\.zone))
            }
        }
        return names
    }
}

/// A plan, and the guests whose own configuration must be read before more can be planned.
package struct PlanningResult: Hashable, Sendable {
    package var plan: Plan
    /// In ascending order; empty: reading more would not change the plan.
    package var detailNeeds: [DetailNeed]
}

/// A guest whose own configuration should be read.
package struct DetailNeed: Hashable, Comparable, Sendable {
    package var cluster: ClusterName
    package var vmid: VMID

    package init(cluster: ClusterName, vmid: VMID) {
        self.cluster = cluster
        self.vmid = vmid
    }

    package static func < (one: Self, other: Self) -> Bool {
        one.cluster == other.cluster ? one.vmid < other.vmid : one.cluster < other.cluster
    }
}
