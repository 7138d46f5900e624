import Model
import Planning
import Testing

/// What an interruption, or a hand, left half done.
@Suite struct BrokenOffTests {
    private let main = StackID(cluster: "lab", name: "main")

    /// `web-01` was born, and Plumb did not live to write it down.
    private func unrecordedBirth(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        world.declare("web-01", change)
        world.execute(world.plan())
        world.recorded.servers = []
        world.recorded.births = [:]
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        return world
    }

    @Test func aNewbornThatWasNeverWrittenDownGetsItsFirstStart() throws {
        var world = try unrecordedBirth()
        #expect(world.plan().lines == ["start Server/web-01 [ready]", "record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(world.recorded.servers.map(\.wasStarted) == [true])
        #expect(world.plan().lines == [])
    }

    @Test func aNewbornThatTheStateMissedTooGetsItsFirstStart() throws {
        var world = try unrecordedBirth()
        world.stacks = [:]
        #expect(
            world.plan().lines.filter { !$0.hasPrefix("record") } == [
                "adopt Server/web-01 [ready]", "start Server/web-01 [ready]",
            ])
    }

    @Test func whoeverWasCountedLivedBefore() throws {
        var world = try unrecordedBirth()
        world.recorded.births = ["web-01": 1]
        #expect(world.plan().lines == ["record Server/web-01 [ready]"])
    }

    @Test func whatSomebodyStartedAndStoppedStaysStopped() throws {
        var world = try unrecordedBirth()
        var task = ObservedTask(
            upid: "UPID:1", node: "pve1", type: "qmstart", vmid: 100, user: "root@pam",
            startedAt: Timestamp(seconds: 1))
        task.exitStatus = "OK"
        world.inventory.pastTasks = [task]
        #expect(world.plan().lines == ["record Server/web-01 [ready]"])
    }

    /// The life that a rebuild ended was another guest's.
    @Test func theStartsOfTheOneBeforeItOnItsVMIDAreNotItsOwn() throws {
        var world = try unrecordedBirth()
        world.inventory.pastTasks = [(1, "qmstart"), (2, "qmdestroy")].map { second, type in
            var task = ObservedTask(
                upid: "UPID:\(second)", node: "pve1", type: type, vmid: 100, user: "root@pam",
                startedAt: Timestamp(seconds: Int64(second)))
            task.exitStatus = "OK"
            return task
        }
        #expect(world.plan().lines == ["start Server/web-01 [ready]", "record Server/web-01 [ready]"])
    }

    @Test func anAdoptionThatBrokeOffStartsNobody() throws {
        let world = try unrecordedBirth { $0.adopt = true }
        #expect(world.plan().lines == ["record Server/web-01 [ready]"])
    }

    /// A container whose document is gone, that somebody moved, and whose import broke off after the old resource had
    /// left the state.
    private func brokenFollow() throws -> World {
        var world = World()
        world.declare("ct-01") {
            $0.type = .container
            $0.template = .name("local:vztmpl/debian-12.tar.zst")
        }
        world.execute(world.plan())
        try #require(world.guest("ct-01") != nil)
        world.editGuest("ct-01") { guest, _ in guest.node = "pve2" }
        var state = try #require(world.stacks[main]?.state.value)
        state.resources = []
        world.stacks[main]?.state = .present(state)
        return world
    }

    @Test func aContainerWhoseImportBrokeOffIsImportedAgainBeforeItGoes() throws {
        var world = try brokenFollow()
        world.undeclare("ct-01")
        let plan = world.plan()
        #expect(plan.lines.filter { $0.hasPrefix("adopt") } == ["adopt Server/ct-01 [ready]"])
        #expect(plan.lines.allSatisfy { !$0.hasPrefix("forget") && !$0.hasPrefix("retire") })
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/ct-01 [ready]"])
    }

    @Test func aDeclaredContainerWhoseImportBrokeOffIsImportedAgain() throws {
        var world = try brokenFollow()
        #expect(world.plan().lines.filter { $0.hasPrefix("adopt") } == ["adopt Server/ct-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().lines == [])
    }

    /// `web-01` is to be forgotten, and somebody took its mark off.
    private func unmarked(andTag: Bool) throws -> World {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.onRemove = .forget }
        world.execute(world.plan())
        world.undeclare("web-01")
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.description = "mine now"
            guard andTag else { return }
            guest.tags = []
            configuration.settings.tags = []
        }
        return world
    }

    @Test(arguments: [false, true])
    func whatStaysIsLetGoOfWithoutItsMark(andTag: Bool) throws {
        var world = try unmarked(andTag: andTag)
        let plan = world.plan()
        #expect(plan.lines == ["forget Server/web-01 [ready]", "retire Server/web-01 [ready]"])
        guard case .forget(let forgetting) = plan.steps.first?.action else {
            Issue.record("nothing is forgotten")
            return
        }
        #expect(forgetting.remainingGuest?.vmid == 100)
        #expect(forgetting.remainingGuest?.mark == nil)
        #expect(checkPlan(plan, world.withDetails().input) == [])
        world.execute(plan)
        #expect(world.guest("web-01") != nil)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func whatHasAnotherNameOrAnotherMarkIsNotLetGoOfByItself() throws {
        var world = try unmarked(andTag: true)
        world.editGuest("web-01") { guest, _ in guest.name = "somebody-else" }
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
        world = try unmarked(andTag: false)
        world.editGuest("web-01") { _, configuration in
            configuration.settings.description = "plumb: lab/main/other 00000000000000aa"
        }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
    }
}
