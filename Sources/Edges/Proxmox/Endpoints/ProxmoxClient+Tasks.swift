import JSONArena
import Model
import Transport

extension ProxmoxClient {
    /// `GET /nodes/{node}/tasks/{upid}/status`
    package func status(of task: UPID) async throws(ProxmoxFailure) -> TaskStatus {
        try TaskStatus(reading: try await get(Self.path(of: task) + ["status"]))
    }

    /// `GET /nodes/{node}/tasks`: tasks of one node that have ended, latest first.
    ///
    /// - Parameters:
    ///   - vmid: only tasks about that guest.
    ///   - since: only tasks that started then or later.
    ///   - start: tasks to leave out.
    ///   - limit: tasks to read at most.
    package func pastTasks(
        on node: NodeName, of vmid: VMID? = nil, since: Timestamp? = nil, from start: Int = 0, limit: Int = 500
    ) async throws(ProxmoxFailure) -> [ObservedTask] {
        let parameters: Parameters = [
            "vmid": vmid?.rawValue, "since": since?.seconds, "start": start == 0 ? nil : start, "limit": limit,
            "source": "archive",
        ]
        return try TaskListing.read(try await get(["nodes", node.text, "tasks"], parameters))
    }

    /// The tasks that have ended on several nodes; a guest that moved has left its tasks on each.
    package func taskHistory(
        of nodes: [NodeName], about vmid: VMID? = nil, since: Timestamp
    ) async -> TaskHistory {
        await withTaskGroup(of: TaskHistory.self) { group in
            for node in nodes {
                group.addTask { await self.taskHistory(of: node, about: vmid, since: since) }
            }
            return await group.reduce(into: TaskHistory(tasks: [], isWholeSince: since)) { $0.join($1) }
        }
    }

    /// Page after page, up to ``TaskHistory/pages``.
    private func taskHistory(of node: NodeName, about vmid: VMID?, since: Timestamp) async -> TaskHistory {
        var history = TaskHistory(tasks: [], isWholeSince: nil)
        for page in 0..<TaskHistory.pages {
            let tasks: [ObservedTask]
            do throws(ProxmoxFailure) {
                tasks = try await pastTasks(
                    on: node, of: vmid, since: since, from: page * TaskHistory.page, limit: TaskHistory.page)
            } catch {
                return history
            }
            history.join(TaskHistory(tasks: tasks, isWholeSince: nil))
            history.isWholeSince = tasks.count < TaskHistory.page ? since : tasks.map(\.startedAt).max()
            if tasks.count < TaskHistory.page { return history }
        }
        return history
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
