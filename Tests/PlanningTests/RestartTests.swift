import Model
import Planning
import Testing

/// Guests that run with other values than those that are written.
@Suite struct RestartTests {
    /// `web-01` runs with the four cores that it declares, and somebody else wrote eight for its next start.
    static func pendingByAnother() throws -> World {
        var world = try pending(["web-01"])
        world.editGuest("web-01") { _, configuration in
            configuration.settings.cores = 4
            configuration.pending?.cores = 8
        }
        return world
    }

    /// Servers of the role `web` whose four cores wait for a restart.
    static func pending(
        _ names: [String] = ["web-01", "web-02", "web-03"], restarts: Policy.Restarts? = .allow,
        maxUnavailable: Policy.Budget? = nil, edit: (inout Server) -> Void = { _ in }
    ) throws -> World {
        var world = World()
        var role = Role(name: "web")
        role.maxUnavailable = maxUnavailable
        world.desired.roles = [role]
        var policy = Policy(name: "p")
        policy.restarts = restarts
        world.desired.policies = [policy]
        for name in names {
            world.declare(name) {
                $0.roles = ["web"]
                $0.cores = 4
                edit(&$0)
            }
        }
        world.execute(world.plan())
        try #require(world.plan().steps.isEmpty)
        for name in names { world.wait(for: ServerName(name)) }
        return world
    }

    private func plan(_ world: World) -> Plan {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan
    }

    @Test func aRestartWaitsForApprovalUnlessThePolicyAllowsIt() throws {
        for word in [nil, Policy.Restarts.approve] {
            let world = try Self.pending(["web-01"], restarts: word)
            #expect(plan(world).lines == ["restart Server/web-01 [approval approveOwnRestart]"])
        }
        var world = try Self.pending(["web-01"])
        let ready = plan(world)
        #expect(ready.lines == ["restart Server/web-01 [ready]"])
        #expect(ready.steps[0].effect == .restart)
        #expect(
            ready.steps[0].changes == [
                AttributeChange(path: "cores", before: "2", after: "4", effect: .pendingRestart)
            ])
        world.execute(ready)
        #expect(world.plan().steps.isEmpty && world.plan().findings.isEmpty)
    }

    @Test func aManualPolicyAsksWhateverItSaysOfRestarts() throws {
        var world = try Self.pending(["web-01"])
        world.desired.policies[0].apply = .manual
        #expect(plan(world).lines == ["restart Server/web-01 [approval approveOwnRestart]"])
    }

    @Test func whatSomebodyElseLeftPendingIsAskedAboutWhateverThePolicySays() throws {
        var world = try Self.pending(["web-01"])
        world.editGuest("web-01") { _, configuration in configuration.othersPending = ["hostpci0"] }
        let plan = plan(world)
        #expect(plan.lines == ["restart Server/web-01 [approval approveRestartBesides]"])
        #expect(
            plan.steps[0].disposition
                == .needsApproval(Sentence(.approveRestartBesides, "Server/web-01", "hostpci0")))
    }

    /// As it differs and is left so, it brings no restart about; and another one would bring it about too.
    @Test func whatIsToBeLeftAloneOwesNoRestartAndIsAskedAboutWithAnother() throws {
        for isOfPolicy in [false, true] {
            var world = try Self.pending(["web-01"], edit: { $0.memory = .gibibytes(4) }).withDetails()
            try #require(!world.inventory.details.isEmpty)
            if isOfPolicy {
                world.desired.policies[0].ignore = [Policy.IgnoreRule(path: "spec.cores")]
            } else {
                world.edit("web-01") { $0.ignore = ["spec.cores"] }
            }
            #expect(self.plan(world).lines == [])
            #expect(self.plan(world).finding("pendingRestart")?.changes.map(\.path) == ["cores"])
            world.editGuest("web-01") { _, configuration in configuration.settings.memory = 2048 }
            let plan = plan(world)
            #expect(plan.lines == ["restart Server/web-01 [approval approveRestartBesides]"])
            #expect(
                plan.steps.first?.disposition
                    == .needsApproval(Sentence(.approveRestartBesides, "Server/web-01", "cores")))
            #expect(plan.steps.first?.reason == Sentence(.restart, "web-01", "memory"))
            #expect(plan.steps.first?.changes.map(\.path) == ["cores", "memory"])
            // The check says so by itself.
            var careless = plan
            for index in careless.steps.indices { careless.steps[index].disposition = .ready }
            #expect(checkPlan(careless, world.input).map(\.invariant) == [.approval])
        }
    }

    /// The running value is the declared one: a restart would bring the other, and once that is taken back none is owed.
    @Test func whatSomebodyElseWroteForTheNextStartIsTakenBackWithoutARestart() throws {
        var world = try Self.pendingByAnother()
        let plan = plan(world)
        #expect(plan.lines == ["update Server/web-01 [ready]"])
        let step = try #require(plan.steps.first)
        #expect(step.changes == [AttributeChange(path: "cores", before: "8", after: "4", effect: .none)])
        #expect(step.effect == .none && plan.finding("pendingRestart") == nil)
        #expect(plan.finding("pendingForeign")?.sentence == Sentence(.pendingForeign, "web-01", "cores: 4 → 8"))
        world.execute(plan)
        #expect(self.plan(world).steps.isEmpty)
    }

    /// It was Plumb that wrote the value which the YAML took back before a restart: nobody else alone is accused of it.
    @Test func whatAnEarlierApplyWroteForTheNextStartIsNotLaidToSomebodyElseAlone() throws {
        var world = try Self.pending(["web-01"])
        world.edit("web-01") { $0.cores = 2 }
        let plan = plan(world)
        #expect(plan.lines == ["update Server/web-01 [ready]"])
        let finding = try #require(plan.finding("pendingForeign"))
        #expect(finding.sentence == Sentence(.pendingForeign, "web-01", "cores: 2 → 4"))
        let why = Catalogue.text(of: finding.sentence, in: .english).why
        #expect(why.hasPrefix("An earlier apply, or somebody else, wrote them"))
    }

    /// What else is changed with it counts from the next start all the same.
    @Test func whatIsNotRunWithYetCountsFromTheNextStartBesides() throws {
        var world = try Self.pendingByAnother()
        world.edit("web-01") { $0.memory = .gibibytes(4) }
        let step = try #require(plan(world).steps.first)
        #expect(step.changes.map(\.path) == ["cores", "memory"])
        #expect(step.changes.map(\.effect) == [.none, .pendingRestart] && step.effect == .pendingRestart)
    }

    @Test func nobodyRestartsWhatDoesNotRunOrShouldNot() throws {
        var world = try Self.pending(["web-01"])
        world.editGuest("web-01") { guest, _ in guest.status = .paused }
        #expect(plan(world).lines == [] && world.plan().finding("pendingRestart") != nil)
        world.editGuest("web-01") { guest, _ in guest.status = .running }
        world.edit("web-01") { $0.power = .stopped }
        #expect(plan(world).lines == ["stop Server/web-01 [approval approveStop]"])
    }

    @Test func anUpdateComesFirstAndTheRestartWithTheNextPlan() throws {
        var world = try Self.pending(["web-01"])
        world.edit("web-01") { $0.tags = ["new"] }
        let plan = plan(world)
        #expect(plan.lines == ["update Server/web-01 [ready]"])
        #expect(plan.finding("pendingRestart") != nil)
    }

    @Test func anApprovalHoldsAsLongAsTheSameIsPending() throws {
        var world = try Self.pending(["web-01"], restarts: .approve)
        world.approveAll()
        #expect(plan(world).lines == ["restart Server/web-01 [ready]"])
        world.editGuest("web-01") { _, configuration in configuration.settings.cores = 3 }
        #expect(plan(world).lines == ["restart Server/web-01 [approval approvalMoved]"])
    }

    /// Whether a restart is still needed shows only in a guest's own configuration: who said yes must not wait for a
    /// sweep that happens to pass by.
    @Test func anApprovedRestartIsLookedAtWhateverTheListingShows() throws {
        var world = try Self.pending(["web-01"], restarts: .approve)
        world.approveAll()
        world.inventory.details = [:]
        world.editGuest("web-01") { guest, _ in guest.totalCores = 4 }
        #expect(detailNeeds(world.input).map(\.vmid) == [100])
        world.recorded.approvals = []
        #expect(detailNeeds(world.input).isEmpty)
        var input = world.input
        input.looking = ["web-01"]
        #expect(detailNeeds(input).map(\.vmid) == [100])
    }

    @Test func withoutAWordOfItsRoleAFewAtATimeInAllStacks() throws {
        let names = (1...20).map { $0 < 10 ? "web-0\($0)" : "web-\($0)" }
        var world = try Self.pending(names)
        world.desired.clusters[0].terraform.stacks = .hashed(2)
        world.desired.policies[0].apply = .auto
        world.execute(world.plan())
        for name in names { world.wait(for: ServerName(name)) }
        let plan = plan(world)
        #expect(plan.lines.count == 20 && plan.lines.allSatisfy { $0.hasSuffix("[ready]") })
        #expect(plan.disruptions?.map(\.scope.description) == ["Role/web"])
        #expect(plan.disruptions?.map(\.limit) == [2])
        #expect(plan.steps.compactMap(\.behind).count == 18)
        // Who was down before is nobody's whom a restart left there.
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(self.plan(world).disruptions?.map { $0.members.count } == [19])
        #expect(self.plan(world).lines.filter { $0.hasPrefix("restart") }.allSatisfy { $0.hasSuffix("[ready]") })
    }

    @Test func withoutARoleOneAtATimeInEachStack() throws {
        let plan = plan(try Self.pending { $0.roles = [] })
        #expect(
            plan.steps.map { $0.behind?.map(\.rawValue) } == [
                nil, ["restart Server/web-01"], ["restart Server/web-02"],
            ])
        #expect(plan.disruptions?.map(\.scope.description) == ["Stack/lab/main"])
        #expect(plan.disruptions?.map(\.limit) == [1])
    }

    @Test func aRoleBoundsItsMembersAcrossStacks() throws {
        var world = try Self.pending(["web-01", "web-02", "web-03", "web-04"], maxUnavailable: .count(2))
        world.desired.clusters[0].terraform.stacks = .hashed(2)
        world.desired.policies[0].apply = .auto
        world.execute(world.plan())
        for name in ["web-01", "web-02", "web-03", "web-04"] { world.wait(for: ServerName(name)) }
        let plan = plan(world)
        #expect(Set(plan.steps.map(\.stack)).count == 2)
        #expect(plan.disruptions?.map(\.scope) == [.role("web")])
        #expect(plan.disruptions?.map { $0.members.count } == [4])
        #expect(plan.steps.compactMap(\.behind).count == 2)
        var careless = plan
        for index in careless.steps.indices { careless.steps[index].behind = nil }
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.disruption])
    }

    @Test func whoIsDownAlreadyTakesAPlace() throws {
        var world = try Self.pending(maxUnavailable: .count(1))
        world.editGuest("web-02") { guest, _ in guest.status = .stopped }
        let held = plan(world)
        #expect(
            held.lines == [
                "restart Server/web-01 [waiting disruptionBusy]", "restart Server/web-03 [waiting disruptionBusy]",
            ])
        #expect(
            held.steps[0].disposition
                == .waiting(Sentence(.disruptionBusy, "Server/web-01", "Role/web", "1", "3", "web-02")))
        // Declared to be stopped, it is nobody who is missed.
        world.edit("web-02") { $0.power = .stopped }
        #expect(plan(world).lines.filter { $0.hasPrefix("restart") }.allSatisfy { $0.hasSuffix("[ready]") })
        // Out of sight is down.
        world.edit("web-02") { $0.power = .unmanaged }
        world.editGuest("web-02") { guest, _ in guest.status = .unknown }
        #expect(plan(world).lines.allSatisfy { $0.hasSuffix("[waiting disruptionBusy]") })
    }

    @Test func aRoleThatAllowsNoneIsNeverRestarted() throws {
        for word in Policy.Restarts.allCases {
            // Nobody is asked for what would not be done.
            let world = try Self.pending(["web-01"], restarts: word, maxUnavailable: .count(0))
            #expect(plan(world).lines == ["restart Server/web-01 [blocked disruptionNever]"])
        }
    }

    @Test func aPercentageIsOfThoseThatShouldRun() throws {
        let names = (1...6).map { "web-0\($0)" }
        let plan = plan(try Self.pending(names, maxUnavailable: .percent(50)))
        #expect(plan.disruptions?.map(\.limit) == [3])
        #expect(plan.steps.compactMap(\.behind).count == 3)
    }

    /// What the provider restarts counts with what Plumb restarts.
    @Test func aContainerThatTheProviderRestartsTakesAPlaceToo() throws {
        var world = try Self.pending(["web-01", "web-02"], maxUnavailable: .count(1)) {
            if $0.name == "web-02" {
                $0.type = .container
                $0.template = .name("local:vztmpl/debian.tar.zst")
                $0.disks = []
            }
        }
        world.editGuest("web-02") { _, configuration in configuration.pending = nil }
        world.edit("web-02") { $0.memory = .gibibytes(3) }
        let plan = plan(world)
        #expect(plan.lines == ["update Server/web-02 [ready]", "restart Server/web-01 [ready]"])
        #expect(plan.step("restart Server/web-01")?.behind?.map(\.rawValue) == ["update Server/web-02"])
    }

    /// What ends or stops takes a place as what is restarted does.
    @Test func aMemberThatGoesWaitsForItsTurn() throws {
        var world = try Self.pending(["web-01", "web-02", "web-03", "web-04"], maxUnavailable: .count(1))
        world.desired.policies[0].apply = .auto
        world.desired.policies[0].destroyBudget = .count(9)
        world.undeclare("web-02")
        world.undeclare("web-04")
        world.edit("web-03") { $0.power = .stopped }
        let plan = plan(world)
        #expect(
            plan.lines.sorted() == [
                "destroy Server/web-02 [ready]", "destroy Server/web-04 [ready]", "restart Server/web-01 [ready]",
                "stop Server/web-03 [ready]",
            ])
        #expect(plan.steps.compactMap(\.behind).count == 3)
        #expect(plan.disruptions?.first?.leaving == ["web-02", "web-03", "web-04"])
        #expect(plan.disruptions?.first?.members.map(\.server) == ["web-01"])
        var careless = plan
        for index in careless.steps.indices { careless.steps[index].behind = nil }
        #expect(checkPlan(careless, world.withDetails().input).map(\.invariant) == [.disruption])
    }

    @Test func aMemberThatGoesWaitsWhileAnotherIsDown() throws {
        var world = try Self.pending(maxUnavailable: .count(1))
        world.desired.policies[0].apply = .auto
        world.desired.policies[0].destroyBudget = .count(9)
        world.undeclare("web-03")
        world.editGuest("web-02") { guest, _ in guest.status = .stopped }
        #expect(plan(world).lines.contains("destroy Server/web-03 [waiting disruptionBusy]"))
        // The one that is down may go.
        world.undeclare("web-02")
        #expect(plan(world).lines.contains("destroy Server/web-02 [ready]"))
        #expect(plan(world).lines.contains("destroy Server/web-03 [ready]"))
    }

    /// A role whose document is gone while servers had it means to them what it meant.
    @Test func aRoleThatGoesInTheSameCommitStillBounds() throws {
        var world = try Self.pending(["web-01", "web-02"], maxUnavailable: .count(0))
        world.desired.roles = []
        let plan = world.plan()
        #expect(plan.lines.filter { $0.hasPrefix("restart") }.allSatisfy { $0.hasSuffix("[blocked disruptionNever]") })
        #expect(plan.lines.contains { $0.hasPrefix("restart") })
    }
}

extension World {
    /// The guest runs with two cores, and what its configuration says otherwise waits for its next start.
    mutating func wait(for name: ServerName) {
        editGuest(name) { guest, configuration in
            configuration.pending = configuration.settings
            configuration.settings.cores = 2
            guest.totalCores = 2
        }
    }
}
