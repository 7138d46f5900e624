import Foundation
import Model
import Registry
import Testing

@testable import CLI

@Suite("Looking where nothing can be written")
struct LookedAtRegistryTests {
    private func withRegistry(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/plumb-looked-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/registry.sqlite"
        let registry = try await FleetRegistry.open(at: path)
        try await registry.upsert(Samples.record("web-01", 1001), at: Samples.noon)
        // Still open: what was written stands in its log only.
        try await body(path)
        try await registry.close()
    }

    private func files(_ path: String) -> [Data?] {
        ["", "-wal"].map { FileManager.default.contents(atPath: path + $0) }
    }

    @Test("On a full disk a look reads a copy, which is written to and thrown away")
    func fullDisk() async throws {
        try await withRegistry { path in
            let before = files(path)
            let opened = try await LookedAtRegistry(at: path, looks: true) { _ in 1000 }
            #expect(opened.unwritable == Sentence("registry.diskFull", path))
            #expect(try await opened.registry.recorded().servers.map(\.name) == ["web-01"])
            try await opened.registry.upsert(Samples.record("web-02", 1002), at: Samples.noon)
            let place = try #require(opened.registry.path)
            await opened.close()
            #expect(files(path) == before)
            #expect(!FileManager.default.fileExists(atPath: URL(filePath: place).deletingLastPathComponent().path))
        }
    }

    @Test("Where there is room, and for a command that does something, it is the registry itself")
    func room() async throws {
        try await withRegistry { path in
            for (looks, free) in [(true, nil), (true, 1 << 30), (false, 0)] as [(Bool, Int?)] {
                let opened = try await LookedAtRegistry(at: path, looks: looks) { _ in free }
                #expect(opened.unwritable == nil && opened.registry.path == path)
                await opened.close()
            }
        }
    }

    @Test("A glance reads what stands in the log too, and writes nothing")
    func glance() async throws {
        try await withRegistry { path in
            let before = files(path)
            let seen = try await LookedAtRegistry.glance(at: path)
            #expect(seen.servers.map(\.name) == ["web-01"])
            #expect(files(path) == before)
        }
    }

    @Test("A glance at a registry that cannot be written beside reads a copy")
    func glanceBesideNothing() async throws {
        try await withRegistry { path in
            // Root writes wherever it likes, so that the place of the log is taken by something that no right opens.
            let alone = URL(filePath: path).deletingLastPathComponent().path + "/alone.sqlite"
            _ = try await FleetRegistry.copy(from: path, to: alone)
            try FileManager.default.createDirectory(atPath: alone + "-wal", withIntermediateDirectories: false)
            let before = FileManager.default.contents(atPath: alone)
            let seen = try await LookedAtRegistry.glance(at: alone)
            #expect(seen.servers.map(\.name) == ["web-01"])
            #expect(FileManager.default.contents(atPath: alone) == before)
        }
    }
}
