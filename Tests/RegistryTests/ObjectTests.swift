import Model
import Testing

@testable import Registry

@Suite struct ObjectTests {
    private let server = RecordedObject(
        name: ObjectName(.databaseServer, "Orders"), displayedName: "Orders",
        fields: [.init("spec.host", "db.example.com"), .init("spec.port", "5432")],
        references: [ObjectName(.server, "db-01")])
    private let database = RecordedObject(
        name: ObjectName(.database, "acme"), displayedName: "ACME", fields: [.init("spec.company.name", "주식회사 \"A\"")],
        references: [ObjectName(.databaseServer, "orders")])

    @Test func `objects come back as they were registered`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(server, at: moment(1))
        try await registry.upsert(database, at: moment(1))
        try await registry.upsert(database, at: moment(2))
        #expect(try await registry.recorded().objects == [database, server])
        var changed = server
        changed.fields = [.init("spec.host", "db2.example.com")]
        changed.references = []
        try await registry.upsert(changed, at: moment(3))
        #expect(try await registry.recorded().objects == [database, changed])
    }

    @Test func `a database server stays while databases refer to it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.upsert(server, at: moment(1))
        try await registry.upsert(database, at: moment(1))
        await #expect(throws: RegistryFailure.stillReferenced(server.name, by: [database.name])) {
            try await registry.remove(server.name)
        }
        try await registry.remove(database.name)
        try await registry.remove(server.name)
        try await registry.remove(server.name)
        #expect(try await registry.recorded().objects.isEmpty)
    }

    @Test func `roles that name each other can both go`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let names = [ObjectName(.role, "a"), ObjectName(.role, "b")]
        for (one, other) in [(names[0], names[1]), (names[1], names[0])] {
            try await registry.upsert(
                RecordedObject(name: one, displayedName: one.key, fields: [], references: [other]), at: moment(1))
        }
        for name in names { try await registry.remove(name) }
        #expect(try await registry.recorded().objects.isEmpty)
    }

    @Test func `small values are remembered by key`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let key = MetaKey.lastAudit(stack)
        #expect(try await registry.value(of: key) == nil)
        try await registry.set(key, to: "1")
        try await registry.set(key, to: "2")
        #expect(try await registry.value(of: key) == "2")
        #expect(try await registry.value(of: .lastAudit(StackID(cluster: "lab", name: "other"))) == nil)
        try await registry.set(key, to: nil)
        #expect(try await registry.value(of: key) == nil)
    }
}
