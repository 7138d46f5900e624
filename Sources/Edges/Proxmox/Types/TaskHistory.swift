import Model

/// What the task logs of nodes say of a time.
package struct TaskHistory: Sendable, Equatable {
    /// Latest first, each once.
    package var tasks: [ObservedTask]
    /// From when on nothing is missing; nil: of one node nothing could be read.
    package var isWholeSince: Timestamp?

    /// How many tasks are asked for in one call, and how many calls are made for one node.
    static let page = 500
    static let pages = 20

    /// Adds what another node said, or the next page.
    mutating func join(_ other: TaskHistory) {
        let known = Set(tasks.map(\.upid))
        tasks = TaskListing.latestFirst(tasks + other.tasks.filter { !known.contains($0.upid) })
        isWholeSince = if let isWholeSince, let also = other.isWholeSince { max(isWholeSince, also) } else { nil }
    }
}
