import Model

/// Looks up in a cluster's task log who brought a drift about.
struct CulpritFinder {
    enum Matter {
        case deletion, move, power, configuration

        /// Proxmox's task types that can have done it. A synchronous `PUT config` makes no task at all.
        func includes(_ type: String) -> Bool {
            switch self {
            case .deletion: ["qmdestroy", "vzdestroy"].contains(type)
            case .move: ["qmigrate", "vzmigrate", "hamigrate", "qmrestore", "vzrestore"].contains(type)
            case .power:
                [
                    "qmstart", "qmstop", "qmshutdown", "qmreboot", "qmreset", "qmsuspend", "qmpause", "qmresume",
                    "vzstart", "vzstop", "vzshutdown", "vzreboot", "vzsuspend", "vzresume", "hastart", "hastop",
                ].contains(type)
            case .configuration:
                [
                    "qmconfig", "vzconfig", "resize", "qmmove", "move_volume", "qmrollback", "vzrollback", "qmrestore",
                    "vzrestore",
                ].contains(type)
            }
        }
    }

    private let cluster: ClusterView
    private let ownUser: String?
    private let since: Timestamp?
    private let now: Timestamp

    init(_ input: PlanningInput, _ cluster: ClusterView, of server: ServerName) {
        self.cluster = cluster
        ownUser = input.ownUsers[cluster.name]
        since = input.lastAgreed[server]
        now = input.now
    }

    /// The latest task of others that succeeded in such a matter; without one, the time between the two observations.
    ///
    /// - Parameter readAt: when the guest's own configuration was read; nil: when the listing was.
    func culprit(of vmid: VMID?, _ matter: Matter, readAt: Timestamp?) -> DriftItem.Culprit {
        let seenAt = readAt ?? cluster.inventory?.readAt ?? now
        guard let vmid else { return .between(since, seenAt) }
        let task = (cluster.inventory?.pastTasks ?? [])
            .filter { $0.vmid == vmid && matter.includes($0.type) && $0.succeeded && $0.user != ownUser }
            .max { ($0.startedAt, $0.upid) < ($1.startedAt, $1.upid) }
        return task.map { .task($0) } ?? .between(since, seenAt)
    }
}
