import Model
import Reconciliation
import Testing

/// What a yes is to beside the noes that stand, whose they are, and what is said of it.
@Suite struct ApprovalScopeTests {
    private let plan = PlanID(rawValue: "0123456789abcdef")

    /// The end of a guest; its facts are of one life.
    private func end(_ name: ServerName, life: String = "one", asks: Bool = true) -> Step {
        let guest = GuestReference(cluster: "lab", vmid: VMID(100), type: .vm, node: "pve1", mark: nil)
        var step = Step(
            subject: .server(name, StackID(cluster: "lab", name: "main")),
            action: .destroy(.init(guest: guest, isRunning: true)), rule: "destroy", reason: Sentence("plan.destroy"))
        step.effect = .destroy
        step.facts = [Fact(.guest, "mark", life)]
        if asks { step.disposition = .needsApproval(Sentence("plan.approveDestroy")) }
        return step
    }

    private func no(_ id: String, by person: String, to steps: [Step]) -> RejectedPlan {
        RejectedPlan(
            id: PlanID(rawValue: id), rejection: Rejection(by: person, at: Timestamp(seconds: 1_790_000_000)),
            of: steps)
    }

    private func scope(
        _ steps: [Step], by person: String = "bob", beside noes: [RejectedPlan]
    ) throws(ApprovalScope.Refusal) -> ApprovalScope {
        try ApprovalScope(of: Plan(steps: steps), as: plan, by: person, beside: noes)
    }

    private func codes(_ scope: ApprovalScope) -> [SentenceCode] { scope.notices.map(\.code) }

    @Test("without a no it is to what waits for one, and says nothing of noes")
    func alone() throws {
        let scope = try scope([end("a"), end("b", asks: false)], beside: [])
        #expect(scope.steps.map(\.id.rawValue) == ["destroy Server/a"])
        #expect(scope.notices.isEmpty)
        #expect(throws: ApprovalScope.Refusal.nothingWaits) { try self.scope([end("b", asks: false)], beside: []) }
    }

    @Test("a no to the plan that is approved goes whole, by whatever case the name is written in")
    func ownPlan() throws {
        let own = no(plan.rawValue, by: "Bob", to: [end("a"), end("b", asks: false)])
        let scope = try scope([end("a"), end("b", asks: false)], beside: [own])
        #expect(scope.steps.map(\.id.rawValue) == ["destroy Server/a"])
        #expect(scope.notices == [Sentence("cli.noTakenBack", own.id.description, "Bob")])
        // It is taken back also where nothing waits for a yes.
        #expect(try self.scope([end("b", asks: false)], beside: [own]).steps.isEmpty)
    }

    @Test("a no to another plan is named by that plan, and what the yes does not do of it still holds")
    func inPart() throws {
        let other = no("fedcba9876543210", by: "bob", to: [end("a"), end("b"), end("c")])
        let scope = try scope([end("a", asks: false), end("b", asks: false), end("d")], beside: [other])
        // The no alone holds these: nothing else asks.
        #expect(scope.steps.map(\.id.rawValue) == ["destroy Server/a", "destroy Server/b", "destroy Server/d"])
        #expect(scope.takenBack.map(\.no.id) == [other.id])
        #expect(
            scope.notices == [
                Sentence(
                    "cli.noTakenBackInPart", "fedcba987654", "bob", "destroy Server/a, destroy Server/b",
                    "destroy Server/c")
            ])
        let whole = try self.scope([end("a"), end("b"), end("c"), end("d")], beside: [other])
        #expect(whole.notices == [Sentence("cli.noTakenBack", "fedcba987654", "bob")])
    }

    @Test("several noes of one person are each said with their plans, and one that rests on other facts stays")
    func several() throws {
        let noes = [
            no("bb", by: "bob", to: [end("a")]), no("aa", by: "bob", to: [end("a"), end("b")]),
            no("cc", by: "bob", to: [end("a", life: "another")]),
        ]
        let scope = try scope([end("a"), end("d")], beside: noes)
        #expect(scope.takenBack.map(\.no.id.rawValue) == ["bb", "aa"])
        #expect(codes(scope) == ["cli.noTakenBack", "cli.noTakenBackInPart"])
    }

    @Test("what somebody else said no to is no part of the yes, and is said with whose no it is")
    func others() throws {
        let other = no("aa", by: "ann", to: [end("a"), end("b")])
        let scope = try scope([end("a"), end("c")], beside: [other])
        #expect(scope.steps.map(\.id.rawValue) == ["destroy Server/c"])
        #expect(
            scope.notices == [
                Sentence("cli.noStands", "destroy Server/a", "aa", "ann", other.rejection.at.description)
            ])
        // Where it is to all that could be approved there is nothing to say yes to.
        let refusal = ApprovalScope.Refusal.forbidden(end("a"), other)
        #expect(throws: refusal) { try self.scope([end("a"), end("c", asks: false)], beside: [other]) }
        #expect(refusal.sentence(on: plan).code == "pass.stepRejected")
        // Unless who approves takes a no of their own to that plan back.
        let own = no(plan.rawValue, by: "bob", to: [end("a")])
        let both = try self.scope([end("a"), end("c", asks: false)], beside: [own, other])
        #expect(both.steps.isEmpty && codes(both) == ["cli.noTakenBack", "cli.noStands"])
    }

    @Test("somebody else's no to the whole plan, under its id or another, is not outweighed")
    func wholePlan() throws {
        let steps = [end("a"), end("b")]
        let covering = no("aa", by: "ann", to: steps)
        let covered = ApprovalScope.Refusal.rejected(covering)
        #expect(throws: covered) { try self.scope(steps, beside: [covering]) }
        #expect(covered.sentence(on: plan).code == "pass.rejected")
        let itself = no(plan.rawValue, by: "ann", to: steps)
        let rejected = ApprovalScope.Refusal.rejected(itself)
        #expect(throws: rejected) { try self.scope(steps, beside: [covering, itself]) }
        #expect(rejected.sentence(on: plan) == Sentence("registry.planRejected", plan.description, "ann"))
        // Who said it may say yes.
        #expect(try self.scope(steps, by: "ANN", beside: [covering]).steps.count == 2)
    }
}
