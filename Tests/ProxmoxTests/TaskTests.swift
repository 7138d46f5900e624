import Model
import Synchronization
import Testing
import Transport

@testable import Proxmox

struct TaskTests {
    private func upid() throws -> UPID { try #require(UPID(Example.upidText)) }

    @Test(arguments: [
        ("OK", TaskExit.ok), ("WARNINGS: 3", .warnings(3)),
        (
            "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
            .failed(.locked("can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"))
        ),
        (
            "VM quit/powerdown failed - got timeout",
            .failed(.other(status: 500, text: "VM quit/powerdown failed - got timeout"))
        ),
        ("unexpected status", .failed(.other(status: 500, text: "unexpected status"))),
    ])
    func `a task ends well, with warnings or with a reason`(text: String, exit: TaskExit) async throws {
        let sender = StubSender { _, _ in
            .json(#"{"data":{"status":"stopped","exitstatus":"\#(text)","upid":"x"}}"#)
        }
        #expect(try await Example.client(sender).status(of: upid()) == .ended(exit))
    }

    @Test func `waiting looks ever less often, and the path holds the whole UPID`() async throws {
        let sender = StubSender { _, number in
            .json(number < 8 ? #"{"data":{"status":"running"}}"# : #"{"data":{"status":"stopped","exitstatus":"OK"}}"#)
        }
        let clock = ManualClock()
        let exit = try await Example.client(sender, clock: clock).wait(for: upid(), atMost: .seconds(60))
        #expect(exit == .ok)
        #expect(Set(sender.lines) == ["GET /nodes/pve1/tasks/\(Example.upidText)/status"])
        #expect(clock.pauses.count == 7)
        #expect(zip(clock.pauses, clock.pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(clock.pauses.allSatisfy { $0 >= .milliseconds(250) && $0 <= .seconds(2) })
    }

    @Test func `a task that does not end is a deadline, not an endless wait`() async throws {
        let sender = StubSender { _, _ in .json(#"{"data":{"status":"running"}}"#) }
        let clock = ManualClock()
        let client = try Example.client(sender, clock: clock)
        let task = try upid()
        let failure = await failure { () throws(ProxmoxFailure) in
            try await client.wait(for: task, atMost: .seconds(60))
        }
        #expect(failure == .deadline(task))
        #expect(clock.pauses.reduce(.zero, +) == .seconds(60))
        #expect(sender.requests.count < 60)
    }

    @Test func `a node that is away for a while is waited for`() async throws {
        let sender = StubSender { _, number in
            number <= 12
                ? .refusal(595, "No route to host") : .json(#"{"data":{"status":"stopped","exitstatus":"OK"}}"#)
        }
        #expect(try await Example.client(sender).wait(for: upid(), atMost: .seconds(60)) == .ok)
    }

    @Test func `a task that nobody knows ends the wait`() async throws {
        let body = #"{"data":null,"errors":{"upid":"no such task"},"message":"Parameter verification failed."}"#
        let sender = StubSender { _, _ in
            .success(HTTPResponse(status: 400, reason: "Parameter verification failed.", body: Array(body.utf8)))
        }
        let client = try Example.client(sender)
        let task = try upid()
        #expect(
            await failure { () throws(ProxmoxFailure) in try await client.wait(for: task, atMost: .seconds(60)) }
                == .gone("no such task"))
    }

    @Test func `past tasks come from every node, latest first, and a silent node makes them no whole history`()
        async throws
    {
        let sender = StubSender { request, _ in
            switch request.route {
            case "/nodes/pve1/tasks":
                .json(
                    #"{"data":[{"upid":"UPID:pve1:00000001:00000001:00000064:qmstart:100:root@pam:","endtime":101,"status":"OK"}]}"#
                )
            case "/nodes/pve2/tasks":
                .json(
                    #"{"data":[{"upid":"UPID:pve2:00000001:00000001:00000065:qmigrate:100:a@pve:","tokenid":"ci","user":"a@pve","endtime":102,"status":"failed"}]}"#
                )
            default: .refusal(403, "Permission check failed")
            }
        }
        let client = try Example.client(sender)
        let history = await client.taskHistory(
            of: ["pve1", "pve2", "pve3"], about: VMID(100), since: Timestamp(seconds: 90))
        let tasks = history.tasks
        #expect(history.isWholeSince == nil)
        let answered = await client.taskHistory(of: ["pve1", "pve2"], about: VMID(100), since: Timestamp(seconds: 90))
        #expect(answered.tasks == tasks && answered.isWholeSince == Timestamp(seconds: 90))
        #expect(tasks.map(\.type) == ["qmigrate", "qmstart"])
        #expect(tasks.first?.user == "a@pve!ci" && tasks.first?.exitStatus == "failed")
        #expect(sender.requests.first?.query == "vmid=100&since=90&limit=500&source=archive")
    }

    @Test func `a long history is read page after page, and where it is too long it is whole from its last page on`()
        async throws
    {
        func sender(of total: Int) -> StubSender {
            StubSender { request, _ in
                let pairs = request.query.split(separator: "&").map { $0.split(separator: "=") }
                let start = pairs.first { $0[0] == "start" }.flatMap { Int($0[1]) } ?? 0
                let tasks = (start..<min(total, start + 500)).map { index in
                    let second = String(20_000 - index, radix: 16, uppercase: true)
                    let digits = String(repeating: "0", count: 8 - second.count) + second
                    return
                        #"{"upid":"UPID:pve1:00000001:00000001:\#(digits):qmstart:100:root@pam:","endtime":20001,"status":"OK"}"#
                }
                return .json(#"{"data":[\#(tasks.joined(separator: ","))]}"#)
            }
        }
        let since = Timestamp(seconds: 5)
        let whole = await (try Example.client(sender(of: 1_200))).taskHistory(of: ["pve1"], since: since)
        #expect(whole.tasks.count == 1_200 && whole.isWholeSince == since)
        let cut = await (try Example.client(sender(of: 15_000))).taskHistory(of: ["pve1"], since: since)
        #expect(cut.tasks.count == 10_000 && cut.isWholeSince == Timestamp(seconds: 20_000 - 9_500))
    }

    // MARK: Power

    private struct Guest {
        var status: String
        var startAnswer: StubSender.Answer
        var exit = "OK"
    }

    private func power(_ guest: Guest, statusAfter: [String]) -> StubSender {
        let reads = Mutex(0)
        return StubSender { request, _ in
            if request.method == .post { return guest.startAnswer }
            if request.route.hasSuffix("/status/current") {
                let index = reads.withLock { count in
                    count += 1
                    return count - 1
                }
                return .json(#"{"data":{"status":"\#(statusAfter[min(index, statusAfter.count - 1)])","vmid":100}}"#)
            }
            return .json(#"{"data":{"status":"stopped","exitstatus":"\#(guest.exit)"}}"#)
        }
    }

    private static let begun = StubSender.Answer.json(#"{"data":"\#(Example.upidText)"}"#)

    private func bringing(_ body: () async throws(BringingFailure) -> Void) async -> BringingFailure? {
        do throws(BringingFailure) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func start(_ sender: StubSender) async throws -> BringingFailure? {
        let client = try Example.client(sender)
        return await bringing { () throws(BringingFailure) in
            try await client.bring(Example.vm, to: .running, by: .start, within: .seconds(60))
        }
    }

    private func shutDown(_ sender: StubSender) async throws -> BringingFailure? {
        let client = try Example.client(sender)
        return await bringing { () throws(BringingFailure) in
            try await client.bring(Example.vm, to: .stopped, by: .shutdown(timeout: 60), within: .seconds(60))
        }
    }

    @Test func `a start returns when the guest runs`() async throws {
        let sender = power(Guest(status: "stopped", startAnswer: Self.begun), statusAfter: ["stopped", "running"])
        #expect(
            try await start(sender) == nil)
        #expect(sender.lines.count(where: { $0.hasPrefix("POST") }) == 1)
        #expect(sender.lines.count(where: { $0.hasSuffix("/current") }) == 2)
    }

    @Test func `a guest that runs already is started`() async throws {
        let sender = power(
            Guest(status: "running", startAnswer: .refusal(500, "VM 100 already running")), statusAfter: ["running"])
        #expect(
            try await start(sender) == nil)
    }

    @Test func `a start whose answer was lost is looked at, and never sent twice`() async throws {
        let lost = StubSender.Answer.failure(.truncated(address: "pve1:8006", received: 0, detail: "closed"))
        let done = power(Guest(status: "stopped", startAnswer: lost), statusAfter: ["running"])
        #expect(try await start(done) == nil)
        #expect(done.lines.count(where: { $0.hasPrefix("POST") }) == 1)
        let undone = power(Guest(status: "stopped", startAnswer: lost), statusAfter: ["stopped"])
        let failure = try await start(undone)
        guard case .answerLost = failure?.cause, failure?.wasAsked == true else {
            Issue.record("not a lost answer: \(String(describing: failure))")
            return
        }
        #expect(undone.lines.count(where: { $0.hasPrefix("POST") }) == 1)
    }

    @Test func `a guest that does not shut down in time is a failure, and its power is never cut`() async throws {
        var guest = Guest(status: "running", startAnswer: Self.begun)
        guest.exit = "VM quit/powerdown failed - got timeout"
        let sender = power(guest, statusAfter: ["running"])
        let failure = try await shutDown(sender)
        let cause = ProxmoxFailure.other(status: 500, text: "VM quit/powerdown failed - got timeout")
        #expect(failure == BringingFailure(cause: cause, wasAsked: true))
        let posts = sender.requests.filter { $0.method == .post }
        #expect(posts.map(\.route) == ["/nodes/pve1/qemu/100/status/shutdown"])
        #expect(posts.map(\.form) == ["timeout=60"])
    }

    @Test func `a shutdown that HA only notes is followed until the guest has stopped`() async throws {
        let sender = power(
            Guest(status: "running", startAnswer: Self.begun),
            statusAfter: ["running", "running", "running", "stopped"])
        let failure = try await shutDown(sender)
        #expect(failure == nil)
        #expect(sender.lines.count(where: { $0.hasSuffix("/current") }) == 4)
    }

    @Test func `a guest that never stops runs into the deadline`() async throws {
        let sender = power(Guest(status: "running", startAnswer: Self.begun), statusAfter: ["running"])
        let failure = try await shutDown(sender)
        #expect(failure == BringingFailure(cause: .deadline(try upid()), wasAsked: true))
    }

    @Test func `a shutdown that Proxmox refused, or that found the lock busy, asked the guest nothing`() async throws {
        let text = "Permission check failed (/vms/100, VM.PowerMgmt)"
        let refused = power(
            Guest(status: "running", startAnswer: .refusal(403, text)), statusAfter: ["running"])
        let refusal = try await shutDown(refused)
        #expect(refusal?.wasAsked == false)
        guard case .permission(path: "/vms/100", privilege: "VM.PowerMgmt", _)? = refusal?.cause else {
            Issue.record("not a missing right: \(String(describing: refusal))")
            return
        }
        var guest = Guest(status: "running", startAnswer: Self.begun)
        guest.exit = "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"
        let busy = try await shutDown(power(guest, statusAfter: ["running"]))
        #expect(busy?.wasAsked == false)
        // A proxy in between that lost the answer says nothing of the question.
        let lost = power(Guest(status: "running", startAnswer: .refusal(502, "Bad Gateway")), statusAfter: ["running"])
        #expect(try await shutDown(lost)?.wasAsked == true)
    }
}
