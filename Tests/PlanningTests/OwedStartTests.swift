import Model
import Planning
import Testing

/// Guests that Plumb asked to shut down, and that are to run afterwards.
@Suite struct OwedStartTests {
    /// A server whose guest ran for ten minutes when it was asked, and ran on.
    private func owing(_ edit: (inout Server) -> Void = { _ in }) throws -> World {
        var world = World()
        world.declare("web-01", edit)
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        world.editGuest("web-01") { guest, _ in guest.uptime = 600 }
        world.recorded.servers[0].owedStart = OwedStart(since: world.now, node: "pve1")
        return world
    }

    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    private func goDown(_ world: inout World) {
        world.editGuest("web-01") { guest, _ in
            guest.status = .stopped
            guest.uptime = 0
        }
    }

    @Test func whoeverIsSeenRunningInBetweenIsStartedWhenItGoesDownAtLast() throws {
        var world = try owing()
        for _ in 0..<3 {
            #expect(lines(world) == [])
            world.execute(world.plan())
        }
        #expect(world.recorded.servers[0].owedStart != nil)
        goDown(&world)
        #expect(lines(world) == ["start Server/web-01 [ready]", "record Server/web-01 [ready]"])
        #expect(world.plan().step("start Server/web-01")?.reason == Sentence(.startOwed, "web-01"))
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(lines(world) == [])
        // Once: who stops it then wants it so.
        goDown(&world)
        #expect(lines(world) == [])
    }

    @Test func anotherRunSettlesIt() throws {
        var world = try owing()
        world.execute(world.plan())
        world.restart("web-01")
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.recorded.servers[0].owedStart == nil)
        goDown(&world)
        #expect(lines(world) == [])
    }

    /// An uptime leaves up to a second out, so that a run which seems to have begun within the second after may be the old one.
    @Test(arguments: [(10, true), (9, true), (8, false)])
    func aSecondIsNoProof(uptime: Int, isOwed: Bool) throws {
        var world = try owing()
        world.recorded.servers[0].owedStart = OwedStart(
            since: Timestamp(seconds: world.inventory.readAt.seconds - 10), node: "pve1")
        world.editGuest("web-01") { guest, _ in guest.uptime = uptime }
        #expect(lines(world) == (isOwed ? [] : ["record Server/web-01 [ready]"]))
    }

    @Test func aVMThatIsMovedWhileItRunsIsOwedItStill() throws {
        var world = try owing()
        world.editGuest("web-01") { guest, _ in
            guest.node = "pve2"
            guest.uptime = 3
        }
        for _ in 0..<2 { world.execute(world.plan()) }
        #expect(lines(world) == [])
        #expect(world.recorded.servers[0].owedStart?.node == "pve2")
        var down = world
        goDown(&down)
        #expect(lines(down).first == "start Server/web-01 [ready]")
        world.restart("web-01")
        #expect(lines(world) == ["record Server/web-01 [ready]"])
    }

    @Test func whatShouldNotRunIsOwedNothing() throws {
        var world = try owing()
        goDown(&world)
        world.edit("web-01") { $0.power = .stopped }
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        world.edit("web-01") { $0.power = .unmanaged }
        #expect(lines(world) == [])
    }

    @Test func oneThatIsToBeRemovedRunsUntilItsRemovalMayBeDone() throws {
        var world = try owing()
        world.undeclare("web-01")
        let waits = lines(world)
        #expect(waits.count == 1 && waits[0].hasPrefix("destroy Server/web-01 [approval"))
        goDown(&world)
        #expect(lines(world) == ["start Server/web-01 [ready]"] + waits + ["record Server/web-01 [ready]"])
        #expect(world.plan().step("start Server/web-01")?.reason == Sentence(.startOwed, "web-01"))
        var agreed = world
        agreed.approveAll()
        #expect(lines(agreed) == ["destroy Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(lines(world) == waits)
        // Once: who stops it then wants it so.
        goDown(&world)
        #expect(lines(world) == waits)
    }

    @Test func anotherRunOfOneThatIsToBeRemovedSettlesIt() throws {
        var world = try owing()
        world.undeclare("web-01")
        world.execute(world.plan())
        world.restart("web-01")
        #expect(lines(world).contains("record Server/web-01 [ready]"))
        world.execute(world.plan())
        #expect(world.recorded.servers[0].owedStart == nil)
        goDown(&world)
        #expect(lines(world).count == 1)
    }

    /// A rebuild that people said yes to may wait for days until the budget has room.
    @Test(arguments: [Server.Power.unmanaged, .running])
    func aRebuildThatWaitsHoldsNoStartBack(power: Server.Power) throws {
        var world = try owing { $0.power = power }
        world.rebuilds = ["web-01"]
        world.approveAll()
        world.rebuilds = []
        goDown(&world)
        #expect(lines(world) == ["rebuild Server/web-01 [ready]"])
        var policy = Policy(name: "p")
        policy.destroyBudget = .count(0)
        world.desired.policies = [policy]
        #expect(
            lines(world) == [
                "start Server/web-01 [ready]", "rebuild Server/web-01 [blocked budget]", "record Server/web-01 [ready]",
            ])
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(lines(world) == ["rebuild Server/web-01 [blocked budget]"])
        // Who asks for it by name asks for nothing else.
        goDown(&world)
        world.rebuilds = ["web-01"]
        #expect(lines(world) == ["rebuild Server/web-01 [blocked budget]"])
    }

    // MARK: - What holds it

    /// What holds back, for days, whatever has not begun.
    enum Hold: CaseIterable {
        case window, pause, pauseForADay, manual

        func policy(at now: Timestamp) throws -> Policy {
            var policy = Policy(name: "hold")
            switch self {
            case .window:
                // The clock of these tests shows eight in the morning.
                let opening = try #require(CronTimes("0 3 * * *"))
                policy.windows = [Policy.Window(opening: opening, duration: .seconds(2 * 3600))]
            case .pause: policy.pause = Policy.Pause(reason: "inventory")
            case .pauseForADay:
                policy.pause = Policy.Pause(reason: "inventory")
                policy.pause?.until = now + .seconds(86_400)
            case .manual: policy.apply = .manual
            }
            return policy
        }

        var word: String {
            switch self {
            case .window: "waiting windowClosed"
            case .pause: "blocked paused"
            case .pauseForADay: "waiting pausedUntil"
            case .manual: "approval approveManual"
            }
        }
    }

    private static let starts = ["start Server/web-01 [ready]", "record Server/web-01 [ready]"]

    @Test(arguments: Hold.allCases, [Server.Power.unmanaged, .running])
    func noPolicyHoldsIt(hold: Hold, power: Server.Power) throws {
        var world = try owing { $0.power = power }
        goDown(&world)
        world.desired.policies = [try hold.policy(at: world.now)]
        var other = world
        other.recorded.servers[0].owedStart = nil
        #expect(lines(other) == (power == .running ? ["start Server/web-01 [\(hold.word)]"] : []))
        #expect(lines(world) == Self.starts)
        #expect(world.plan().step("start Server/web-01")?.reason == Sentence(.startOwed, "web-01"))
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(lines(world) == [])
    }

    @Test("after three days it is a start like any other: somebody may have shut the guest down for work")
    func policiesHoldWhatIsLongAgo() throws {
        var world = try owing { $0.power = .running }
        goDown(&world)
        world.desired.policies = [try Hold.manual.policy(at: world.now)]
        world.recorded.servers[0].owedStart = OwedStart(since: world.now + .seconds(-3 * 86_400 + 60), node: "pve1")
        #expect(lines(world) == Self.starts)
        world.recorded.servers[0].owedStart = OwedStart(since: world.now + .seconds(-3 * 86_400), node: "pve1")
        #expect(lines(world).first == "start Server/web-01 [\(Hold.manual.word)]")
        world.desired.policies = []
        #expect(lines(world) == Self.starts)
    }

    @Test(arguments: Hold.allCases)
    func noPolicyHoldsThatOfARemoval(hold: Hold) throws {
        var world = try owing()
        world.undeclare("web-01")
        goDown(&world)
        world.desired.policies = [try hold.policy(at: world.now)]
        #expect(lines(world).filter { !$0.hasPrefix("destroy ") } == Self.starts)
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        let waits = lines(world)
        #expect(waits.count == 1 && waits[0].hasPrefix("destroy Server/web-01 [") && !waits[0].hasSuffix("[ready]"))
    }

    @Test func itComesAfterAChangeThatMayBeAndWaitsForNoneThatIsHeld() throws {
        var world = try owing()
        goDown(&world)
        world.edit("web-01") { $0.cores = 4 }
        let update = StepID(rawValue: "update Server/web-01")
        #expect(lines(world) == ["update Server/web-01 [ready]"] + Self.starts)
        #expect(world.plan().step("start Server/web-01")?.after == [update])
        world.desired.policies = [try Hold.manual.policy(at: world.now)]
        #expect(lines(world) == ["update Server/web-01 [approval approveManual]"] + Self.starts)
        #expect(world.plan().step("start Server/web-01")?.after == [])
        world.execute(world.plan())
        #expect(world.guest("web-01")?.status == .running)
        #expect(lines(world) == ["update Server/web-01 [approval approveManual]"])
    }

    @Test func aPolicyThatCannotBeReadHoldsItNotAndADocumentOfTheServerDoes() throws {
        var world = try owing()
        goDown(&world)
        let policy = try Hold.manual.policy(at: world.now)
        world.recorded.servers[0].policies = [try #require(KeptPolicy(policy))]
        world.desired.completeness = .broken(
            .init(documents: ["p.yaml:1"], claims: [ObjectName(.policy, "hold")]))
        #expect(lines(world) == Self.starts)
        world.desired.completeness = .broken(
            .init(documents: ["a.yaml:1"], claims: [ObjectName(.server, "web-01")]))
        world.undeclare("web-01")
        #expect(!lines(world).contains { $0.hasPrefix("start ") })
    }

    @Test func whatIsWrongWithTheWorldHoldsIt() throws {
        var world = try owing()
        goDown(&world)
        var locked = world
        locked.editGuest("web-01") { guest, _ in guest.lock = "backup" }
        #expect(lines(locked).first == "start Server/web-01 [waiting locked]")
        var torn = world
        torn.stacks[StackID(cluster: "lab", name: "main")]?.hasErroredState = true
        #expect(lines(torn).first == "start Server/web-01 [blocked erroredState]")
        world.inventory.nodes[0].isOnline = false
        #expect(!lines(world).contains("start Server/web-01 [ready]"))
    }

    @Test func theDaemonPausesBetweenTwoTries() throws {
        var world = try owing()
        goDown(&world)
        let start = try #require(world.plan().step("start Server/web-01"))
        world.recorded.setbacks = [
            start.id: Setback(facts: start.facts, failures: 1, at: world.now, until: world.now + .seconds(30))
        ]
        #expect(lines(world) == Self.starts)
        var input = world.withDetails().input
        input.keepsBackOff = true
        #expect(planFleet(input).plan.lines.first == "start Server/web-01 [waiting backOff]")
    }

    @Test func theCheckLooksForTheDebtByItself() throws {
        var world = try owing()
        goDown(&world)
        world.desired.policies = [try Hold.pause.policy(at: world.now)]
        let plan = world.plan()
        var input = world.withDetails().input
        #expect(checkPlan(plan, input) == [])
        input.recorded.servers[0].owedStart = nil
        #expect(checkPlan(plan, input).map(\.invariant) == [.paused])
        input.desired.policies = [try Hold.manual.policy(at: world.now)]
        #expect(checkPlan(plan, input).map(\.invariant) == [.approval])
    }

    @Test func theDriftReportSaysIt() throws {
        var world = try owing()
        #expect(driftItems(world) == [])
        goDown(&world)
        #expect(driftItems(world) == ["power: running once, stopped"])
        world.execute(Plan())
        world.restart("web-01")
        #expect(driftItems(world) == ["owedStart: owed, on pve1, settled"])
    }

    private func driftItems(_ world: World) -> [String] {
        let items = driftReport(world.withDetails().input)
        return items.map { "\($0.path): \($0.desired ?? $0.recorded ?? "–"), \($0.live ?? "–")" }
    }
}
