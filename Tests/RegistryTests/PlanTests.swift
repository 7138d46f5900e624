import GRDB
import Model
import Testing

@testable import Registry

@Suite struct PlanTests {
    private func plan(_ id: String, at second: Int64 = 10) -> PlanRecord {
        PlanRecord(id: PlanID(rawValue: id), commit: "c0ffee", createdAt: moment(second), createdBy: "kim")
    }

    private func approval(
        _ plan: String, by: String = "lee", at second: Int64 = 20, step: String = "destroy Server/web-03"
    )
        -> Approval
    {
        Approval(
            plan: PlanID(rawValue: plan), by: by, at: moment(second),
            steps: [.init(id: StepID(rawValue: step), facts: [Fact(.guest, "vmid", "103")])])
    }

    @Test func `a plan is found by the beginning of its id`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let ids = ["abcdef0111", "abcdef0122", "abcdef1333"]
        for id in ids { try await registry.save(plan(id), bytes: Array(id.utf8)) }
        #expect(try await registry.plan("abcdef13").record == plan("abcdef1333"))
        #expect(try await registry.plan("ABCDEF011").bytes == Array("abcdef0111".utf8))
        await #expect(
            throws: RegistryFailure.ambiguousPlan("abcdef01", ids.prefix(2).map { PlanID(rawValue: $0) })
        ) {
            try await registry.plan("abcdef01")
        }
        for text in ["ffffffff", "abcdef13334", "abcdef1%", "abcdefg1"] {
            await #expect(throws: RegistryFailure.noSuchPlan(text)) { try await registry.plan(text) }
        }
    }

    @Test func `a beginning of fewer than eight digits names no plan`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("abcdef1333"), bytes: [])
        for text in ["", "a", "abcdef1"] {
            await #expect(throws: RegistryFailure.planTooShort(text)) { try await registry.plan(text) }
        }
        #expect(RegistryFailure.planTooShort("abc").sentence == Sentence("registry.planTooShort", "abc", "8"))
    }

    @Test func `a whole id that is the beginning of another is itself`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["abcdef01", "abcdef0222"] { try await registry.save(plan(id), bytes: []) }
        #expect(try await registry.plan("abcdef01").record.id == PlanID(rawValue: "abcdef01"))
    }

    @Test func `plans are listed latest first`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("aa", at: 1), bytes: [])
        try await registry.save(plan("bb", at: 3), bytes: [])
        try await registry.save(plan("cc", at: 2), bytes: [])
        try await registry.set(.rejected, of: PlanID(rawValue: "cc"), by: "lee", at: moment(4))
        #expect(try await registry.plans().map(\.id.rawValue) == ["bb", "cc", "aa"])
        #expect(try await registry.plans(status: [.pending], limit: 1).map(\.id.rawValue) == ["bb"])
        #expect(try await registry.plans(status: [.rejected]).map(\.statusBy) == ["lee"])
    }

    @Test func `a rejection holds when the same plan is made again, and an applied one starts over`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let rejected = plan("aa")
        let applied = plan("bb")
        for record in [rejected, applied] { try await registry.save(record, bytes: []) }
        try await registry.reject(rejected.id, by: "lee", at: moment(11))
        try await registry.approve(approval("bb"))
        try await registry.set(.applied, of: applied.id, by: "kim", at: moment(30))
        #expect(try await registry.save(plan("aa", at: 40), bytes: []).status == .rejected)
        #expect(try await registry.save(plan("bb", at: 40), bytes: []).status == .pending)
        // The yes of the first time was used up.
        #expect(try await registry.recorded().approvals.isEmpty)
    }

    @Test func `an approval is of use until its step is done`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("aa"), bytes: [])
        var yes = approval("aa", step: "create Server/web-01")
        yes.steps.append(.init(id: StepID(rawValue: "create Server/web-02"), facts: []))
        try await registry.approve(yes)
        try await registry.approve(yes)
        #expect(try await registry.recorded().approvals == [yes])
        let run = try await startedRun(registry)
        try await registry.record([runStep("web-01", .done), runStep("web-02", .stale(Sentence("x")))], of: run)
        #expect(try await registry.recorded().approvals.map(\.steps) == [[yes.steps[1]]])
        try await registry.endApprovals(of: [StepID(rawValue: "create Server/web-02")], at: moment(50))
        #expect(try await registry.recorded().approvals.isEmpty)
    }

    @Test func `a yes to what cannot be undone is a yes to one attempt`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("aa"), bytes: [])
        let run = try await startedRun(registry)
        let verbs = [Action.Verb.create, .destroy, .recreate, .restart, .rebuild]
        // The birth that a half-done rebuild still owes rests on the yes to the whole.
        let unfinished = StepFailure(Sentence(StepOutcome.rebuildUnfinished, "web-01"))
        let outcomes: [(StepOutcome, open: [Action.Verb])] = [
            (.failed(StepFailure(Sentence("x"))), [.create]), (.refused(Sentence("x")), [.create]),
            (.failed(unfinished), [.create, .rebuild]), (.stale(Sentence("x")), verbs),
            (.skipped(Sentence("x")), verbs),
            // Who stops a run does not mean that the next one goes on with the end of guests, nor does who kills it.
            (.skipped(Sentence("execution.cancelled")), [.create]),
            (.skipped(Sentence(StepOutcome.runCut)), [.create]),
        ]
        for (outcome, open) in outcomes {
            var yes = approval("aa", step: "create Server/web-01")
            for verb in verbs.dropFirst() {
                yes.steps.append(.init(id: StepID(rawValue: "\(verb.rawValue) Server/web-01"), facts: []))
            }
            try await registry.approve(yes)
            let steps = verbs.map { verb in
                RunStep(
                    id: StepID(rawValue: "\(verb.rawValue) Server/web-01"), verb: verb,
                    subject: .server("web-01", stack), outcome: outcome, changes: [], startedAt: moment(30),
                    took: .zero)
            }
            try await registry.record(steps, of: run)
            let left = try await registry.recorded().approvals.flatMap(\.steps).map(\.id.rawValue)
            #expect(Set(left) == Set(open.map { "\($0.rawValue) Server/web-01" }))
        }
    }

    @Test func `a plan that needs two people is approved by two`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("aa"), bytes: [])
        let first = try await registry.approve(approval("aa", by: "lee", at: 20), isEnough: false)
        #expect(first.plan.status == .pending)
        let again = try await registry.approve(approval("aa", by: "lee", at: 21), isEnough: false)
        #expect(again.plan.status == .pending)
        let second = try await registry.approve(approval("aa", by: "park", at: 22))
        #expect(second.plan.status == .approved)
        #expect(second.approvers == ["lee", "park"])
        try await registry.reject(PlanID(rawValue: "aa"), by: "choi", at: moment(23))
        #expect(try await registry.recorded().approvals.isEmpty)
        // Nobody's yes outweighs the no while the plan is the same.
        await #expect(throws: RegistryFailure.planRejected(PlanID(rawValue: "aa"), by: "choi")) {
            try await registry.approve(approval("aa", by: "park", at: 24))
        }
        #expect(try await registry.recorded().approvals.isEmpty)
    }

    @Test func `a no is taken back by who said it, and by nobody else`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let id = PlanID(rawValue: "aa")
        try await registry.save(plan("aa"), bytes: [])
        try await registry.approve(approval("aa", by: "lee", at: 20))
        try await registry.reject(id, by: "Choi", at: moment(23))
        #expect(try await registry.rejection(of: id) == Rejection(by: "Choi", at: moment(23)))
        await #expect(throws: RegistryFailure.planRejected(id, by: "Choi")) {
            try await registry.approve(approval("aa", by: "lee", at: 24))
        }
        let taken = try await registry.approve(approval("aa", by: "choi", at: 25), isEnough: false)
        #expect(taken.plan.status == .pending)
        #expect(try await registry.rejection(of: id) == nil)
        // What others had said before the no is gone with it, and counts again only where they say it again.
        #expect(try await registry.recorded().approvals.map(\.by) == ["choi"])
        let second = try await registry.approve(approval("aa", by: "lee", at: 26))
        #expect(second.plan.status == .approved && second.approvers == ["choi", "lee"])
    }

    @Test func `a no ends the yes to the same facts in other plans, and no other`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["aa", "bb", "cc"] { try await registry.save(plan(id), bytes: []) }
        let same = approval("aa")
        var other = approval("bb")
        other.steps[0].facts = [Fact(.guest, "vmid", "104")]
        for yes in [same, other] { try await registry.approve(yes) }
        let step = same.steps[0]
        try await registry.note(Askers(people: ["ann"], commit: "c1", knowledge: .authors), of: [step])
        try await registry.reject(PlanID(rawValue: "cc"), of: [step], by: "choi", at: moment(23))
        #expect(try await registry.recorded().approvals == [other])
        // It waits again, and whoever asked for it has asked for it still.
        #expect(try await registry.plans(status: [.pending]).map(\.id.rawValue) == ["aa"])
        #expect(try await registry.plans(status: [.approved]).map(\.id.rawValue) == ["bb"])
        #expect(try await registry.recorded().askers == [step.id: ["ann"]])
    }

    @Test func `what was said no to is kept until who said it says yes`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["aa", "bb"] { try await registry.save(plan(id), bytes: []) }
        let yes = approval("bb", by: "Choi")
        let other = approval("bb", step: "destroy Server/web-04").steps[0]
        let no = RejectedPlan(
            id: PlanID(rawValue: "aa"), rejection: Rejection(by: "choi", at: moment(23)),
            steps: [yes.steps[0], other], refusedForThemselves: [other.id])
        try await registry.reject(no)
        #expect(try await registry.rejectedPlans() == [no])
        try await registry.approve(approval("bb", by: "lee"))
        #expect(try await registry.rejectedPlans() == [no])
        // In part, and then in whole: nothing is left of it.
        try await registry.approve(yes)
        #expect(try await registry.rejectedPlans().map(\.steps) == [[other]])
        var rest = yes
        rest.steps = [other]
        try await registry.approve(rest)
        #expect(try await registry.rejectedPlans().isEmpty)
        #expect(try await registry.rejection(of: no.id) == nil)
        // It is not what waits now.
        #expect(try await registry.plans(status: [.superseded]).map(\.id) == [no.id])
        // Under its own id, whatever it was to.
        try await registry.reject(no.id, of: [other], by: "choi", at: moment(24))
        try await registry.approve(approval("aa", by: "choi"))
        #expect(try await registry.rejectedPlans().isEmpty)
    }

    @Test func `noes of before it was kept what was refused for itself are read by the names of their steps`()
        async throws
    {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue, upTo: "v8-rejected-steps")
        try await queue.write { connection in
            try connection.execute(
                sql: """
                    INSERT INTO plans (id, bytes, created_at, created_by, status, status_at, status_by)
                        VALUES ('aa', x'00', 10000, 'kim', 'rejected', 23000, 'choi');
                    INSERT INTO rejected_steps (plan, step, facts) VALUES
                        ('aa', 'destroy Server/web-03', '[]'), ('aa', 'update Server/web-01', '[]'),
                        ('aa', 'restart Server/web-02', '[]'), ('aa', 'register Database/app', '[]');
                    """)
        }
        try Schema.migrator.migrate(queue)
        let registry = FleetRegistry(path: nil, writer: queue, file: nil)
        let no = try #require(try await registry.rejectedPlans().first)
        #expect(no.steps.count == 4 && no.rejection == Rejection(by: "choi", at: moment(23)))
        #expect(
            no.refusedForThemselves == [
                StepID(rawValue: "destroy Server/web-03"), StepID(rawValue: "restart Server/web-02"),
            ])
    }

    @Test func `a no that is given or taken back is counted, in whole or in part, and nothing else is`() async throws {
        let registry = try await FleetRegistry.inMemory()
        for id in ["aa", "bb"] { try await registry.save(plan(id), bytes: []) }
        let (one, other) = (approval("aa").steps[0], approval("aa", step: "destroy Server/web-04").steps[0])
        let first = try #require(try await registry.noesSoFar())
        try await registry.approve(approval("bb", by: "lee"))
        #expect(try await registry.noesSoFar() == first)
        try await registry.reject(PlanID(rawValue: "aa"), of: [one, other], by: "choi", at: moment(23))
        let given = try #require(try await registry.noesSoFar())
        try await registry.approve(approval("bb", by: "choi"), isEnough: false)
        try #require(try await registry.rejectedPlans().map(\.steps) == [[other]])
        let inPart = try #require(try await registry.noesSoFar())
        // The plan is rejected already; what was taken back of it is not.
        try await registry.reject(PlanID(rawValue: "aa"), of: [one, other], by: "choi", at: moment(24))
        try #require(try await registry.rejectedPlans().map(\.steps) == [[one, other]])
        let again = try #require(try await registry.noesSoFar())
        try await registry.approve(approval("aa", by: "choi"), isEnough: false)
        let taken = try #require(try await registry.noesSoFar())
        #expect(Set([first, given, inPart, again, taken]).count == 5)
        try await registry.approve(approval("aa", by: "lee"))
        try await registry.set(.applied, of: PlanID(rawValue: "aa"), by: "lee", at: moment(30))
        #expect(try await registry.noesSoFar() == taken)
        // One that was there before anything of its steps was kept.
        try await registry.reject(PlanID(rawValue: "bb"), by: "choi", at: moment(31))
        #expect(try await registry.noesSoFar() != taken)
    }

    @Test func `who asked for a step is known until it is done`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let run = try await startedRun(registry)
        let step = Approval.ApprovedStep(id: runStep("web-01").id, facts: [])
        try await registry.note(Askers(people: ["ann"], commit: "c1", knowledge: .authors), of: [step])
        for outcome in [StepOutcome.failed(StepFailure(Sentence("x"))), .refused(Sentence("x"))] {
            try await registry.record([runStep("web-01", outcome)], of: run)
            #expect(try await registry.recorded().askers == [step.id: ["ann"]])
        }
        try await registry.record([runStep("web-01", .done)], of: run)
        #expect(try await registry.recorded().askers.isEmpty)
    }

    @Test func `a plan that was replaced leads to the one that stands`() async throws {
        let registry = try await FleetRegistry.inMemory()
        func successor(_ id: String) async throws -> String? {
            try await registry.successor(of: PlanID(rawValue: id))?.id.rawValue
        }
        for (id, second) in [("aa", 10), ("bb", 20), ("cc", 30)] as [(String, Int64)] {
            try await registry.save(plan(id, at: second), bytes: [], isWhole: true)
        }
        #expect(try await successor("aa") == "cc")
        #expect(try await successor("bb") == "cc")
        #expect(try await successor("cc") == nil)
        // It comes back, and stands whatever is said to it.
        try await registry.save(plan("aa", at: 40), bytes: [], isWhole: true)
        #expect(try await successor("bb") == "aa")
        #expect(try await successor("aa") == nil)
        // One that stood before, and stands on after another, was made at another moment.
        try await registry.save(plan("dd", at: 50), bytes: [])
        try await registry.save(plan("aa", at: 60), bytes: [], isWhole: true)
        #expect(try await registry.plans(status: [.superseded]).contains { $0.id.rawValue == "dd" })
        #expect(try await successor("dd") == nil)
    }

    @Test func `a plan that comes back after every yes to it was used up waits again`() async throws {
        let registry = try await FleetRegistry.inMemory()
        try await registry.save(plan("aa"), bytes: [])
        try await registry.approve(approval("aa", step: "create Server/web-01"))
        #expect(try await registry.save(plan("aa", at: 30), bytes: []).status == .approved)
        let run = try await startedRun(registry)
        try await registry.record([runStep("web-01", .done)], of: run)
        let again = try await registry.save(plan("aa", at: 110), bytes: [])
        #expect(again.status == .pending && again.statusAt == moment(110))
    }

    @Test func `what was done since a moment is told with who did it last`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let first = try await startedRun(registry)
        let failed = StepOutcome.failed(StepFailure(Sentence("x")))
        try await registry.record([runStep("web-01"), runStep("web-02", failed)], of: first)
        let second = try await startedRun(registry, "r2", at: 200)
        try await registry.record([runStep("web-01", at: 201)], of: second)
        let step = StepID(rawValue: "create Server/web-01")
        #expect(try await registry.stepsDone(since: moment(100)) == [step: StepDoing(by: "kim", at: moment(201))])
        #expect(try await registry.stepsDone(since: moment(202)).isEmpty)
    }

    @Test func `an applied plan cannot be approved or rejected`() async throws {
        let registry = try await FleetRegistry.inMemory()
        let record = plan("aa")
        try await registry.save(record, bytes: [])
        try await registry.set(.applied, of: record.id, by: "kim", at: moment(11))
        await #expect(throws: RegistryFailure.planSettled(record.id, .applied)) {
            try await registry.approve(approval("aa"))
        }
        await #expect(throws: RegistryFailure.planSettled(record.id, .applied)) {
            try await registry.reject(record.id, by: "kim", at: moment(12))
        }
        await #expect(throws: RegistryFailure.noSuchPlan("zz")) { try await registry.approve(approval("zz")) }
    }
}
