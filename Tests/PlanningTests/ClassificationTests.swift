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
        #expect(finding.sentence == Sentence(.markTwice, "web-01", "100 (web-01, pve1), 500 (copy, pve1)"))
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
        #expect(
            world.plan().finding("ambiguous")?.sentence
                == Sentence(.markMoved, "web-01", "100", "500 (web-01, pve1)", "500"))
    }

    @Test func aStrangerWithTheServersNumberIsNeverDestroyed() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.addForeignGuest(100, "stranger")
        world.undeclare("web-01")
        #expect(lines(world) == [])
        let mark = try #require(world.recorded.servers[0].mark)
        #expect(
            world.plan().finding("ambiguous")?.sentence
                == Sentence(.foreignGuest, "web-01", "100", "stranger", "plumb: lab/main/web-01 \(mark)", "lab/main"))
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

    @Test func anUndeclaredServerWithoutARowIsRecordedAndThenLetGoOfForNobodySaidDestroy() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.recorded.servers.removeAll { $0.name == "web-01" }
        #expect(lines(world) == ["record Server/web-01 [ready]"])
        world.execute(world.plan())
        #expect(lines(world) == ["forget Server/web-01 [ready]", "retire Server/web-01 [ready]"])
    }

    @Test func aServerDeclaredInAnotherClusterStaysWhereItIs() throws {
        var world = try MainRoadTests.fleet()
        world.desired.clusters.append(Cluster(name: "other", source: .simulated(.init(nodes: ["n1"]))))
        world.edit("web-01") { $0.cluster = "other" }
        #expect(lines(world) == [])
        #expect(world.plan().finding("otherCluster")?.sentence == Sentence(.otherCluster, "web-01", "other", "lab"))
        #expect(world.plan().findings.map(\.rule) == ["otherCluster"])
    }

    /// Its guests answer under the new name, with the marks of the old one.
    @Test func aClusterThatGotAnotherNameInItsDocumentsIsSaidInOneWayForAll() throws {
        let world = try MainRoadTests.fleet()
        var input = world.input
        input.desired.clusters[0].name = "office"
        for position in input.desired.servers.indices { input.desired.servers[position].cluster = "office" }
        input.observed.inventories[0].cluster = "office"
        for (vmid, configuration) in world.configurations {
            input.observed.inventories[0].details[vmid] = .present(configuration)
        }
        let plan = planFleet(input).plan
        #expect(plan.steps.isEmpty)
        #expect(plan.findings.map(\.rule) == ["otherCluster", "otherCluster", "otherCluster"])
        #expect(Set(plan.findings.map(\.sentence)) == [Sentence(.clusterRenamed, "office", "lab")])
        // A document that cannot be read may be its.
        input.desired.completeness = .broken(
            .init(documents: ["lab.yaml:1"], claims: [ObjectName(.cluster, "lab")]))
        let doubtful = planFleet(input).plan
        #expect(doubtful.steps.isEmpty)
        #expect(doubtful.finding("otherCluster")?.sentence == Sentence(.otherCluster, "web-01", "office", "lab"))
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

    @Test func twoServersOnRecordAsOneGuestAreBothLeftAlone() throws {
        var world = try MainRoadTests.fleet(["web-01"])
        var second = try #require(world.recorded.servers.first)
        second.name = "web-02"
        second.manage = .observe
        second.mark = nil
        world.recorded.servers.append(second)
        world.declare("web-02") { $0.manage = .observe }
        world.edit("web-01") { $0.cores = 8 }
        world.approveAll()
        #expect(lines(world) == [])
        let doubt = Sentence(.twoServersOneGuest, "web-01", "web-02", "100")
        #expect(world.plan().findings.filter { $0.sentence == doubt }.map(\.kind) == [.blocked, .blocked])
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
