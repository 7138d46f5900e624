import JSONArena
import Model
import Testing

@testable import Simulation

@Suite struct TaskTests {
    private static let vm = "/nodes/pve1/qemu/100"

    @Test func aTaskRunsAsLongAsTheLatencySays() throws {
        var lab = Laboratory(latency: .seconds(40))
        #expect(lab.cluster.nextEvent == nil)
        let upid = try #require(try lab.data(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "100"]).text)
        #expect(lab.cluster.nextEvent == lab.now + .seconds(40))
        lab.pass(.milliseconds(39_999))
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")["status"] == "running")
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")["exitstatus"] == nil)
        lab.pass(.milliseconds(1))
        let status = try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")
        #expect(status["status"] == "stopped" && status["exitstatus"] == "OK")
        #expect(try lab.data(.get, "/nodes/pve1/tasks/\(upid)/log").elements.last?["t"] == "TASK OK")
        #expect(lab.cluster.nextEvent == nil)
    }

    @Test func itsNameHasProxmoxsForm() throws {
        var lab = Laboratory()
        lab.cluster.access.set(.init("/", ["Administrator"]), of: "alice@pve", remove: false)
        try lab.clone(100)
        let upid = try #require(try lab.data(.post, Self.vm + "/status/start", as: Laboratory.alice).text)
        let parts = upid.split(separator: ":", omittingEmptySubsequences: false)
        #expect(parts.count == 9 && parts[0] == "UPID" && parts[1] == "pve1" && parts[8] == "")
        for part in parts[2...4] { #expect(part.count == 8 && part.allSatisfy(\.isHexDigit)) }
        #expect(Int64(parts[4], radix: 16) == lab.now.seconds)
        #expect(parts[5...7] == ["qmstart", "100", "alice@pve!cli"])
        let status = try lab.data(.get, "/nodes/pve1/tasks/\(upid)/status")
        #expect(status["user"] == "alice@pve" && status["tokenid"] == "cli" && status["upid"]?.text == upid)
        #expect(status["pid"]?.number == Int(parts[2], radix: 16))
        #expect(status["pstart"]?.number == Int(parts[3], radix: 16))
    }

    @Test func theHistoryIsFilteredAndLatestFirst() throws {
        var lab = Laboratory()
        try lab.clone(100)
        lab.pass(.seconds(60))
        let since = lab.now.seconds
        try lab.done(.post, Self.vm + "/status/start")
        lab.pass(.seconds(1))
        try lab.done(.post, Self.vm + "/status/start")
        try lab.container(200)
        func types(_ parameters: [String: String]) throws -> [String?] {
            try lab.data(.get, "/nodes/pve1/tasks", parameters).elements.map { $0["type"]?.text }
        }
        #expect(try types([:]) == ["vzcreate", "qmstart", "qmstart", "qmclone"])
        #expect(try types(["vmid": "100"]) == ["qmstart", "qmstart"])
        #expect(try types(["since": "\(since)"]) == ["vzcreate", "qmstart", "qmstart"])
        #expect(try types(["until": "\(since)"]) == ["qmstart", "qmclone"])
        #expect(try types(["typefilter": "vzcreate"]) == ["vzcreate"])
        #expect(try types(["errors": "1"]) == ["qmstart"])
        #expect(try types(["start": "1", "limit": "2"]) == ["qmstart", "qmstart"])
        #expect(try types(["userfilter": "alice"]).isEmpty)
        #expect(try lab.data(.get, "/nodes/pve2/tasks").elements.isEmpty)
        #expect(try lab.data(.get, "/cluster/tasks").elements.count == 4)
    }

    @Test func aTaskWaitsForTheFileLockOrGivesUp() throws {
        var lab = Laboratory()
        try lab.clone(100)
        lab.cluster.blueprint.latency = .seconds(36)
        let first = try #require(try lab.data(.post, Self.vm + "/status/start").text)
        let second = try #require(try lab.data(.post, Self.vm + "/status/stop").text)
        #expect(try lab.end(of: first) == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["status"] == "running")
        #expect(try lab.end(of: second) == "OK")
        #expect(try lab.data(.get, Self.vm + "/status/current")["status"] == "stopped")
        try lab.data(.post, Self.vm + "/status/shutdown")
        let third = try lab.done(.post, Self.vm + "/status/start")
        #expect(third == "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout")
    }

    @Test func aChangeWaitsForTheFileLockOrGivesUp() throws {
        var lab = Laboratory()
        try lab.clone(100)
        lab.cluster.blueprint.latency = .seconds(36)
        try lab.data(.post, Self.vm + "/status/start")
        lab.pass(.seconds(1))
        let delivery = lab.deliver(.put, Self.vm + "/config", ["tags": "a"])
        guard case .answer(let response, let span) = delivery else { return #expect(Bool(false)) }
        #expect(response.status == 200 && span == .seconds(8))
        try lab.data(.post, Self.vm + "/status/shutdown")
        guard case .answer(let refused, let wait) = lab.deliver(.put, Self.vm + "/config", ["tags": "b"]) else {
            return #expect(Bool(false))
        }
        #expect(refused.reason == "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout")
        #expect(wait == .seconds(10))
    }

    @Test func whatIsNoTaskIsRefused() throws {
        var lab = Laboratory()
        #expect(try lab.ask(.get, "/nodes/pve1/tasks/nonsense/status").status == 400)
        #expect(
            try lab.refusal(.get, "/nodes/pve1/tasks/UPID:pve1:00000001:00000001:00000001:qmstart:1:root@pam:/status")
                == "500 no such task")
    }

    @Test func theOldestTasksAreForgotten() throws {
        var ledger = TaskLedger()
        for number in 0..<(TaskLedger.memory + 10) {
            let record = TaskRecord(
                upid: "UPID:\(number)", node: "pve1", processID: 1, processStart: 1, startedAt: 1, endsAt: 1,
                type: "qmstart", id: "100", user: "root@pam")
            ledger.begin(record, effect: .none)
            while let (ended, _) = ledger.takeDue(at: Timestamp(milliseconds: 2)) {
                ledger.end(ended.upid, status: "OK", at: Timestamp(milliseconds: 2))
            }
        }
        #expect(ledger.records.count < TaskLedger.memory)
        #expect(ledger["UPID:0"] == nil)
        #expect(ledger["UPID:\(TaskLedger.memory + 9)"]?.exitStatus == "OK")
        #expect(ledger["UPID:\(TaskLedger.memory / 2)"]?.upid == "UPID:\(TaskLedger.memory / 2)")
    }
}
