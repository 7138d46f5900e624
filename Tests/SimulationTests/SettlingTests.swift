import JSONArena
import Model
import Testing

@testable import Simulation

/// Clusters that begin with guests, and how long their tasks take.
@Suite struct SettlingTests {
    private static func inhabited(_ change: (inout Blueprint) -> Void = { _ in }) -> Laboratory {
        Laboratory {
            var guest = Blueprint.Inhabitant(
                vmid: 100, kind: .qemu, node: "pve2",
                configuration: [
                    "name": "web-1", "cores": "2", "memory": "2048", "scsi0": "local-lvm:vm-100-disk-0,size=20G",
                    "ide2": "local-lvm:vm-100-cloudinit,media=cdrom",
                ])
            guest.power = .running
            guest.uptime = .seconds(3600)
            $0.guests = [guest]
            change(&$0)
        }
    }

    @Test func aGuestRunsAsLongAsItDidAndOwnsItsDisks() throws {
        var lab = Self.inhabited()
        let status = try lab.data(.get, "/nodes/pve2/qemu/100/status/current")
        #expect(status["uptime"] == 3600)
        let volumes = try lab.data(.get, "/nodes/pve2/storage/local-lvm/content", ["vmid": "100"]).elements
        #expect(volumes.compactMap { $0["volid"]?.text } == ["local-lvm:vm-100-cloudinit", "local-lvm:vm-100-disk-0"])
        #expect(volumes.last?["size"] == .int(20 << 30))
        try lab.data(.put, "/nodes/pve2/qemu/100/resize", ["disk": "scsi0", "size": "30G"])
        #expect(try lab.configuration("/nodes/pve2/qemu/100")["scsi0"] == "local-lvm:vm-100-disk-0,size=30G")
    }

    @Test func whatWasDestroyedDoesNotComeBackWithTheNextStart() throws {
        var lab = Self.inhabited()
        try lab.data(.post, "/nodes/pve2/qemu/100/status/stop")
        lab.pass(.seconds(1))
        try lab.data(.delete, "/nodes/pve2/qemu/100")
        lab.pass(.seconds(1))
        #expect(try lab.listed() == [9000, 9001])
        var changed = lab.cluster.blueprint
        changed.latency = .seconds(1)
        lab.cluster.adopt(changed)
        #expect(try lab.listed() == [9000, 9001])
    }

    @Test func aNodeThatIsLostFromTheBeginningRunsNothing() throws {
        var lab = Self.inhabited { $0.nodes[1].isOffline = true }
        #expect(lab.cluster.guests[100]?.isRunning == false)
        #expect(try lab.ask(.get, "/nodes/pve2/qemu/100/config").status == 595)
    }

    @Test func aTaskTakesAsLongAsItsTypeIsKnownToTake() throws {
        var lab = Self.inhabited { $0.durations = ["qmclone": .seconds(90)] }
        try lab.data(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "101", "full": "1"])
        lab.pass(.seconds(89))
        #expect(lab.cluster.guests[101]?.lock == "clone")
        lab.pass(.seconds(1))
        _ = try lab.listed()
        #expect(lab.cluster.guests[101]?.lock == nil)
    }

    @Test func durationsAreTheMedianOfWhatEndedWell() {
        func task(_ type: String, _ seconds: Int64, _ status: String? = "OK") -> ObservedTask {
            var task = ObservedTask(
                upid: "UPID:\(type):\(seconds)", node: "pve1", type: type, vmid: VMID(100), user: "root@pam",
                startedAt: Timestamp(seconds: 1000))
            task.endedAt = status.map { _ in Timestamp(seconds: 1000 + seconds) }
            task.exitStatus = status
            return task
        }
        let tasks = [
            task("qmclone", 10), task("qmclone", 40), task("qmclone", 300), task("qmclone", 1, "no space left"),
            task("qmclone", 2, nil), task("aptupdate", 900),
        ]
        let durations = TaskDurations(learnedFrom: tasks, extra: .seconds(5))
        #expect(durations.learned == ["qmclone": .init(median: .seconds(40), count: 3)])
        #expect(durations.all["qmclone"] == .seconds(45))
        #expect(durations.all["qmstart"] == .seconds(8))
        #expect(durations.all["aptupdate"] == nil)
    }

    @Test func whatBecameOfGuestsIsSaidOfEach() {
        var before = Self.inhabited().cluster.guests
        var after = before
        after[100]?.configuration["cores"] = "4"
        after[100]?.configuration["sshkeys"] = "ssh-ed25519"
        after[100]?.power = .stopped
        after[101] = Guest(vmid: 101, kind: .qemu, node: "pve1", configuration: ["name": "web-2"])
        before[102] = Guest(vmid: 102, kind: .qemu, node: "pve1", configuration: ["name": "old"])
        let changes = after.changes(since: before)
        #expect(changes.map(\.kind) == [.changed, .down, .made, .gone])
        #expect(changes.map(\.vmid) == [100, 100, 101, 102])
        let cores = GuestChange.Setting(key: "cores", before: "2", after: "4")
        // What waits for a restart is told from what is so.
        var waiting = before
        waiting[100]?.power = .running
        let running = waiting
        waiting[100]?.pending = ["cores": "4"]
        let pending = waiting.changes(since: running).flatMap(\.settings)
        #expect(pending == [GuestChange.Setting(key: "cores", before: "2", after: "4", isPending: true)])
        // Keys are no part of a report.
        #expect(changes[0].settings == [cores, GuestChange.Setting(key: "sshkeys", before: nil, after: nil)])
    }
    @Test(
        "a guest that was destroyed and made again under its number is not taken for one that was restarted",
        arguments: [GuestKind.qemu, .lxc])
    func anotherGuestOfTheNumber(kind: GuestKind) {
        func guest(_ marks: [String: String], startedAt: Int64) -> Guest {
            var guest = Guest(vmid: 100, kind: kind, node: "pve1", configuration: marks)
            guest.power = .running
            guest.startedAt = startedAt
            return guest
        }
        func description(_ id: String) -> String { "Web server\n\nplumb: lab/main/web-1 \(id)\n" }
        let own = kind == .qemu ? ["smbios1": "uuid=1"] : ["description": description("00000000000000aa")]
        let other = kind == .qemu ? ["smbios1": "uuid=2"] : ["description": description("00000000000000bb")]
        let before = [100: guest(own, startedAt: 5)]
        func kinds(_ after: Guest) -> [GuestChange.Kind] { [100: after].changes(since: before).map(\.kind) }
        #expect(kinds(guest(own, startedAt: 9)) == [.restarted])
        #expect(kinds(guest(other, startedAt: 9)) == [.remade, .started])
        var down = guest(other, startedAt: 9)
        down.power = .stopped
        #expect(kinds(down) == [.remade, .down])
    }
}
