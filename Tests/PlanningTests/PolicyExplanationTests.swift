import Chance
import Model
import Planning
import Testing

/// Which policy holds, setting by setting, and why another does not.
@Suite struct PolicyExplanationTests {
    private func explanation() throws -> PolicyExplanation {
        var world = World()
        world.declare("web-01") {
            $0.metadata.labels = [.init("env", "production")]
            $0.roles = ["web"]
        }
        var careful = Policy(name: "careful")
        careful.selector.matchLabels = [.init("env", "production")]
        careful.apply = .manual
        careful.destroyBudget = .count(1)
        var lax = Policy(name: "lax")
        lax.apply = .auto
        lax.destroyBudget = .percent(50)
        lax.restarts = .allow
        lax.pause = Policy.Pause(reason: "over")
        lax.pause?.until = Timestamp(seconds: 5)
        var (lab, databases, roles) = (Policy(name: "lab"), Policy(name: "databases"), Policy(name: "caches"))
        lab.selector.matchLabels = [.init("env", "lab")]
        databases.selector.names = ["db-*"]
        roles.selector.roles = ["cache"]
        world.desired.policies = [careful, lax, lab, databases, roles]
        return try #require(explainPolicies(for: "WEB-01", world.input))
    }

    private func setting(_ name: String) throws -> PolicyExplanation.Setting {
        try #require(try explanation().settings.first { $0.name == name })
    }

    @Test func theMoreCarefulWordHoldsAndTheOtherLost() throws {
        let apply = try setting("apply")
        #expect(apply.value == "manual")
        #expect(apply.words.map { $0.policy?.text ?? "its own" } == ["careful", "lax"])
        #expect(apply.words.map(\.standing) == [.holds, .lessCareful])
        #expect(apply.words.map(\.field) == ["spec.apply", "spec.apply"])
        #expect(try setting("restarts").value == "allow")
        #expect(try setting("recreate").value == "approve" && setting("recreate").words.isEmpty)
    }

    @Test func aCountAndAPercentageHoldSideBySide() throws {
        let budget = try setting("destroyBudget.perPlan")
        #expect(budget.value == "1 & 50%")
        #expect(budget.words.map(\.standing) == [.holds, .holds])
    }

    @Test func aPauseThatEndedSaysSince() throws {
        let pause = try setting("pause")
        #expect(pause.value == "–")
        #expect(pause.words.map(\.standing) == [.ended(Timestamp(seconds: 5))])
    }

    @Test func whatTheServerItselfIgnoresIsItsOwnWord() throws {
        var world = World()
        world.declare("web-01") { $0.ignore = ["spec.memory"] }
        var policy = Policy(name: "lax")
        policy.ignore = [Policy.IgnoreRule(path: "spec.cores")]
        world.desired.policies = [policy]
        let explanation = try #require(explainPolicies(for: "web-01", world.input))
        let ignored = try #require(explanation.settings.first { $0.name == "ignore" })
        #expect(ignored.value == "spec.memory, spec.cores")
        #expect(ignored.words.map { $0.policy?.text ?? "its own" } == ["its own", "lax"])
        #expect(ignored.words.map(\.field) == ["spec.ignore[0]", "spec.ignore[0]"])
        #expect(ignored.words.map(\.standing) == [.holds, .holds])
    }

    @Test func aRuleWithoutAReasonOrAnEndSaysSo() throws {
        var world = World()
        world.declare("web-01") { $0.ignore = ["spec.tags"] }
        var bare = Policy.IgnoreRule(path: "spec.cores")
        var policy = Policy(name: "lax")
        policy.ignore = [bare]
        bare.reason = "load test"
        policy.ignore.append(bare)
        bare.until = Timestamp(seconds: 4_000_000_000)
        policy.ignore.append(bare)
        world.desired.policies = [policy]
        let explanation = try #require(explainPolicies(for: "web-01", world.input))
        let ignored = try #require(explanation.settings.first { $0.name == "ignore" })
        // The server's own list has no place for either.
        #expect(ignored.words.map(\.omissions) == [[], [.reason, .end], [.end], []])
        #expect(ignored.words.last?.value == "spec.cores; load test; 2096-10-02T07:06:40Z")
    }

    @Test func whetherTheWindowIsOpenAndWhenItOpensIsSaid() throws {
        var world = World()
        world.declare("web-01")
        #expect(try opening(world, at: 0) == nil)
        var window = Policy.Window(opening: try #require(CronTimes("0 22 * * 6")), duration: .seconds(6 * 3600))
        window.zone = "Europe/Berlin"
        var policy = Policy(name: "nights")
        policy.windows = [window]
        world.desired.policies = [policy]
        // A Saturday in November: 22:00 in Berlin is 21:00 in UTC.
        let opens = Timestamp(seconds: 1_795_294_800)
        #expect(
            try opening(world, at: opens.seconds - 1)
                == PolicyExplanation.Opening.opens(at: opens, window: "Sat 22:00–Sun 04:00 Europe/Berlin"))
        #expect(try opening(world, at: opens.seconds) == PolicyExplanation.Opening.open)
        world.desired.policies[0].windows[0].zone = "Mars/Base"
        #expect(try opening(world, at: opens.seconds) == PolicyExplanation.Opening.unknownZone("Mars/Base"))
        world.desired.policies[0].windows[0] = Policy.Window(
            opening: try #require(CronTimes("0 22 30 2 *")), duration: .seconds(3600))
        #expect(try opening(world, at: opens.seconds) == PolicyExplanation.Opening.never)
    }

    private func opening(_ world: World, at second: Int64) throws -> PolicyExplanation.Opening? {
        var input = world.input
        input.now = Timestamp(seconds: second)
        input.zones = ["Europe/Berlin": WindowTests.berlin]
        let explanation = try #require(explainPolicies(for: "web-01", input))
        return explanation.settings.first { $0.name == "windows" }?.opening
    }

    @Test func theOthersSayWhatTheyAreAbout() throws {
        let others = try explanation().others
        #expect(others.map(\.policy) == ["lab", "databases", "caches"])
        #expect(
            others.map(\.reason) == [
                Sentence(.selectsLabel, "env=lab", "env=production"), Sentence(.selectsNames, "db-*"),
                Sentence(.selectsRoles, "cache", "web"),
            ])
    }

    @Test func whatItSaysIsWhatThePlannerDoes() throws {
        for seed in 0..<300 as Range<UInt64> {
            var dice = Dice(seed: seed &+ 77)
            var world = World()
            world.declare("web-01")
            world.desired.policies = (0..<(1 + dice.roll(3))).map { index in
                var policy = Policy(name: PolicyName("p\(index)"))
                if dice.isLucky(60) { policy.apply = dice.pick(Policy.Apply.allCases) }
                if dice.isLucky(30) { policy.pause = Policy.Pause(reason: "r") }
                if dice.isLucky(40) { policy.selector.names = [dice.isLucky(50) ? "web-*" : "db-*"] }
                return policy
            }
            let explanation = try #require(explainPolicies(for: "web-01", world.input))
            let values = Dictionary(uniqueKeysWithValues: explanation.settings.map { ($0.name, $0.value) })
            let expected =
                values["pause"] == "r"
                ? "blocked paused" : values["apply"] == "manual" ? "approval approveManual" : "ready"
            #expect(world.plan().steps.first?.disposition.word == expected, "seed \(seed)")
        }
    }

    @Test func whatWasSaidAtTheLastApplyIsOfARebuild() throws {
        var world = World()
        world.declare("web-01")
        world.execute(world.plan())
        var careful = Policy(name: "careful")
        careful.apply = .manual
        careful.destroyBudget = .count(0)
        world.recorded.servers[0].policies = [try #require(KeptPolicy(careful))]
        let explanation = try #require(explainPolicies(for: "web-01", world.input))
        let isSilent = explanation.settings.allSatisfy { $0.words.isEmpty }
        #expect(isSilent)
        #expect(explanation.ofRebuild.map(\.name) == ["apply", "destroyBudget.perPlan"])
        let words = explanation.ofRebuild.flatMap(\.words)
        let areKept = words.allSatisfy { $0.isKept && $0.standing == .holds }
        #expect(areKept)
        // Declared still, it says so for everything.
        world.desired.policies = [careful]
        let declared = try #require(explainPolicies(for: "web-01", world.input))
        #expect(declared.ofRebuild == [])
    }

    @Test func nobodyKnowsAServerThatIsNeitherDeclaredNorRecorded() {
        #expect(explainPolicies(for: "ghost", World().input) == nil)
    }
}
