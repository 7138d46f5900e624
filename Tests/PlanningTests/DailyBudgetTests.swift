import Chance
import Model
import Planning
import Testing

/// What was destroyed in the last 24 hours counts with what a plan would destroy.
@Suite struct DailyBudgetTests {
    private func world(_ budget: Policy.Budget, removing names: [String]) throws -> World {
        var world = try MainRoadTests.fleet((1...9).map { "web-0\($0)" })
        for name in names { world.undeclare(ServerName(name)) }
        var policy = Policy(name: "p")
        policy.apply = .auto
        policy.destroyBudget = .count(9)
        policy.dailyDestroyBudget = budget
        world.desired.policies = [policy]
        return world
    }

    private func ended(_ name: String, secondsAgo: Int64, _ world: World, _ cluster: ClusterName = "lab")
        -> RecordedEnding
    {
        RecordedEnding(
            server: ServerName(name), cluster: cluster, at: Timestamp(seconds: world.now.seconds - secondsAgo))
    }

    @Test func whatWasDestroyedWithinADayCounts() throws {
        var world = try world(.count(3), removing: ["web-01", "web-02"])
        #expect(world.plan().steps.allSatisfy { $0.disposition == .ready })
        world.recorded.endings = [ended("old-1", secondsAgo: 80_000, world)]
        #expect(world.plan().steps.allSatisfy { $0.disposition == .ready })
        world.recorded.endings.append(ended("old-2", secondsAgo: 60, world))
        let frees = Timestamp(seconds: world.now.seconds - 80_000 + 86_400)
        let plan = world.plan()
        #expect(
            plan.steps.map(\.disposition)
                == Array(
                    repeating: .blocked(Sentence(.budgetPerDay, "lab", "2", "2", "3", frees.description)), count: 2))
        #expect(checkPlan(plan, world.withDetails().input) == [])
        // At that moment, and not a second before.
        world.now = Timestamp(seconds: frees.seconds - 1)
        #expect(world.plan().steps.allSatisfy { $0.disposition.word == "blocked budgetPerDay" })
        world.now = frees
        #expect(world.plan().steps.allSatisfy { $0.disposition == .ready })
    }

    @Test func moreThanAWholeDaysBudgetNeverFrees() throws {
        let world = try world(.count(1), removing: ["web-01", "web-02"])
        #expect(
            world.plan().steps.map(\.disposition)
                == Array(repeating: .blocked(Sentence(.budgetPerDayNever, "lab", "2", "1")), count: 2))
    }

    @Test func anotherClustersEndingsAndThoseOfBeforeDoNotCount() throws {
        var world = try world(.count(1), removing: ["web-01"])
        world.recorded.endings = [
            ended("a", secondsAgo: 86_400, world), ended("b", secondsAgo: 5, world, "other"),
        ]
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
    }

    @Test func aPercentageIsOfTheServersThatWereThereWhenTheDayBegan() throws {
        // Nine are known and one was destroyed: 20 % of ten are two.
        var world = try world(.percent(20), removing: ["web-01"])
        world.recorded.endings = [ended("old", secondsAgo: 60, world)]
        #expect(world.plan().lines == ["destroy Server/web-01 [ready]"])
        world.undeclare("web-02")
        #expect(world.plan().steps.allSatisfy { $0.disposition.word == "blocked budgetPerDay" })
    }

    @Test func anEndingThatTheClockPutsIntoTheFutureCounts() throws {
        var world = try world(.count(1), removing: ["web-01"])
        world.recorded.endings = [ended("a", secondsAgo: -3600, world)]
        #expect(world.plan().lines == ["destroy Server/web-01 [blocked budgetPerDay]"])
    }

    @Test func noApprovalOverridesIt() throws {
        var world = try world(.count(0), removing: ["web-01"])
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-01 [blocked budgetPerDayNever]"])
    }

    /// While a plan is carried out by the run `own`, what it has ended already is not counted twice, and what others ended or
    /// are about to end since then is counted, but for those that set out later.
    @Test func whatOthersEndWhileAPlanIsCarriedOutCounts() throws {
        let world = try world(.count(2), removing: ["web-01", "web-02"])
        let plan = world.plan()
        try #require(plan.steps.allSatisfy { $0.disposition == .ready })
        let last = try #require(plan.steps.first { $0.id.rawValue == "destroy Server/web-02" })
        let ends = PlannedEnds(of: plan, by: RunID(rawValue: "own"), world.input)
        let changes = ChangedDeclarations(from: world.desired, to: world.desired)
        func end(_ name: String, _ run: String, _ cluster: ClusterName = "lab") -> RecordedEnding {
            RecordedEnding(server: ServerName(name), cluster: cluster, at: world.now, run: RunID(rawValue: run))
        }
        func said(past: [RecordedEnding] = [], coming: [RecordedEnding] = []) -> Sentence? {
            var input = world.input
            (input.recorded.endings, input.recorded.comingEndings) = (past, coming)
            return objections(
                to: [last], areBorn: false, agreed: [], free: [], changes: changes, ends: ends, input)[last.id]
        }
        let spent = Sentence("execution.daySpent", "Server/web-02", "lab", "1", "2", "2")
        #expect(said() == nil)
        #expect(said(past: [end("web-01", "own")], coming: [end("web-02", "own")]) == nil)
        #expect(said(past: [end("web-01", "own"), end("old", "other")]) == spent)
        #expect(said(past: [end("old", "other", "attic")]) == nil)
        #expect(said(coming: [end("old", "other")]) == spent)
        #expect(said(coming: [end("old", "other"), end("web-02", "own")]) == spent)
        #expect(said(coming: [end("web-02", "own"), end("old", "other")]) == nil)
    }

    /// Random fleets, day after day: no 24 hours ever see more ends than the smallest budget allows.
    @Test func inNoDayMoreIsDestroyedThanAllowed() {
        for seed in 0..<300 as Range<UInt64> {
            var dice = Dice(seed: seed &* 7919 &+ 3)
            var world = World.random(&dice)
            world.desired.clusters[0].terraform.stacks = .single
            let limit = dice.roll(3)
            for _ in 0..<8 {
                for _ in 0...dice.roll(2) { world.disturb(&dice) }
                var policy = Policy(name: "p")
                policy.apply = .auto
                policy.destroyBudget = .percent(100)
                policy.dailyDestroyBudget = .count(limit)
                world.desired.policies = [policy]
                let plan = world.plan()
                let violations = checkPlan(plan, world.withDetails().input)
                if !violations.isEmpty { Issue.record("seed \(seed): \(violations)") }
                let ending = plan.steps.filter { $0.action.verb == .destroy && $0.disposition == .ready }
                let now = world.now
                world.execute(plan)
                world.recorded.endings += ending.map {
                    RecordedEnding(server: $0.serverName, cluster: World.cluster, at: now)
                }
                let day = world.recorded.endings.filter { now.seconds - $0.at.seconds < 86_400 }
                if day.count > limit { Issue.record("seed \(seed): \(day.count) in a day, \(limit) allowed") }
                world.now = Timestamp(seconds: world.now.seconds + Int64(dice.roll(40_000)))
                world.inventory.readAt = world.now
            }
        }
    }
}
