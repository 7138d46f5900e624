import JSONArena
import Model

/// `/nodes` and `/storage`
extension SimulatedCluster {
    mutating func node(_ call: Call) throws(Refusal) -> JSONValue {
        guard call.parts.count > 1 else {
            guard call.method == .get else { throw .unknown(call.method, call.path) }
            return .array(nodes.map { .object(nodeResource($0, call)) })
        }
        let node = try reach(call.parts[1])
        let area = call.parts.count > 2 ? call.parts[2] : ""
        switch (call.method, area) {
        case (.get, ""):
            return Self.directory([
                "lxc", "network", "qemu", "rrddata", "status", "storage", "tasks", "time", "version", "vzdump",
            ])
        case (_, "qemu"): return try guestPaths(.qemu, on: node.name, call)
        case (_, "lxc"): return try guestPaths(.lxc, on: node.name, call)
        case (_, "storage"): return try storagePaths(on: node, call)
        case (.post, "vzdump") where call.parts.count == 3: return try backUp(on: node, call)
        case (_, "tasks"): return try taskPaths(on: node, call)
        case (.get, "status"):
            try require("Sys.Audit", on: "/nodes/\(node.name)", call)
            return status(of: node)
        case (.get, "version"): return ["release": "9.2", "repoid": "b1d3a6f7c9e04c55", "version": "9.2.4"]
        case (.get, "time"):
            return ["time": .int(Int(seconds)), "localtime": .int(Int(seconds)), "timezone": "UTC"]
        case (.get, "network"):
            return [
                [
                    "iface": "vmbr0", "type": "bridge", "active": 1, "autostart": 1, "bridge_ports": "eno1",
                    "bridge_stp": "off", "bridge_fd": "0", "method": "static", "method6": "manual",
                    "families": ["inet"], "priority": 3, "bridge_vlan_aware": 1,
                ]
            ]
        case (.get, "rrddata"):
            try require("Sys.Audit", on: "/nodes/\(node.name)", call)
            return try history(
                call, seed: SeededRandom.hash(node.name), processors: node.processors, memory: node.memory)
        default: throw .unknown(call.method, call.path)
        }
    }

    func nodeResource(_ node: Node, _ call: Call) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("id", .string("node/\(node.name)")), .init("type", "node"), .init("node", .string(node.name)),
            .init("status", node.isOnline ? "online" : "offline"), .init("level", ""),
        ]
        guard node.isOnline, access.holds("Sys.Audit", on: "/nodes/\(node.name)", call.identity) else { return members }
        let bits = SeededRandom.mix(SeededRandom.hash(node.name), UInt64(bitPattern: seconds / 10))
        members += [
            .init("cpu", .double(Double(bits % 3000 + 500) / 10_000)), .init("maxcpu", .int(node.processors)),
            .init("mem", .int(node.memory / 100 * Int(20 + bits % 30))), .init("maxmem", .int(node.memory)),
            .init("disk", .int(9 << 30)), .init("maxdisk", .int(94 << 30)), .init("uptime", .int(uptime(node))),
        ]
        return members
    }

    private func uptime(_ node: Node) -> Int { Int((now.milliseconds - node.bootedAt) / 1000) }

    private func status(of node: Node) -> JSONValue {
        let bits = SeededRandom.mix(SeededRandom.hash(node.name), UInt64(bitPattern: seconds / 10))
        let used = node.memory / 100 * Int(20 + bits % 30)
        return [
            "cpu": .double(Double(bits % 3000 + 500) / 10_000), "wait": 0.001, "idle": 0, "uptime": .int(uptime(node)),
            "pveversion": "pve-manager/9.2.4/b1d3a6f7c9e04c55", "kversion": "Linux 6.17.4-2-pve #1 SMP PREEMPT_DYNAMIC",
            "loadavg": ["0.42", "0.37", "0.30"],
            "cpuinfo": [
                "cpus": .int(node.processors), "cores": .int(max(1, node.processors / 2)), "sockets": 1,
                "model": "Simulated CPU", "mhz": "2800.000", "hvm": "1", "user_hz": 100, "flags": "vmx",
            ],
            "memory": [
                "total": .int(node.memory), "used": .int(used), "free": .int(node.memory - used),
                "available": .int(node.memory - used),
            ],
            "swap": ["total": .int(8 << 30), "used": 0, "free": .int(8 << 30)],
            "rootfs": [
                "total": .int(94 << 30), "used": .int(9 << 30), "free": .int(85 << 30), "avail": .int(80 << 30),
            ],
            "boot-info": ["mode": "efi", "secureboot": 0],
            "current-kernel": [
                "sysname": "Linux", "release": "6.17.4-2-pve", "machine": "x86_64", "version": "#1 SMP PREEMPT_DYNAMIC",
            ],
            "ksm": ["shared": 0],
        ]
    }

    /// `rrddata`: seventy points that end now, made from the seed, the same for the same time.
    func history(_ call: Call, seed: UInt64, processors: Int, memory: Int) throws(Refusal) -> JSONValue {
        let frame = try call.requiredText("timeframe")
        let steps: [String: Int64] = ["hour": 60, "day": 1800, "week": 10_800, "month": 43_200, "year": 604_800]
        guard let step = steps[frame] else {
            throw .parameter(
                "timeframe",
                "value '\(frame)' does not have a value in the enumeration 'hour, day, week, month, year, decade'")
        }
        let last = seconds / step * step
        return .array(
            (0..<70).map { index in
                let time = last - Int64(69 - index) * step
                let bits = SeededRandom.mix(seed, UInt64(bitPattern: time))
                return [
                    "time": .int(Int(time)), "maxcpu": .int(processors), "maxmem": .int(memory),
                    "cpu": .double(Double(bits % 4000 + 20) / 100_000),
                    "mem": .double(Double(memory) * Double(25 + bits % 50) / 100),
                    "netin": .double(Double(bits % 90_000) / 7), "netout": .double(Double(bits % 50_000) / 7),
                    "diskread": .double(Double(bits % 20_000) / 3), "diskwrite": .double(Double(bits % 80_000) / 3),
                ]
            })
    }

    // MARK: Storages

    mutating func storages(_ call: Call) throws(Refusal) -> JSONValue {
        guard call.method == .get, call.parts.count == 1 else { throw .unknown(call.method, call.path) }
        return .array(
            blueprint.storages.map { storage in
                [
                    "storage": .string(storage.name), "type": .string(storage.type),
                    "content": .string(storage.content.joined(separator: ",")), "shared": storage.isShared ? 1 : 0,
                ]
            })
    }

    private mutating func storagePaths(on node: Node, _ call: Call) throws(Refusal) -> JSONValue {
        guard call.parts.count > 3 else {
            guard call.method == .get else { throw .unknown(call.method, call.path) }
            let wanted = call.text("content")
            let named = call.text("storage")
            return .array(
                blueprint.storages.filter { storage in
                    (wanted.map { storage.content.contains($0) } ?? true) && (named.map { $0 == storage.name } ?? true)
                        && access.holds("Datastore.Audit", on: "/storage/\(storage.name)", call.identity)
                }.map { .object([.init("storage", .string($0.name))] + facts($0, on: node)) })
        }
        guard let storage = storage(call.parts[3]) else { throw .failed("storage '\(call.parts[3])' does not exist") }
        let area = call.parts.count > 4 ? call.parts[4] : ""
        if !access.holds("Datastore.AllocateSpace", on: "/storage/\(storage.name)", call.identity) {
            try require("Datastore.Audit", on: "/storage/\(storage.name)", call)
        }
        switch (call.method, area) {
        case (.get, "status"): return .object(facts(storage, on: node).filter { $0.name != "used_fraction" })
        case (.get, "content") where call.parts.count == 5: return content(of: storage, on: node, call)
        case (.get, "content"): return try volume(call, in: storage, on: node)
        case (.delete, "content") where call.parts.count > 5:
            return try deleteVolume(call, in: storage, on: node)
        default: throw .unknown(call.method, call.path)
        }
    }

    private func facts(_ storage: Blueprint.Storage, on node: Node) -> [JSONValue.Member] {
        let used = volumes.used(storage: storage.name, node: storage.isShared ? nil : node.name)
        return [
            .init("type", .string(storage.type)), .init("content", .string(storage.content.joined(separator: ","))),
            .init("active", 1), .init("enabled", 1), .init("shared", storage.isShared ? 1 : 0),
            .init("total", .int(storage.size.bytes)), .init("used", .int(used)),
            .init("avail", .int(storage.size.bytes - used)),
            .init("used_fraction", .double(Double(used) / Double(max(1, storage.size.bytes)))),
        ]
    }

    private func content(of storage: Blueprint.Storage, on node: Node, _ call: Call) -> JSONValue {
        let wanted = call.text("content")
        let owner = call.text("vmid").flatMap { Int($0) }
        let rows = volumes.listing(storage: storage.name, node: node.name).filter { volume in
            (wanted.map { $0 == volume.content } ?? true) && (owner.map { $0 == volume.owner } ?? true)
        }
        return .array(
            rows.map { volume in
                var members: [JSONValue.Member] = [
                    .init("volid", .string(volume.identifier)), .init("format", .string(volume.format)),
                    .init("size", .int(volume.size)), .init("content", .string(volume.content)),
                    .init("ctime", .int(Int(volume.createdAt))),
                ]
                if let owner = volume.owner { members.append(.init("vmid", .int(owner))) }
                if let parent = volume.parent { members.append(.init("parent", .string(parent))) }
                return .object(members)
            })
    }

    /// `local-lvm:vm-100-disk-0`, or without the storage's name.
    private func find(_ call: Call, in storage: Blueprint.Storage, on node: Node) throws(Refusal) -> VolumeStore.Volume
    {
        let name = call.rest(from: 5)
        let identifier = name.contains(":") ? name : "\(storage.name):\(name)"
        guard let volume = volumes[identifier, node: node.name] else {
            throw .failed("volume '\(identifier)' does not exist")
        }
        return volume
    }

    private func volume(_ call: Call, in storage: Blueprint.Storage, on node: Node) throws(Refusal) -> JSONValue {
        let volume = try find(call, in: storage, on: node)
        let path = volume.identifier.split(separator: ":").last.map(String.init) ?? ""
        return [
            "path": .string(
                Self.keepsFiles(storage.type) ? "/mnt/pve/\(storage.name)/\(path)" : "/dev/\(storage.name)/\(path)"),
            "format": .string(volume.format), "size": .int(volume.size), "used": .int(volume.size),
        ]
    }

    private mutating func deleteVolume(
        _ call: Call, in storage: Blueprint.Storage, on node: Node
    ) throws(Refusal) -> JSONValue {
        let volume = try find(call, in: storage, on: node)
        if let owner = volume.owner { try require("VM.Config.Disk", onGuest: owner, call) }
        try require("Datastore.Allocate", on: "/storage/\(storage.name)", call)
        volumes.remove(volume.identifier, node: node.name)
        return begin(
            "imgdel", on: node.name, id: "\(volume.owner.map(String.init) ?? "")@\(storage.name)", of: call,
            effect: .none)
    }
}
