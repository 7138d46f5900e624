import Foundation
import GRDB
import Model
import Testing

@testable import Registry

@Suite struct JournalTests {
    private func batch(_ run: RunID, _ id: String = "b1") -> BatchRecord {
        BatchRecord(
            id: BatchID(rawValue: id), run: run, stack: stack, verb: .update,
            steps: [
                .init(
                    step: StepID(rawValue: "update Server/web-02"), server: "web-02", previousEntry: #"{"cores": 2}"#),
                .init(
                    step: StepID(rawValue: "update Server/web-01"), server: "web-01", previousEntry: nil, payload: "{}"),
            ], tfvarsBefore: "aa", tfvarsAfter: "bb", process: process, openedAt: moment(200))
    }

    @Test func `an intent is there for whoever opens the file after a crash`() async throws {
        let scratch = try Scratch()
        let registry = try await scratch.open()
        let run = try await startedRun(registry)
        let intent = batch(run)
        try await registry.open(intent)
        // What a power loss leaves: the files as they are now, nothing closed and nothing moved out of the log.
        let copy = try Scratch()
        try FileManager.default.createDirectory(atPath: copy.path + "/state", withIntermediateDirectories: true)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: scratch.registry + suffix, toPath: copy.registry + suffix)
        }
        #expect(try await copy.open().openBatches() == [intent])
        _ = registry
    }

    @Test func `a batch goes from its intent to its end`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        var expected = batch(run)
        try await registry.open(expected)
        try await registry.open(expected)
        try await registry.advance(expected.id, to: .tfvarsWritten, at: moment(201))
        try await registry.advance(expected.id, to: .planned, at: moment(202), tfvarsAfter: "cc")
        try await registry.advance(expected.id, to: .applying, at: moment(203))
        let child = BatchRecord.Child(process: process, eventsFile: "journal/b1.events")
        try await registry.record(child, of: expected.id)
        (expected.phase, expected.phaseAt, expected.tfvarsAfter, expected.child) = (.applying, moment(203), "cc", child)
        #expect(try await registry.openBatches() == [expected])

        let failure = StepOutcome.failed(
            StepFailure(Sentence("terraform.applyFailed", "web-01"), retry: .after(seconds: 30)))
        let outcomes = [expected.steps[0].step: StepOutcome.done, expected.steps[1].step: failure]
        try await registry.close(expected.id, outcomes: outcomes, at: moment(204))
        try await registry.close(expected.id, outcomes: [:], at: moment(205))
        #expect(try await registry.openBatches().isEmpty)
        let closed = try #require(await registry.batches(of: run).first)
        #expect(closed.phase == .done)
        #expect(closed.closedAt == moment(204))
        #expect(closed.steps.map(\.outcome) == [.done, failure])
    }

    @Test func `the backup that a batch made is told of its steps, while it is open and afterwards`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let intent = batch(run)
        try await registry.open(intent)
        #expect(try await registry.backups(of: run).isEmpty)
        try await registry.note(backup: "backups:backup/vzdump-qemu-100.vma.zst", of: intent.id)
        #expect(try await registry.openBatches().first?.backup == "backups:backup/vzdump-qemu-100.vma.zst")
        try await registry.close(intent.id, outcomes: [:], at: moment(204))
        let backups = try await registry.backups(of: run)
        #expect(Set(backups.keys) == Set(intent.steps.map(\.step)))
        #expect(Set(backups.values) == ["backups:backup/vzdump-qemu-100.vma.zst"])
        let unknown = BatchID(rawValue: "none")
        await #expect(throws: RegistryFailure.noSuchBatch(unknown)) {
            try await registry.note(backup: "x", of: unknown)
        }
    }

    @Test func `phases go forward only`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let intent = batch(try await startedRun(registry))
        try await registry.open(intent)
        try await registry.advance(intent.id, to: .applied, at: moment(201))
        try await registry.advance(intent.id, to: .applied, at: moment(202))
        #expect(try await registry.openBatches().first?.phaseAt == moment(201))
        await #expect(throws: RegistryFailure.batchMovedOn(intent.id, from: .applied, to: .planned)) {
            try await registry.advance(intent.id, to: .planned, at: moment(203))
        }
        try await registry.close(intent.id, outcomes: [:], at: moment(204))
        await #expect(throws: RegistryFailure.batchMovedOn(intent.id, from: .done, to: .rolledBack)) {
            try await registry.advance(intent.id, to: .rolledBack, at: moment(205))
        }
    }

    @Test func `what was never opened cannot go on`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let unknown = BatchID(rawValue: "none")
        await #expect(throws: RegistryFailure.noSuchBatch(unknown)) {
            try await registry.advance(unknown, to: .planned, at: moment(1))
        }
        await #expect(throws: RegistryFailure.noSuchBatch(unknown)) {
            try await registry.close(unknown, outcomes: [:], at: moment(1))
        }
        let orphan = batch(RunID(rawValue: "none"))
        await #expect(throws: RegistryFailure.noSuchRun(orphan.run)) { try await registry.open(orphan) }
    }

    @Test func `one id is one batch`() async throws {
        let registry = try await FleetRegistry.inMemory()
        var intent = batch(try await startedRun(registry))
        try await registry.open(intent)
        intent.steps.removeLast()
        let other = intent
        await #expect(throws: RegistryFailure.batchIsAnother(intent.id)) { try await registry.open(other) }
    }
}
