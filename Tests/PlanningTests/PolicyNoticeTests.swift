import Model
import Planning
import Testing

/// Pauses and ignore rules that stand or have ended say so.
@Suite struct PolicyNoticeTests {
    @Test func aPauseSpeaksWhileItStandsAndWhenItHasEnded() {
        var world = World()
        world.declare("web-01")
        let end = Timestamp(seconds: world.now.seconds + 60)
        var policy = Policy(name: "freeze")
        policy.pause = Policy.Pause(reason: "migration")
        world.desired.policies = [policy]
        #expect(world.plan().finding("pauseStands")?.sentence == Sentence(.pauseStands, "freeze", "migration"))
        world.desired.policies[0].pause?.until = end
        #expect(
            world.plan().finding("pauseStands")?.sentence
                == Sentence(.pauseStandsUntil, "freeze", "migration", end.description))
        world.now = end
        let plan = world.plan()
        #expect(plan.lines == ["create Server/web-01 [ready]"])
        #expect(plan.finding("pauseStands") == nil)
        #expect(
            plan.finding("pauseEnded")?.sentence == Sentence(.pauseEnded, "freeze", "migration", end.description))
        #expect(plan.finding("pauseEnded")?.kind == .notice)
    }

    @Test func anIgnoreRuleThatEndedSpeaksAndNoLongerIgnores() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-02") { guest, configuration in
            configuration.settings.cores = 6
            guest.totalCores = 6
        }
        let end = Timestamp(seconds: world.now.seconds + 3600)
        var rule = Policy.IgnoreRule(path: "spec.cores")
        rule.reason = "load test"
        rule.until = end
        var policy = Policy(name: "tests")
        policy.ignore = [rule]
        world.desired.policies = [policy]
        #expect(world.plan().steps.filter { $0.action.verb == .update }.isEmpty)
        #expect(world.plan().finding("ignoreEnded") == nil)
        world.now = end
        let plan = world.plan()
        #expect(plan.lines == ["update Server/web-02 [ready]"])
        #expect(
            plan.finding("ignoreEnded")?.sentence
                == Sentence(.ignoreEnded, "tests", "spec.cores", end.description, "load test"))
    }

    @Test func aBrokenDocumentStopsARecreationToo() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        var policy = Policy(name: "p")
        policy.recreate = .auto
        policy.absenceConfirmations = 1
        world.desired.policies = [policy]
        #expect(world.plan().lines == ["recreate Server/web-01 [ready]"])
        world.desired.completeness = .broken(.init(documents: ["a.yaml:3"], claims: []))
        #expect(
            world.plan().steps.map(\.disposition)
                == [.blocked(Sentence(.incompleteRecreate, "Server/web-01", "a.yaml:3"))])
    }
}
