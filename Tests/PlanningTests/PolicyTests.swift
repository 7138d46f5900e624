import Model
import Planning
import Testing

/// What may run by itself, what waits for a person, and what a budget stops.
@Suite struct PolicyTests {
    private func policy(_ name: String = "p", _ change: (inout Policy) -> Void) -> Policy {
        var policy = Policy(name: PolicyName(name))
        change(&policy)
        return policy
    }

    private static let names = (1...20).map { $0 < 10 ? "web-0\($0)" : "web-\($0)" }

    @Test func withoutAPolicyTenPercentAndAtLeastOneMayGo() throws {
        var world = try MainRoadTests.fleet(Self.names)
        for name in ["web-01", "web-02"] { world.undeclare(ServerName(name)) }
        #expect(world.plan().steps.map(\.disposition.word) == ["approval approveDestroy", "approval approveDestroy"])
        world.undeclare("web-03")
        let plan = world.plan()
        #expect(
            plan.steps.map(\.disposition)
                == Array(repeating: .blocked(Sentence(.budget, "lab", "3", "2", "20")), count: 3))
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func serversThatAreOnlyDeclaredDoNotWidenTheBudget() throws {
        var world = try MainRoadTests.fleet(Self.names)
        for name in ["web-01", "web-02", "web-03"] { world.undeclare(ServerName(name)) }
        for number in 1...90 { world.declare("www-\(number)") }
        let destroys = world.plan().steps.filter { $0.action.verb == .destroy }
        #expect(
            destroys.map(\.disposition)
                == Array(repeating: .blocked(Sentence(.budget, "lab", "3", "2", "20")), count: 3))
        var careless = world.plan()
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant).contains(.budget))
    }

    @Test func overBudgetNothingOfThatClusterIsDestroyedAndTheRestGoesOn() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.undeclare("web-02")
        world.edit("web-03") { $0.cores = 4 }
        #expect(
            world.plan().lines == [
                "update Server/web-03 [ready]", "destroy Server/web-01 [blocked budget]",
                "destroy Server/web-02 [blocked budget]",
            ])
    }

    @Test func anApprovalDoesNotOverrideTheBudget() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.undeclare("web-02")
        world.approveAll()
        #expect(world.plan().steps.allSatisfy { $0.disposition.word == "blocked budget" })
    }

    @Test func theMoreCarefulOfTwoPoliciesWins() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.desired.policies = [policy("a") { $0.apply = .auto }]
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
        world.desired.policies.append(policy("b") { $0.apply = .safe })
        #expect(world.plan().lines == ["destroy Server/web-01 [approval approveDestroy]"])
        world.desired.policies.append(policy("c") { $0.destroyBudget = .count(0) })
        #expect(world.plan().lines == ["destroy Server/web-01 [blocked budget]"])
    }

    @Test func theEndOfAServerWhoseDocumentIsOnlyLeftOutIsAskedAboutUnderEveryPolicy() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.desired.policies = [policy { $0.apply = .auto }]
        world.desired.leftOut.paths = ["WEB-01": "old/web.yaml"]
        let plan = world.plan()
        let question = Sentence(.approveLeftOut, "Server/web-01", "old/web.yaml", "web-01")
        #expect(plan.steps.map(\.disposition) == [.needsApproval(question)])
        #expect(checkPlan(plan, world.withDetails().input) == [])
        var careless = plan
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.approval])
        var approved = world
        approved.approveAll()
        #expect(approved.plan().lines == ["destroy Server/web-01 [ready]"])
        // More is left out than was looked at.
        world.desired.leftOut = LeftOutServers(unread: "old")
        #expect(world.plan().lines == ["destroy Server/web-01 [approval approveLeftOutUnread]"])
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.approval])
        world.desired.leftOut = LeftOutServers(beyond: "vendor")
        #expect(world.plan().lines == ["destroy Server/web-01 [approval approveLeftOutBeyond]"])
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.approval])
        world.desired.leftOut = LeftOutServers()
        world.desired.leftOut.paths = ["web-02": "old/web.yaml"]
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
    }

    @Test func aStepIsTriedAgainAsTheMoreCarefulOfItsPoliciesSays() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-02") { $0.cores = 4 }
        #expect(world.plan().steps.map(\.retry) == [nil])
        var (often, rarely) = (Policy(name: "often"), Policy(name: "rarely"))
        (often.retry, rarely.retry) = (Self.retry(.seconds(1), 9), Self.retry(.seconds(60), 2))
        rarely.selector.names = ["web-02"]
        world.desired.policies = [often]
        #expect(world.plan().steps.first?.retry == often.retry)
        world.desired.policies = [often, rarely]
        #expect(world.plan().steps.first?.retry == rarely.retry)
    }

    private static func retry(_ backoff: Duration, _ max: Int) -> Policy.Retry {
        var retry = Policy.Retry()
        (retry.backoff, retry.max) = (backoff, max)
        return retry
    }

    @Test func whatFailedWaitsForItsTimeAndForNothingWhenAskedForOrMoved() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-02") { $0.cores = 4 }
        let step = try #require(world.plan().steps.first)
        world.recorded.setbacks[step.id] = Setback(
            facts: step.facts, failures: 2, at: world.now, until: world.now + .seconds(60))
        func disposition(_ world: World, keepsBackOff: Bool = true) -> Disposition? {
            var input = world.withDetails().input
            input.keepsBackOff = keepsBackOff
            return planFleet(input).plan.steps.first?.disposition
        }
        guard case .waiting(let sentence)? = disposition(world) else {
            Issue.record("it does not wait")
            return
        }
        #expect(sentence.short == "backOff" && sentence.arguments.contains((world.now + .seconds(60)).description))
        #expect(disposition(world, keepsBackOff: false) == .ready)
        var moved = world
        moved.edit("web-02") { $0.cores = 6 }
        #expect(disposition(moved) == .ready)
        world.now = world.now + .seconds(60)
        #expect(disposition(world) == .ready)
    }

    @Test func aPolicyIsOnlyForWhomItSelects() throws {
        var world = World()
        world.declare("web-01") { $0.metadata.labels = [.init("env", "production")] }
        world.declare("db-01")
        world.desired.policies = [
            policy {
                $0.apply = .manual
                $0.selector.matchLabels = [.init("env", "production")]
            },
            policy("q") {
                $0.pause = .init(reason: "migration")
                $0.selector.names = ["DB-*"]
            },
        ]
        #expect(
            world.plan().lines == [
                "create Server/db-01 [blocked paused]", "create Server/web-01 [approval approveManual]",
            ])
    }

    /// A server of production that was made, and then its document removed, where the rest of the fleet is automatic.
    private func removedFromProduction(_ guarding: (inout Policy) -> Void) throws -> World {
        var world = World()
        world.declare("web-01") { $0.metadata.labels = [.init("env", "production")] }
        world.declare("web-02")
        world.execute(world.plan())
        world.undeclare("web-01")
        world.desired.policies = [
            policy("all") { $0.apply = .auto },
            policy("guard") {
                $0.selector.matchLabels = [.init("env", "production")]
                guarding(&$0)
            },
        ]
        return world
    }

    @Test func aPolicyChosenByLabelHoldsWhenTheDocumentIsGone() throws {
        let manual = try removedFromProduction { $0.apply = .manual }
        #expect(manual.plan().lines == ["destroy Server/web-01 [approval approveDestroy]"])
        let paused = try removedFromProduction { $0.pause = .init(reason: "freeze") }
        #expect(paused.plan().lines == ["destroy Server/web-01 [blocked paused]"])
        let none = try removedFromProduction { $0.destroyBudget = .count(0) }
        #expect(none.plan().lines == ["destroy Server/web-01 [blocked budget]"])
        var careless = none.plan()
        careless.steps[0].disposition = .ready
        #expect(checkPlan(careless, none.withDetails().input).map(\.invariant) == [.budget])
    }

    @Test func aPolicyForOtherLabelsDoesNotHoldARemovedServer() throws {
        var world = try removedFromProduction { $0.apply = .manual }
        world.declare("web-01") { $0.metadata.labels = [.init("env", "production")] }
        world.undeclare("web-02")
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
    }

    @Test func labelsThatNobodyRecordedMayBeAny() throws {
        var world = try removedFromProduction { $0.apply = .manual }
        world.recorded.servers[0].labels = nil
        #expect(world.plan().lines == ["destroy Server/web-01 [approval approveDestroy]"])
        // And a careless policy for labels that it may not have had is no leave.
        world.desired.policies = [
            policy("bold") {
                $0.apply = .auto
                $0.destroyBudget = .percent(100)
                $0.selector.matchLabels = [.init("env", "test")]
            }
        ]
        #expect(world.plan().lines == ["destroy Server/web-01 [approval approveDestroy]"])
    }

    @Test func labelsAreRecordedAtOnceWhenTheyChange() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-02") { $0.metadata.labels = [.init("env", "production")] }
        #expect(world.plan().lines == ["record Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.recorded.servers[1].labels == [.init("env", "production")])
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aPolicyChosenByLabelHoldsForARemovedObject() throws {
        var world = World()
        var role = Role(name: "web")
        role.metadata.labels = [.init("env", "production")]
        world.desired.roles = [role]
        world.execute(world.plan())
        world.desired.roles = []
        world.desired.policies = [
            policy {
                $0.apply = .manual
                $0.selector.matchLabels = [.init("env", "production")]
            }
        ]
        #expect(world.plan().lines == ["unregister Role/web [approval approveManual]"])
    }

    @Test func aRestartOfARunningContainerIsAskedForUnlessAllowed() throws {
        var world = World()
        world.declare("ct-01") {
            $0.type = .container
            $0.template = .name("local:vztmpl/debian-12.tar.zst")
            $0.disks = []
        }
        world.execute(world.plan())
        world.edit("ct-01") { $0.memory = .gibibytes(4) }
        let step = try #require(world.plan().steps.first)
        #expect(step.effect == .restart)
        #expect(step.disposition == .needsApproval(Sentence(.approveRestart, "Server/ct-01")))
        // `apply: auto` speaks of other things.
        world.desired.policies = [policy { $0.apply = .auto }]
        #expect(world.plan().lines == ["update Server/ct-01 [approval approveRestart]"])
        world.desired.policies.append(policy("q") { $0.restarts = .allow })
        #expect(world.plan().lines == ["update Server/ct-01 [ready]"])
        world.desired.policies.append(policy("r") { $0.restarts = .approve })
        #expect(world.plan().lines == ["update Server/ct-01 [approval approveRestart]"])
        // What does not run is not restarted.
        world.edit("ct-01") { $0.power = .unmanaged }
        world.editGuest("ct-01") { guest, _ in guest.status = .stopped }
        #expect(world.plan().lines == ["update Server/ct-01 [ready]"])
    }

    /// Whoever wrote it into the document may not have thought of who works on the guest just now.
    @Test func aStopIsAskedForUnlessThePolicyIsAuto() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.edit("web-01") { $0.power = .stopped }
        #expect(world.plan().lines == ["stop Server/web-01 [approval approveStop]"])
        // `restarts` speaks of guests that come back.
        world.desired.policies = [policy { $0.restarts = .allow }]
        let plan = world.plan()
        #expect(plan.lines == ["stop Server/web-01 [approval approveStop]"])
        #expect(plan.steps[0].effect == .stop)
        #expect(checkPlan(plan, world.withDetails().input) == [])
        var careless = plan
        careless.steps[0].disposition = .ready
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.approval])
        world.desired.policies.append(policy("q") { $0.apply = .manual })
        #expect(world.plan().lines == ["stop Server/web-01 [approval approveManual]"])
        world.desired.policies = [policy { $0.apply = .auto }]
        #expect(world.plan().lines == ["stop Server/web-01 [ready]"])
        // A start takes nobody's work away.
        world.execute(world.plan())
        world.desired.policies = []
        world.edit("web-01") { $0.power = .running }
        #expect(world.plan().lines == ["start Server/web-01 [ready]"])
    }

    @Test func aPauseEndsAtItsTime() {
        var world = World()
        world.declare("web-01")
        let end = Timestamp(seconds: world.now.seconds + 60)
        var pause = Policy.Pause(reason: "migration")
        pause.until = end
        world.desired.policies = [policy { $0.pause = pause }]
        #expect(world.plan().lines == ["create Server/web-01 [waiting pausedUntil]"])
        world.now = end
        #expect(world.plan().lines == ["create Server/web-01 [ready]"])
    }

    @Test func recreateAutoNeedsNobody() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.desired.policies = [
            policy {
                $0.recreate = .auto
                $0.absenceConfirmations = 1
            }
        ]
        #expect(world.plan().lines == ["recreate Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aProtectedServerSurvivesEveryApproval() throws {
        var world = World()
        world.declare("db-01") { $0.protect = true }
        world.execute(world.plan())
        world.undeclare("db-01")
        world.approveAll()
        world.desired.policies = [policy { $0.apply = .auto }]
        let plan = world.plan()
        #expect(plan.lines == ["destroy Server/db-01 [blocked protected]"])
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func oneBrokenDocumentStopsEveryRemovalAndTheRestGoesOn() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.edit("web-02") { $0.cores = 4 }
        world.edit("web-03") { $0.cores = 4 }
        world.declare("new-01")
        world.desired.completeness = .broken(
            .init(documents: ["fleet.yaml:7"], claims: [ObjectName(.server, "web-03")]))
        let plan = world.plan()
        #expect(
            plan.lines == [
                "create Server/new-01 [ready]", "update Server/web-02 [ready]",
                "destroy Server/web-01 [blocked incomplete]",
            ])
        #expect(
            plan.step("destroy Server/web-01")?.disposition
                == .blocked(Sentence(.incomplete, "Server/web-01", "fleet.yaml:7")))
        #expect(plan.finding("claimed")?.subject.description == "Server/web-03")
        #expect(checkPlan(plan, world.withDetails().input) == [])
    }

    @Test func anErroredStateStopsItsStack() throws {
        var world = try MainRoadTests.fleet()
        world.stacks[StackID(cluster: "lab", name: "main")]?.hasErroredState = true
        world.edit("web-02") { $0.cores = 4 }
        #expect(world.plan().lines == ["update Server/web-02 [blocked erroredState]"])
    }
}
