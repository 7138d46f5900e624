import Model
import Testing

@testable import Registry

@Suite struct AuditTests {
    @Test func `the last audit of each stack comes back as it was`() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(try await registry.audits() == [])
        let change = AuditedChange(
            address: "module.server[\"운영\"].x", server: "운영", action: .replace,
            attributes: [AttributeChange(path: "cores", before: nil, after: "2")])
        let other = StackAudit(stack: StackID(cluster: "Lab", name: "a"), endedAt: moment(1), result: .clean)
        try await registry.note(StackAudit(stack: stack, endedAt: moment(2), result: .clean))
        try await registry.note(other)
        let last = StackAudit(stack: stack, endedAt: moment(3), result: .unclean([change]))
        try await registry.note(last)
        #expect(try await registry.audits() == [other, last].sorted { $0.stack < $1.stack })
    }

    @Test func `an audit that another version wrote counts as none`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.set(.lastAudit(stack), to: "1795260000000")
        #expect(try await registry.audits() == [])
    }
}
