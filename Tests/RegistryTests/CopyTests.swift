import Foundation
import Model
import Testing

@testable import Registry

@Suite struct CopyTests {
    private static func server(_ name: String) -> RecordedServer {
        RecordedServer(name: ServerName(name), stack: stack, type: .vm, vmid: VMID(100), node: "pve1")
    }

    @Test func `a copy holds what was committed, has its owner's mode, and changes nothing of the original`()
        async throws
    {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        try await registry.upsert(Self.server("web-1"), at: moment(1))
        let before = try Data(contentsOf: URL(filePath: scratch.registry))
        let target = scratch.path + "/copy.sqlite"
        // The original is open for writing meanwhile, and what it holds is partly in its log.
        let isCopied = try await FleetRegistry.copy(from: scratch.registry, to: target)
        #expect(isCopied)
        #expect(try mode(target) == 0o600)
        #expect(try Data(contentsOf: URL(filePath: scratch.registry)) == before)
        let copy = try await FleetRegistry.open(at: target)
        let recorded = try await registry.recorded()
        #expect(try await copy.recorded() == recorded)
        try await copy.upsert(Self.server("web-2"), at: moment(2))
        #expect(try await registry.recorded().servers.map(\.name) == ["web-1"])
        try await copy.close()
        try await registry.close()
    }

    @Test func `where there is none there is nothing to copy`() async throws {
        let scratch = try Scratch()
        let isCopied = try await FleetRegistry.copy(from: scratch.registry, to: scratch.path + "/copy.sqlite")
        #expect(!isCopied)
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/copy.sqlite"))
    }

    @Test func `nothing is copied over something that is there`() async throws {
        let scratch = try Scratch()
        try await scratch.open().close()
        let target = scratch.path + "/copy.sqlite"
        try Data("mine".utf8).write(to: URL(filePath: target))
        await #expect(throws: RegistryFailure.self) {
            _ = try await FleetRegistry.copy(from: scratch.registry, to: target)
        }
        #expect(try Data(contentsOf: URL(filePath: target)) == Data("mine".utf8))
    }
}
