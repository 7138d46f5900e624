import Model
import Planning
import Testing

/// An approval holds while what it rested on holds, and falls with what moved; by meaning, not by bytes.
@Suite struct ApprovalTests {
    private func approved() throws -> World {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-02")
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
        return world
    }

    @Test func anotherServersChangeDoesNotMoveIt() throws {
        var world = try approved()
        world.edit("web-01") { $0.cores = 16 }
        world.declare("new-01")
        #expect(world.plan().step("destroy Server/web-02")?.disposition == .ready)
    }

    @Test func powerOfAnyGuestDoesNotMoveIt() throws {
        var world = try approved()
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        world.editGuest("web-02") { guest, _ in guest.status = .stopped }
        #expect(world.plan().step("destroy Server/web-02")?.disposition == .ready)
    }

    @Test func aMigrationDoesNotMoveIt() throws {
        var world = try approved()
        world.editGuest("web-02") { guest, _ in guest.node = "pve2" }
        #expect(world.plan().step("destroy Server/web-02")?.disposition == .ready)
    }

    @Test func theFirstBatchDoesNotMoveTheSecond() throws {
        var world = World()
        for name in ["a", "b", "c"] { world.declare(name) }
        var manual = Policy(name: "p")
        manual.apply = .manual
        world.desired.policies = [manual]
        world.approveAll()
        let plan = world.plan()
        #expect(plan.lines == ["create Server/a [ready]", "create Server/b [ready]", "create Server/c [ready]"])
        world.execute(Plan(steps: Array(plan.steps.prefix(1))))
        #expect(world.plan().lines == ["create Server/b [ready]", "create Server/c [ready]"])
    }

    @Test func aChangeOfTheApprovedServerIsRefusedAndSaysWhatMoved() throws {
        var world = try MainRoadTests.fleet()
        var manual = Policy(name: "p")
        manual.apply = .manual
        world.desired.policies = [manual]
        world.edit("web-02") { $0.cores = 4 }
        world.approveAll()
        #expect(world.plan().lines == ["update Server/web-02 [ready]"])
        world.edit("web-02") { $0.cores = 8 }
        let step = try #require(world.plan().steps.first)
        #expect(
            step.disposition
                == .needsApproval(Sentence(.approvalMoved, "Server/web-02", "desired cores: 4 → 8")))
    }

    @Test func anotherGuestUnderTheApprovedNameIsRefused() throws {
        var world = try approved()
        let old = try #require(world.recorded.servers.first { $0.name == "web-02" }?.mark)
        world.recorded.servers[1].mark = "00000000000000aa"
        world.editGuest("web-02") { _, configuration in
            let text = configuration.settings.description ?? ""
            configuration.settings.description =
                text.split(separator: " ").dropLast().joined(separator: " ") + " 00000000000000aa"
        }
        let step = try #require(world.plan().step("destroy Server/web-02"))
        guard case .needsApproval(let sentence) = step.disposition else {
            Issue.record("\(step.disposition)")
            return
        }
        #expect(sentence.code == PlanCode.approvalMoved.code)
        #expect(sentence.arguments.last?.contains("guest mark: \(old) → 00000000000000aa") == true)
    }

    @Test func itHoldsForSevenDays() throws {
        var world = try approved()
        let given = world.now
        world.now = Timestamp(seconds: given.seconds + 7 * 86_400)
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
        world.now = Timestamp(seconds: given.seconds + 7 * 86_400 + 1)
        #expect(
            world.plan().steps.map(\.disposition)
                == [.needsApproval(Sentence(.approvalExpired, "Server/web-02", given.description, "7"))])
        // A new yes beside the old one counts.
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
    }

    @Test func oneFromTheFutureIsToldAsThat() throws {
        var world = try approved()
        let given = world.now
        world.now = Timestamp(seconds: given.seconds - 3_600)
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
        world.now = Timestamp(seconds: given.seconds - 3_601)
        let ahead = Sentence(.approvalAhead, "Server/web-02", given.description)
        #expect(world.plan().steps.map(\.disposition) == [.needsApproval(ahead)])
        // The clock is in no plan, which would be another one at every look.
        let before = world.plan()
        world.now = Timestamp(seconds: given.seconds - 9_000)
        #expect(world.plan() == before)
        // A plan that took it for a yes is refused.
        var careless = before
        careless.steps[0].disposition = .ready
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.approval])
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
    }

    @Test func movedFactsNamesWhatIsNewWhatIsGoneAndWhatChanged() {
        let old = [Fact(.desired, "cores", "2"), Fact(.guest, "vmid", "100")]
        let new = [Fact(.desired, "cores", "4"), Fact(.state, "stack", "lab/main")]
        #expect(movedFacts(old, old) == [])
        #expect(
            movedFacts(old, new).map(\.text) == [
                "desired cores: 2 → 4", "guest vmid: 100 → –", "state stack: – → lab/main",
            ])
    }
}
