import Model
import Testing

@testable import Registry

/// What policies ask of the registry: who asked for a step, and what was destroyed lately.
@Suite struct PolicyTests {
    private let step = Approval.ApprovedStep(
        id: StepID(rawValue: "destroy Server/web-01"), facts: [Fact(.guest, "vmid", "101")])

    @Test func `who asked first stays, and who asks for something else is added`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.note(Askers(people: ["ann"], commit: "c1", knowledge: .authors), of: [step])
        try await registry.note(Askers(people: ["bob"], commit: "c2", knowledge: .authors), of: [step])
        #expect(try await registry.recorded().askers == [step.id: ["ann"]])
        #expect(try await registry.value(of: .askedUpTo) == "c2")
        var moved = step
        moved.facts = [Fact(.guest, "vmid", "102")]
        try await registry.note(Askers(people: [], planner: "bob", knowledge: .witnesses), of: [moved])
        #expect(try await registry.recorded().askers == [step.id: ["ann", "bob"]])
        #expect(try await registry.value(of: .askedUpTo) == "c2")
    }

    @Test func `who asked is unknown until commits say it, and whoever plans meanwhile is added`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.note(Askers(people: [], knowledge: .none), of: [step])
        #expect(try await registry.recorded().unknownAskers == [step.id])
        // Eve only looks; Bob owns a file.
        try await registry.note(
            Askers(people: ["bob"], planner: "eve", knowledge: .witnesses), of: [step])
        #expect(try await registry.recorded().unknownAskers == [step.id])
        #expect(try await registry.recorded().askers == [step.id: ["bob"]])
        try await registry.note(Askers(people: ["ann"], commit: "c1", knowledge: .authors), of: [step])
        #expect(try await registry.recorded().unknownAskers.isEmpty)
        #expect(try await registry.recorded().askers == [step.id: ["ann", "bob"]])
        // Known, it stays as it is.
        try await registry.note(Askers(people: [], knowledge: .none), of: [step])
        #expect(try await registry.recorded().unknownAskers.isEmpty)
        var moved = step
        moved.facts = [Fact(.guest, "vmid", "102")]
        try await registry.note(Askers(people: [], knowledge: .none), of: [moved])
        #expect(try await registry.recorded().unknownAskers == [step.id])
        try await registry.endApprovals(of: [step.id], at: moment(9))
        #expect(try await registry.recorded().unknownAskers.isEmpty)
    }

    @Test func `commits that were not seen count as looked at only when no step is left that they may have asked for`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        try await registry.note(Askers(people: [], commit: "c1", knowledge: .authors), of: [])
        // A history that was rewritten: of its commits nobody knows which came since then.
        let rewritten = Askers(people: ["bob"], commit: "c2", knowledge: .none)
        try await registry.note(rewritten, of: [step])
        #expect(try await registry.value(of: .askedUpTo) == "c1")
        #expect(try await registry.recorded().unknownAskers == [step.id])
        try await registry.note(rewritten, of: [])
        #expect(try await registry.value(of: .askedUpTo) == "c2")
    }

    @Test func `a step that is done was asked for by nobody`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.note(Askers(people: ["ann"], knowledge: .witnesses), of: [step])
        try await registry.endApprovals(of: [step.id], at: moment(9))
        #expect(try await registry.recorded().askers.isEmpty)
    }

    private func batch(_ id: String, _ verb: Action.Verb, _ servers: [String], at second: Int64, _ run: RunID)
        -> BatchRecord
    {
        BatchRecord(
            id: BatchID(rawValue: id), run: run, stack: stack, verb: verb,
            steps: servers.map {
                .init(
                    step: StepID(rawValue: "\(verb.rawValue) Server/\($0)"), server: ServerName($0), previousEntry: nil)
            }, tfvarsBefore: "a", tfvarsAfter: "b", process: process, openedAt: moment(second))
    }

    private func outcomes(_ ended: [String: StepOutcome]) -> [StepID: StepOutcome] {
        Dictionary(uniqueKeysWithValues: ended.map { (StepID(rawValue: "destroy Server/\($0)"), $1) })
    }

    @Test func `ends are those that were proven, with their cluster and moment`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let failed = StepOutcome.failed(StepFailure(Sentence("execution.cancelled")))
        let destroy = batch("b1", .destroy, ["web-01", "web-02"], at: 100, run)
        try await registry.open(destroy)
        try await registry.close(destroy.id, outcomes: outcomes(["web-01": .done, "web-02": failed]), at: moment(110))
        let update = batch("b2", .update, ["web-03"], at: 120, run)
        try await registry.open(update)
        try await registry.close(
            update.id, outcomes: [StepID(rawValue: "update Server/web-03"): .done], at: moment(121))
        #expect(
            try await registry.recorded().endings == [
                RecordedEnding(server: "web-01", cluster: stack.cluster, at: moment(110), run: run)
            ])
    }

    @Test func `a rebuild counts as an end once its old guest is gone, also where the new one is not there`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let unfinished = StepOutcome.failed(StepFailure(Sentence(StepOutcome.rebuildUnfinished, "web-02")))
        let ends: [(String, StepOutcome)] = [
            ("web-01", .done), ("web-02", unfinished), ("web-03", .failed(StepFailure(Sentence("x")))),
        ]
        for (position, end) in ends.enumerated() {
            let one = batch("b\(position)", .rebuild, [end.0], at: 100, run)
            try await registry.open(one)
            try await registry.close(
                one.id, outcomes: [StepID(rawValue: "rebuild Server/\(end.0)"): end.1], at: moment(110))
        }
        #expect(try await registry.recorded().endings.map(\.server) == ["web-01", "web-02"])
    }

    @Test func `a batch that was about to destroy and never said how it went counts`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let open = batch("b1", .destroy, ["web-01"], at: 100, run)
        try await registry.open(open)
        #expect(try await registry.recorded().endings.isEmpty)
        try await registry.advance(open.id, to: .applying, at: moment(105))
        #expect(try await registry.recorded().endings.map(\.at) == [moment(105)])
        #expect(try await registry.recorded().comingEndings.isEmpty)
    }

    @Test func `what open batches set out to end is told in the order in which they were begun, until they come to it`()
        async throws
    {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let (first, second) = (
            batch("b1", .destroy, ["web-01"], at: 100, run), batch("b2", .rebuild, ["web-02"], at: 90, run)
        )
        try await registry.open(first)
        try await registry.open(second)
        try await registry.open(batch("b3", .update, ["web-03"], at: 95, run))
        let coming = try await registry.recorded().comingEndings
        #expect(coming.map(\.server) == ["web-01", "web-02"] && coming.allSatisfy { $0.run == run })
        try await registry.close(first.id, outcomes: outcomes(["web-01": .done]), at: moment(110))
        #expect(try await registry.recorded().comingEndings.map(\.server) == ["web-02"])
    }

    private func end(_ server: String, at second: Int64, _ run: RunID, in registry: FleetRegistry) async throws {
        let one = batch(server, .destroy, [server], at: second, run)
        try await registry.open(one)
        try await registry.close(one.id, outcomes: outcomes([server: .done]), at: moment(second + 1))
    }

    @Test func `ends of long and many batches before the latest one are not read`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        try await end("web-01", at: 100, run, in: registry)
        for number in 0..<1000 { try await registry.open(batch("u\(number)", .update, ["web-03"], at: 200, run)) }
        try await end("web-02", at: 300_000, run, in: registry)
        #expect(try await registry.recorded().endings.map(\.server) == ["web-02"])
    }

    @Test func `a clock that once was years ahead hides no later end`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let year: Int64 = 365 * 86_400
        try await end("web-01", at: 100, run, in: registry)
        try await end("web-02", at: 70 * year, run, in: registry)
        try await end("web-03", at: 200, run, in: registry)
        #expect(try await registry.recorded().endings.map(\.server) == ["web-01", "web-03", "web-02"])
    }
}
