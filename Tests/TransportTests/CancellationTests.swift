import Testing

@testable import Transport

struct CancellationTests {
    private func outcome(_ transport: HTTPTransport, _ url: String) async -> Result<Int, TransportFailure> {
        do throws(TransportFailure) {
            return .success(try await transport.send(HTTPRequest(.get, url: url)).status)
        } catch { return .failure(error) }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer("ok") }
        }
        defer { server.close() }
        let transport = HTTPTransport()
        let task = Task { () -> Result<Int, TransportFailure> in
            withUnsafeCurrentTask { $0?.cancel() }
            return await outcome(transport, server.url)
        }
        #expect(await task.value == .failure(.cancelled))
        #expect(server.accepted == 0)
    }

    @Test func `a request under way ends at once, and its place is free again`() async throws {
        let arrivals = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { connection in
            guard let request = connection.request() else { return }
            guard request.line.contains("/hang") else { return connection.answer("ok") }
            arrivals.continuation.yield()
            connection.waitForEnd()
        }
        defer { server.close() }
        let transport = HTTPTransport(liveLimit: 1)
        let task = Task { await outcome(transport, server.url + "/hang") }
        for await _ in arrivals.stream { break }
        task.cancel()
        #expect(await task.value == .failure(.cancelled))
        #expect(await outcome(transport, server.url + "/next") == .success(200))
    }

    @Test func `a cancellation after the answer changes nothing`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer("ok") }
        }
        defer { server.close() }
        let transport = HTTPTransport()
        let task = Task { await outcome(transport, server.url) }
        #expect(await task.value == .success(200))
        task.cancel()
        #expect(await outcome(transport, server.url) == .success(200))
    }

    @Test func `cancellations at any moment leave every caller with one outcome`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil { connection.answer("ok") }
        }
        defer { server.close() }
        let transport = HTTPTransport(liveLimit: 8)
        let outcomes = await withTaskGroup(of: Result<Int, TransportFailure>.self) { group in
            for number in 0..<600 {
                group.addTask {
                    let task = Task { await outcome(transport, server.url) }
                    // Some before they start, some while they wait or run, some when they are done.
                    for _ in 0..<(number % 40) { await Task.yield() }
                    if number % 3 != 0 { task.cancel() }
                    return await task.value
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 600)
        #expect(outcomes.allSatisfy { $0 == .success(200) || $0 == .failure(.cancelled) })
        #expect(outcomes.filter { $0 == .success(200) }.count >= 200)
        #expect(await outcome(transport, server.url) == .success(200))
    }
}
