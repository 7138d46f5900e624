import Model
import Synchronization
import Testing
import Transport

@testable import Proxmox

struct RetryTests {
    private static let passing: [StubSender.Answer] = [
        .failure(.unresolved(host: "pve1")), .failure(.refused(address: "pve1:8006")),
        .failure(.unreachable(address: "pve1:8006", detail: "no route")),
        .failure(.timedOut(.connecting, address: "pve1:8006", after: .seconds(5))),
        .failure(.timedOut(.answering, address: "pve1:8006", after: .seconds(60))),
        .failure(.truncated(address: "pve1:8006", received: 17, detail: "closed")),
        .refusal(595, "No route to host"), .refusal(596, "Connection timed out"),
        .refusal(599, "Too many redirections"),
        .refusal(502, "Bad Gateway"), .refusal(503, "Service Unavailable"), .refusal(504, "Gateway Timeout"),
        .json(#"{"data":{"versi"#), .json("<html>please wait</html>"), .json(#"{"success":1}"#),
    ]

    private static let lasting: [StubSender.Answer] = [
        .failure(.tls(.untrusted("self-signed certificate"), address: "pve1:8006")), .failure(.cancelled),
        .failure(.tooLarge(address: "pve1:8006", limit: 1)), .failure(.invalid("bad")),
        .refusal(401, "authentication failure"), .refusal(403, "Permission check failed (/vms/100, VM.Audit)"),
        .refusal(400, "Parameter verification failed."), .refusal(500, "VM 100 not running"),
        .refusal(500, "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout"),
        .refusal(501, "Method 'GET /version' not implemented"),
    ]

    @Test(arguments: passing)
    func `a read is repeated when it may pass`(first: StubSender.Answer) async throws {
        let sender = StubSender { _, number in number == 1 ? first : .json(#"{"data":{"version":"9.0.3"}}"#) }
        let version = try await Example.client(sender).version()
        #expect(version.version == "9.0.3")
        #expect(sender.lines == ["GET /version", "GET /version"])
    }

    @Test(arguments: lasting)
    func `a read is not repeated when it cannot pass`(answer: StubSender.Answer) async throws {
        let sender = StubSender { _, _ in answer }
        let client = try Example.client(sender)
        #expect(await failure { () throws(ProxmoxFailure) in try await client.version() } != nil)
        #expect(sender.lines.count == 1)
    }

    @Test func `reads stop after four tries, with pauses that grow`() async throws {
        let sender = StubSender { _, _ in .failure(.refused(address: "pve1:8006")) }
        let clock = ManualClock()
        let client = try Example.client(sender, clock: clock)
        let failure = await failure { () throws(ProxmoxFailure) in try await client.version() }
        #expect(failure == .transport(.refused(address: "pve1:8006")))
        #expect(sender.lines.count == 4)
        // Half of 250, 500 and 1000 ms, because the chance is 0.5.
        #expect(clock.pauses == [.milliseconds(125), .milliseconds(250), .milliseconds(500)])
    }

    @Test func `a call that has taken its time is not tried again`() async throws {
        let clock = ManualClock()
        let sender = StubSender { _, _ in
            clock.advance(by: .seconds(61))
            return .failure(.timedOut(.answering, address: "pve1:8006", after: .seconds(60)))
        }
        let client = try Example.client(sender, clock: clock)
        #expect(await failure { () throws(ProxmoxFailure) in try await client.version() } != nil)
        #expect(sender.lines.count == 1)
    }

    @Test(arguments: [
        StubSender.Answer.failure(.timedOut(.answering, address: "pve1:8006", after: .seconds(60))),
        .failure(.timedOut(.receiving, address: "pve1:8006", after: .seconds(60))),
        .failure(.truncated(address: "pve1:8006", received: 0, detail: "closed")), .failure(.cancelled),
        .failure(.other(address: "pve1:8006", code: 16, detail: "?")),
    ])
    func `a write whose answer was lost is never repeated, and says that it may be done`(answer: StubSender.Answer)
        async throws
    {
        let sender = StubSender { _, _ in answer }
        let client = try Example.client(sender)
        let failures = [
            await failure { () throws(ProxmoxFailure) in try await client.power(Example.vm, .start) },
            await failure { () throws(ProxmoxFailure) in try await client.change(Example.vm, GuestChange(tags: ["a"]))
            },
            await failure { () throws(ProxmoxFailure) in
                try await client.power(Example.container, .shutdown(timeout: 60))
            },
        ]
        #expect(sender.lines.count == 3)
        for failure in failures {
            guard case .answerLost = failure else {
                Issue.record("not a lost answer: \(String(describing: failure))")
                continue
            }
            #expect(failure?.mayHaveBeenDone == true)
        }
    }

    @Test(arguments: [502, 503, 504, 595, 596, 599, 500])
    func `a write that was refused by the server is never repeated`(status: Int) async throws {
        let sender = StubSender { _, _ in .refusal(status, "whatever") }
        let client = try Example.client(sender)
        #expect(await failure { () throws(ProxmoxFailure) in try await client.power(Example.vm, .start) } != nil)
        #expect(sender.lines.count == 1)
    }

    @Test(arguments: [
        StubSender.Answer.failure(.refused(address: "pve1:8006")), .failure(.unresolved(host: "pve1")),
        .failure(.timedOut(.securing, address: "pve1:8006", after: .seconds(5))),
    ])
    func `a write that certainly was not delivered is repeated`(first: StubSender.Answer) async throws {
        let sender = StubSender { _, number in number == 1 ? first : .json(#"{"data":"\#(Example.upidText)"}"#) }
        _ = try await Example.client(sender).power(Example.vm, .start)
        #expect(sender.lines.count == 2)
    }

    @Test func `only so many requests are under way at a time`() async throws {
        let counts = Mutex((now: 0, most: 0))
        let sender = StubSender { _, _ in
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            for _ in 0..<20 { await Task.yield() }
            counts.withLock { $0.now -= 1 }
            return .json(#"{"data":{"version":"9.0.3"}}"#)
        }
        var settings = ProxmoxClient.Settings()
        settings.concurrency = 5
        let client = try Example.client(sender, settings: settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { _ = try await client.version() } }
            try await group.waitForAll()
        }
        #expect(counts.withLock(\.most) <= 5)
        #expect(counts.withLock(\.most) > 1)
        #expect(sender.lines.count == 200)
    }

    @Test func `a call that is cancelled while it waits in line sends nothing`() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let sender = StubSender { _, _ in
            started.continuation.yield()
            for await _ in release.stream { break }
            return .json(#"{"data":{"version":"9.0.3"}}"#)
        }
        var settings = ProxmoxClient.Settings()
        settings.concurrency = 1
        let client = try Example.client(sender, settings: settings)
        let first = Task { try? await client.version().version }
        for await _ in started.stream { break }
        let second = Task { await failure { () throws(ProxmoxFailure) in try await client.version() } }
        second.cancel()
        #expect(await second.value == .transport(.cancelled))
        release.continuation.yield()
        #expect(await first.value == "9.0.3")
        #expect(sender.lines.count == 1)
    }
}
