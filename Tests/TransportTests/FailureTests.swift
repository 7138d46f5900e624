import Testing

@testable import Transport

struct FailureTests {
    private let transport = HTTPTransport()

    private func failure(
        _ url: String, connect: Duration = .seconds(20), total: Duration = .seconds(20), limit: Int = 1 << 20
    ) async -> TransportFailure? {
        let request = HTTPRequest(
            .get, url: url, timeouts: .init(connect: connect, total: total), responseLimit: limit)
        do throws(TransportFailure) {
            _ = try await transport.send(request)
            return nil
        } catch { return error }
    }

    @Test func `a port on which nothing listens refuses`() async throws {
        let port = try closedPort()
        let failure = await failure("http://127.0.0.1:\(port)/")
        #expect(failure == .refused(address: "127.0.0.1:\(port)"))
        #expect(failure?.requestMayHaveArrived == false)
    }

    @Test func `a connection that never stands runs out of time while connecting`() async throws {
        let full = try FullPort()
        let failure = await failure("http://127.0.0.1:\(full.port)/", connect: .milliseconds(200))
        guard case .timedOut(.connecting, _, _) = failure else {
            Issue.record("a connection that never stood was not called so: \(String(describing: failure))")
            return
        }
        #expect(failure?.requestMayHaveArrived == false)
    }

    @Test func `a name that does not exist is unresolved`() async {
        // 64 characters are one more than a label of a DNS name may have: no resolver asks the network for it.
        let host = String(repeating: "a", count: 64) + ".invalid"
        #expect(await failure("http://\(host)/") == .unresolved(host: host))
    }

    @Test func `half a body is no answer`() async throws {
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + #"{"data":[{"vmid":"#)
        }
        defer { server.close() }
        guard case .truncated(_, received: 17, _) = await failure(server.url) else {
            Issue.record("half a body was taken for an answer")
            return
        }
    }

    @Test func `half a chunked body is no answer`() async throws {
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\n")
        }
        defer { server.close() }
        guard case .truncated(_, received: 4, _) = await failure(server.url) else {
            Issue.record("half a chunked body was taken for an answer")
            return
        }
    }

    @Test func `hanging up without a word is a lost answer`() async throws {
        let server = try LoopbackServer { connection in _ = connection.request() }
        defer { server.close() }
        guard case .truncated(_, received: 0, _) = await failure(server.url) else {
            Issue.record("a connection without an answer was something else")
            return
        }
    }

    @Test func `silence runs out of time while answering`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.waitForEnd()
        }
        defer { server.close() }
        guard case .timedOut(.answering, _, let after) = await failure(server.url, total: .milliseconds(200)) else {
            Issue.record("silence was not called so")
            return
        }
        #expect(after >= .milliseconds(150))
    }

    @Test func `a body that stops runs out of time while receiving`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.waitForEnd()
        }
        defer { server.close() }
        guard case .timedOut(.receiving, _, _) = await failure(server.url, total: .milliseconds(200)) else {
            Issue.record("a body that stopped was not called so")
            return
        }
    }

    @Test func `a server that never speaks TLS runs out of time while securing`() async throws {
        let server = try LoopbackServer { connection in connection.waitForEnd() }
        defer { server.close() }
        let url = "https://127.0.0.1:\(server.port)/"
        let failure = await failure(url, connect: .milliseconds(200))
        guard case .timedOut(.securing, _, _) = failure else {
            Issue.record("a stalled handshake was not called so: \(String(describing: failure))")
            return
        }
    }

    @Test func `plain HTTP on an https port is a failed handshake`() async throws {
        let server = try LoopbackServer { connection in connection.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        defer { server.close() }
        guard case .tls(.handshake, _) = await failure("https://127.0.0.1:\(server.port)/") else {
            Issue.record("plain HTTP was not a failed handshake")
            return
        }
    }

    @Test(arguments: [true, false])
    func `an answer beyond the limit is refused, announced or not`(isAnnounced: Bool) async throws {
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            let body = String(repeating: "x", count: 5000)
            if isAnnounced {
                connection.answer(body)
            } else {
                connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
            }
        }
        defer { server.close() }
        #expect(
            await failure(server.url, limit: 4096) == .tooLarge(address: "127.0.0.1:\(server.port)", limit: 4096))
    }

    @Test func `what is no HTTP at all is reported with libcurl's number`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.write("SSH-2.0-OpenSSH_9.2\r\n")
        }
        defer { server.close() }
        guard case .other(_, let code, _) = await failure(server.url) else {
            Issue.record("another protocol's greeting was taken for an answer")
            return
        }
        #expect(code == 1)
    }
}
