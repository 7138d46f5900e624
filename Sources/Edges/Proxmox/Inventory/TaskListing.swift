import JSONArena
import Model

/// Reads lists of tasks, which look alike wherever Proxmox gives them.
enum TaskListing {
    /// - Throws: `unreadable` for anything but a list. An entry without a readable UPID is left out: it is somebody's
    ///   history, and nothing rests on it being complete.
    static func read(_ data: JSONNode) throws(ProxmoxFailure) -> [ObservedTask] {
        guard data.kind == .array else { throw .unreadable("the list of tasks is not a list") }
        return latestFirst(data.elements.compactMap(task))
    }

    static func latestFirst(_ tasks: [ObservedTask]) -> [ObservedTask] {
        tasks.sorted { ($1.startedAt, $1.upid) < ($0.startedAt, $0.upid) }
    }

    private static func task(_ entry: JSONNode) -> ObservedTask? {
        guard let upid = entry["upid"]?.string.flatMap({ UPID($0) }) else { return nil }
        var task = ObservedTask(
            upid: upid.text, node: upid.node, type: upid.type, vmid: upid.vmid, user: upid.user,
            startedAt: upid.startedAt)
        // A token's tasks name the user, and the token beside it.
        if let user = entry["user"]?.string, let token = entry["tokenid"]?.string, !token.isEmpty {
            task.user = user + "!" + token
        }
        if let end = entry["endtime"]?.wholeNumber {
            task.endedAt = Timestamp(seconds: Int64(end))
            task.exitStatus = entry["status"]?.string ?? ""
        }
        return task
    }
}
