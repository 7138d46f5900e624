import Foundation
import GRDB
import Glibc
import Model
import Testing

@testable import Registry

@Suite struct FailureTests {
    /// A registry with enough in it that its pages matter, closed.
    private func filled() async throws -> Scratch {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        try await registry.upsert((1...500).map { recordedServer("web-\($0)", vmid: 100 + $0) }, at: moment(1))
        try await registry.close()
        return scratch
    }

    @Test(arguments: [FleetRegistry.Access.readWrite, .readOnly])
    func `a later program's registry is refused and left alone`(access: FleetRegistry.Access) async throws {
        let scratch = try await filled()
        var later = Schema.migrator
        later.registerMigration("v99") { try $0.execute(sql: "CREATE TABLE later (x INTEGER)") }
        let queue = try DatabaseQueue(path: scratch.registry)
        try later.migrate(queue)
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.registry))
        await #expect(throws: RegistryFailure.newerSchema(scratch.registry, unknown: ["v99"])) {
            try await scratch.open(access)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.registry)) == before)
    }

    @Test func `a reader refuses an earlier program's registry`() async throws {
        let scratch = try await filled()
        let queue = try DatabaseQueue(path: scratch.registry)
        try await queue.write { try $0.execute(sql: "DELETE FROM grdb_migrations") }
        try queue.close()
        await #expect(
            throws: RegistryFailure.olderSchema(scratch.registry, lacking: Schema.migrator.migrations.sorted())
        ) {
            try await scratch.open(.readOnly)
        }
    }

    @Test(arguments: [FleetRegistry.Access.readWrite, .readOnly], [0, 10, 4096, 10_000])
    func `a registry that was cut off is called damaged`(access: FleetRegistry.Access, length: Int64) async throws {
        let scratch = try await filled()
        #expect(truncate(scratch.registry, off_t(length)) == 0)
        await expectCorrupt { _ = try await scratch.open(access).recorded() }
    }

    @Test func `text in a registry's place is called damaged`() async throws {
        let scratch = try await filled()
        try Data(repeating: UInt8(ascii: "x"), count: 8192).write(to: URL(fileURLWithPath: scratch.registry))
        await expectCorrupt { _ = try await scratch.open() }
    }

    @Test func `pages overwritten in the middle are called damaged when they are read`() async throws {
        let scratch = try await filled()
        let size = try Data(contentsOf: URL(fileURLWithPath: scratch.registry)).count
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.registry))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0x5A, count: size - 4096))
        try handle.close()
        await expectCorrupt { _ = try await scratch.open().recorded() }
    }

    @Test func `a value that no version writes is called damaged, with its column`() async throws {
        let scratch = try await filled()
        let registry = try await scratch.open()
        try await registry.write { try $0.execute(sql: "UPDATE servers SET type = 'jail' WHERE key = 'web-7'") }
        await #expect(throws: RegistryFailure.corrupt(scratch.registry, detail: "servers.type is 'jail'")) {
            try await registry.recorded()
        }
    }

    private func expectCorrupt(_ work: () async throws -> Void) async {
        do {
            try await work()
            Issue.record("it was read")
        } catch {
            guard case RegistryFailure.corrupt = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `another program's database is refused and left alone`() async throws {
        let scratch = try Scratch()
        #expect(mkdir(scratch.path + "/state", 0o700) == 0)
        let queue = try DatabaseQueue(path: scratch.registry)
        try await queue.write { try $0.execute(sql: "CREATE TABLE theirs (x INTEGER)") }
        try queue.close()
        #expect(chmod(scratch.registry, 0o644) == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.registry))
        await #expect(throws: RegistryFailure.foreign(scratch.registry)) { try await scratch.open() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.registry)) == before)
        #expect(try mode(scratch.registry) == 0o644)
    }

    @Test func `a full disk is called so, and nothing of the write stays`() async throws {
        let registry = try await FleetRegistry.open(at: Scratch().registry)
        let path = try #require(registry.path)
        try await registry.write { try $0.execute(sql: "SELECT 1") }
        // SQLite's own limit gives the same result code as a file system without room.
        _ = try await registry.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = 1") }
        let servers = (1...5000).map { recordedServer("web-\($0)", vmid: 100 + $0) }
        await #expect(throws: RegistryFailure.diskFull(path)) { try await registry.upsert(servers, at: moment(1)) }
        #expect(try await registry.recorded().servers.isEmpty)
    }

    @Test func `a registry that was deleted or replaced while open is not written to`() async throws {
        let scratch = try await filled()
        let registry = try await scratch.open()
        #expect(rename(scratch.registry, scratch.path + "/moved") == 0)
        await #expect(throws: RegistryFailure.moved(scratch.registry)) { try await registry.retire("web-1") }
        await #expect(throws: RegistryFailure.moved(scratch.registry)) { try await registry.recorded() }
        #expect(rename(scratch.path + "/moved", scratch.registry) == 0)
        try await registry.retire("web-1")
        #expect(rename(scratch.registry, scratch.path + "/moved") == 0)
        try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.registry))
        await #expect(throws: RegistryFailure.moved(scratch.registry)) { try await registry.retire("web-2") }
    }

    @Test func `a directory in the registry's place is refused`() async throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.registry, withIntermediateDirectories: true)
        await #expect(throws: RegistryFailure.self) { try await scratch.open() }
        #expect(try mode(scratch.registry) != 0o600)
    }

    @Test func `a file in the directory's place is refused`() async throws {
        let scratch = try Scratch()
        try Data().write(to: URL(fileURLWithPath: scratch.path + "/state"))
        await #expect(throws: RegistryFailure.self) { try await scratch.open() }
    }

    @Test func `a directory's link that leads nowhere is named, and nothing is made at its end`() async throws {
        let scratch = try Scratch()
        let state = scratch.path + "/state"
        for target in ["away/plumb", scratch.path + "/away/plumb"] {
            try? FileManager.default.removeItem(atPath: state)
            try FileManager.default.createSymbolicLink(atPath: state, withDestinationPath: target)
            await #expect(throws: RegistryFailure.linkLost(state, target: scratch.path + "/away/plumb")) {
                try await scratch.open()
            }
            #expect(!FileManager.default.fileExists(atPath: scratch.path + "/away"))
        }
        // Where it leads somewhere it is a directory like any other.
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/away/plumb", withIntermediateDirectories: true)
        let registry = try await scratch.open()
        try await registry.close()
    }

    @Test func `every failure has its sentence in both languages`() {
        let plan = PlanID(rawValue: "aa")
        let batch = BatchID(rawValue: "b")
        let object = ObjectName(.databaseServer, "x")
        let failures: [RegistryFailure] = [
            .missing("p"), .locked("p", by: [LockHolder(pid: 1, command: "init")]), .locked("p", by: []),
            .corrupt("p", detail: "d"), .foreign("p"), .newerSchema("p", unknown: ["v2"]),
            .olderSchema("p", lacking: ["v2"]), .diskFull("p"), .notWritable("p", detail: "d"), .moved("p"),
            .linkLost("p", target: "t"), .unusable("p", detail: "d"),
            .vmidTaken(VMIDLease(cluster: "lab", vmid: VMID(105), server: "web-01")),
            .stillReferenced(object, by: [object]), .noSuchPlan("aa"), .ambiguousPlan("a", [plan]),
            .planSettled(plan, .applied), .planRejected(PlanID(rawValue: "p"), by: "kim"), .planTooShort("abc"),
            .noSuchRun(RunID(rawValue: "r")), .noSuchBatch(batch),
            .batchMovedOn(batch, from: .done, to: .planned), .batchIsAnother(batch),
        ]
        let entries = Dictionary(uniqueKeysWithValues: Catalogue.registry.map { ($0.code, $0) })
        #expect(Set(failures.map(\.sentence.code)) == Set(entries.keys))
        for failure in failures {
            guard let entry = entries[failure.sentence.code] else { continue }
            for language in Language.allCases {
                let text = entry.text(in: language)
                let all = text.what + text.why + text.remedy
                for index in failure.sentence.arguments.indices {
                    #expect(all.contains("{\(index)}"), "\(entry.code.rawValue) in \(language.rawValue)")
                }
                #expect(!all.contains("{\(failure.sentence.arguments.count)}"))
                #expect(!text.remedy.isEmpty)
            }
        }
    }
}
