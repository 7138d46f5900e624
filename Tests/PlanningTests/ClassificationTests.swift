import Model
import Planning
import Testing

/// One test for each row of the rule table, each in the smallest world that shows it.
@Suite struct ClassificationTests {
    private func lines(_ world: World) -> [String] {
        let plan = world.plan()
        #expect(checkPlan(plan, world.withDetails().input) == [])
        return plan.lines
    }

    @Test func aGuestOnAnOfflineNodeIsUnknownAlthoughItIsListed() throws {
        var world = try MainRoadTests.fleet()
        world.inventory.nodes[0].isOnline = false
        world.edit("web-01") { $0.cores = 8 }
        world.undeclare("web-02")
        #expect(lines(world) == [])
        #expect(world.plan().findings.map(\.sentence.short) == ["offlineNode", "offlineNode", "offlineNode"])
    }

    @Test func aMissingGuestIsUnknownWhileANodeIsOffline() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.inventory.nodes[1].isOnline = false
        #expect(lines(world) == [])
        #expect(world.plan().finding("unknown")?.sentence.short == "unlistedOffline")
    }

    @Test func aMissingGuestIsUnknownWithoutQuorum() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.inventory.isQuorate = false
        #expect(lines(world) == [])
        #expect(world.plan().finding("unknown")?.sentence.short == "unlistedNoQuorum")
    }

    @Test func nothingIsSaidOfAListingThatIsNotTrusted() throws {
        var world = try MainRoadTests.fleet()
        world.declare("new-01")
        world.inventory = .unreadable(World.cluster, at: world.now, because: Sentence(.unreadCluster, "lab"))
        #expect(lines(world) == [])
        #expect(world.plan().findings.count == 4)
    }

    @Test func anEmptyListingIsBelievedOnlyWhereTasksExplainIt() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.removeGuest("web-01")
        world.inventory.guests = []
        #expect(world.plan().finding("unknown")?.sentence.short == "emptyListing")
        var task = ObservedTask(
            upid: "UPID:pve1:1", node: "pve1", type: "qmdestroy", vmid: 100, user: "bob@pam", startedAt: world.now)
        task.exitStatus = "OK"
        world.inventory.pastTasks = [task]
        #expect(world.plan().finding("confirmation") != nil)
    }

    @Test func aTokenWithoutAuditRightsDestroysAndRecreatesNothing() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-02")
        world.recorded.servers[0].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        world.inventory.guests = []
        #expect(lines(world) == [])
    }

    @Test func anUnreadableStateStopsItsServersOnly() throws {
        var world = try MainRoadTests.fleet()
        let stack = StackID(cluster: "lab", name: "main")
        world.stacks[stack]?.state = .unknown(Sentence(.unreadState, "x", "y"))
        world.edit("web-01") { $0.cores = 8 }
        #expect(lines(world) == [])
        #expect(world.plan().findings.allSatisfy { $0.rule == "unknown" })
    }

    @Test func aCloneThatCarriesTheMarkIsAmbiguousAndBothAreNamed() throws {
        var world = try MainRoadTests.fleet()
        let original = try #require(world.guest("web-01"))
        var copy = original
        copy.vmid = 500
        copy.name = "copy"
        world.inventory.guests.append(copy)
        world.configurations[500] = world.configurations[original.vmid]
        world.edit("web-01") { $0.cores = 8 }
        world.inventory.details = [100, 500].reduce(into: [:]) { details, vmid in
            details[VMID(vmid)] = world.configurations[VMID(vmid)].map { .present($0) }
        }
        #expect(lines(world) == [])
        let finding = try #require(world.plan().finding("ambiguous"))
        #expect(finding.sentence == Sentence(.markTwice, "web-01", "100, 500"))
    }

    @Test func aMarkOnAnotherGuestThanTheStatesIsAmbiguous() throws {
        var world = try MainRoadTests.fleet()
        let original = try #require(world.guest("web-01"))
        var moved = original
        moved.vmid = 500
        world.configurations[500] = world.configurations[original.vmid]
        world.inventory.guests.removeAll { $0.vmid == original.vmid }
        world.inventory.guests.append(moved)
        world.inventory.details[500] = world.configurations[500].map { .present($0) }
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence == Sentence(.markElsewhere, "web-01", "100", "500"))
    }

    @Test func aStrangerWithTheServersNumberIsNeverDestroyed() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.addForeignGuest(100, "stranger")
        world.undeclare("web-01")
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence == Sentence(.foreignGuest, "web-01", "100", "stranger"))
    }

    @Test func anEditedDescriptionIsDriftWhileTheTagShows() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { _, configuration in configuration.settings.description = "by hand" }
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world) == ["update Server/web-01 [ready]"])
        // The update that writes the mark anew cannot ask for it; it knows the guest by its other signs.
        let step = try #require(world.plan().steps.first)
        guard case .update(let change) = step.action else { throw UnexpectedAction(step: step.id) }
        #expect(change.guest.mark == nil)
        #expect(change.configuration.settings.description?.contains("plumb: lab/main/web-01 ") == true)
        for fact in [Fact(.guest, "vmid", "100"), Fact(.guest, "name", "web-01"), Fact(.state, "vmid", "100")] {
            #expect(step.facts.contains(fact))
        }
        var healed = world
        healed.execute(healed.plan())
        #expect(healed.configurations[100]?.mark?.id == healed.recorded.servers[0].mark)
        #expect(healed.plan().steps.isEmpty)
        world.undeclare("web-01")
        #expect(world.plan().lines == ["destroy Server/web-01 [blocked identity]"])
    }

    @Test func withoutTheTagTheGuestIsReadBeforeAnythingIsSaid() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
        }
        #expect(planFleet(world.input).plan.finding("unread")?.kind == .waiting)
        #expect(detailNeeds(world.input) == [DetailNeed(cluster: "lab", vmid: 100)])
        #expect(lines(world) == ["update Server/web-01 [ready]"])
    }

    @Test func anObservedServerIsRecordedAndNeverChanged() throws {
        var world = World()
        world.addForeignGuest(300, "legacy")
        world.declare("legacy") {
            $0.manage = .observe
            $0.cores = 64
        }
        #expect(lines(world) == ["record Server/legacy [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        world.removeGuest("legacy")
        #expect(world.plan().finding("confirmation") != nil || world.plan().finding("observed") != nil)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func anObservedServerInTheStateIsReleasedAfterApproval() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.manage = .observe }
        #expect(
            lines(world) == [
                "forget Server/web-01 [approval approveRelease]", "record Server/web-01 [approval approveRelease]",
            ])
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-01") != nil)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aLockedGuestWaitsAndOthersGoOn() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, _ in guest.lock = "backup" }
        #expect(lines(world) == [])
        world.edit("web-01") { $0.cores = 4 }
        world.edit("web-02") { $0.cores = 4 }
        #expect(lines(world) == ["update Server/web-01 [waiting locked]", "update Server/web-02 [ready]"])
        world.undeclare("web-01")
        #expect(world.plan().step("destroy Server/web-01")?.disposition.word == "waiting locked")
    }

    @Test func aRunningTaskHoldsItsGuest() throws {
        var world = try MainRoadTests.fleet()
        world.inventory.runningTasks = [
            ObservedTask(upid: "U", node: "pve1", type: "vzdump", vmid: 100, user: "bob@pam", startedAt: world.now)
        ]
        world.edit("web-01") { $0.cores = 4 }
        #expect(lines(world) == ["update Server/web-01 [waiting runningTask]"])
    }

    @Test func anotherDivisionIntoStacksMovesAndNeverReplaces() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.desired.clusters[0].terraform.stacks = .byLabel("env")
        #expect(lines(world) == ["move Server/web-01 [ready]", "update Server/web-01 [ready]"])
        let before = world.guest("web-01")?.vmid
        world.execute(world.plan())
        #expect(world.guest("web-01")?.vmid == before)
        #expect(world.stacks[StackID(cluster: "lab", name: "default")]?.state.value?.resources.count == 1)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aTaintedServerIsUntaintedAndNotMadeAgain() throws {
        var world = try MainRoadTests.fleet()
        world.taint("web-01")
        #expect(lines(world) == ["untaint Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aVanishedServerWaitsForConfirmationThenForApproval() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        #expect(lines(world) == [])
        let waiting = try #require(world.plan().finding("confirmation"))
        #expect(waiting.sentence == Sentence(.confirmation, "web-01", "100", "1", "3"))
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        #expect(lines(world) == ["recreate Server/web-01 [approval approveRecreate]"])
        world.approveAll()
        let old = world.recorded.servers[0].mark
        world.execute(world.plan())
        #expect(world.guest("web-01")?.vmid == 100)
        #expect(world.recorded.servers[0].mark != old)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func thisInventoryIsNotCountedTwice() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), world.inventory.readAt]
        #expect(lines(world) == [])
    }

    @Test func aTakenNumberIsBlockedAndTheOwnerUntouched() {
        var world = World()
        world.addForeignGuest(200, "stranger")
        world.declare("web-01") { $0.vmid = 200 }
        #expect(lines(world) == [])
        #expect(
            world.plan().finding("vmidTaken")?.sentence == Sentence(.vmidTaken, "web-01", "200", "stranger", "lab"))
    }

    @Test func aTakenNameIsBlocked() {
        var world = World()
        world.addForeignGuest(200, "Web-01")
        world.declare("web-01")
        #expect(lines(world) == [])
        #expect(world.plan().finding("nameTaken")?.sentence == Sentence(.nameTaken, "web-01", "200", "lab"))
    }

    @Test func adoptTakesTheGuestOfThatNumberOrOfThatName() {
        var world = World()
        world.addForeignGuest(200, "old-name")
        world.addForeignGuest(201, "web-02")
        world.declare("web-01") {
            $0.vmid = 200
            $0.adopt = true
            $0.disks = []
        }
        world.declare("web-02") {
            $0.adopt = true
            $0.disks = []
        }
        #expect(lines(world) == ["adopt Server/web-01 [ready]", "adopt Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        #expect(world.guest("web-01")?.vmid == 200)
    }

    @Test func anAdoptionThatGotAsFarAsTheStateIsContinued() throws {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.declare("web-01") {
            $0.vmid = 200
            $0.adopt = true
            $0.disks = []
        }
        world.execute(world.plan())
        let row = world.recorded.servers
        world.recorded.servers = []
        world.editGuest("web-01") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
            configuration.settings.description = "by hand"
        }
        #expect(lines(world) == ["update Server/web-01 [ready]"])
        var stranger = world
        stranger.recorded.servers = row
        #expect(stranger.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
        stranger = world
        stranger.edit("web-01") { $0.adopt = false }
        #expect(stranger.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
        world.execute(world.plan())
        #expect(world.recorded.servers[0].mark == world.configurations[200]?.mark?.id)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aNumberHeldForAServerThatNobodyKnowsIsFree() throws {
        var world = World()
        let lease = VMIDLease(cluster: "lab", vmid: 150, server: "never-made")
        world.recorded.leases = [lease]
        world.declare("web-01") { $0.vmid = 150 }
        #expect(lines(world) == ["create Server/web-01 [ready]"])
        #expect(strayLeases(world.input) == [lease])
        // While a document is unreadable it may be the one that declares the server.
        var broken = world
        broken.desired.completeness = .broken(.init(documents: ["a.yaml:1"], claims: []))
        #expect(lines(broken) == [])
        #expect(strayLeases(broken.input) == [])
        world.declare("never-made")
        #expect(world.plan().finding("create")?.sentence.short == "vmidDeclaredTwice")
        #expect(strayLeases(world.input) == [])
    }

    @Test func adoptOfSeveralGuestsOfOneNameIsAmbiguous() {
        var world = World()
        world.addForeignGuest(200, "web-01")
        world.addForeignGuest(201, "web-01")
        world.declare("web-01") { $0.adopt = true }
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence == Sentence(.adoptAmbiguous, "web-01", "200, 201"))
    }

    @Test func aGuestWithOurMarkIsTakenBackAfterStateAndRegistryAreLost() throws {
        var world = try MainRoadTests.fleet()
        world.stacks = [:]
        world.recorded.servers = []
        #expect(
            lines(world) == [
                "adopt Server/web-01 [ready]", "adopt Server/web-02 [ready]", "adopt Server/web-03 [ready]",
            ])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aMarkThatThisRegistryNeverGaveIsTakenOverOnlyAfterApproval() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        // A fresh clone with a state directory of its own.
        world.stacks = [:]
        world.recorded = Recorded()
        world.recorded.markSeed = 43
        world.desired.policies = [Policy(name: "all")]
        world.desired.policies[0].apply = .auto
        #expect(lines(world) == ["adopt Server/web-01 [approval approveTakeOver]"])
        world.approveAll()
        #expect(lines(world) == ["adopt Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    /// A fleet whose `web-01` was just born again while the row and the count of births are of the life before.
    private func interruptedRecreation() throws -> World {
        var world = try MainRoadTests.fleet()
        let before = world.recorded
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        world.approveAll()
        world.execute(world.plan())
        try #require(world.recorded.servers[0].mark != before.servers[0].mark)
        world.recorded = before
        return world
    }

    @Test func anInterruptedRecreationIsFinishedByRepairingTheRow() throws {
        var world = try interruptedRecreation()
        let born = world.configurations[100]?.mark?.id
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.recorded.servers[0].mark == born)
        #expect(world.plan().steps.isEmpty)
        // And its next life does not bear the mark of this one.
        world.removeGuest("web-01")
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        world.approveAll()
        world.execute(world.plan())
        #expect(world.configurations[100]?.mark?.id != born)
    }

    @Test func aNewbornThatTheStateMissedIsKnownByTheIdThatWouldBeDrawnNext() throws {
        var world = try interruptedRecreation()
        let main = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[main]?.state.value)
        state.resources[0].settings.description = "plumb: lab/main/web-01 00000000000000aa"
        world.stacks[main]?.state = .present(state)
        world.stacks[main]?.tfvars.entries["web-01"]?.settings.description =
            "plumb: lab/main/web-01 00000000000000aa"
        world.inventory.details[100] = world.configurations[100].map { .present($0) }
        #expect(lines(world).last == "record Server/web-01 [ready]")
        // Any other id is another guest's.
        world.recorded.markSeed = 43
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence.short == "foreignGuest")
    }

    @Test func aMissingStateFileIsNotAnEmptyState() throws {
        var world = try MainRoadTests.fleet()
        let main = StackID(cluster: "lab", name: "main")
        world.stacks[main]?.state = .absent
        world.declare("new-01")
        world.undeclare("web-01")
        world.removeGuest("web-02")
        world.recorded.servers[1].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
        #expect(lines(world) == [])
        let findings = world.plan().findings
        #expect(findings.map(\.kind) == [.blocked, .blocked, .blocked, .blocked])
        #expect(findings.first?.sentence == Sentence(.lostState, "new-01", "lab/main", "3"))
        // The same where the whole directory is gone.
        world.stacks = [:]
        #expect(lines(world) == [])
        #expect(world.plan().findings.map(\.sentence.short) == Array(repeating: "lostState", count: 4))
    }

    @Test func aStateThatCannotBeReadSaysItselfWhy() throws {
        var world = try MainRoadTests.fleet()
        let reason = Sentence("terraform.stateBroken", "/fleet/lab/main/terraform.tfstate")
        world.stacks[StackID(cluster: "lab", name: "main")]?.state = .unknown(reason)
        #expect(world.plan().findings.map(\.sentence) == [reason, reason, reason])
    }

    @Test func aClusterWhoseDocumentIsGoneIsSaidToBeMissing() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        world.desired.clusters = []
        world.desired.servers = []
        let missing = Sentence(.undeclaredCluster, "web-01", "lab")
        #expect(world.plan().findings.map(\.sentence).contains(missing))
        world.desired.completeness = .broken(
            .init(documents: ["web.yaml:1"], claims: [ObjectName(.server, "web-01")]))
        #expect(world.plan().findings.map(\.sentence).contains(missing))
        world.desired.completeness = .broken(
            .init(documents: ["lab.yaml:1"], claims: [ObjectName(.cluster, "lab")]))
        #expect(world.plan().findings.map(\.sentence).contains(Sentence(.claimed, "web-01", "lab.yaml:1")))
    }

    @Test func aLiveServerWithoutARowIsRecordedAtOnce() throws {
        var world = try MainRoadTests.fleet()
        world.recorded.servers.removeAll { $0.name == "web-02" }
        #expect(lines(world) == ["record Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aServerThatIsToBeForgottenStays() throws {
        var world = World()
        world.declare("web-01") { $0.onRemove = .forget }
        world.execute(world.plan())
        world.undeclare("web-01")
        #expect(lines(world) == ["forget Server/web-01 [ready]", "retire Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.guest("web-01") != nil)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aGuestThatIsGoneIsForgottenAfterConfirmation() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.removeGuest("web-01")
        #expect(lines(world) == [])
        world.recorded.servers[0].absences = [Timestamp(seconds: 5), Timestamp(seconds: 6)]
        #expect(lines(world) == ["forget Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(world.recorded.servers.count == 2)
        #expect(world.plan().steps.isEmpty)
    }

    @Test func aLeftoverEntryIsDropped() throws {
        var world = try MainRoadTests.fleet()
        let stack = StackID(cluster: "lab", name: "main")
        let entry = world.stacks[stack]?.tfvars.entries["web-01"]
        world.stacks[stack]?.tfvars.entries["ghost"] = entry
        world.stacks[stack]?.tfvars.entries["ghost"]?.birth.vmid = 700
        #expect(lines(world) == ["forget Server/ghost [ready]"])
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
    }

    @Test func anUndeclaredServerWithoutARowIsRecordedBeforeItsRemovalIsProposed() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.recorded.servers.removeAll { $0.name == "web-01" }
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(lines(world) == ["destroy Server/web-01 [approval approveDestroy]"])
    }

    @Test func aRenamedServerIsNeitherDestroyedNorCreated() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.declare("front-01") { $0.metadata.formerName = "web-01" }
        #expect(lines(world) == [])
        #expect(world.plan().findings.map(\.rule) == ["renamed", "renamed"])
    }

    @Test func aServerDeclaredInAnotherClusterStaysWhereItIs() throws {
        var world = try MainRoadTests.fleet()
        world.desired.clusters.append(Cluster(name: "other", source: .simulated(.init(nodes: ["n1"]))))
        world.edit("web-01") { $0.cluster = "other" }
        #expect(lines(world) == [])
        #expect(world.plan().finding("otherCluster")?.sentence == Sentence(.otherCluster, "web-01", "other", "lab"))
    }

    @Test func aServerInTwoStatesIsAmbiguous() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        let main = StackID(cluster: "lab", name: "main")
        let other = StackID(cluster: "lab", name: "other")
        world.stacks[other] = StackObservation(id: other)
        let state = try #require(world.stacks[main]?.state)
        world.stacks[other]?.state = state
        #expect(lines(world) == [])
        #expect(world.plan().finding("ambiguous")?.sentence == Sentence(.twoStacks, "web-01", "lab/main, lab/other"))
    }
}

private struct UnexpectedAction: Error {
    let step: StepID
}

extension World {
    mutating func taint(_ name: ServerName) {
        for id in stacks.keys {
            guard var state = stacks[id]?.state.value,
                let at = state.resources.firstIndex(where: { $0.server == name })
            else { continue }
            state.resources[at].isTainted = true
            stacks[id]?.state = .present(state)
        }
    }
}
