import JSONArena
import Model

/// `/cluster` and `/pools`
extension SimulatedCluster {
    mutating func cluster(_ call: Call) throws(Refusal) -> JSONValue {
        switch (call.method, call.rest(from: 1)) {
        case (.get, ""): return Self.directory(["ha", "nextid", "resources", "status", "tasks"])
        case (.get, "resources"): return try resources(call)
        case (.get, "status"): return clusterStatus()
        case (.get, "nextid"): return try nextNumber(call)
        case (.get, "tasks"): return clusterTasks(call)
        case (.get, "ha/resources"): return highlyAvailable()
        case (.post, "ha/resources"): return try setHighlyAvailable(call.requiredText("sid"), true, call)
        default:
            if call.method == .delete, call.parts.count == 4, call.parts[1] == "ha", call.parts[2] == "resources" {
                return try setHighlyAvailable(call.parts[3], false, call)
            }
            throw .unknown(call.method, call.path)
        }
    }

    private func nextNumber(_ call: Call) throws(Refusal) -> JSONValue {
        if let wanted = try call.number("vmid") {
            try Call.check(guestNumber: wanted, name: "vmid")
            if guests[wanted] != nil { throw .parameter("vmid", "VM \(wanted) already exists") }
            return .string(String(wanted))
        }
        var number = 100
        while guests[number] != nil { number += 1 }
        // Proxmox answers a text here.
        return .string(String(number))
    }

    private func clusterStatus() -> JSONValue {
        let head: JSONValue = [
            "id": "cluster", "type": "cluster", "name": .string(otherName ?? blueprint.name),
            "nodes": .int(nodes.count),
            "quorate": hasQuorum ? 1 : 0, "version": .int(nodes.count),
        ]
        let entry = entryNode
        let rows = nodes.enumerated().map { index, node -> JSONValue in
            [
                "id": .string("node/\(node.name)"), "type": "node", "name": .string(node.name),
                "nodeid": .int(index + 1), "online": node.isOnline ? 1 : 0, "local": node.name == entry ? 1 : 0,
                "ip": .string("192.0.2.\(index + 11)"), "level": "",
            ]
        }
        return .array([head] + rows)
    }

    // MARK: Resources

    private func resources(_ call: Call) throws(Refusal) -> JSONValue {
        let type = call.text("type")
        if let type, !["vm", "storage", "node", "sdn"].contains(type) {
            throw .parameter(
                "type", "value '\(type)' does not have a value in the enumeration 'vm, storage, node, sdn'")
        }
        var rows: [JSONValue] = []
        if type == nil || type == "vm" {
            let online = Set(nodes.filter(\.isOnline).map(\.name))
            let shown = shownGuests(call).filter { mayAudit($0, call.identity) }
            rows = shown.map { resource($0, isReachable: online.contains($0.node)) }
        }
        if type == nil || type == "node" {
            rows += nodes.map { node in .object(nodeResource(node, call)) }
        }
        if type == nil || type == "storage" {
            for node in nodes {
                for storage in blueprint.storages
                where access.holds("Datastore.Audit", on: "/storage/\(storage.name)", call.identity) {
                    rows.append(storageResource(storage, on: node))
                }
            }
        }
        return .array(rows)
    }

    /// By number; only one of them where the caller looks at no other.
    private func shownGuests(_ call: Call) -> [Guest] {
        if let only = call.onlyGuest { return guests[only].map { [$0] } ?? [] }
        return guests.values.sorted { $0.vmid < $1.vmid }
    }

    private func resource(_ guest: Guest, isReachable: Bool) -> JSONValue {
        var members: [JSONValue.Member] = []
        members.reserveCapacity(24)
        func add(_ name: String, _ value: JSONValue) { members.append(JSONValue.Member(name, value)) }
        add("id", .string("\(guest.kind.rawValue)/\(guest.vmid)"))
        add("type", .string(guest.kind.rawValue))
        add("vmid", .int(guest.vmid))
        add("node", .string(guest.node))
        add("name", .string(guest.name))
        add("template", .int(guest.isTemplate ? 1 : 0))
        if let tags = guest.summary.tags { add("tags", .string(tags)) }
        if let lock = guest.lock { add("lock", .string(lock)) }
        if let pool = guest.pool { add("pool", .string(pool)) }
        if guest.isHighlyAvailable { add("hastate", guest.isRunning ? "started" : "stopped") }
        guard isReachable else {
            add("status", "unknown")
            return .object(members)
        }
        let use = Usage(guest, at: seconds)
        add("status", .string(guest.isRunning ? "running" : "stopped"))
        add("maxcpu", .int(guest.summary.processors))
        add("maxmem", .int(guest.summary.memory))
        add("maxdisk", .int(guest.summary.disk))
        add("cpu", use.cpu)
        add("mem", .int(use.memory))
        add("disk", .int(use.disk))
        add("uptime", .int(use.uptime))
        add("netin", .int(use.netIn))
        add("netout", .int(use.netOut))
        add("diskread", .int(use.diskRead))
        add("diskwrite", .int(use.diskWrite))
        return .object(members)
    }

    private func storageResource(_ storage: Blueprint.Storage, on node: Node) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string("storage/\(node.name)/\(storage.name)")), .init("type", "storage"),
            .init("storage", .string(storage.name)), .init("node", .string(node.name)),
            .init("shared", storage.isShared ? 1 : 0), .init("plugintype", .string(storage.type)),
            .init("content", .string(storage.content.joined(separator: ","))),
            .init("status", node.isOnline ? "available" : "unknown"),
        ]
        if node.isOnline {
            members.append(
                .init("disk", .int(volumes.used(storage: storage.name, node: storage.isShared ? nil : node.name))))
            members.append(.init("maxdisk", .int(storage.size.bytes)))
        }
        return .object(members)
    }

    // MARK: High availability

    private func highlyAvailable() -> JSONValue {
        .array(
            guests.values.filter(\.isHighlyAvailable).sorted { $0.vmid < $1.vmid }.map { guest in
                [
                    "sid": .string("\(guest.kind == .qemu ? "vm" : "ct"):\(guest.vmid)"),
                    "type": .string(guest.kind == .qemu ? "vm" : "ct"), "state": "started",
                    "digest": .string(guest.digest),
                ]
            })
    }

    private mutating func setHighlyAvailable(_ sid: String, _ on: Bool, _ call: Call) throws(Refusal) -> JSONValue {
        try require("Sys.Console", on: "/", call)
        try requireQuorum()
        guard let vmid = Int(sid.split(separator: ":").last ?? ""), let guest = guests[vmid] else {
            throw .failed("no such resource '\(sid)'")
        }
        if guest.isHighlyAvailable == on {
            throw .failed(on ? "resource ID '\(sid)' already defined" : "no such resource '\(sid)'")
        }
        guests[vmid]?.isHighlyAvailable = on
        revision += 1
        return .null
    }

    // MARK: Pools

    mutating func pools(_ call: Call) throws(Refusal) -> JSONValue {
        let named = call.parts.count > 1 ? call.rest(from: 1) : call.text("poolid")
        switch (call.method, named) {
        case (.get, nil):
            let visible = pools.keys.sorted().filter { access.holds("Pool.Audit", on: "/pool/\($0)", call.identity) }
            return .array(visible.map { ["poolid": .string($0), "comment": .string(pools[$0] ?? "")] })
        case (.get, let name?):
            let pool = try self.pool(name, call)
            // The query form answers a list of one, the path form the pool itself.
            return call.parts.count > 1 ? .object(pool) : .array([.object([.init("poolid", .string(name))] + pool)])
        case (.post, let name?):
            try require("Pool.Allocate", on: "/pool/\(name)", call)
            try requireQuorum()
            if pools[name] != nil { throw .failed("create pool failed: pool '\(name)' already exists") }
            pools[name] = call.text("comment") ?? ""
        case (.put, let name?):
            try require("Pool.Allocate", on: "/pool/\(name)", call)
            try changePool(name, call)
        case (.delete, let name?):
            try require("Pool.Allocate", on: "/pool/\(name)", call)
            if guests.values.contains(where: { $0.pool == name }) {
                throw .failed("delete pool failed: pool '\(name)' is not empty")
            }
            guard pools.removeValue(forKey: name) != nil else {
                throw .failed("delete pool failed: pool '\(name)' does not exist")
            }
        case (.post, nil), (.put, nil), (.delete, nil): throw .missing("poolid")
        }
        revision += 1
        return .null
    }

    private func pool(_ name: String, _ call: Call) throws(Refusal) -> [JSONValue.Member] {
        try require("Pool.Audit", on: "/pool/\(name)", call)
        guard let comment = pools[name] else { throw .failed("pool '\(name)' does not exist") }
        let members = shownGuests(call).filter { $0.pool == name }.map { guest in
            resource(guest, isReachable: isOnline(node: guest.node))
        }
        return [.init("comment", .string(comment)), .init("members", .array(members))]
    }

    private mutating func changePool(_ name: String, _ call: Call) throws(Refusal) {
        guard pools[name] != nil else { throw .failed("update pools failed: pool '\(name)' does not exist") }
        if let comment = call.text("comment") { pools[name] = comment }
        let remove = try call.flag("delete") ?? false
        let mayMove = try call.flag("allow-move") ?? false
        for text in (call.text("vms") ?? "").split(separator: ",") {
            guard let vmid = Int(text), let guest = guests[vmid] else {
                throw .failed("update pools failed: VM \(text) does not exist")
            }
            if remove {
                if guest.pool != name { throw .failed("update pools failed: VM \(vmid) is not a pool member") }
                guests[vmid]?.pool = nil
            } else {
                if let other = guest.pool, other != name, !mayMove {
                    throw .failed(
                        "update pools failed: VM \(vmid) belongs already to pool '\(other)' and 'allow-move' is not set"
                    )
                }
                guests[vmid]?.pool = name
            }
        }
    }
}
