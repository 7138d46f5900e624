import JSONArena

/// `/cluster/tasks`, `/nodes/N/tasks`
extension SimulatedCluster {
    /// What each node still has in memory, which is not much: 25 a node, the latest first.
    func clusterTasks(_ call: Call) -> JSONValue {
        var counts: [String: Int] = [:]
        var rows: [JSONValue] = []
        for record in ledger.records.reversed() where maySee(record, call.identity) {
            guard counts[record.node, default: 0] < 25 else { continue }
            counts[record.node, default: 0] += 1
            rows.append(.object(row(record) + [.init("saved", record.isRunning ? "0" : "1")]))
        }
        return .array(rows)
    }

    func taskPaths(on node: Node, _ call: Call) throws(Refusal) -> JSONValue {
        guard call.parts.count > 3 else {
            guard call.method == .get else { throw .unknown(call.method, call.path) }
            return try taskList(on: node, call)
        }
        let upid = call.parts[3]
        guard let record = ledger[upid] ?? ledger[upid + ":"] else {
            guard upid.hasPrefix("UPID:") else {
                throw .parameter("upid", "invalid format - unable to parse worker upid '\(upid)'\n")
            }
            throw .failed("no such task")
        }
        if !maySee(record, call.identity) { throw .forbidden("/nodes/\(node.name)", "Sys.Audit") }
        switch (call.method, call.rest(from: 4)) {
        case (.get, ""): return Self.directory(["log", "status"])
        case (.get, "status"): return taskStatus(record)
        case (.get, "log"): return try taskLog(record, call)
        default: throw .unknown(call.method, call.path)
        }
    }

    /// Everyone sees their own tasks and those of their tokens; `Sys.Audit` shows the others'.
    private func maySee(_ record: TaskRecord, _ identity: Identity) -> Bool {
        record.user == identity.display || record.user == identity.user
            || access.holds("Sys.Audit", on: "/nodes/\(record.node)", identity)
    }

    private func taskList(on node: Node, _ call: Call) throws(Refusal) -> JSONValue {
        let start = try call.number("start") ?? 0
        let limit = try call.number("limit") ?? 50
        let since = try call.number("since").map(Int64.init)
        let until = try call.number("until").map(Int64.init)
        let guest = call.text("vmid")
        let type = call.text("typefilter")
        let user = call.text("userfilter")
        let onlyErrors = try call.flag("errors") ?? false
        let source = call.text("source") ?? "archive"
        guard ["archive", "active", "all"].contains(source) else {
            throw .parameter(
                "source", "value '\(source)' does not have a value in the enumeration 'archive, active, all'")
        }
        var rows: [JSONValue] = []
        var skipped = 0
        for record in ledger.records.reversed() {
            guard record.node == node.name, rows.count < limit else { continue }
            let started = record.startedAt / 1000
            if record.isRunning ? source == "archive" : source == "active" { continue }
            if let guest, record.id != guest { continue }
            if let type, record.type != type { continue }
            if let user, !record.user.contains(user) { continue }
            if let since, started < since { continue }
            if let until, started > until { continue }
            if onlyErrors && (record.isRunning || record.hasSucceeded) { continue }
            guard maySee(record, call.identity) else { continue }
            if skipped < start {
                skipped += 1
                continue
            }
            rows.append(.object(row(record)))
        }
        return .array(rows)
    }

    private func row(_ record: TaskRecord) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("upid", .string(record.upid)), .init("node", .string(record.node)),
            .init("pid", .int(record.processID)), .init("pstart", .int(record.processStart)),
            .init("starttime", .int(Int(record.startedAt / 1000))), .init("type", .string(record.type)),
            .init("id", .string(record.id)), .init("user", .string(record.user)),
        ]
        if let status = record.exitStatus {
            members.append(.init("endtime", .int(Int(record.endsAt / 1000))))
            members.append(.init("status", .string(status)))
        }
        return members
    }

    private func taskStatus(_ record: TaskRecord) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("upid", .string(record.upid)), .init("node", .string(record.node)),
            .init("pid", .int(record.processID)), .init("pstart", .int(record.processStart)),
            .init("starttime", .int(Int(record.startedAt / 1000))), .init("type", .string(record.type)),
            .init("id", .string(record.id)),
        ]
        let parts = record.user.split(separator: "!", maxSplits: 1).map(String.init)
        members.append(.init("user", .string(parts.first ?? record.user)))
        if parts.count > 1 { members.append(.init("tokenid", .string(parts[1]))) }
        members.append(.init("status", record.isRunning ? "running" : "stopped"))
        if let status = record.exitStatus { members.append(.init("exitstatus", .string(status))) }
        return .object(members)
    }

    private func taskLog(_ record: TaskRecord, _ call: Call) throws(Refusal) -> JSONValue {
        let start = max(0, try call.number("start") ?? 0)
        let limit = try call.number("limit") ?? 50
        let lines = record.lines.isEmpty ? ["no content"] : record.lines
        let shown = lines.enumerated().dropFirst(start).prefix(limit == 0 ? lines.count : limit)
        return .array(shown.map { ["n": .int($0.offset + 1), "t": .string($0.element)] })
    }
}
