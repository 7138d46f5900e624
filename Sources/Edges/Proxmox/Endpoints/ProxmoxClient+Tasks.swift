import JSONArena
import Model
import Transport

extension ProxmoxClient {
    /// `GET /nodes/{node}/tasks/{upid}/status`
    package func status(of task: UPID) async throws(ProxmoxFailure) -> TaskStatus {
        try TaskStatus(reading: try await get(Self.path(of: task) + ["status"]))
    }

    /// `GET /nodes/{node}/tasks/{upid}/log`
    ///
    /// - Parameters:
    ///   - start: lines to leave out.
    ///   - limit: lines to read at most.
    package func log(of task: UPID, from start: Int = 0, limit: Int = 500) async throws(ProxmoxFailure) -> [TaskLogLine]
    {
        let data = try await get(Self.path(of: task) + ["log"], ["start": start, "limit": limit])
        guard data.kind == .array else { throw .unreadable("a task's log is not a list") }
        return data.elements.compactMap { line in
            guard let number = line["n"]?.wholeNumber, let text = line["t"]?.string else { return nil }
            return TaskLogLine(number: number, text: text)
        }
    }

    /// `DELETE /nodes/{node}/tasks/{upid}`: asks the task to stop.
    package func stop(_ task: UPID) async throws(ProxmoxFailure) {
        _ = try await delete(Self.path(of: task))
    }

    /// `GET /nodes/{node}/tasks`: tasks of one node that have ended, latest first.
    ///
    /// - Parameters:
    ///   - vmid: only tasks about that guest.
    ///   - since: only tasks that started then or later.
    package func pastTasks(
        on node: NodeName, of vmid: VMID? = nil, since: Timestamp? = nil, limit: Int = 500
    ) async throws(ProxmoxFailure) -> [ObservedTask] {
        let parameters: Parameters = [
            "vmid": vmid?.rawValue, "since": since?.seconds, "limit": limit, "source": "archive",
        ]
        return try TaskListing.read(try await get(["nodes", node.text, "tasks"], parameters))
    }

    /// The tasks that have ended on several nodes, latest first; a guest that moved has left its tasks on each.
    /// A node that does not answer is left out.
    package func pastTasks(
        on nodes: [NodeName], of vmid: VMID? = nil, since: Timestamp? = nil
    ) async -> [ObservedTask] {
        let lists = await withTaskGroup(of: [ObservedTask].self) { group in
            for node in nodes {
                group.addTask { (try? await self.pastTasks(on: node, of: vmid, since: since)) ?? [] }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        return TaskListing.latestFirst(lists)
    }

    /// Waits until a task has ended, looking at it after 0.25 s first and then ever less often, up to every 2 s.
    ///
    /// A node or an endpoint that does not answer meanwhile is waited for as well: the task goes on without us.
    ///
    /// - Throws: `deadline` when the time is over, and whatever says that the task cannot be followed.
    package func wait(for task: UPID, atMost limit: Duration) async throws(ProxmoxFailure) -> TaskExit {
        let end = clock.now() + limit
        var pause: Duration = .milliseconds(250)
        var lastFailure: ProxmoxFailure?
        while true {
            do throws(ProxmoxFailure) {
                switch try await status(of: task) {
                case .ended(let exit): return exit
                case .running: lastFailure = nil
                }
            } catch {
                guard error.mayPass else { throw error }
                lastFailure = error
            }
            let left = end - clock.now()
            guard left > .zero else { throw lastFailure ?? .deadline(task) }
            do { try await clock.sleep(min(pause, left)) } catch { throw .transport(.cancelled) }
            pause = min(pause * 3 / 2, .seconds(2))
        }
    }

    private static func path(of task: UPID) -> [String] { ["nodes", task.node.text, "tasks", task.text] }
}
