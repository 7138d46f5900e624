import Foundation
import Model
import Registry
import Terraform
import Testing

@testable import CLI

@Suite("What is on record of stacks")
struct StackRecordsTests {
    private let stack = Samples.stack

    private func records(_ registry: FleetRegistry) -> StackRecords {
        RegistryLedger(registry: registry, command: "recover", clock: { Samples.noon }).stackRecords
    }

    @Test func `the registry answers for the stack that is asked about`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let records = records(registry)
        let other = StackID(cluster: "lab", name: "other")
        let batches = await records.openBatches()
        #expect(batches?.isEmpty == true)
        #expect(await records.isUnrecorded(stack))
        try await registry.upsert(Samples.record("web-01", 1001), at: Samples.noon)
        #expect(await !records.isUnrecorded(stack))
        #expect(await records.isUnrecorded(other))
        #expect(await records.knownState(stack) == nil)
        let stamp = StateStamp(lineage: "l", serial: 4)
        try await registry.note([StateSighting(stack: stack, stamp: stamp)])
        #expect(await records.knownState(stack) == stamp)
        #expect(await records.knownState(other) == nil)
    }

    @Test func `a state that was mended is in the history, as done by the verb that mended it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let sentence = Sentence("terraform.stateMended", stack.description, "4")
        await records(registry).noteMended(stack, sentence)
        let decision = StackDecision(stack: stack, by: "plumb recover", at: Samples.noon, sentence: sentence)
        #expect(try await registry.decisions() == [decision])
    }

    @Test func `what a registry would say that cannot be read is not known`() async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/plumb-records-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let registry = try await FleetRegistry.open(at: directory + "/registry.sqlite")
        try await registry.close()
        let records = records(registry)
        let batches = await records.openBatches()
        #expect(batches == nil)
        #expect(await records.knownState(stack) == nil)
        // Else the state of a stack that is on record would be set aside.
        #expect(await !records.isUnrecorded(stack))
    }
}
