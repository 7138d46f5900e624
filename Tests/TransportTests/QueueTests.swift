import Glibc
import Synchronization
import Testing

@testable import Transport

struct QueueTests {
    /// Answers, and counts the requests that are being answered at the same time.
    private final class Load: Sendable {
        private let counts = Mutex((now: 0, most: 0, total: 0))

        var most: Int { counts.withLock(\.most) }
        var total: Int { counts.withLock(\.total) }

        func during(_ body: () -> Void) {
            counts.withLock { counts in
                counts.now += 1
                counts.total += 1
                counts.most = max(counts.most, counts.now)
            }
            body()
            counts.withLock { $0.now -= 1 }
        }
    }

    /// In a process of its own, whose memory tells whether 20,000 handles were made: that took 325 MB, and 4 s.
    @Test func `twenty thousand requests at once are answered by at most 64 handles and connections`() async {
        await #expect(processExitsWith: .success) {
            let count = 20_000
            let load = Load()
            let server = try LoopbackServer { connection in
                while let request = connection.request() { load.during { connection.answer(request.line) } }
            }
            defer { server.close() }
            let transport = HTTPTransport(liveLimit: 64)
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<count {
                    group.addTask {
                        let response = try await transport.send(HTTPRequest(.get, url: server.url + "/\(number)"))
                        return String(decoding: response.body, as: UTF8.self)
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            try #require(bodies == Set((0..<count).map { "GET /\($0) HTTP/1.1" }))
            try #require(load.total == count && load.most <= 64 && server.mostOpen <= 64)
            let peak = try #require(peakMegabytes)
            try #require(peak < 200, "\(peak) MB")
        }
    }

    @Test func `the limit holds while nobody answers, and what is cancelled in the queue never leaves it`() async throws
    {
        let arrivals = AsyncStream.makeStream(of: String.self)
        let server = try LoopbackServer { connection in
            guard let request = connection.request() else { return }
            arrivals.continuation.yield(request.line)
            connection.waitForEnd()
        }
        defer { server.close() }
        let transport = HTTPTransport(liveLimit: 3)
        var tasks: [String: Task<TransportFailure?, Never>] = [:]
        for number in 0..<20 {
            tasks["GET /\(number) HTTP/1.1"] = Task {
                do throws(TransportFailure) {
                    _ = try await transport.send(HTTPRequest(.get, url: server.url + "/\(number)"))
                    return nil
                } catch { return error }
            }
        }
        var live: [Task<TransportFailure?, Never>] = []
        for await line in arrivals.stream {
            if let task = tasks.removeValue(forKey: line) { live.append(task) }
            if live.count == 3 { break }
        }
        for task in tasks.values {
            task.cancel()
            #expect(await task.value == .cancelled)
        }
        #expect(server.accepted == 3)
        for task in live {
            task.cancel()
            #expect(await task.value == .cancelled)
        }
        #expect(server.accepted == 3)
    }

    @Test func `one handle answers after the other when there is only one`() async throws {
        let load = Load()
        let server = try LoopbackServer { connection in
            while connection.request() != nil { load.during { connection.answer("ok") } }
        }
        defer { server.close() }
        let transport = HTTPTransport(liveLimit: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await transport.send(HTTPRequest(.get, url: server.url)) } }
            try await group.waitForAll()
        }
        #expect(load.most == 1)
        #expect(server.accepted == 1)
    }

    @Test func `closing ends what is under way, what waits and what comes later`() async throws {
        let arrivals = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { connection in
            guard connection.request() != nil else { return }
            arrivals.continuation.yield()
            connection.waitForEnd()
        }
        defer { server.close() }
        let transport = HTTPTransport(liveLimit: 1)
        @Sendable func send() async -> TransportFailure? {
            do throws(TransportFailure) {
                _ = try await transport.send(HTTPRequest(.get, url: server.url))
                return nil
            } catch { return error }
        }
        await withTaskGroup(of: TransportFailure?.self) { group in
            for _ in 0..<5 { group.addTask { await send() } }
            for await _ in arrivals.stream { break }
            transport.close()
            for await failure in group { #expect(failure == .cancelled) }
        }
        #expect(await send() == .cancelled)
    }
}

/// The most memory that this process ever held; nil where the system does not say it.
private var peakMegabytes: Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace)
        if words.first == "VmHWM:", words.count > 1 { return Int(words[1]).map { $0 / 1024 } }
    }
    return nil
}
