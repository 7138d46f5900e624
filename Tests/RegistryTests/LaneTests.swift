import Model
import Testing

@testable import Registry

@Suite struct LaneTests {
    private let plumb = ProcessStamp(pid: 1, startTicks: 10, bootID: "b")
    private let other = ProcessStamp(pid: 2, startTicks: 20, bootID: "b")
    private let terraform = ProcessStamp(pid: 3, startTicks: 30, bootID: "b")

    /// Takes one slot of a lane that has room for two.
    private func take(
        _ registry: FleetRegistry, _ id: String, by process: ProcessStamp, for batch: BatchID? = nil,
        alive: [ProcessStamp]
    ) async throws -> Bool {
        try await registry.takeLanes(
            id, of: "lab", for: batch, by: process, at: moment(1), isAlive: { alive.contains($0) },
            slots: { used in used["template/9000", default: 0] < 2 ? ["cluster": 1, "template/9000": 1] : nil })
    }

    @Test func `two processes share what there is, and what one gives back the other gets`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let alive = [plumb, other]
        #expect(try await take(registry, "a", by: plumb, alive: alive))
        #expect(try await take(registry, "b", by: other, alive: alive))
        #expect(try await take(registry, "c", by: plumb, alive: alive) == false)
        try await registry.releaseLanes("b")
        try await registry.releaseLanes("b")
        try await registry.releaseLanes(of: BatchID(rawValue: "none"))
        #expect(try await take(registry, "c", by: plumb, alive: alive))
    }

    @Test func `who holds room is known, cluster by cluster`() async throws {
        let registry = try await FleetRegistry.inMemory()
        #expect(try await take(registry, "a", by: other, alive: [plumb, other]))
        #expect(try await take(registry, "b", by: plumb, alive: [plumb, other]))
        #expect(try await registry.laneHolders(of: "lab") == [plumb, other])
        try await registry.releaseLanes("b")
        #expect(try await registry.laneHolders(of: "lab") == [other])
        #expect(try await registry.laneHolders(of: "other").isEmpty)
    }

    @Test func `another cluster has lanes of its own`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["a", "b"] { #expect(try await take(registry, id, by: plumb, alive: [plumb])) }
        let isTaken = try await registry.takeLanes(
            "c", of: "other", for: nil, by: plumb, at: moment(1), isAlive: { _ in true },
            slots: { $0.isEmpty ? ["cluster": 1] : nil })
        #expect(isTaken)
    }

    @Test func `what a process held is free when it has ended`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["a", "b"] { #expect(try await take(registry, id, by: other, alive: [plumb, other])) }
        #expect(try await take(registry, "c", by: plumb, alive: [plumb, other]) == false)
        #expect(try await take(registry, "c", by: plumb, alive: [plumb]))
    }

    @Test func `a Terraform that outlived its Plumb keeps the room of its batch until it ends or the batch is closed`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        for id in ["b1", "b2"] {
            let batch = BatchRecord(
                id: BatchID(rawValue: id), run: run, stack: stack, verb: .create, steps: [], tfvarsBefore: "",
                process: other, openedAt: moment(1))
            try await registry.open(batch)
            try await registry.record(.init(process: terraform, eventsFile: "x"), of: batch.id)
            #expect(try await take(registry, id, by: other, for: batch.id, alive: [plumb, other, terraform]))
        }
        #expect(try await take(registry, "c", by: plumb, alive: [plumb, terraform]) == false)
        try await registry.close(BatchID(rawValue: "b1"), outcomes: [:], at: moment(2))
        #expect(try await take(registry, "c", by: plumb, alive: [plumb, terraform]))
        #expect(try await take(registry, "d", by: plumb, alive: [plumb, terraform]) == false)
        // It has ended, and nobody has closed its batch yet.
        #expect(try await take(registry, "d", by: plumb, alive: [plumb]))
    }

    @Test func `room for the second program of a batch is kept although the first has ended`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let batch = BatchRecord(
            id: BatchID(rawValue: "b1"), run: run, stack: stack, verb: .rebuild, steps: [], tfvarsBefore: "",
            process: plumb, openedAt: moment(1))
        try await registry.open(batch)
        #expect(try await take(registry, "end", by: plumb, for: batch.id, alive: [plumb]))
        try await registry.record(.init(process: terraform, eventsFile: "x"), of: batch.id)
        try await registry.releaseLanes("end")
        #expect(try await take(registry, "birth", by: plumb, for: batch.id, alive: [plumb, other]))
        // Everybody who takes room forgets what nobody holds.
        #expect(try await take(registry, "c", by: other, alive: [plumb, other]))
        #expect(try await take(registry, "d", by: other, alive: [plumb, other]) == false)
        let second = ProcessStamp(pid: 4, startTicks: 40, bootID: "b")
        try await registry.record(.init(process: second, eventsFile: "y"), of: batch.id)
        #expect(try await take(registry, "d", by: other, alive: [other, second]) == false)
        // Whoever left it to itself lives on, and has the room no longer.
        #expect(try await take(registry, "d", by: other, alive: [plumb, other]))
    }

    @Test func `a program that works on keeps its room, whatever its batch takes beside it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let batch = BatchRecord(
            id: BatchID(rawValue: "b1"), run: run, stack: stack, verb: .create, steps: [], tfvarsBefore: "",
            process: plumb, openedAt: moment(1))
        try await registry.open(batch)
        try await registry.record(.init(process: terraform, eventsFile: "x"), of: batch.id)
        for id in ["a", "b"] {
            #expect(try await take(registry, id, by: plumb, for: batch.id, alive: [plumb, terraform]))
        }
        #expect(try await take(registry, "c", by: other, alive: [other, terraform]) == false)
    }
}
