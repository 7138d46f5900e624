import Model
import Planning
import Testing

/// A state that lost a server, and a state that is not the one that was there.
@Suite struct LostStateTests {
    private let main = StackID(cluster: "lab", name: "main")

    /// Three servers, of which the state holds no `web-02` any more.
    private func losing(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = try MainRoadTests.fleet()
        world.edit("web-02", change)
        world.approveAll()
        world.execute(world.plan())
        #expect(world.plan().steps.isEmpty)
        try edit(&world) { $0.resources.removeAll { $0.server == "web-02" } }
        return world
    }

    private func edit(_ world: inout World, _ change: (inout TerraformState) -> Void) throws {
        var state = try #require(world.stacks[main]?.state.value)
        change(&state)
        world.stacks[main]?.state = .present(state)
    }

    private func isClean(_ world: World) -> Bool { checkPlan(world.plan(), world.withDetails().input).isEmpty }

    private func miss(_ name: ServerName, in world: inout World) {
        world.removeGuest(name)
        guard let row = world.recorded.servers.firstIndex(where: { $0.name == name }) else { return }
        world.recorded.servers[row].absences = [1, 2, 3].map { Timestamp(seconds: $0) }
    }

    @Test func aServerThatWasTakenOutOfItsStateByHandIsTakenInAgain() throws {
        var world = try losing()
        #expect(world.plan().lines == ["adopt Server/web-02 [ready]"])
        #expect(isClean(world))
        world.execute(world.plan())
        #expect(world.plan().lines == [])
    }

    @Test("a stranger on the number of a server that left its state: what the plan says is how it is made anew")
    func strangerOnTheNumber() throws {
        var world = try losing()
        let mark = try #require(world.recorded.servers.first { $0.name == "web-02" }?.mark)
        world.removeGuest("web-02")
        world.addForeignGuest(101, "stranger")
        world.recorded.approvals = []
        let line = "plumb: lab/main/web-02 \(mark)"
        let sentence = Sentence(.vmidTakenRecorded, "web-02", "101", "stranger", "lab", line)
        for vmid in [nil, VMID(101), VMID(150)] {
            world.edit("web-02") { $0.vmid = vmid }
            #expect(world.plan().lines == [])
            #expect(world.plan().finding("vmidTaken")?.sentence == sentence)
        }
        world.edit("web-02") { $0.vmid = nil }
        // It is the server, without its mark.
        var marked = world
        marked.editGuest("stranger") { guest, configuration in
            guest.tags = [OwnershipMark.tag]
            configuration.settings.tags = guest.tags
            configuration.settings.description = line
        }
        #expect(marked.plan().lines.map { $0.hasPrefix("adopt Server/web-02") } == [true])
        // It is none.
        world.undeclare("web-02")
        world.approveAll()
        world.execute(world.plan())
        world.declare("web-02")
        #expect(world.plan().lines == ["create Server/web-02 [ready]"])
        #expect(world.configurations[101]?.name == "stranger")
    }

    @Test func whatTheStateLostAndIsGoneIsMadeAgainOnlyByApproval() throws {
        var world = try losing()
        miss("web-02", in: &world)
        world.recorded.approvals = []
        #expect(world.plan().lines == ["recreate Server/web-02 [approval approveRecreate]"])
        #expect(world.plan().steps.first?.reason.short == "recreateLost")
        #expect(isClean(world))
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-02")?.vmid == 101)
        #expect(world.plan().lines == [])
    }

    @Test func aBirthThatBrokeOffIsMadeWithoutAsking() throws {
        var world = try losing()
        miss("web-02", in: &world)
        world.recorded.approvals = []
        world.recorded.unstated = ["web-02"]
        #expect(world.plan().lines == ["create Server/web-02 [ready]"])
        #expect(isClean(world))
    }

    @Test(arguments: [true, false])
    func whatTheStateLostAndNobodyDeclaresIsTakenInAgainAndThenRemoved(hasEntry: Bool) throws {
        var world = try losing()
        if !hasEntry { world.stacks[main]?.tfvars.entries["web-02"] = nil }
        world.undeclare("web-02")
        world.recorded.approvals = []
        #expect(world.plan().lines == ["adopt Server/web-02 [approval approveLost]"])
        #expect(world.plan().steps.first?.disposition == .needsApproval(Sentence(.approveLost, "Server/web-02")))
        #expect(isClean(world))
        let before = world.configurations[101]?.settings
        world.approveAll()
        world.execute(world.plan())
        #expect(world.configurations[101]?.settings == before)
        #expect(world.plan().lines == ["destroy Server/web-02 [approval approveDestroy]"])
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-02") == nil)
        #expect(world.plan().lines == [])
    }

    @Test func whatWasToBeForgottenIsForgotten() throws {
        var world = try losing { $0.onRemove = .forget }
        world.stacks[main]?.tfvars.entries["web-02"] = nil
        world.undeclare("web-02")
        #expect(world.plan().lines == ["retire Server/web-02 [ready]"])
        #expect(isClean(world))
    }

    @Test func whatIsGoneAndNobodyDeclaresIsRetired() throws {
        var world = try losing()
        world.undeclare("web-02")
        world.stacks[main]?.tfvars.entries["web-02"] = nil
        miss("web-02", in: &world)
        #expect(world.plan().lines == ["retire Server/web-02 [ready]"])
        #expect(isClean(world))
    }

    @Test func whoseSignsAreGoneIsRetiredOnlyByApproval() throws {
        var world = try losing()
        world.undeclare("web-02")
        world.editGuest("web-02") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
            configuration.settings.description = "mine"
        }
        world.recorded.approvals = []
        #expect(world.plan().lines == ["retire Server/web-02 [approval approveLost]"])
        #expect(isClean(world))
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-02") != nil)
        #expect(isClean(world))
    }

    /// The state of before `web-02` was made, in the place of the present one.
    private func goneBack() throws -> World {
        var world = try losing()
        try edit(&world) { $0.serial = 3 }
        world.recorded.stateStamps[main] = StateStamp(lineage: "l", serial: 8)
        return world
    }

    /// An update too waits: it would count the serial up, until the older state passed for the latest.
    @Test func nothingIsDoneInAStackWhoseStateWentBack() throws {
        var world = try goneBack()
        world.declare("new-01")
        world.undeclare("web-01")
        world.edit("web-03") { $0.cores += 1 }
        miss("web-02", in: &world)
        world.approveAll()
        let plan = world.plan()
        let older = Sentence(.stateOlder, "lab/main", "3", "8")
        #expect(
            plan.lines == [
                "create Server/new-01 [blocked stateOlder]", "recreate Server/web-02 [blocked stateOlder]",
                "update Server/web-03 [blocked stateOlder]",
                "destroy Server/web-01 [blocked stateOlder]",
            ])
        #expect(plan.steps.filter { $0.disposition == .blocked(older) }.count == 4)
        // The steps say it already.
        #expect(plan.finding("stateReplaced") == nil)
        #expect(isClean(world))
    }

    @Test func nothingIsTakenInOrRetiredThereEither() throws {
        var world = try goneBack()
        #expect(world.plan().lines == ["adopt Server/web-02 [blocked stateOlder]"])
        world.undeclare("web-02")
        #expect(world.plan().lines == ["adopt Server/web-02 [blocked stateOlder]"])
        miss("web-02", in: &world)
        world.stacks[main]?.tfvars.entries["web-02"] = nil
        #expect(world.plan().lines == ["retire Server/web-02 [blocked stateOlder]"])
    }

    @Test func aStateOfAnotherLineageIsAnotherState() throws {
        var world = try goneBack()
        try edit(&world) {
            $0.serial = 12
            $0.lineage = "m"
        }
        let other = Sentence(.stateOther, "lab/main", "m", "12", "l", "8")
        #expect(world.plan().step("adopt Server/web-02")?.disposition == .blocked(other))
        try edit(&world) { $0.resources = [] }
        for name in ["web-01", "web-02", "web-03"] as [ServerName] { world.edit(name) { $0.manage = .observe } }
        #expect(world.plan().finding("stateReplaced")?.sentence == other)
    }

    @Test(arguments: [8, 9])
    func aStateThatCameOfTheLastOneIsBelieved(serial: Int) throws {
        var world = try goneBack()
        try edit(&world) { $0.serial = serial }
        #expect(world.plan().finding("stateReplaced") == nil)
        #expect(world.plan().lines == ["adopt Server/web-02 [ready]"])
    }

    @Test func whereNoServerIsLeftAStateMayBeginAnew() throws {
        var world = World()
        world.declare("web-01")
        world.stacks[main] = StackObservation(id: main, state: .present(TerraformState(serial: 1, lineage: "new")))
        world.recorded.stateStamps[main] = StateStamp(lineage: "old", serial: 30)
        #expect(world.plan().lines == ["create Server/web-01 [ready]"])
        #expect(world.recorded.newSightings(in: Array(world.stacks.values)).map(\.stamp.lineage) == ["new"])
    }

    @Test func aPlanThatTrustsSuchAStateIsRefused() throws {
        var world = try losing()
        world.recorded.unstated = ["web-02"]
        miss("web-02", in: &world)
        let careless = world.plan()
        #expect(careless.lines == ["create Server/web-02 [ready]"])
        world.recorded.unstated = []
        #expect(checkPlan(careless, world.input).map(\.invariant) == [.lostState])
        world.recorded.stateStamps[main] = StateStamp(lineage: "l", serial: 99)
        #expect(checkPlan(careless, world.input).map(\.invariant) == [.lostState, .lostState])
    }

    @Test func aResourceThatAnOlderStateBroughtBackIsForgottenOnceItsAbsenceIsConfirmed() throws {
        var world = try MainRoadTests.fleet()
        let older = try #require(world.stacks[main]?.state.value)
        world.undeclare("web-02")
        world.approveAll()
        world.execute(world.plan())
        try #require(world.guest("web-02") == nil)
        world.stacks[main]?.state = .present(older)
        #expect(world.plan().finding("confirmation")?.kind == .waiting)
        #expect(world.plan().lines == ["record Server/web-02 [ready]"])
        #expect(isClean(world))
        world.execute(world.plan())
        miss("web-02", in: &world)
        #expect(world.plan().lines == ["forget Server/web-02 [ready]"])
        world.execute(world.plan())
        #expect(world.plan().lines == [])
    }

    /// `web-02` was made, its birth broke off before its state held it, and its document is gone.
    private func halfMade(_ change: (inout Server) -> Void = { _ in }) throws -> World {
        var world = try losing(change)
        world.stacks[main]?.tfvars.entries["web-02"] = nil
        world.recorded.unstated = ["web-02"]
        world.recorded.approvals = []
        world.undeclare("web-02")
        return world
    }

    @Test func whatIsHalfMadeAndNobodyDeclaresIsTakenInAndThenRemoved() throws {
        var world = try halfMade()
        #expect(world.plan().lines == ["adopt Server/web-02 [ready]"])
        #expect(
            world.plan().steps.first?.reason == Sentence(.takeBackHalfMade, "web-02", "101", main.description))
        #expect(isClean(world))
        world.execute(world.plan())
        world.recorded.unstated = []
        #expect(world.guest("web-02") != nil)
        #expect(world.plan().lines == ["destroy Server/web-02 [approval approveDestroy]"])
        world.approveAll()
        world.execute(world.plan())
        #expect(world.guest("web-02") == nil)
        #expect(world.plan().lines == [])
    }

    @Test func whatIsHalfMadeAndWasToBeForgottenIsLeftAlone() throws {
        let world = try halfMade { $0.onRemove = .forget }
        #expect(world.plan().lines == ["retire Server/web-02 [ready]"])
        #expect(isClean(world))
    }

    @Test func aHalfMadeGuestWhoseMarkWasTakenOffIsNobodys() throws {
        var world = try halfMade()
        world.editGuest("web-02") { guest, configuration in
            guest.tags = []
            configuration.settings.tags = []
            configuration.settings.description = "mine"
        }
        #expect(world.plan().lines == ["retire Server/web-02 [ready]"])
        #expect(isClean(world))
    }

    @Test func theCheckFindsAHalfMadeGuestThatIsLeftToNobody() throws {
        var world = try halfMade { $0.onRemove = .forget }
        let plan = world.plan()
        world.recorded.servers[1].onRemove = .destroy
        #expect(checkPlan(plan, world.withDetails().input).map(\.invariant) == [.lostState])
    }
}
