import Model
import Planning
import Testing

/// A policy that is taken away together with what it protects.
@Suite struct KeptPolicyTests {
    private func policy(_ change: (inout Policy) -> Void) -> Policy {
        var policy = Policy(name: "prod")
        change(&policy)
        return policy
    }

    /// Three servers under a policy at their last apply, of which `web-01` is removed.
    private func removal(under policy: Policy) throws -> World {
        var world = World()
        for name in ["web-01", "web-02", "web-03"] { world.declare(name) }
        world.desired.policies = [policy]
        world.approveAll()
        var unpaused = world
        unpaused.desired.policies[0].pause = nil
        unpaused.desired.policies[0].windows = []
        world.execute(unpaused.plan())
        world.execute(world.plan())
        #expect(world.recorded.servers.count == 3)
        let kept = try #require(KeptPolicy(policy))
        #expect(world.recorded.servers.map(\.policies) == [[kept], [kept], [kept]])
        world.undeclare("web-01")
        world.recorded.approvals = []
        return world
    }

    private func disposition(_ world: World) -> String? {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        let word = plan.step("destroy Server/web-01")?.disposition.word
        return word?.split(separator: " ").first.map(String.init)
    }

    @Test func whoseApprovalItTookItStillTakes() throws {
        var world = try removal(under: policy { $0.requiredApprovals = 2 })
        world.desired.policies = []
        world.approveAll()
        guard case .needsApproval(let sentence) = world.plan().step("destroy Server/web-01")?.disposition else {
            Issue.record("one yes is enough")
            return
        }
        #expect(sentence.short == "approvalsMissing")
        #expect(world.plan().finding("policyKept")?.sentence == Sentence(.policyKept, "prod", "1", "web-01"))
    }

    @Test func aServerIsNamedOnceHoweverOftenAPolicyIsKeptWithIt() throws {
        var world = try removal(under: policy { $0.requiredApprovals = 2 })
        let other = try #require(KeptPolicy(policy { $0.requiredApprovals = 3 }))
        for index in world.recorded.servers.indices { world.recorded.servers[index].policies?.append(other) }
        world.desired.policies = []
        #expect(world.plan().finding("policyKept")?.sentence == Sentence(.policyKept, "prod", "1", "web-01"))
    }

    @Test func whatWasManualIsAskedForStill() throws {
        var lax = Policy(name: "lax")
        lax.apply = .auto
        var world = try removal(under: policy { $0.apply = .manual })
        world.desired.policies = [lax]
        #expect(disposition(world) == "approval")
        // A milder word of the same policy, in the same commit.
        lax.name = "prod"
        world.desired.policies = [lax]
        #expect(disposition(world) == "approval")
        #expect(world.plan().finding("policyKept") != nil)
    }

    @Test func aBudgetOfNoneStaysWhereItsPolicyIsGone() throws {
        var world = try removal(under: policy { $0.destroyBudget = .count(0) })
        world.desired.policies = []
        #expect(disposition(world) == "blocked")
        // Raised in the open it holds at once.
        world.desired.policies = [policy { $0.destroyBudget = .count(1) }]
        #expect(disposition(world) == "approval")
        #expect(world.plan().finding("policyKept") == nil)
    }

    @Test func aPauseStaysWhereItsPolicyIsGoneAndIsLiftedByIt() throws {
        var world = try removal(under: policy { $0.pause = .init(reason: "the audit") })
        world.desired.policies = []
        #expect(disposition(world) == "blocked")
        world.desired.policies = [policy { $0.apply = .safe }]
        #expect(disposition(world) == "approval")
    }

    @Test func aPolicyThatSelectsTheServerNoMoreIsGoneForIt() throws {
        var world = try removal(under: policy { $0.destroyBudget = .count(0) })
        world.desired.policies[0].selector.names = ["db-*"]
        #expect(disposition(world) == "blocked")
    }

    @Test func whoLiftsItWhileTheServerIsDeclaredHasLiftedIt() throws {
        var world = try removal(under: policy { $0.destroyBudget = .count(0) })
        world.declare("web-01")
        world.desired.policies = []
        // No step for each server that was under it: every apply writes it down.
        #expect(world.plan().lines == [])
        #expect(policiesToKeep(world.input) == ["web-01": [], "web-02": [], "web-03": []])
        world.execute(world.plan())
        world.undeclare("web-01")
        #expect(disposition(world) == "approval")
        #expect(world.plan().finding("policyKept") == nil)
    }

    /// Nothing was applied to it: a pause that only such a pass saw lifted would be gone with the next one.
    @Test func whatIsOverAServerThatCannotBeReadOnlyComesToWhatWas() throws {
        var seen = try removal(under: policy { $0.pause = .init(reason: "the audit") })
        seen.declare("web-01")
        seen.desired.policies = []
        let lifted: [ServerName: [KeptPolicy]] = ["web-01": [], "web-02": [], "web-03": []]
        #expect(policiesToKeep(seen.input) == lifted)
        let main = StackID(cluster: World.cluster, name: "main")
        var unlisted = seen
        unlisted.inventory.distrust = Sentence("proxmox.partialAudit", World.cluster.text)
        var unstated = seen
        try #require(unstated.stacks[main] != nil)
        unstated.stacks[main]?.state = .unknown(Sentence("terraform.malformedState", main.description))
        for blind in [unlisted, unstated] {
            #expect(policiesToKeep(blind.input) == [:])
            var world = blind
            world.execute(world.plan())
            world.inventory.distrust = seen.inventory.distrust
            world.stacks = seen.stacks
            world.undeclare("web-01")
            #expect(disposition(world) == "blocked")
            // What is new counts beside what was.
            var other = Policy(name: "test")
            other.apply = .manual
            world = blind
            world.desired.policies = [other]
            let added = try #require(KeptPolicy(other))
            let both = [added] + (seen.recorded.servers[0].policies ?? [])
            #expect(policiesToKeep(world.input)["web-01"] == both)
            world.execute(world.plan())
            #expect(policiesToKeep(world.input) == [:])
        }
    }

    @Test func aPolicyThatCannotBeReadIsNotForgotten() throws {
        var world = try removal(under: policy { $0.destroyBudget = .count(0) })
        world.declare("web-01")
        world.desired.policies = []
        world.desired.completeness = .broken(.init(documents: ["p.yaml:1"], claims: [ObjectName(.policy, "prod")]))
        #expect(policiesToKeep(world.input) == [:])
    }

    @Test func theExplanationShowsWhatWasKept() throws {
        var world = try removal(under: policy { $0.apply = .manual })
        world.desired.policies = []
        let explanation = try #require(explainPolicies(for: "web-01", world.input))
        let apply = try #require(explanation.settings.first { $0.name == "apply" })
        #expect(apply.value == "manual")
        #expect(apply.words.map(\.isKept) == [true])
        #expect(apply.words.map(\.standing) == [.holds])
        // A declared server is judged by what is declared.
        let other = try #require(explainPolicies(for: "web-02", world.input))
        #expect(other.settings.flatMap(\.words) == [])
    }

    // MARK: A label that leads away

    /// Three servers whose label puts them under a policy, which was so at their last apply.
    private func labelled(_ change: (inout Policy) -> Void) -> World {
        var world = World()
        for name in ["web-01", "web-02", "web-03"] {
            world.declare(name) { $0.metadata.labels = [.init("tier", "prod")] }
        }
        world.desired.policies = [policy(change)]
        world.desired.policies[0].selector.matchLabels = [.init("tier", "prod")]
        world.execute(world.plan())
        return world
    }

    private func relabel(_ world: inout World, _ names: [ServerName], _ labels: [Metadata.Label]) {
        for name in names { world.edit(name) { $0.metadata.labels = labels } }
    }

    @Test func aMistypedLabelIsSaidBeforeItIsWrittenDown() {
        var world = labelled { $0.destroyBudget = .count(0) }
        #expect(world.plan().findings.allSatisfy { $0.rule != "policyLeft" })
        relabel(&world, ["web-01", "web-03"], [.init("tier", "prd")])
        let plan = world.plan()
        #expect(plan.lines == ["record Server/web-01 [ready]", "record Server/web-03 [ready]"])
        #expect(
            plan.findings.filter { $0.rule == "policyLeft" }.map(\.sentence) == [
                Sentence(.policyLeftUnknown, "prod", "2", "web-01, web-03", "tier=prod", "tier=prd", "–")
            ])
        #expect(plan.finding("policyLeft")?.kind == .notice)
        world.execute(plan)
        #expect(world.plan().finding("policyLeft") == nil)
    }

    @Test func aLabelThatAPolicySelectsIsNoSlipAndOneThatIsGoneHasNoValue() {
        var world = labelled { $0.apply = .safe }
        var other = Policy(name: "test")
        other.selector.matchLabels = [.init("tier", "test")]
        world.desired.policies.append(other)
        relabel(&world, ["web-01"], [.init("tier", "test")])
        relabel(&world, ["web-02"], [])
        #expect(
            world.plan().findings.filter { $0.rule == "policyLeft" }.map(\.sentence) == [
                Sentence(.policyLeft, "prod", "1", "web-02", "tier=prod", "–", "–"),
                Sentence(.policyLeft, "prod", "1", "web-01", "tier=prod", "tier=test", "test"),
            ])
    }

    @Test func aLabelThatNoPolicySelectsByMayChange() {
        var world = labelled { $0.apply = .safe }
        relabel(&world, ["web-01"], [.init("rack", "2"), .init("tier", "prod")])
        #expect(world.plan().finding("policyLeft") == nil)
    }

    @Test func aRebuildBesideANewLabelIsJudgedByTheOldPolicyToo() throws {
        var world = labelled { policy in
            policy.destroyBudget = .count(0)
            policy.rebuildBackup = "backups"
        }
        world.desired.policies.append(Policy(name: "all"))
        world.desired.policies[1].destroyBudget = .count(3)
        relabel(&world, ["web-01"], [.init("tier", "prd")])
        world.rebuilds = ["web-01"]
        let (detailed, result) = world.settled()
        let step = try #require(result.plan.step("rebuild Server/web-01"))
        #expect(step.disposition.word == "blocked budget")
        #expect(result.plan.finding("policyKept")?.sentence == Sentence(.policyKept, "prod", "1", "web-01"))
        guard case .rebuild(let rebuild) = step.action else { return }
        #expect(rebuild.backup?.storage == "backups")
        // The check says so by itself.
        var careless = result.plan
        let position = try #require(careless.steps.firstIndex { $0.id == step.id })
        careless.steps[position].disposition = .ready
        #expect(checkPlan(careless, detailed.input).contains { $0.invariant == .budget })
        let explanation = try #require(explainPolicies(for: "web-01", detailed.input))
        #expect(explanation.ofRebuild.map(\.name).contains("destroyBudget.perPlan"))
    }

    @Test func aPauseHoldsARebuildBesideANewLabelToo() throws {
        var world = labelled { $0.apply = .safe }
        world.desired.policies[0].pause = .init(reason: "the audit")
        for index in world.recorded.servers.indices {
            world.recorded.servers[index].policies = [try #require(KeptPolicy(world.desired.policies[0]))]
        }
        relabel(&world, ["web-01"], [.init("tier", "prd")])
        world.rebuilds = ["web-01"]
        let (detailed, result) = world.settled()
        let step = try #require(result.plan.step("rebuild Server/web-01"))
        #expect(step.disposition.word == "blocked paused")
        var careless = result.plan
        let position = try #require(careless.steps.firstIndex { $0.id == step.id })
        careless.steps[position].disposition = .ready
        #expect(checkPlan(careless, detailed.input).contains { $0.invariant == .paused })
    }
}
