import Model

/// Looks up in a cluster's task log who can have brought a drift about.
struct CulpritFinder {
    private let cluster: ClusterView
    private let ownUser: String?
    private let since: Timestamp?
    private let now: Timestamp
    private let firstSeen: [String: Timestamp]

    /// How far the clocks of nodes and Plumb's may lie apart; the doctor speaks up beyond half of it.
    static let clockMargin = Duration.seconds(10)

    init(_ input: PlanningInput, _ cluster: ClusterView, of server: ServerName) {
        self.cluster = cluster
        ownUser = input.ownUsers[cluster.name]
        since = input.lastAgreed[server]
        firstSeen = input.firstSeen[server] ?? [:]
        now = input.now
    }

    /// The tasks of others that succeeded in such a matter since the guest was last as it should be, latest first;
    /// without one, the time between the two observations, and how much of it the task log tells of.
    ///
    /// - Parameter readAt: when the guest's own configuration was read; nil: when the listing was.
    func culprit(of vmid: VMID?, _ matter: CulpritMatter, readAt: Timestamp?) -> DriftItem.Culprit {
        let seenAt = readAt ?? cluster.inventory?.readAt ?? now
        guard let vmid else { return .between(since, seenAt) }
        let earliest = since.map { Timestamp(milliseconds: $0.milliseconds - Self.clockMargin.wholeMilliseconds) }
        let tasks = (cluster.inventory?.pastTasks ?? [])
            .filter { task in
                task.vmid == vmid && matter.includes(task.type) && task.succeeded && task.user != ownUser
                    && earliest.map { (task.endedAt ?? task.startedAt) >= $0 } ?? true
            }
            .sorted { ($1.startedAt, $1.upid) < ($0.startedAt, $0.upid) }
        return tasks.isEmpty ? unexplained(until: seenAt) : .tasks(tasks)
    }

    /// The item without the tasks that began when the same difference had been seen: a guest that has at two looks what
    /// it should not have had it all the while.
    func withoutLater(_ item: DriftItem) -> DriftItem {
        guard case .tasks(let tasks) = item.culprit, let seen = item.difference.flatMap({ firstSeen[$0] }) else {
            return item
        }
        let earlier = tasks.filter { $0.startedAt <= seen }
        var item = item
        item.culprit =
            earlier.isEmpty ? unexplained(until: min(seen, cluster.inventory?.readAt ?? now)) : .tasks(earlier)
        return item
    }

    private func unexplained(until seenAt: Timestamp) -> DriftItem.Culprit {
        let told = cluster.inventory?.tasksAreWholeSince
        let isToldWhole = if let told, let since { told <= since } else { false }
        return isToldWhole ? .between(since, seenAt) : .untold(since, seenAt, toldSince: told)
    }
}

/// What changed, as far as it says which tasks of Proxmox can have done it. A synchronous `PUT config` makes none.
enum CulpritMatter {
    case deletion
    case move
    /// One guest ended, and another one got its VMID.
    case replacement
    case templating
    /// With what the guest does now.
    case power(ObservedGuest.Status)
    /// With the attribute's path: `disks[scsi0].size`.
    case configuration(String)

    func includes(_ type: String) -> Bool {
        switch self {
        case .deletion: Self.deleting.contains(type)
        case .move: Self.moving.contains(type)
        case .replacement: Self.deleting.contains(type) || Self.creating.contains(type)
        case .templating: type == "qmtemplate" || type == "vztemplate"
        case .power(.running): Self.starting.contains(type)
        case .power(.stopped): Self.stopping.contains(type)
        case .power(.paused): Self.pausing.contains(type)
        case .power(.unknown): false
        case .configuration(let path):
            Self.rewriting.contains(type) || (path.hasPrefix("disks") && Self.disks(path).contains(type))
        }
    }

    private static let deleting: Set = ["qmdestroy", "vzdestroy"]
    private static let creating: Set = ["qmcreate", "vzcreate"] + restoring
    private static let moving: Set = ["qmigrate", "vzmigrate", "hamigrate"] + restoring
    private static let starting: Set =
        ["qmstart", "qmresume", "qmreboot", "qmreset", "vzstart", "vzresume", "vzreboot", "hastart"] + restoring
    /// A rollback to a snapshot without memory ends the guest, and so does a suspension to disk.
    private static let stopping: Set =
        [
            "qmstop", "qmshutdown", "qmsuspend", "qmrollback", "vzstop", "vzshutdown", "vzsuspend", "vzrollback",
            "hastop",
        ] + restoring
    private static let pausing: Set = ["qmsuspend", "qmpause", "vzsuspend"]
    private static let rewriting: Set = ["qmconfig", "vzconfig", "qmrollback", "vzrollback"] + restoring
    private static let restoring = ["qmrestore", "vzrestore"]

    private static func disks(_ path: String) -> Set<String> {
        if path.hasSuffix(".size") { return ["resize"] }
        if path.hasSuffix(".datastore") || path.hasSuffix(".format") { return ["qmmove", "move_volume"] }
        return path.hasSuffix("]") ? ["qmmove", "move_volume", "resize"] : []
    }
}

extension Set<String> {
    fileprivate static func + (one: Set<String>, others: [String]) -> Set<String> { one.union(others) }
}
