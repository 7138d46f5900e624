import Synchronization
import Testing
import Transport

@testable import Proxmox

struct AuthenticationTests {
    private static let password = ProxmoxCredentials.password(.init(user: "root@pam", password: "s3cret & more"))
    private static let ticketBody =
        #"{"data":{"ticket":"PVE:root@pam:69200000::c2ln+/=","CSRFPreventionToken":"69200000:csrf","username":"root@pam"}}"#

    private static func ticketSender() -> StubSender {
        StubSender(bodies: [
            "/access/ticket": ticketBody, "/version": #"{"data":{"version":"9.0.3","release":"9.0"}}"#,
            "/nodes/pve1/qemu/100/status/start": #"{"data":"\#(Example.upidText)"}"#,
        ])
    }

    @Test func `a token goes with every request, and needs no CSRF header`() async throws {
        let sender = Self.ticketSender()
        let client = try Example.client(sender)
        _ = try await client.version()
        _ = try await client.power(Example.vm, .start)
        #expect(sender.lines == ["GET /version", "POST /nodes/pve1/qemu/100/status/start"])
        for request in sender.requests {
            #expect(request.header("Authorization") == "PVEAPIToken=" + Example.tokenText)
            #expect(request.header("CSRFPreventionToken") == nil)
            #expect(request.header("Cookie") == nil)
        }
    }

    @Test func `a password becomes a ticket once, and writes carry the CSRF token`() async throws {
        let sender = Self.ticketSender()
        let client = try Example.client(sender, credentials: Self.password)
        _ = try await client.version()
        _ = try await client.power(Example.vm, .start)
        #expect(sender.lines == ["POST /access/ticket", "GET /version", "POST /nodes/pve1/qemu/100/status/start"])
        let requests = sender.requests
        #expect(requests[0].form == "username=root%40pam&password=s3cret%20%26%20more")
        #expect(requests[0].header("Cookie") == nil)
        #expect(requests[1].header("Cookie") == "PVEAuthCookie=PVE:root@pam:69200000::c2ln+/=")
        #expect(requests[1].header("CSRFPreventionToken") == nil)
        #expect(requests[2].header("CSRFPreventionToken") == "69200000:csrf")
    }

    @Test func `a ticket is renewed before its two hours are over`() async throws {
        let sender = Self.ticketSender()
        let clock = ManualClock()
        let client = try Example.client(sender, credentials: Self.password, clock: clock)
        for _ in 0..<4 {
            _ = try await client.version()
            clock.advance(by: .seconds(40 * 60))
        }
        // At 0, 40 and 80 minutes the first one; at 120 minutes a second one.
        #expect(
            sender.lines == [
                "POST /access/ticket", "GET /version", "GET /version", "GET /version", "POST /access/ticket",
                "GET /version",
            ])
    }

    @Test func `many calls at once log in once`() async throws {
        let sender = Self.ticketSender()
        let client = try Example.client(sender, credentials: Self.password)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await client.version() } }
            try await group.waitForAll()
        }
        #expect(sender.lines.count(where: { $0 == "POST /access/ticket" }) == 1)
        #expect(sender.lines.count == 51)
    }

    @Test func `a ticket that is refused early is renewed once, for writes too, and not for ever`() async throws {
        let refusals = Mutex(1)
        let sender = StubSender { request, _ in
            if request.route == "/access/ticket" { return .json(Self.ticketBody) }
            let isRefused = refusals.withLock { left in
                left -= 1
                return left >= 0
            }
            return isRefused
                ? .refusal(401, "permission denied - invalid PVE ticket") : .json(#"{"data":"\#(Example.upidText)"}"#)
        }
        let client = try Example.client(sender, credentials: Self.password)
        _ = try await client.power(Example.vm, .start)
        let start = "POST /nodes/pve1/qemu/100/status/start"
        #expect(sender.lines == ["POST /access/ticket", start, "POST /access/ticket", start])
        refusals.withLock { $0 = 100 }
        let failure = await failure { () throws(ProxmoxFailure) in try await client.power(Example.vm, .start) }
        #expect(failure == .unauthorized("permission denied - invalid PVE ticket"))
        #expect(sender.lines.count == 7)
    }

    @Test func `a token that is refused is not tried again`() async throws {
        let sender = StubSender { _, _ in .refusal(401, "invalid token value!") }
        let client = try Example.client(sender)
        #expect(
            await failure { () throws(ProxmoxFailure) in try await client.version() }
                == .unauthorized("invalid token value!"))
        #expect(sender.lines.count == 1)
    }

    @Test func `an account with a second factor is told to use a token`() async throws {
        let sender = StubSender { _, _ in
            .json(#"{"data":{"ticket":"PVE:!tfa!x","CSRFPreventionToken":"","NeedTFA":1}}"#)
        }
        let client = try Example.client(sender, credentials: Self.password)
        guard
            case .unauthorized(let text) = await failure(of: { () throws(ProxmoxFailure) in try await client.version() }
            )
        else {
            Issue.record("half a ticket was used")
            return
        }
        #expect(text.contains("API token"))
    }

    @Test func `credentials never show their secrets`() throws {
        let token = try #require(ProxmoxCredentials.Token(Example.tokenText))
        var texts: [String] = []
        for value in [ProxmoxCredentials.token(token), Self.password] {
            texts += ["\(value)", String(reflecting: value), "\([value])"]
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        var dumped = ""
        dump(token, to: &dumped)
        texts += ["\(token)", String(reflecting: token), dumped]
        for text in texts {
            #expect(!text.contains("12345678-1234"))
            #expect(!text.contains("s3cret"))
        }
    }

    @Test(arguments: [
        "", "root@pam", "root@pam!ci", "root@pam!ci=", "root!ci=secret", "root@pam=secret", "root@pam!=secret",
        "root@pam!a!b=secret", "@pam!ci=x", "root@pam!ci=se\ncret", "root@pam!ci=geh\u{e9}im",
    ])
    func `what is no token is refused`(text: String) {
        #expect(ProxmoxCredentials.Token(text) == nil)
    }

    @Test func `a token is read with and without Proxmox's header name`() {
        #expect(ProxmoxCredentials.Token(Example.tokenText)?.id == "plumb@pve!ci")
        #expect(ProxmoxCredentials.Token("PVEAPIToken=" + Example.tokenText)?.id == "plumb@pve!ci")
    }

    @Test(arguments: [
        ("https://pve1:8006", "https://pve1:8006"), ("https://pve1", "https://pve1:8006"),
        ("https://pve1:8006/", "https://pve1:8006"), ("https://pve1:443/api2/json/", "https://pve1:443"),
        ("https://[fd00::1]", "https://[fd00::1]:8006"), ("https://[fd00::1]:9000", "https://[fd00::1]:9000"),
        ("http://127.0.0.1:1234", "http://127.0.0.1:1234"),
    ])
    func `an endpoint is read in the ways that operators write it`(text: String, origin: String) {
        #expect(ProxmoxEndpoint(text)?.origin == origin)
    }

    @Test(arguments: [
        "", "pve1:8006", "ftp://pve1", "https://", "https://pve1:0", "https://pve1:99999", "https://pve1:",
        "https://pve1/other", "https://user:pw@pve1", "https://pve1?x", "https://a b", "https://:8006",
    ])
    func `what is no endpoint is refused`(text: String) {
        #expect(ProxmoxEndpoint(text) == nil)
    }
}
