import Model
import Planning
import Testing

/// The end of a guest and its birth as it is declared, asked for by name.
@Suite struct RebuildTests {
    private func fleet(_ names: [String] = ["web-01", "web-02"]) throws -> World {
        var world = try MainRoadTests.fleet(names)
        var template = ObservedGuest(vmid: 9001, type: .vm, name: "debian-13", node: "pve1", status: .stopped)
        template.isTemplate = true
        world.inventory.guests.append(template)
        return world
    }

    private func plan(_ world: World, rebuilding names: Set<ServerName>) -> Plan {
        var world = world
        world.rebuilds = names
        let input = world.withDetails().input
        let plan = planFleet(input).plan
        #expect(checkPlan(plan, input) == [])
        return plan
    }

    private func approve(_ plan: Plan, in world: inout World) {
        let steps = plan.steps.map { Approval.ApprovedStep(id: $0.id, facts: $0.facts) }
        world.recorded.approvals = [Approval(plan: PlanID(rawValue: "p"), by: "ann", at: world.now, steps: steps)]
    }

    @Test func aRebuildIsAlwaysAskedAboutAndKeepsItsNumber() throws {
        var world = try fleet()
        world.edit("web-01") { $0.template = .name("debian-13") }
        var policy = Policy(name: "p")
        policy.apply = .auto
        world.desired.policies = [policy]
        #expect(world.plan().lines == [] && world.plan().finding("needsRebuild") != nil)
        let plan = plan(world, rebuilding: ["web-01"])
        #expect(plan.lines == ["rebuild Server/web-01 [approval approveRebuild]"])
        guard case .rebuild(let rebuild)? = plan.steps.first?.action else {
            Issue.record("it is no rebuild")
            return
        }
        #expect(plan.steps[0].effect == .destroy)
        #expect(plan.steps[0].changes.map(\.path) == ["template"])
        #expect(rebuild.removal.guest.vmid == 100 && rebuild.creation.configuration.birth.vmid == 100)
        #expect(rebuild.creation.configuration.birth.template?.vmid == 9001)
        #expect(rebuild.creation.mark.id != rebuild.removal.guest.mark?.id)
        #expect(rebuild.backup == nil)
    }

    @Test func howManyMayBeRebuiltIsSaidByThePoliciesOverThemAsTheyAreDeclared() throws {
        var world = try fleet()
        var policy = Policy(name: "test")
        policy.selector.matchLabels = [.init("env", "test")]
        policy.destroyBudget = .percent(100)
        world.desired.policies = [policy]
        for name in ["web-01", "web-02"] {
            world.edit(ServerName(name)) { server in
                server.template = .name("debian-13")
                server.metadata.labels = [.init("env", "test")]
            }
        }
        // No row has the labels yet.
        let words = plan(world, rebuilding: ["web-01", "web-02"]).steps.map(\.disposition.word)
        #expect(words == ["approval approveRebuild", "approval approveRebuild"])
    }

    /// The update that would have written its new name did not come about.
    @Test func oneThatWasRenamedAndBearsItsFormerNameStillIsRebuilt() throws {
        var world = try fleet()
        world.undeclare("web-01")
        world.declare("front-01") { $0.metadata.formerName = "web-01" }
        let renaming = world.plan()
        #expect(renaming.lines == ["rename Server/front-01 [ready]", "update Server/front-01 [ready]"])
        world.execute(renaming, dyingAfter: 1)
        #expect(world.configurations[100]?.mark?.server == "web-01")
        let plan = plan(world, rebuilding: ["front-01"])
        #expect(plan.lines == ["rebuild Server/front-01 [approval approveRebuild]"])
    }

    @Test func aYesHoldsForOneLife() throws {
        var world = try fleet()
        world.edit("web-01") { $0.template = .name("debian-13") }
        approve(plan(world, rebuilding: ["web-01"]), in: &world)
        // Whoever plans next carries it out, without naming it again.
        let ready = world.plan()
        #expect(ready.lines == ["rebuild Server/web-01 [ready]"])
        #expect(checkPlan(ready, world.withDetails().input) == [])
        world.execute(ready)
        #expect(world.plan().lines == [])
        #expect(world.plan().findings.isEmpty)
        #expect(world.recorded.births["web-01"] == 2)
    }

    @Test func aYesCountsNoLongerWhenTheGuestOrTheDeclarationMoved() throws {
        var world = try fleet()
        approve(plan(world, rebuilding: ["web-01"]), in: &world)
        world.edit("web-01") { $0.cores = 8 }
        #expect(world.plan().lines == ["rebuild Server/web-01 [approval approvalMoved]"])
        world.edit("web-01") { $0.cores = 2 }
        world.editGuest("web-01") { _, configuration in configuration.settings.tags = ["plumb", "keep"] }
        #expect(world.plan().lines == ["rebuild Server/web-01 [approval approvalMoved]"])
    }

    @Test func whatIsProtectedIsNotRebuilt() throws {
        var world = try fleet()
        world.edit("web-01") { $0.protect = true }
        #expect(plan(world, rebuilding: ["web-01"]).lines.contains("rebuild Server/web-01 [blocked rebuildProtected]"))
        world.edit("web-01") { $0.protect = false }
        world.editGuest("web-01") { _, configuration in configuration.settings.protection = true }
        #expect(plan(world, rebuilding: ["web-01"]).lines == ["rebuild Server/web-01 [blocked rebuildProtected]"])
    }

    @Test func itCountsInTheDestroyBudget() throws {
        var world = try fleet(["web-01", "web-02", "web-03"])
        let both = plan(world, rebuilding: ["web-01", "web-02"])
        #expect(both.lines.allSatisfy { $0.hasSuffix("[blocked budget]") } && both.steps.count == 2)
        var policy = Policy(name: "p")
        policy.destroyBudget = .count(2)
        world.desired.policies = [policy]
        let two = plan(world, rebuilding: ["web-01", "web-02"])
        #expect(two.lines.allSatisfy { $0.hasSuffix("[approval approveRebuild]") })
        var careless = two
        for index in careless.steps.indices { careless.steps[index].disposition = .ready }
        world.rebuilds = ["web-01", "web-02"]
        #expect(checkPlan(careless, world.withDetails().input).contains { $0.detail == "nobody said yes to it" })
    }

    @Test func ontoANodeThatIsOfflineItWaits() throws {
        var world = try fleet()
        world.edit("web-01") { $0.node = "pve2" }
        world.inventory.nodes[1].isOnline = false
        let plan = plan(world, rebuilding: ["web-01"])
        #expect(plan.lines == [])
        let obstacle = Sentence(.nodeOffline, "web-01", "pve2")
        #expect(plan.findings.contains { $0.kind == .waiting && $0.sentence == obstacle })
        world.inventory.nodes[1].isOnline = true
        #expect(self.plan(world, rebuilding: ["web-01"]).lines == ["rebuild Server/web-01 [approval approveRebuild]"])
    }

    @Test func aBrokenDocumentStopsIt() throws {
        var world = try fleet()
        world.desired.completeness = .broken(.init(documents: ["a.yaml:1"], claims: []))
        #expect(plan(world, rebuilding: ["web-01"]).lines == ["rebuild Server/web-01 [blocked incomplete]"])
    }

    @Test func aPolicyKeepsABackupFirst() throws {
        var world = try fleet()
        var policy = Policy(name: "p")
        policy.rebuildBackup = "backups"
        world.desired.policies = [policy]
        let plan = plan(world, rebuilding: ["web-01"])
        guard case .rebuild(let rebuild)? = plan.steps.first?.action else {
            Issue.record("it is no rebuild")
            return
        }
        #expect(rebuild.backup?.storage == "backups")
        #expect(plan.steps[0].reason.code == PlanCode.rebuildWithBackup.code)
    }

    @Test func aBackupThatWouldNotBeWholeBlocksIt() throws {
        var world = try fleet()
        world.editGuest("web-01") { _, configuration in configuration.leftOutOfBackups = ["mp0", "unused0"] }
        #expect(plan(world, rebuilding: ["web-01"]).lines == ["rebuild Server/web-01 [approval approveRebuild]"])
        var policy = Policy(name: "p")
        policy.rebuildBackup = "backups"
        world.desired.policies = [policy]
        let plan = plan(world, rebuilding: ["web-01"])
        let reason = Sentence(.rebuildBackupPartial, "web-01", "100", "backups", "mp0, unused0")
        #expect(plan.steps.map(\.disposition) == [.blocked(reason)])
        // Ticked while it runs: nobody is told to tick it again.
        world.editGuest("web-01") { _, configuration in configuration.backedUpFromNextStart = ["mp0"] }
        let waiting = Sentence(.rebuildBackupWaits, "web-01", "100", "backups", "mp0, unused0", "mp0", "qm")
        #expect(self.plan(world, rebuilding: ["web-01"]).steps.map(\.disposition) == [.blocked(waiting)])
    }

    /// A rebuild is an end: a policy that was over the server at its last apply does not go together with what it keeps.
    @Test func aPolicyThatGoesInTheSameCommitStillWantsItsBackup() throws {
        var world = try fleet()
        var policy = Policy(name: "keep")
        policy.rebuildBackup = "backups"
        policy.requiredApprovals = 2
        world.desired.policies = [policy]
        world.execute(world.plan())
        world.desired.policies = []
        let kept = plan(world, rebuilding: ["web-01"])
        #expect(kept.lines == ["rebuild Server/web-01 [approval approvalsMissing]"])
        #expect(kept.finding("policyKept") != nil)
        guard case .rebuild(let rebuild)? = kept.steps.first?.action else { return }
        #expect(rebuild.backup?.storage == "backups")
        // Once an apply has seen it gone, it is gone.
        world.execute(world.plan())
        let lifted = plan(world, rebuilding: ["web-01"])
        #expect(lifted.lines == ["rebuild Server/web-01 [approval approveRebuild]"])
        guard case .rebuild(let bare)? = lifted.steps.first?.action else { return }
        #expect(bare.backup == nil)
    }

    @Test func theAddressOfAnotherGuestIsNotTakenUp() throws {
        var world = try fleet()
        world.editGuest("web-02") { _, configuration in
            var network = GuestSettings.Network(bridge: "vmbr0")
            network.address = "10.0.0.9/24"
            configuration.settings.networks = [network]
        }
        world.inventory.details[101] = world.configurations[101].map { .present($0) }
        world.edit("web-01") { server in
            var network = Server.Network()
            network.bridge = "vmbr0"
            network.address = "10.0.0.9/24"
            server.networks = [network]
        }
        #expect(plan(world, rebuilding: ["web-01"]).lines.contains("rebuild Server/web-01 [blocked addressHeld]"))
    }

    @Test func aDeclaredNumberIsTakenUpWhereItIsFree() throws {
        var world = try fleet()
        world.edit("web-01") { $0.vmid = 150 }
        let moved = plan(world, rebuilding: ["web-01"])
        guard case .rebuild(let rebuild)? = moved.steps.first?.action else {
            Issue.record("it is no rebuild: \(moved.lines)")
            return
        }
        #expect(rebuild.removal.guest.vmid == 100 && rebuild.creation.configuration.birth.vmid == 150)
        world.addForeignGuest(150, "stranger")
        #expect(plan(world, rebuilding: ["web-01"]).finding("rebuild")?.sentence.code == PlanCode.vmidTakenLiving.code)
    }

    @Test func whatIsNotThereIsNotRebuilt() throws {
        var world = try fleet()
        world.edit("web-01") { $0.manage = .observe }
        let released = plan(world, rebuilding: ["web-01"])
        #expect(released.finding("rebuild")?.sentence.code == PlanCode.rebuildNothing.code)
        world = try fleet()
        world.undeclare("web-01")
        #expect(plan(world, rebuilding: ["web-01"]).finding("rebuild")?.sentence.code == PlanCode.rebuildNothing.code)
        world = try fleet()
        world.editGuest("web-01") { guest, _ in guest.lock = "backup" }
        #expect(plan(world, rebuilding: ["web-01"]).lines == ["rebuild Server/web-01 [waiting locked]"])
    }

    /// Where the second half failed, nobody is asked again for what was agreed to as a whole.
    @Test func theBirthThatIsOwedRestsOnTheYesToTheWhole() throws {
        var world = try fleet()
        var policy = Policy(name: "p")
        policy.apply = .manual
        world.desired.policies = [policy]
        approve(plan(world, rebuilding: ["web-01"]), in: &world)
        let plan = world.plan()
        guard case .rebuild(let rebuild)? = plan.steps.first?.action else {
            Issue.record("it is no rebuild")
            return
        }
        world.endHalfWay(plan.steps[0], rebuild)
        #expect(world.plan().lines == ["create Server/web-01 [ready]"])
        guard case .create(let creation)? = world.plan().steps.first?.action else { return }
        #expect(creation.configuration == rebuild.creation.configuration && creation.mark == rebuild.creation.mark)
        world.edit("web-01") { $0.cores = 8 }
        #expect(world.plan().lines == ["create Server/web-01 [approval approveManual]"])
    }

    /// `web-01` was rebuilt, and the backup of before stands on its number again.
    private func goneBack() throws -> World {
        var world = try fleet()
        let before = try #require(world.configurations[100])
        world.edit("web-01") { $0.template = .name("debian-13") }
        approve(plan(world, rebuilding: ["web-01"]), in: &world)
        world.execute(world.plan())
        try #require(world.configurations[100]?.mark?.id != before.mark?.id)
        world.configurations[100] = before
        world.inventory.details[100] = .present(before)
        return world
    }

    @Test func aBackupFromBeforeItIsKnownForWhatItIs() throws {
        var world = try goneBack()
        let row = try #require(world.recorded.servers.first)
        let line = "plumb: lab/main/web-01 \(row.mark ?? "")"
        #expect(world.plan().lines == [])
        #expect(
            world.plan().finding("ambiguous")?.sentence == Sentence(.earlierLife, "web-01", "100", "web-01", line))
        // Nor is it said to be one whose server is gone.
        #expect(world.plan().finding("markUnknown") == nil)
        #expect(checkPlan(world.plan(), world.withDetails().input) == [])
        // What the sentence says to do.
        world.editGuest("web-01") { _, configuration in configuration.settings.description = line }
        #expect(world.plan().finding("ambiguous") == nil)
        #expect(!world.plan().steps.contains { [.destroy, .recreate, .create].contains($0.action.verb) })
    }

    @Test func aMarkThatThisRegistryNeverDrewIsAnotherGuests() throws {
        var world = try goneBack()
        world.editGuest("web-01") { _, configuration in
            configuration.settings.description = "plumb: lab/main/web-01 00000000000000aa"
        }
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
    }
}

extension World {
    /// The old guest is gone, and the new one did not come about.
    mutating func endHalfWay(_ step: Step, _ rebuild: Action.Rebuild) {
        removeGuest(step.serverName)
        recorded.servers.removeAll { $0.name == step.serverName }
        recorded.leases.append(
            VMIDLease(
                cluster: Self.cluster, vmid: rebuild.creation.configuration.birth.vmid, server: step.serverName))
        stacks[step.stack]?.tfvars.entries[step.serverName] = nil
        guard var state = stacks[step.stack]?.state.value else { return }
        state.resources.removeAll { $0.server == step.serverName }
        stacks[step.stack]?.state = .present(state)
        inventory.details = [:]
    }
}
