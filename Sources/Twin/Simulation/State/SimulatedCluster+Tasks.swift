import JSONArena
import Model

extension SimulatedCluster {
    /// Starts a task on a node and answers its UPID.
    ///
    /// A task on a guest whose file lock another task holds waits its turn; after ten seconds it gives up with the
    /// text that Proxmox's `lock_file` has for that.
    mutating func begin(
        _ type: String, on node: String, id: String, of call: Call, effect: TaskEffect, lines: [String] = [],
        holdsLock: Bool = true
    ) -> JSONValue {
        guard let index = nodes.firstIndex(where: { $0.name == node }) else { return .null }
        nodes[index].lastProcess += 1 + Int(random.next() % 5)
        let process = nodes[index].lastProcess
        let processStart = Int((now.milliseconds - nodes[index].bootedAt) / 10)
        let user = call.identity.display
        let numbers = [process, processStart, Int(seconds)].map(Self.eight).joined(separator: ":")
        let upid = "UPID:\(node):\(numbers):\(type):\(id):\(user):"
        var effect = effect
        var lines = lines
        var end = now.milliseconds
        let span = duration(of: type).wholeMilliseconds
        if let vmid = effect.guest, let guest = guests[vmid], holdsLock {
            let wait = guest.busyUntil - now.milliseconds
            if wait > 10_000 {
                lines.append("trying to acquire lock...")
                effect = .fail(Self.lockText(guest), undoing: nil)
                end += 10_000
            } else {
                end += max(0, wait) + span
                guests[vmid]?.busyUntil = end
            }
        } else {
            end += span
        }
        if let failure = taskFailure {
            effect = .fail(failure, undoing: effect.guest)
        }
        ledger.begin(
            TaskRecord(
                upid: upid, node: node, processID: process, processStart: processStart,
                startedAt: now.milliseconds, endsAt: end, type: type, id: id, user: user, lines: lines),
            effect: effect)
        revision += 1
        return .string(upid)
    }

    /// What the blueprint says of that type; otherwise its latency, for a clone, and a part of that for other types.
    func duration(of type: String) -> Duration {
        if let known = blueprint.durations?[type] { return known }
        let share: (Int, Int) =
            switch type {
            case "qmclone", "vzclone", "vzcreate", "qmigrate", "vzmigrate", "vzdump": (1, 1)
            case "qmcreate", "qmshutdown", "vzshutdown", "qmreboot", "vzreboot": (1, 2)
            case "qmstop", "vzstop", "qmreset", "resize", "qmpause", "qmresume", "vzsuspend", "vzresume": (1, 8)
            case "qmconfig": (1, 20)
            default: (1, 4)
            }
        return blueprint.latency * share.0 / share.1
    }

    /// Carries out what a task was for, now that its time is over.
    mutating func finish(_ record: TaskRecord, _ effect: TaskEffect) {
        do throws(Refusal) {
            try apply(effect, record)
            ledger.end(record.upid, status: "OK", at: now)
        } catch {
            ledger.end(record.upid, status: error.text, at: now)
        }
    }

    private mutating func apply(_ effect: TaskEffect, _ record: TaskRecord) throws(Refusal) {
        switch effect {
        case .none: break
        case .fail(let text, let vmid):
            if let vmid, let lock = guests[vmid]?.lock {
                if lock == "create" || lock == "clone" { remove(vmid) } else { guests[vmid]?.lock = nil }
            }
            throw .failed(text)
        case .finishCreation(let vmid, let start):
            if let whole = guests[vmid]?.unborn { guests[vmid]?.configuration = whole }
            guests[vmid]?.unborn = nil
            guests[vmid]?.lock = nil
            if start { try run(vmid) }
        case .start(let vmid): try run(vmid)
        case .stop(let vmid):
            if guests[vmid]?.isRunning == false { ledger.log(record.upid, "VM already powered down") }
            halt(vmid)
        case .reboot(let vmid):
            halt(vmid)
            try run(vmid)
        case .suspend(let vmid):
            if guests[vmid]?.power == .running { guests[vmid]?.power = .paused }
        case .resume(let vmid):
            if guests[vmid]?.power == .paused { guests[vmid]?.power = .running }
        case .destroy(let vmid, let unreferenced):
            guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
            try checkDestroyable(guest, force: false)
            remove(vmid, unreferenced: unreferenced)
        case .resize(let vmid, let disk, let size): try resize(vmid, disk: disk, size: size)
        case .migrate(let vmid, let target, let restart): try move(vmid, to: target, restart: restart)
        case .template(let vmid): try makeTemplate(vmid)
        case .snapshot(let vmid, let snapshot):
            guests[vmid]?.lock = nil
            guests[vmid]?.snapshots.append(snapshot)
            guests[vmid]?.configuration["parent"] = snapshot.name
        case .deleteSnapshot(let vmid, let name): deleteSnapshot(vmid, name: name)
        case .rollback(let vmid, let name): rollBack(vmid, to: name)
        case .backup(let vmid, let storage): try finishBackup(of: vmid, to: storage)
        }
    }

    // MARK: Power

    /// Starts a guest: what was pending counts from now on.
    mutating func run(_ vmid: Int) throws(Refusal) {
        guard let guest = guests[vmid] else { throw .failed("no such guest \(vmid)") }
        if let lock = guest.lock { throw .failed("\(guest.kind.title) is locked (\(lock))") }
        if guest.isTemplate {
            throw .failed("you can't start a \(guest.kind == .qemu ? "vm" : "CT") if it's a template")
        }
        if guest.isRunning { throw .failed("\(guest.kind.title) \(vmid) already running") }
        guard isOnline(node: guest.node) else { throw .failed("node is offline") }
        let bytes = guest.summary.memory
        if let node = nodes.first(where: { $0.name == guest.node }), bytes > node.memory {
            throw .failed("start failed: QEMU exited with code 1")
        }
        let moment = startingMoment
        guests[vmid]?.applyPending()
        guests[vmid]?.power = .running
        guests[vmid]?.startedAt = moment
    }

    /// The whole second after which a guest counts its uptime: Proxmox rounds the time that a guest runs down, so that
    /// it never claims to run since before its start.
    var startingMoment: Int64 { (now.milliseconds + 999) / 1000 }

    mutating func halt(_ vmid: Int) {
        guests[vmid]?.power = .stopped
        guests[vmid]?.applyPending()
    }

    // MARK: Texts

    static func lockText(_ guest: Guest) -> String {
        switch guest.kind {
        case .qemu: "can't lock file '/var/lock/qemu-server/lock-\(guest.vmid).conf' - got timeout"
        case .lxc: "can't lock file '/run/lock/lxc/pve-config-\(guest.vmid).lock' - got timeout"
        }
    }

    private static func eight(_ value: Int) -> String {
        SeededRandom.hex(UInt64(max(0, value)) & 0xFFFF_FFFF, 8).uppercased()
    }
}
