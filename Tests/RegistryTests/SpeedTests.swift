import GRDB
import Model
import Testing

@testable import Registry

/// Ten thousand servers, each with what a real one has.
@Suite(.serialized) struct SpeedTests {
    /// What a release build needs is a fifth of this and less; a debug build of the same code is many times slower.
    #if DEBUG
        // Hundreds of tests run beside this one, unoptimised; a cost that grew with the square would be minutes.
        private let limit = Duration.seconds(10)
    #else
        private let limit = Duration.milliseconds(100)
    #endif

    private func filled(_ scratch: Scratch) async throws -> FleetRegistry {
        let registry = try await scratch.open()
        let servers = (0..<10_000).map { number in
            let stack = StackID(cluster: "lab", name: "stack-\(number % 10)")
            var server = RecordedServer(
                name: ServerName("server-\(number)"), stack: stack, type: .vm, vmid: VMID(100 + number),
                node: NodeName("pve\(number % 16)"))
            server.mark = String(number, radix: 16) + "00000000000"
            server.roles = number % 3 == 0 ? ["web", "java"] : ["db"]
            server.addresses = ["10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)/8"]
            server.wasStarted = true
            return server
        }
        try await registry.upsert(servers, at: moment(1))
        try await registry.write { connection in
            try connection.execute(
                sql: "INSERT INTO births (server_key, server, count, last_mark) SELECT key, name, 1, mark FROM servers")
        }
        return registry
    }

    private func best(of turns: Int, _ work: () async throws -> Void) async rethrows -> Duration {
        var best = Duration.seconds(3600)
        for _ in 0..<turns { best = min(best, try await ContinuousClock().measure { try await work() }) }
        return best
    }

    @Test func `what a plan needs of ten thousand servers is read in a moment`() async throws {
        let scratch = try Scratch()
        let registry = try await filled(scratch)
        var count = 0
        let took = try await best(of: 7) { count = try await registry.recorded().servers.count }
        #expect(count == 10_000)
        print("recorded() of 10,000 servers: \(took)")
        #expect(took < limit)
    }

    @Test func `opening a registry of ten thousand servers costs little`() async throws {
        let scratch = try Scratch()
        let registry = try await filled(scratch)
        let took = try await best(of: 5) { try await scratch.open().close() }
        print("opening and closing: \(took)")
        #expect(took < limit / 2)
        try await registry.close()
    }

    @Test func `an inventory that brings nothing new costs little`() async throws {
        let scratch = try Scratch()
        let registry = try await filled(scratch)
        let nodes = Dictionary(
            uniqueKeysWithValues: (0..<10_000).map { (ServerName("server-\($0)"), NodeName("pve\($0 % 16)")) })
        var second: Int64 = 10
        let took = try await best(of: 3) {
            second += 1
            try await registry.noteInventory(of: "lab", at: moment(second), seen: nodes, missed: [])
        }
        print("noteInventory() of 10,000 servers: \(took)")
        #expect(took < limit)
    }

    @Test func `history of thousands of runs is paged in a moment`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        _ = try await startedRun(registry, "first", at: 0)
        try await registry.write { connection in
            try connection.execute(
                sql: """
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
                    INSERT INTO runs (id, command, who, pid, start_ticks, boot_id, started_at, status)
                    SELECT 'r' || n, 'apply', 'kim', 1, 1, 'b', n * 1000, 'finished' FROM numbers
                    """)
        }
        var cursor: HistoryPage.Cursor?
        for _ in 0..<100 { cursor = try await registry.history(after: cursor, limit: 50).next }
        let deep = try #require(cursor)
        let took = try await best(of: 5) { _ = try await registry.history(after: deep, limit: 50) }
        print("page 100 of the history of 20,000 runs: \(took)")
        #expect(took < limit / 2)
    }
}
