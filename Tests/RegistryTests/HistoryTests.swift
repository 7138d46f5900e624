import Model
import Testing

@testable import Registry

@Suite struct HistoryTests {
    @Test func `a run comes back with how its steps ended`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        #expect(try await registry.runs(.init(isUnfinished: true)).map(\.process) == [process])
        let failure = StepOutcome.failed(StepFailure(Sentence("proxmox.refused", "web-02"), retry: .after(seconds: 5)))
        let steps = [
            runStep("web-01"), runStep("web-02", failure), runStep("web-03", .skipped(Sentence("x"))),
            runStep("web-04", .refused(Sentence("x"))), runStep("web-05", .stale(Sentence("x"))),
        ]
        try await registry.record(steps, of: run)
        try await registry.record([steps[0]], of: run)
        let ended = try await registry.finish(run, exitCode: 1, at: moment(160))
        #expect(try await registry.finish(run, exitCode: 0, at: moment(170)) == ended)
        #expect((ended.status, ended.exitCode, ended.finishedAt) == (.finished, 1, moment(160)))
        var counts = RunRecord.Counts()
        (counts.done, counts.failed, counts.skipped, counts.refused, counts.stale) = (1, 1, 1, 1, 1)
        #expect(ended.counts == counts)
        #expect(try await registry.steps(of: run) == steps)
        #expect(try await registry.run(run) == ended)
        #expect(try await registry.runs(.init(isUnfinished: true)).isEmpty)
    }

    @Test func `starting a run twice is starting it once`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        try await registry.finish(run, status: .interrupted, exitCode: nil, at: moment(130))
        _ = try await startedRun(registry, at: 140)
        let runs = try await registry.runs()
        #expect(runs.map(\.status) == [.interrupted])
        #expect(runs.map(\.startedAt) == [moment(100)])
    }

    @Test func `what never ran has no outcome`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let unknown = RunID(rawValue: "none")
        await #expect(throws: RegistryFailure.noSuchRun(unknown)) {
            try await registry.record([runStep("web-01")], of: unknown)
        }
        await #expect(throws: RegistryFailure.noSuchRun(unknown)) {
            try await registry.finish(unknown, exitCode: 0, at: moment(1))
        }
        await #expect(throws: RegistryFailure.noSuchRun(unknown)) { try await registry.run(unknown) }
    }

    @Test func `runs are found by server, plan and time`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let plan = PlanRecord(id: PlanID(rawValue: "aa"), commit: nil, createdAt: moment(1), createdBy: "kim")
        try await registry.save(plan, bytes: [])
        for number in 1...3 {
            let run = RunRecord(
                id: RunID(rawValue: "r\(number)"), command: "apply", who: "kim", commit: nil,
                plan: number == 2 ? plan.id : nil, process: process, startedAt: moment(Int64(number)))
            try await registry.start(run)
            try await registry.record([runStep(number == 3 ? "WEB-01" : "web-0\(number)")], of: run.id)
        }
        #expect(try await registry.runs().map(\.id.rawValue) == ["r3", "r2", "r1"])
        #expect(try await registry.runs(.init(server: "web-01")).map(\.id.rawValue) == ["r3", "r1"])
        #expect(try await registry.runs(.init(plan: plan.id)).map(\.id.rawValue) == ["r2"])
        #expect(try await registry.runs(.init(since: moment(2)), limit: 1).map(\.id.rawValue) == ["r3"])
    }

    @Test func `a rebuild is unfinished until a later run does something of its server`() async throws {
        func rebuilt(_ name: String, _ code: SentenceCode) -> RunStep {
            var step = runStep(name, .failed(StepFailure(Sentence(code, name, "101"))))
            step.id = StepID(rawValue: "rebuild Server/\(name)")
            step.verb = .rebuild
            return step
        }
        func doing(_ verb: Action.Verb, _ outcome: StepOutcome) -> RunStep {
            var step = runStep("WEB-01", outcome)
            step.id = StepID(rawValue: "\(verb.rawValue) Server/WEB-01")
            step.verb = verb
            return step
        }
        let registry = try await FleetRegistry.inMemory()
        let steps = [
            rebuilt("web-01", StepOutcome.rebuildUnfinished), rebuilt("web-02", "recovery.rebuildCut"),
            rebuilt("web-03", StepOutcome.rebuildUnfinishedKept), runStep("web-03"),
        ]
        try await registry.record(steps, of: try await startedRun(registry))
        #expect(try await registry.unfinishedRebuilds() == [steps[0], steps[2]])
        let failure = StepOutcome.failed(StepFailure(Sentence("x")))
        let second = try await startedRun(registry, "r2", at: 200)
        try await registry.record(
            [doing(.create, failure), doing(.forget, .done), doing(.repairEntry, .done)], of: second)
        #expect(try await registry.unfinishedRebuilds() == [steps[0], steps[2]])
        try await registry.record([doing(.create, .done)], of: try await startedRun(registry, "r3", at: 300))
        #expect(try await registry.unfinishedRebuilds() == [steps[2]])
        // A recovery found that the new guest of the last one was made after all.
        let batch = BatchRecord(
            id: BatchID(rawValue: "b1"), run: RunID(rawValue: "r1"), stack: stack, verb: .rebuild,
            steps: [.init(step: steps[2].id, server: "web-03", previousEntry: nil)], tfvarsBefore: "a",
            tfvarsAfter: "b",
            process: process, openedAt: moment(100))
        try await registry.open(batch)
        #expect(try await registry.unfinishedRebuilds() == [steps[2]])
        try await registry.close(batch.id, outcomes: [steps[2].id: .done], at: moment(400))
        #expect(try await registry.unfinishedRebuilds().isEmpty)
    }

    @Test func `activity is found by subject, kind, run and time, and one key is one entry`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let web = Subject.server("web-01", stack)
        let role = Subject.object(ObjectName(.role, "web"))
        let entries = [
            ActivityEntry(
                at: moment(1), who: "kim", verb: "created", subject: web, after: #"{"cores":4}"#, commit: "c0ffee",
                run: run, upid: "UPID:pve1:0:0:0:qmclone:101:root@pam:", key: "k1"),
            ActivityEntry(at: moment(2), who: "lee", verb: "registered", subject: role),
            ActivityEntry(at: moment(2), who: "lee", verb: "started", subject: web),
        ]
        try await registry.append(entries)
        try await registry.append(entries[0])
        #expect(try await registry.activity() == entries.reversed())
        #expect(try await registry.activity(.init(subject: .server("WEB-01", stack))) == [entries[2], entries[0]])
        #expect(try await registry.activity(.init(kind: "Role")) == [entries[1]])
        #expect(try await registry.activity(.init(run: run)) == [entries[0]])
        #expect(try await registry.activity(.init(since: moment(2)), limit: 1) == [entries[2]])
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `pages of history show everything once, latest first, whatever their size`(size: Int) async throws {
        let registry = try await FleetRegistry.inMemory()
        var expected: [String] = []
        // Several things in one second, so that pages break between equals.
        for number in 1...12 {
            let second = Int64(number / 3)
            let run = try await startedRun(registry, "r\(number)", at: second)
            if number % 2 == 0 { try await registry.record([runStep("web-01")], of: run) }
            try await registry.append([
                ActivityEntry(
                    at: moment(second), who: "a\(number)", verb: "started", subject: .server("web-01", stack)),
                ActivityEntry(
                    at: moment(second), who: "hidden", verb: "x", subject: .server("web-01", stack), run: run),
            ])
        }
        for second in (0...4).reversed() {
            let numbers = (1...12).filter { $0 / 3 == second }.reversed()
            expected += numbers.map { "r\($0)" } + numbers.map { "a\($0)" }
        }
        #expect(try await pages(of: nil, size, registry) == expected)
        let about = try await pages(of: "web-01", size, registry)
        #expect(
            about.filter { $0 != "new" }
                == expected.filter { !$0.hasPrefix("r") || (Int($0.dropFirst()) ?? 1) % 2 == 0 })
        #expect(try await pages(of: "web-99", size, registry).isEmpty)
    }

    private func pages(of server: ServerName?, _ size: Int, _ registry: FleetRegistry) async throws -> [String] {
        var shown: [String] = []
        var cursor: HistoryPage.Cursor?
        for turn in 0..<100 {
            let page = try await registry.history(of: server, after: cursor, limit: size)
            shown += page.items.map { item in
                switch item {
                case .run(let run): run.id.rawValue
                case .activity(let entry): entry.who
                }
            }
            #expect(page.items.count <= size)
            guard let next = page.next else { return shown }
            cursor = HistoryPage.Cursor(next.description)
            #expect(cursor == next)
            // Something newer does not shift the pages.
            try await registry.append(
                ActivityEntry(at: moment(1000 + Int64(turn)), who: "new", verb: "x", subject: .server("web-01", stack)))
        }
        Issue.record("the pages have no end")
        return shown
    }

    @Test func `a cursor is read from its own text only`() {
        for text in ["", "1", "1-2", "1-2-x", "1-2-3-4", "a-b-c"] { #expect(HistoryPage.Cursor(text) == nil) }
    }

    private func seen(_ server: ServerName, _ differences: [String] = [], by second: Int64 = 1) -> SeenDrift {
        SeenDrift(server: server, differences: differences, by: moment(second))
    }

    @Test func `a difference keeps the moment at which it was seen first for as long as it is seen`() async throws {
        let registry = try await FleetRegistry.inMemory()
        func note(_ differences: [String], at second: Int64) async throws -> [String: Timestamp]? {
            try await registry.noteComparison(
                at: moment(second), clean: [], drifting: [seen("web-01", differences, by: second)])
            return try await registry.comparisons()["web-01"]?.firstSeen
        }
        #expect(try await note(["cores 4"], at: 10) == ["cores 4": moment(10)])
        #expect(
            try await note(["cores 4", "memory 2"], at: 20) == ["cores 4": moment(10), "memory 2": moment(20)])
        // Other cores are another difference.
        #expect(try await note(["cores 8", "memory 2"], at: 30) == ["cores 8": moment(30), "memory 2": moment(20)])
        try await registry.noteComparison(at: moment(40), clean: ["web-01"], drifting: [])
        #expect(try await registry.comparisons()["web-01"]?.firstSeen == [:])
        #expect(try await note(["cores 8"], at: 50) == ["cores 8": moment(50)])
        // Whoever makes it so again after an apply took it back is somebody else.
        try await registry.record([runStep("web-01")], of: try await startedRun(registry, "healed", at: 60))
        #expect(try await note(["cores 8"], at: 70) == ["cores 8": moment(70)])
    }

    @Test func `drift came between the last clean comparison and the first that saw it`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.noteComparison(at: moment(10), clean: ["web-01", "web-02"], drifting: [seen("web-03")])
        try await registry.noteComparison(
            at: moment(20), clean: ["web-02"], drifting: [seen("web-01"), seen("web-03")])
        try await registry.noteComparison(at: moment(30), clean: ["web-03"], drifting: [seen("web-01")])
        let expected: [ServerName: ServerComparison] = [
            "web-01": ServerComparison(cleanAt: moment(10), driftingSince: moment(20)),
            "web-02": ServerComparison(cleanAt: moment(20), driftingSince: nil),
            "web-03": ServerComparison(cleanAt: moment(30), driftingSince: nil),
        ]
        #expect(try await registry.comparisons() == expected)
        try await registry.noteInventory(of: "lab", at: moment(40), seen: [:], missed: [])
        try await registry.noteInventory(of: "lab", at: moment(35), seen: [:], missed: [])
        #expect(try await registry.lastInventories() == ["lab": moment(40)])
    }
}
