import JSONArena

enum PowerVerb: String, Hashable, Sendable {
    case start, stop, shutdown, reboot, reset, suspend, resume
}

/// `POST …/status/VERB`, and the other tasks of a guest: resize, template, migrate, delete, snapshots.
extension SimulatedCluster {
    mutating func power(_ verb: PowerVerb, _ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        let prefix = guest.kind.taskPrefix
        let vmid = guest.vmid
        let title = guest.kind.title
        if let lock = guest.lock, guest.kind == .lxc || verb != .start {
            if try call.flag("skiplock") != true { throw .failed("\(title) is locked (\(lock))") }
        }
        let effect: TaskEffect
        switch verb {
        case .start:
            if guest.kind == .lxc && guest.isRunning { throw .failed("CT \(vmid) already running") }
            effect = .start(vmid)
        case .stop:
            if guest.kind == .lxc && !guest.isRunning { throw .failed("CT \(vmid) not running") }
            effect = .stop(vmid)
        case .shutdown:
            if guest.power == .paused, try call.flag("forceStop") != true {
                throw .failed("VM is paused - cannot shutdown")
            }
            if guest.kind == .lxc && !guest.isRunning { throw .failed("CT \(vmid) not running") }
            if guest.isRunning, try call.flag("forceStop") == true {
                forcedShutdowns = (forcedShutdowns ?? []) + [vmid]
            }
            effect = .stop(vmid)
        case .reboot:
            if guest.power == .paused { throw .failed("VM is paused - cannot shutdown") }
            if !guest.isRunning { throw .failed("VM \(vmid) not running") }
            effect = .reboot(vmid)
        case .reset:
            guard guest.kind == .qemu else { throw .unknown(call.method, call.path) }
            if !guest.isRunning { throw .failed("VM \(vmid) not running") }
            effect = .none
        case .suspend:
            if !guest.isRunning { throw .failed("\(title) \(vmid) not running") }
            if try call.flag("todisk") == true { throw .failed("suspending to disk is not simulated") }
            effect = .suspend(vmid)
        case .resume:
            if !guest.isRunning { throw .failed("\(title) \(vmid) not running") }
            effect = .resume(vmid)
        }
        // A VM that is suspended to memory only pauses, and its task says so.
        let type = guest.kind == .qemu && verb == .suspend ? "qmpause" : prefix + verb.rawValue
        return begin(type, on: guest.node, id: String(vmid), of: call, effect: effect)
    }

    mutating func resize(_ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        try call.allow(["disk", "size", "digest", "skiplock"])
        let disk = try call.requiredText("disk")
        let size = try call.requiredText("size")
        guard ConfigurationKey.isVolume(disk, of: guest.kind) else {
            throw .parameter("disk", "value '\(disk)' does not have a value in the enumeration")
        }
        guard DiskSize.bytes(size.drop { $0 == "+" }) != nil else {
            throw .parameter("size", "value does not match the regex pattern")
        }
        if let lock = guest.lock { throw .failed("\(guest.kind.title) is locked (\(lock))") }
        if let digest = call.text("digest"), digest != guest.digest {
            throw .failed("checksum mismatch (file change by other user?)")
        }
        if guest.kind == .lxc, guest.configuration[disk] == nil { throw .failed("disk '\(disk)' does not exist") }
        return begin(
            "resize", on: guest.node, id: String(guest.vmid), of: call,
            effect: .resize(guest.vmid, disk: disk, size: size))
    }

    mutating func template(_ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        let title = guest.kind.title
        if let lock = guest.lock { throw .failed("\(title) is locked (\(lock))") }
        if !guest.snapshots.isEmpty { throw .failed("unable to create template, because \(title) contains snapshots") }
        if guest.isTemplate { throw .failed("you can't convert a template to a template") }
        if guest.isRunning {
            throw .failed(
                guest.kind == .qemu
                    ? "you can't convert a VM to template if VM is running"
                    : "you can't convert a CT to template if the CT is running")
        }
        if guest.kind == .lxc {
            try makeTemplate(guest.vmid)
            revision += 1
            return .null
        }
        return begin("qmtemplate", on: guest.node, id: String(guest.vmid), of: call, effect: .template(guest.vmid))
    }

    // MARK: Migration

    func preconditions(_ guest: Guest) -> JSONValue {
        let local = volumes.volumes(of: guest.vmid).filter { $0.node != nil }
        return [
            "running": guest.isRunning ? 1 : 0,
            "allowed_nodes": .array(nodes.filter { $0.isOnline && $0.name != guest.node }.map { .string($0.name) }),
            "not_allowed_nodes": .object([]),
            "local_disks": .array(local.map { ["volid": .string($0.identifier), "size": .int($0.size)] }),
            "local_resources": [], "mapped-resources": [], "mapped-resource-info": .object([]), "has-dbus-vmstate": 0,
        ]
    }

    mutating func migrate(_ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        let target = try call.requiredText("target")
        let title = guest.kind.title
        guard nodes.contains(where: { $0.name == target }) else {
            throw .parameter("target", "no such cluster node '\(target)'")
        }
        if target == guest.node { throw .parameter("target", "target is local node.") }
        guard isOnline(node: target) else { throw .failed("no such cluster node '\(target)'") }
        if let lock = guest.lock { throw .failed("\(title) is locked (\(lock))") }
        let online = try call.flag("online") ?? false
        let restart = try call.flag("restart") ?? false
        if guest.isRunning {
            switch guest.kind {
            case .qemu: if !online { throw .failed("can't migrate running VM without --online") }
            case .lxc:
                if !online && !restart {
                    throw .failed("can't migrate running container without --online or --restart")
                }
            }
        }
        var effect = TaskEffect.migrate(guest.vmid, target: target, restart: guest.kind == .lxc)
        let hasLocal = volumes.volumes(of: guest.vmid).contains { $0.node != nil }
        if guest.isRunning, guest.kind == .qemu, hasLocal, try call.flag("with-local-disks") != true {
            effect = .fail(
                "migration aborted (duration 00:00:00): Problem found while scanning volumes - can't live migrate "
                    + "attached local disks without with-local-disks option",
                undoing: guest.vmid)
        }
        guests[guest.vmid]?.lock = "migrate"
        return begin(
            guest.kind == .qemu ? "qmigrate" : "vzmigrate", on: guest.node, id: String(guest.vmid), of: call,
            effect: effect,
            lines: ["starting migration of \(title) \(guest.vmid) to node '\(target)'"])
    }

    mutating func destroy(_ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        try call.allow(["purge", "destroy-unreferenced-disks", "skiplock", "force"])
        let force = try call.flag("force") ?? false
        if guest.isHighlyAvailable, try call.flag("purge") != true {
            throw .failed(
                "unable to remove \(guest.kind.title) \(guest.vmid) - used in HA resources and purge parameter not set."
            )
        }
        let unreferenced = try call.flag("destroy-unreferenced-disks") ?? false
        try checkDestroyable(guest, force: force && guest.kind == .lxc)
        if force && guest.isRunning { halt(guest.vmid) }
        return begin(
            guest.kind.taskPrefix + "destroy", on: guest.node, id: String(guest.vmid), of: call,
            effect: .destroy(guest.vmid, unreferenced: unreferenced))
    }

    // MARK: Snapshots

    func snapshotList(_ guest: Guest) -> JSONValue {
        var rows = guest.snapshots.map { snapshot -> JSONValue in
            var members: [JSONValue.Member] = [
                .init("name", .string(snapshot.name)), .init("description", .string(snapshot.description)),
                .init("snaptime", .int(Int(snapshot.takenAt))),
            ]
            if guest.kind == .qemu { members.append(.init("vmstate", snapshot.withMemory ? 1 : 0)) }
            if let parent = snapshot.parent { members.append(.init("parent", .string(parent))) }
            return .object(members)
        }
        var current: [JSONValue.Member] = [
            .init("name", "current"), .init("description", "You are here!"), .init("digest", .string(guest.digest)),
            .init("running", guest.isRunning ? 1 : 0),
        ]
        if let parent = guest.configuration["parent"] { current.append(.init("parent", .string(parent))) }
        rows.append(.object(current))
        return .array(rows)
    }

    mutating func takeSnapshot(_ guest: Guest, _ call: Call) throws(Refusal) -> JSONValue {
        try call.allow(["snapname", "description", "vmstate"])
        let name = try call.requiredText("snapname")
        let isName =
            name.first?.isLetter == true && name.utf8.count <= 40
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        guard isName else { throw .parameter("snapname", "invalid format - invalid configuration ID '\(name)'\n") }
        if name == "current" || name == "pending" {
            throw .failed("unable to use snapshot name '\(name)' (reserved name)")
        }
        if let lock = guest.lock { throw .failed("\(guest.kind.title) is locked (\(lock))") }
        if guest.isTemplate { throw .failed("you can't take a snapshot if it's a template") }
        if guest.snapshots.contains(where: { $0.name == name }) {
            throw .failed("snapshot name '\(name)' already used")
        }
        let snapshot = Guest.Snapshot(
            name: name, description: call.text("description") ?? "", parent: guest.configuration["parent"],
            takenAt: seconds, withMemory: try call.flag("vmstate") == true && guest.isRunning,
            configuration: guest.configuration)
        guests[guest.vmid]?.lock = "snapshot"
        return begin(
            guest.kind.taskPrefix + "snapshot", on: guest.node, id: String(guest.vmid), of: call,
            effect: .snapshot(guest.vmid, snapshot))
    }

    mutating func changeSnapshot(_ guest: Guest, named name: String, _ call: Call) throws(Refusal) -> JSONValue {
        guard guest.snapshots.contains(where: { $0.name == name }) else {
            throw .failed("snapshot '\(name)' does not exist")
        }
        if let lock = guest.lock { throw .failed("\(guest.kind.title) is locked (\(lock))") }
        let prefix = guest.kind.taskPrefix
        switch (call.method, call.rest(from: 6)) {
        case (.delete, ""):
            guests[guest.vmid]?.lock = "snapshot-delete"
            return begin(
                prefix + "delsnapshot", on: guest.node, id: String(guest.vmid), of: call,
                effect: .deleteSnapshot(guest.vmid, name: name))
        case (.post, "rollback"):
            try require("VM.Snapshot.Rollback", onGuest: guest.vmid, call)
            guests[guest.vmid]?.lock = "rollback"
            return begin(
                prefix + "rollback", on: guest.node, id: String(guest.vmid), of: call,
                effect: .rollback(guest.vmid, name: name))
        default: throw .unknown(call.method, call.path)
        }
    }
}
