import JSONArena

/// How far a task is.
package enum TaskStatus: Hashable, Sendable {
    case running
    case ended(TaskExit)

    init(reading data: JSONNode) throws(ProxmoxFailure) {
        switch data["status"]?.string {
        case "running": self = .running
        case "stopped": self = .ended(TaskExit(data["exitstatus"]?.string ?? "unexpected status"))
        default: throw .unreadable("a task's status that is neither running nor stopped")
        }
    }
}

/// How a task ended.
package enum TaskExit: Hashable, Sendable {
    case ok
    case warnings(Int)
    /// What the task said, understood with the same table as refusals.
    case failed(ProxmoxFailure)

    /// Reads `OK`, `WARNINGS: n` or an error's text.
    package init(_ text: String) {
        let prefix = "WARNINGS: "
        if text == "OK" {
            self = .ok
        } else if text.hasPrefix(prefix), let count = Int(text.dropFirst(prefix.count)) {
            self = .warnings(count)
        } else {
            self = .failed(RefusalTable.failure(status: 500, text: text))
        }
    }
}
