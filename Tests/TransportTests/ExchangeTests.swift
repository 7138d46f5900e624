import Synchronization
import Testing

@testable import Transport

struct ExchangeTests {
    private let transport = HTTPTransport()

    private func failure(_ request: HTTPRequest) async -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try await transport.send(request)
            return nil
        } catch { return error }
    }

    @Test func `method, headers and body arrive as they were given`() async throws {
        let seen = Mutex<[LoopbackServer.Request]>([])
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                seen.withLock { $0.append(request) }
                connection.answer("ok")
            }
        }
        defer { server.close() }
        for method in HTTPRequest.Method.allCases {
            let body = method == .post || method == .put ? Array("a=1&b=\0end".utf8) : nil
            let response = try await transport.send(
                HTTPRequest(
                    method, url: server.url + "/api2/json/nodes?x=1", headers: [HTTPHeader("X-Test", "yes")],
                    body: body))
            #expect(response.status == 200)
        }
        let requests = seen.withLock { $0 }
        #expect(requests.map(\.line) == ["GET", "POST", "PUT", "DELETE"].map { "\($0) /api2/json/nodes?x=1 HTTP/1.1" })
        #expect(requests.map(\.body) == ["", "a=1&b=\0end", "a=1&b=\0end", ""])
        #expect(requests.allSatisfy { $0.head.contains("X-Test: yes\r\n") && !$0.head.contains("Expect:") })
    }

    @Test func `a write without a body says so, and waits for nobody`() async throws {
        let seen = Mutex("")
        let server = try LoopbackServer { connection in
            guard let request = connection.request() else { return }
            seen.withLock { $0 = request.head }
            connection.answer("{}")
        }
        defer { server.close() }
        let response = try await transport.send(HTTPRequest(.post, url: server.url + "/start"))
        #expect(response.status == 200)
        #expect(seen.withLock { $0 }.contains("Content-Length: 0\r\n"))
    }

    @Test func `an answer has its status, its reason, its headers and its body`() async throws {
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            connection.write("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n")
            connection.answer(
                #"{"data":null}"#, status: "500 can't lock file - got timeout", headers: "Server: pve-api-daemon\r\n")
        }
        defer { server.close() }
        let response = try await transport.send(HTTPRequest(.get, url: server.url))
        #expect(response.status == 500)
        #expect(response.reason == "can't lock file - got timeout")
        #expect(response.header("server") == "pve-api-daemon")
        #expect(response.header("X-Interim") == nil)
        #expect(response.body == Array(#"{"data":null}"#.utf8))
    }

    @Test func `reads share a connection, and each write has its own`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer("ok") }
        }
        defer { server.close() }
        for _ in 0..<5 { _ = try await transport.send(HTTPRequest(.get, url: server.url)) }
        #expect(server.accepted == 1)
        for _ in 0..<3 { _ = try await transport.send(HTTPRequest(.post, url: server.url)) }
        #expect(server.accepted == 4)
    }

    @Test func `a write on a connection that dies is never repeated`() async throws {
        let posts = Mutex(0)
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                guard request.line.hasPrefix("GET") else {
                    posts.withLock { $0 += 1 }
                    return
                }
                connection.answer("ok")
            }
        }
        defer { server.close() }
        _ = try await transport.send(HTTPRequest(.get, url: server.url))
        for method in [HTTPRequest.Method.post, .put, .delete] {
            let failure = await failure(HTTPRequest(method, url: server.url + "/once"))
            guard case .truncated(_, received: 0, _) = failure else {
                Issue.record("not a lost answer: \(String(describing: failure))")
                return
            }
            #expect(failure?.requestMayHaveArrived == true)
        }
        #expect(posts.withLock { $0 } == 3)
    }

    @Test func `a redirect is an answer, and is not followed`() async throws {
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            connection.answer("", status: "301 Moved Permanently", headers: "Location: http://127.0.0.1:1/\r\n")
        }
        defer { server.close() }
        let response = try await transport.send(HTTPRequest(.get, url: server.url))
        #expect(response.status == 301)
        #expect(server.accepted == 1)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://localhost/", "localhost:8006", "", "https://", "http://a b/"])
    func `what is no http or https address is refused`(url: String) async {
        guard case .invalid = await failure(HTTPRequest(.get, url: url)) else {
            Issue.record("\(url) was not refused")
            return
        }
    }

    @Test func `a line break in a header is refused before anything is sent`() async throws {
        let server = try LoopbackServer { connection in _ = connection.request() }
        defer { server.close() }
        let header = HTTPHeader("Authorization", "token\r\nX-Injected: 1")
        #expect(
            await failure(HTTPRequest(.get, url: server.url, headers: [header]))
                == .invalid("a header with a line break"))
        #expect(server.accepted == 0)
    }

    @Test func `a request's text shows neither headers nor query`() {
        let request = HTTPRequest(
            .get, url: "https://pve1:8006/api2/json/x?password=hunter2",
            headers: [HTTPHeader("Authorization", "s3cret")])
        #expect("\(request)" == "GET https://pve1:8006/api2/json/x")
        #expect(String(reflecting: request) == "GET https://pve1:8006/api2/json/x")
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("127.1.2.3", true), ("[::1]", true), ("pve.localhost", true),
        ("127.example.org", false), ("10.0.0.1", false), ("localhost.example.org", false), ("128.0.0.1", false),
    ])
    func `loopback hosts are known, for they never go through a proxy`(host: String, isLoopback: Bool) throws {
        #expect(try #require(WebAddress("https://\(host):8006/")).isLoopback == isLoopback)
    }
}
