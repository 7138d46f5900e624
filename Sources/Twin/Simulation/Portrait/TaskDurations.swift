import Model

/// How long Proxmox's tasks take: as long as the same ones took on that cluster, and otherwise an assumption.
package struct TaskDurations: Hashable, Sendable {
    /// The median of the tasks of one type that ended well, and how many there were.
    package struct Learned: Hashable, Sendable {
        package var median: Duration
        package var count: Int
    }

    /// By type; only where the log has some. To the second, as Proxmox's log has it.
    package let learned: [String: Learned]
    /// Added to every one.
    package let extra: Duration

    /// What is taken for a task that the log has no example of: a clone of a small disk on local storage, a guest that
    /// shuts down when asked.
    package static let assumed: [String: Duration] = [
        "qmclone": .seconds(60), "qmcreate": .seconds(5), "qmconfig": .seconds(1), "qmstart": .seconds(3),
        "qmstop": .seconds(2), "qmshutdown": .seconds(20), "qmreboot": .seconds(30), "qmreset": .seconds(1),
        "qmdestroy": .seconds(3), "qmigrate": .seconds(60), "qmsnapshot": .seconds(5), "qmtemplate": .seconds(5),
        "resize": .seconds(2), "imgdel": .seconds(2), "vzclone": .seconds(30), "vzcreate": .seconds(15),
        "vzstart": .seconds(3), "vzstop": .seconds(2), "vzshutdown": .seconds(8), "vzreboot": .seconds(12),
        "vzdestroy": .seconds(3), "vzmigrate": .seconds(60), "vzsnapshot": .seconds(5), "vzdump": .seconds(300),
    ]

    package init(learnedFrom tasks: [ObservedTask], extra: Duration = .zero) {
        var spans: [String: [Duration]] = [:]
        for task in tasks where task.succeeded && Self.assumed[task.type] != nil {
            guard let end = task.endedAt, end >= task.startedAt else { continue }
            spans[task.type, default: []].append(end - task.startedAt)
        }
        learned = spans.mapValues { spans in
            Learned(median: spans.sorted()[spans.count / 2], count: spans.count)
        }
        self.extra = extra
    }

    /// Every type with the time that it takes.
    package var all: [String: Duration] {
        Self.assumed.merging(learned.mapValues(\.median)) { $1 }.mapValues { $0 + extra }
    }
}
