import Model

/// Every task that a node still remembers, and which of them run.
struct TaskLedger: Hashable, Sendable, Codable {
    struct Running: Hashable, Sendable, Codable {
        /// The task's place in the order in which tasks began, from the cluster's first.
        let sequence: Int
        let endsAt: Int64
        let effect: TaskEffect
    }

    /// In the order in which they began; the oldest are forgotten.
    private(set) var records: [TaskRecord] = []
    /// Those that run, the next to end first.
    private(set) var running: [Running] = []
    private var forgotten = 0
    private var sequences: [String: Int] = [:]

    /// A node's own index keeps about as many.
    static let memory = 20_000

    subscript(upid: String) -> TaskRecord? {
        sequences[upid].map { records[$0 - forgotten] }
    }

    var nextEnd: Timestamp? { running.first.map { Timestamp(milliseconds: $0.endsAt) } }

    mutating func begin(_ record: TaskRecord, effect: TaskEffect) {
        let sequence = forgotten + records.count
        sequences[record.upid] = sequence
        records.append(record)
        let entry = Running(sequence: sequence, endsAt: record.endsAt, effect: effect)
        running.insert(entry, at: running.partitioningIndex { $0.endsAt > entry.endsAt })
        forgetOldest()
    }

    /// How many tasks of that type about that guest run.
    func running(_ type: String, id: String) -> Int {
        running.count { entry in
            let record = records[entry.sequence - forgotten]
            return record.type == type && record.id == id
        }
    }

    /// Takes the next task that is due out of those that run.
    mutating func takeDue(at moment: Timestamp) -> (record: TaskRecord, effect: TaskEffect)? {
        guard let first = running.first, first.endsAt <= moment.milliseconds else { return nil }
        running.removeFirst()
        return (records[first.sequence - forgotten], first.effect)
    }

    /// Takes out what runs on a node that is lost.
    mutating func takeRunning(on node: String) -> [(record: TaskRecord, effect: TaskEffect)] {
        let lost = running.filter { records[$0.sequence - forgotten].node == node }
        running.removeAll { entry in lost.contains { $0.sequence == entry.sequence } }
        return lost.map { (records[$0.sequence - forgotten], $0.effect) }
    }

    mutating func end(_ upid: String, status: String, at moment: Timestamp) {
        guard let index = sequences[upid].map({ $0 - forgotten }) else { return }
        records[index].exitStatus = status
        records[index].endsAt = moment.milliseconds
        records[index].lines.append(
            status == "OK" || status.hasPrefix("WARNINGS") ? "TASK \(status)" : "TASK ERROR: \(status)")
    }

    mutating func log(_ upid: String, _ line: String) {
        guard let index = sequences[upid].map({ $0 - forgotten }) else { return }
        records[index].lines.append(line)
    }

    private mutating func forgetOldest() {
        let excess = Self.memory / 4
        guard records.count >= Self.memory, records.prefix(excess).allSatisfy({ !$0.isRunning }) else { return }
        for record in records.prefix(excess) { sequences[record.upid] = nil }
        records.removeFirst(excess)
        forgotten += excess
    }
}

/// What a task does when it ends well.
enum TaskEffect: Hashable, Sendable, Codable {
    case none
    /// It ends with this text; the guest that it was to make disappears, the one that it had locked is free.
    case fail(String, undoing: Int?)
    /// A new guest is whole; where the task fails, it disappears.
    case finishCreation(Int, start: Bool)
    case start(Int)
    case stop(Int)
    case reboot(Int)
    case suspend(Int)
    case resume(Int)
    case destroy(Int, unreferenced: Bool)
    case resize(Int, disk: String, size: String)
    case migrate(Int, target: String, restart: Bool)
    case template(Int)
    case snapshot(Int, Guest.Snapshot)
    case deleteSnapshot(Int, name: String)
    case rollback(Int, name: String)
    case backup(Int, storage: String)

    var guest: Int? {
        switch self {
        case .none: nil
        case .fail(_, let vmid): vmid
        case .finishCreation(let vmid, _), .start(let vmid), .stop(let vmid), .reboot(let vmid), .suspend(let vmid),
            .resume(let vmid), .destroy(let vmid, _), .resize(let vmid, _, _), .migrate(let vmid, _, _),
            .template(let vmid), .snapshot(let vmid, _), .deleteSnapshot(let vmid, _), .rollback(let vmid, _),
            .backup(let vmid, _):
            vmid
        }
    }
}
