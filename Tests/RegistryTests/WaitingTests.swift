import Model
import Testing

@testable import Registry

/// What waits because it failed outlives the process that saw it fail.
@Suite struct WaitingTests {
    private let create = StepID(rawValue: "create Server/web-01")

    private func setback(_ failures: Int, until: Int64 = 200) -> Setback {
        Setback(
            facts: [Fact(.desired, "settings.cores", "2")], failures: failures, at: moment(100), until: moment(until))
    }

    @Test func `a step that failed is remembered until it is done`() async throws {
        let scratch = try Scratch()
        var registry = try await scratch.open()
        try await registry.note([create: setback(1)], done: [], at: moment(100))
        try await registry.note([create: setback(2)], done: [], at: moment(110))
        try await registry.close()
        registry = try await scratch.open()
        #expect(try await registry.recorded().setbacks == [create: setback(2)])
        try await registry.note([:], done: [create], at: moment(120))
        #expect(try await registry.recorded().setbacks.isEmpty)
    }

    @Test func `a step that nobody tried for a week is forgotten`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.note([create: setback(1)], done: [], at: moment(100))
        try await registry.note([:], done: [], at: moment(200 + 7 * 86_400))
        #expect(try await registry.recorded().setbacks.count == 1)
        try await registry.note([:], done: [], at: moment(201 + 7 * 86_400))
        #expect(try await registry.recorded().setbacks.isEmpty)
    }

    @Test func `a cluster's trouble is remembered until it is over`() async throws {
        let scratch = try Scratch()
        var registry = try await scratch.open()
        let health = ClusterHealth(
            failures: 6, since: moment(10), nextLook: moment(900), reason: Sentence("proxmox.noQuorum", "Lab"))
        try await registry.note(health, of: "Lab")
        try await registry.close()
        registry = try await scratch.open()
        #expect(try await registry.health() == ["lab": health])
        #expect(try await registry.recorded().health == ["lab": health])
        try await registry.note(nil, of: "lab")
        #expect(try await registry.health().isEmpty)
    }

    @Test func `of two processes only one gets a number for a server`() async throws {
        let scratch = try Scratch()
        let (one, other) = (try await scratch.open(), try await scratch.open())
        let vmid = VMID(105)
        async let first: Bool = taken(VMIDLease(cluster: "lab", vmid: vmid, server: "a"), in: one)
        async let second: Bool = taken(VMIDLease(cluster: "lab", vmid: vmid, server: "b"), in: other)
        let winners = try await [first, second]
        #expect(winners.count { $0 } == 1)
        #expect(try await other.recorded().leases.map(\.server) == [winners[0] ? "a" : "b"])
    }

    private func taken(_ lease: VMIDLease, in registry: FleetRegistry) async throws -> Bool {
        do throws(RegistryFailure) {
            try await registry.take(lease, at: moment(1))
            return true
        } catch {
            guard case .vmidTaken = error else { throw error }
            return false
        }
    }
}
