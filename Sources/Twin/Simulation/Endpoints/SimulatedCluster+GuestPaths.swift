import JSONArena
import Model

/// `/nodes/N/qemu` and `/nodes/N/lxc`
extension SimulatedCluster {
    mutating func guestPaths(_ kind: GuestKind, on node: String, _ call: Call) throws(Refusal) -> JSONValue {
        guard call.parts.count > 3 else {
            switch call.method {
            case .get: return guestList(kind, on: node, call)
            case .post: return try create(kind, on: node, call)
            case .put, .delete: throw .unknown(call.method, call.path)
            }
        }
        guard let vmid = Int(call.parts[3]) else {
            throw .parameter("vmid", "type check ('integer') failed - got '\(call.parts[3])'")
        }
        try Call.check(guestNumber: vmid, name: "vmid")
        switch call.method {
        case .get: return try read(kind, vmid, on: node, call)
        case .post, .put, .delete:
            if call.method != .post || call.parts.dropFirst(4).first != "agent" { try requireQuorum() }
            return try write(kind, vmid, on: node, call)
        }
    }

    private func read(_ kind: GuestKind, _ vmid: Int, on node: String, _ call: Call) throws(Refusal) -> JSONValue {
        let action = call.rest(from: 4)
        try require("VM.Audit", onGuest: vmid, call)
        let guest = try find(vmid, kind, on: node)
        switch action {
        case "": return Self.directory(["config", "pending", "rrddata", "snapshot", "status"])
        case "config": return try configuration(of: guest, call)
        case "pending": return pending(of: guest)
        case "status": return Self.directory(["current", "reboot", "shutdown", "start", "stop"])
        case "status/current": return .object(current(guest))
        case "snapshot": return snapshotList(guest)
        case "rrddata":
            return try history(
                call, seed: UInt64(vmid), processors: guest.summary.processors, memory: guest.summary.memory)
        case "migrate": return preconditions(guest)
        case "interfaces" where kind == .lxc: return interfaces(container: guest)
        case "agent/network-get-interfaces" where kind == .qemu: return try agentInterfaces(guest)
        case "cloudinit" where kind == .qemu: return []
        default:
            if call.parts.count == 7, call.parts[4] == "snapshot", call.parts[6] == "config" {
                return try configuration(of: guest, snapshot: call.parts[5])
            }
            throw .unknown(call.method, call.path)
        }
    }

    private mutating func write(
        _ kind: GuestKind, _ vmid: Int, on node: String, _ call: Call
    ) throws(Refusal) -> JSONValue {
        let action = call.rest(from: 4)
        if let verb = PowerVerb(rawValue: action.hasPrefix("status/") ? String(action.dropFirst(7)) : ""),
            call.method == .post
        {
            try require("VM.PowerMgmt", onGuest: vmid, call)
            return try power(verb, find(vmid, kind, on: node), call)
        }
        switch (call.method, action) {
        case (.put, "config"), (.post, "config"):
            return try changeConfiguration(kind, vmid, on: node, call)
        case (.put, "resize"):
            try require("VM.Config.Disk", onGuest: vmid, call)
            return try resize(find(vmid, kind, on: node), call)
        case (.post, "clone"): return try clone(kind, vmid, on: node, call)
        case (.post, "template"):
            try require("VM.Allocate", onGuest: vmid, call)
            return try template(find(vmid, kind, on: node), call)
        case (.post, "migrate"):
            try require("VM.Migrate", onGuest: vmid, call)
            return try migrate(find(vmid, kind, on: node), call)
        case (.delete, ""):
            try require("VM.Allocate", onGuest: vmid, call)
            return try destroy(find(vmid, kind, on: node), call)
        case (.put, "cloudinit") where kind == .qemu:
            try require("VM.Config.Cloudinit", onGuest: vmid, call)
            _ = try find(vmid, kind, on: node)
            return .null
        case (.post, "snapshot"):
            try require("VM.Snapshot", onGuest: vmid, call)
            return try takeSnapshot(find(vmid, kind, on: node), call)
        default:
            guard call.parts.count > 5, call.parts[4] == "snapshot" else { throw .unknown(call.method, call.path) }
            try require("VM.Snapshot", onGuest: vmid, call)
            return try changeSnapshot(find(vmid, kind, on: node), named: call.parts[5], call)
        }
    }

    // MARK: Listing

    private func guestList(_ kind: GuestKind, on node: String, _ call: Call) -> JSONValue {
        let mine = guests.values.filter { $0.kind == kind && $0.node == node && mayAudit($0, call.identity) }
        return .array(mine.sorted { $0.vmid < $1.vmid }.map { .object(status($0)) })
    }

    /// What the lists and `status/current` share.
    private func status(_ guest: Guest) -> [JSONValue.Member] {
        let use = Usage(guest, at: seconds)
        var members: [JSONValue.Member] = [
            .init("vmid", .int(guest.vmid)), .init("name", .string(guest.name)),
            .init("status", .string(guest.isRunning ? "running" : "stopped")),
            .init("cpu", use.cpu), .init("cpus", .int(guest.summary.processors)), .init("mem", .int(use.memory)),
            .init("maxmem", .int(guest.summary.memory)), .init("maxdisk", .int(guest.summary.disk)),
            .init("disk", .int(use.disk)), .init("uptime", .int(use.uptime)), .init("netin", .int(use.netIn)),
            .init("netout", .int(use.netOut)), .init("diskread", .int(use.diskRead)),
            .init("diskwrite", .int(use.diskWrite)),
        ]
        if guest.isTemplate { members.append(.init("template", 1)) }
        if let tags = guest.summary.tags { members.append(.init("tags", .string(tags))) }
        if let lock = guest.lock { members.append(.init("lock", .string(lock))) }
        switch guest.kind {
        case .qemu: if guest.isRunning { members.append(.init("pid", .int(2000 + guest.vmid % 30_000))) }
        case .lxc:
            members.append(.init("type", "lxc"))
            members.append(.init("swap", 0))
            members.append(.init("maxswap", .int(guest.summary.swap)))
        }
        return members
    }

    private func current(_ guest: Guest) -> [JSONValue.Member] {
        var members = status(guest)
        members.append(
            .init("ha", guest.isHighlyAvailable ? ["managed": 1, "state": "started"] : ["managed": 0]))
        guard guest.kind == .qemu else { return members }
        members.append(.init("qmpstatus", .string(guest.power == .paused ? "paused" : guest.power.rawValue)))
        if Self.isAgentEnabled(guest) { members.append(.init("agent", 1)) }
        if guest.isRunning {
            members.append(.init("running-machine", "pc-i440fx-10.1+pve0"))
            members.append(.init("running-qemu", "10.1.2"))
        }
        return members
    }

    // MARK: Configuration

    private func configuration(of guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        if let name = call.text("snapshot") { return try configuration(of: guest, snapshot: name) }
        let values = try call.flag("current") == true ? guest.configuration : guest.desiredConfiguration
        return .object(Self.rendered(values, guest, digest: guest.digest))
    }

    private func configuration(of guest: Guest, snapshot name: String) throws(Refusal) -> JSONValue {
        guard let snapshot = guest.snapshots.first(where: { $0.name == name }) else {
            throw .failed("snapshot '\(name)' does not exist")
        }
        return .object(Self.rendered(snapshot.configuration, guest, digest: guest.digest))
    }

    /// Integers and flags as numbers, as the schema has them; everything else as text.
    private static func rendered(_ values: [String: String], _ guest: Guest, digest: String) -> [JSONValue.Member] {
        var members = values.sorted { $0.key < $1.key }.map { key, value -> JSONValue.Member in
            switch ConfigurationKey.form(of: key, guest.kind) {
            case .flag, .integer: .init(key, Int(value).map(JSONValue.int) ?? .string(value))
            case .number:
                .init(key, Int(value).map(JSONValue.int) ?? Double(value).map(JSONValue.double) ?? .string(value))
            case .text, nil: .init(key, .string(value))
            }
        }
        if let lock = guest.lock { members.append(.init("lock", .string(lock))) }
        members.append(.init("digest", .string(digest)))
        return members
    }

    /// Every scalar of the loaded configuration, which has its `digest` and `lock` among the settings
    /// (`config_with_pending_array` of PVE::GuestHelpers).
    private func pending(of guest: Guest) -> JSONValue {
        var values = guest.configuration
        values["digest"] = guest.digest
        values["lock"] = guest.lock
        let keys = Set(values.keys).union(guest.pending.keys).union(guest.pendingDeletion).sorted()
        return .array(
            keys.map { key in
                var members: [JSONValue.Member] = [.init("key", .string(key))]
                if let value = values[key] { members.append(.init("value", .string(value))) }
                if let value = guest.pending[key] { members.append(.init("pending", .string(value))) }
                if guest.pendingDeletion.contains(key) { members.append(.init("delete", 1)) }
                return .object(members)
            })
    }

    /// `PUT` answers null at once; `POST` on a VM answers a task.
    private mutating func changeConfiguration(
        _ kind: GuestKind, _ vmid: Int, on node: String, _ call: Call
    ) throws(Refusal) -> JSONValue {
        if kind == .lxc && call.method == .post { throw .unknown(call.method, call.path) }
        var change = Change()
        change.set = call.parameters
        for name in ["background_delay", "force", "skip_cloud_init", "import-working-storage"] {
            change.set[name] = nil
        }
        change.digest = change.set.removeValue(forKey: "digest")
        change.delete = Self.list(change.set.removeValue(forKey: "delete"))
        change.revert = Self.list(change.set.removeValue(forKey: "revert"))
        change.skipsLock = try call.flag("skiplock") ?? false
        change.set["skiplock"] = nil
        if change.skipsLock && call.identity.user != "root@pam" {
            throw .parameter("skiplock", "Only root may use this option.")
        }
        let changed = change.set.keys.sorted() + change.delete
        try requireConfiguring(changed, of: vmid, kind, pool: guests[vmid]?.pool, call)
        let guest = try find(vmid, kind, on: node)
        try requireBridges(of: guest.configuration.filter { changed.contains($0.key) }, call)
        try requireBridges(of: change.set, call)
        if guest.lock == nil { try wait(for: guest) }
        try configure(vmid, change)
        guard call.method == .post else { return .null }
        return begin(
            "qmconfig", on: node, id: String(vmid), of: call, effect: .none,
            lines: ["update VM \(vmid): " + change.set.keys.sorted().map { "-\($0)" }.joined(separator: " ")])
    }

    static func list(_ text: String?) -> [String] {
        (text ?? "").split { ",; \0".contains($0) }.map(String.init)
    }

    /// A change that another task's file lock holds up: the answer comes when that is over, or gives up after ten
    /// seconds.
    mutating func wait(for guest: Guest) throws(Refusal) {
        let span = guest.busyUntil - now.milliseconds
        guard span > 0 else { return }
        if .milliseconds(span) > Self.lockPatience {
            heldBack = Self.lockPatience
            throw .failed(Self.lockText(guest))
        }
        heldBack = .milliseconds(span)
    }

    // MARK: Inside

    static func isAgentEnabled(_ guest: Guest) -> Bool {
        guard let agent = guest.configuration["agent"] else { return false }
        var options = PropertyString(agent)
        return options.take("enabled").flatMap(Call.flag) ?? false
    }

    private func agentInterfaces(_ guest: Guest) throws(Refusal) -> JSONValue {
        guard guest.isRunning else { throw .failed("VM \(guest.vmid) is not running") }
        guard Self.isAgentEnabled(guest) else { throw .failed("No QEMU guest agent configured") }
        guard guest.hasAgent else { throw .failed("QEMU guest agent is not running") }
        let loopback: JSONValue = [
            "name": "lo", "hardware-address": "00:00:00:00:00:00",
            "ip-addresses": [["ip-address": "127.0.0.1", "ip-address-type": "ipv4", "prefix": 8]],
        ]
        return [
            "result": .array(
                [loopback]
                    + addresses(guest).map { address in
                        [
                            "name": .string("eth\(address.index)"),
                            "hardware-address": .string(address.hardware.lowercased()),
                            "ip-addresses": [
                                [
                                    "ip-address": .string(address.ip), "ip-address-type": "ipv4",
                                    "prefix": .int(address.prefix),
                                ]
                            ],
                        ]
                    })
        ]
    }

    /// A container that runs has its addresses at once.
    private func interfaces(container guest: Guest) -> JSONValue {
        guard guest.isRunning else { return .null }
        let loopback: JSONValue = [
            "name": "lo", "hwaddr": "00:00:00:00:00:00", "hardware-address": "00:00:00:00:00:00",
            "inet": "127.0.0.1/8", "inet6": "::1/128",
            "ip-addresses": [["ip-address": "127.0.0.1", "ip-address-type": "inet", "prefix": 8]],
        ]
        return .array(
            [loopback]
                + addresses(guest).map { address in
                    [
                        "name": .string("eth\(address.index)"), "hwaddr": .string(address.hardware.lowercased()),
                        "hardware-address": .string(address.hardware.lowercased()),
                        "inet": .string("\(address.ip)/\(address.prefix)"),
                        "ip-addresses": [
                            [
                                "ip-address": .string(address.ip), "ip-address-type": "inet",
                                "prefix": .int(address.prefix),
                            ]
                        ],
                    ]
                })
    }

    /// The static address of each network, or one of 10.77.0.0/16 where a DHCP server would have given it.
    private func addresses(_ guest: Guest) -> [(index: Int, hardware: String, ip: String, prefix: Int)] {
        (0..<32).compactMap { index in
            guard let text = guest.configuration["net\(index)"] else { return nil }
            let net = PropertyString(text).values
            let hardware = net["hwaddr"] ?? net.values.first { $0.count == 17 && $0.contains(":") } ?? ""
            let addressing =
                guest.kind == .lxc ? net : PropertyString(guest.configuration["ipconfig\(index)"] ?? "").values
            let parts = (addressing["ip"] ?? "dhcp").split(separator: "/").map(String.init)
            if parts.count == 2, let prefix = Int(parts[1]) { return (index, hardware, parts[0], prefix) }
            let bits = SeededRandom.hash(hardware)
            return (index, hardware, "10.77.\(bits >> 8 & 0xFF).\(bits % 253 + 1)", 16)
        }
    }
}
