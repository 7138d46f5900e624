import Foundation
import GRDB
import Glibc
import Model
import Testing

@testable import Registry

@Suite struct OpeningTests {
    @Test func `an empty directory becomes a registry with every migration`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        let applied = try await registry.read { try Schema.migrator.appliedMigrations($0) }
        #expect(applied == Schema.migrator.migrations)
        #expect(try await registry.recorded().servers.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/state").sorted()
        #expect(left.allSatisfy { $0.hasPrefix("registry.sqlite") && !$0.contains(".new.") })
    }

    @Test func `a commit is on disk before it is believed in: the writer's synchronous is FULL, and the log is on`()
        async throws
    {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        let pragmas = try await registry.write { connection in
            [
                try Int.fetchOne(connection, sql: "PRAGMA synchronous").map(String.init),
                try String.fetchOne(connection, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(connection, sql: "PRAGMA foreign_keys").map(String.init),
            ]
        }
        #expect(pragmas == ["2", "wal", "1"])
        try await registry.close()
        let again = try await scratch.open()
        #expect(try await again.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
    }

    @Test func `whoever closes it last moves the log into the file`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        try await registry.upsert(recordedServer("web-1"), at: moment(1))
        #expect(try await registry.recorded().servers.count == 1)
        try await registry.close()
        let log = scratch.registry + "-wal"
        let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
        #expect((size ?? 0) == 0)
        let again = try await scratch.open()
        #expect(try await again.recorded().servers.count == 1)
        try await again.close()
    }

    @Test func `files are for their owner alone under a careless umask, and when their modes were loosened`()
        async throws
    {
        // The umask is the whole process's; every other test says its modes itself.
        let before = umask(0)
        defer { umask(before) }
        let scratch = try Scratch()
        let registry = try await scratch.open()
        try await registry.upsert(recordedServer("web-01"), at: moment(1))
        #expect(try mode(scratch.path + "/state") == 0o700)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(scratch.registry + suffix) == 0o600, "\(suffix)") }
        for suffix in ["", "-wal", "-shm"] { #expect(chmod(scratch.registry + suffix, 0o666) == 0) }
        let second = try await scratch.open()
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(scratch.registry + suffix) == 0o600, "\(suffix)") }
        try await second.close()
        try await registry.close()
    }

    @Test func `a directory that was there keeps its mode`() async throws {
        let scratch = try Scratch()
        #expect(mkdir(scratch.path + "/state", 0o755) == 0 && chmod(scratch.path + "/state", 0o755) == 0)
        _ = try await scratch.open()
        #expect(try mode(scratch.path + "/state") == 0o755)
    }

    @Test func `foreign keys are enforced`() async throws {
        let registry = try await FleetRegistry.open(at: Scratch().registry)
        await #expect(throws: RegistryFailure.self) {
            try await registry.write { connection in
                try connection.execute(sql: "INSERT INTO approvals (plan, by, at) VALUES ('nothing', 'kim', 1)")
            }
        }
    }

    @Test func `the seed of marks is made once`() async throws {
        let scratch = try Scratch()
        let first = try await scratch.open()
        let seed = try await first.recorded().markSeed
        try await first.close()
        #expect(try await scratch.open().recorded().markSeed == seed)
        let other = try await FleetRegistry.inMemory()
        #expect(try await other.recorded().markSeed != seed)
    }

    @Test func `many who start at once share one registry`() async throws {
        let scratch = try Scratch()
        let seeds = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for _ in 0..<8 { group.addTask { try await scratch.open().recorded().markSeed } }
            var seeds: Set<UInt64> = []
            for try await seed in group { seeds.insert(seed) }
            return seeds
        }
        #expect(seeds.count == 1)
    }

    @Test func `two who write at once both get through`() async throws {
        let scratch = try Scratch()
        let registries = [try await scratch.open(), try await scratch.open()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, registry) in registries.enumerated() {
                group.addTask {
                    for number in 0..<50 {
                        try await registry.upsert(
                            recordedServer("web-\(index)-\(number)", vmid: 100 + number), at: moment(1))
                    }
                }
            }
            try await group.waitForAll()
        }
        for registry in registries { #expect(try await registry.recorded().servers.count == 100) }
    }

    @Test func `a reader sees what a writer commits, and may not write`() async throws {
        let scratch = try Scratch()
        let writer = try await scratch.open()
        let reader = try await scratch.open(.readOnly)
        try await writer.upsert(recordedServer("web-01"), at: moment(1))
        #expect(try await reader.recorded().servers.map(\.name) == ["web-01"])
        do {
            try await reader.retire("web-01")
            Issue.record("a reader wrote")
        } catch {
            guard case .notWritable = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a reader reads while a transaction is open`() async throws {
        let scratch = try Scratch()
        let writer = try await scratch.open()
        try await writer.upsert(recordedServer("web-01"), at: moment(1))
        let release = try lock(scratch.registry)
        defer { release() }
        #expect(try await scratch.open(.readOnly).recorded().servers.count == 1)
    }

    @Test func `reading only makes nothing`() async throws {
        let scratch = try Scratch()
        await #expect(throws: RegistryFailure.missing(scratch.registry)) { try await scratch.open(.readOnly) }
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/state"))
    }

    @Test func `a write that finds the registry locked names the process that holds it`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open(patience: .milliseconds(50))
        let release = try lock(scratch.registry)
        defer { release() }
        do {
            try await registry.retire("web-01")
            Issue.record("the lock did not hold")
        } catch {
            guard case .locked(_, let holders) = error else {
                Issue.record("\(error)")
                return
            }
            let table = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? "no /proc/locks"
            let inodes = ["", "-shm"].map { FileIdentity(at: scratch.registry + $0)?.inode ?? 0 }
            #expect(holders.map(\.pid).contains(getpid()), "locks of \(inodes), process \(getpid()):\n\(table)")
        }
    }

    @Test func `a cancelled task's write arrives`() async throws {
        let registry = try await FleetRegistry.open(at: Scratch().registry)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            #expect(Task.isCancelled)
            try await registry.upsert(recordedServer("web-01"), at: moment(1))
            return try await registry.recorded().servers.count
        }
        #expect(try await task.value == 1)
    }

    /// Another connection's open transaction; the answer ends it.
    private func lock(_ path: String) throws -> @Sendable () -> Void {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: path, configuration: configuration)
        try holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        return { try? holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
    }
}
