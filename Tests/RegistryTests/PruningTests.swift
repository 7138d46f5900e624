import Model
import Testing

@testable import Registry

@Suite struct PruningTests {
    private let day: Int64 = 86_400

    private func run(_ id: String, at second: Int64, in registry: FleetRegistry, ends: Bool = true) async throws {
        let run = RunRecord(
            id: RunID(rawValue: id), command: "apply", who: "kim", commit: nil, plan: nil, process: process,
            startedAt: moment(second))
        try await registry.start(run)
        let batch = BatchRecord(
            id: BatchID(rawValue: "batch of \(id)"), run: run.id, stack: stack, verb: .update, steps: [],
            tfvarsBefore: "", process: process, openedAt: moment(second))
        try await registry.open(batch)
        guard ends else { return }
        try await registry.close(batch.id, outcomes: [:], at: moment(second))
        try await registry.finish(run.id, exitCode: 0, at: moment(second))
    }

    @Test func `runs go that are old, ended, and not among the latest`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await run("oldest", at: 0, in: registry)
        try await run("open", at: 1, in: registry, ends: false)
        try await run("old", at: 2, in: registry)
        try await run("young", at: 99 * day, in: registry)
        let retention = FleetRegistry.Retention(runs: 2)
        try await registry.prune(retention, at: moment(100 * day))
        try await registry.prune(retention, at: moment(100 * day))
        #expect(try await registry.runs().map(\.id.rawValue) == ["young", "old", "open"])
        #expect(try await registry.batches(of: RunID(rawValue: "oldest")).isEmpty)
        #expect(try await registry.openBatches().count == 1)
    }

    @Test func `a plan of the whole fleet takes the place of those that are pending, and old ones go`() async throws {
        let registry = try await FleetRegistry.inMemory()
        func plan(_ id: String, _ second: Int64) -> PlanRecord {
            PlanRecord(id: PlanID(rawValue: id), commit: nil, createdAt: moment(second), createdBy: "kim")
        }
        try await registry.save(plan("aaaaaaaa", 1), bytes: [], isWhole: true)
        try await registry.save(plan("bbbbbbbb", 2), bytes: [])
        try await registry.reject(PlanID(rawValue: "aaaaaaaa"), by: "lee", at: moment(3))
        #expect(try await registry.plans(status: [.pending]).map(\.id.rawValue) == ["bbbbbbbb"])
        try await registry.save(plan("cccccccc", 4), bytes: [], isWhole: true)
        #expect(try await registry.plans(status: [.superseded]).map(\.id.rawValue) == ["bbbbbbbb"])
        #expect(try await registry.plans(status: [.pending]).map(\.id.rawValue) == ["cccccccc"])
        // The same situation has come back.
        try await registry.save(plan("bbbbbbbb", 5), bytes: [], isWhole: true)
        #expect(try await registry.plans(status: [.pending]).map(\.id.rawValue) == ["bbbbbbbb"])
        try await registry.prune(FleetRegistry.Retention(runs: 1), at: moment(100 * day))
        #expect(try await Set(registry.plans().map(\.id.rawValue)) == ["aaaaaaaa", "cccccccc"])
    }
}
