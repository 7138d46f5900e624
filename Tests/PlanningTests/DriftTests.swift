import Model
import Planning
import Testing

/// What is out of plumb, which source disagrees, and who did it.
@Suite struct DriftTests {
    private func task(_ type: String, _ vmid: VMID, _ user: String, at: Timestamp, status: String = "OK")
        -> ObservedTask
    {
        var task = ObservedTask(
            upid: "UPID:pve1:\(type):\(at.seconds)", node: "pve1", type: type, vmid: vmid, user: user, startedAt: at)
        task.exitStatus = status
        return task
    }

    private func items(_ world: World) -> [DriftItem] {
        var world = world
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        return driftReport(world.input)
    }

    @Test func aFleetInPlumbHasNone() throws {
        let world = try MainRoadTests.fleet()
        #expect(items(world) == [])
        #expect(driftReport(world.input) == [])
    }

    @Test func coresChangedByHandDisagreeWithoutATask() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.cores = 8
            guest.totalCores = 8
        }
        var input = world.input
        let before = Timestamp(seconds: world.now.seconds - 30)
        input.lastAgreed = ["web-01": before]
        input.observed.inventories[0].tasksAreWholeSince = before
        input.observed.inventories[0].details[100] = world.configurations[100].map { .present($0) }
        let found = try #require(driftReport(input).first)
        #expect(found.path == "cores" && found.depth == .detailed)
        #expect([found.desired, found.recorded, found.state, found.live] == ["2", "2", "2", "8"])
        #expect(found.disagreeing == [.live])
        #expect(found.culprit == .between(before, world.configurations[100]?.readAt ?? world.now))
    }

    @Test func atDepthListedOnlyTheListingsAttributesAreSeen() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.memory = 512
            guest.memory = 512
            configuration.settings.onBoot = false
        }
        let listed = driftReport(world.input)
        #expect(listed.map(\.path) == ["memory"])
        #expect(listed.map(\.depth) == [.listed])
        #expect(items(world).map(\.path) == ["memory", "onBoot"])
    }

    @Test func aChangedDeclarationIsNoOnesFault() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.cores = 4 }
        let found = try #require(items(world).first)
        #expect(found.disagreeing == [.desired])
        #expect(found.culprit == .declaration)
    }

    @Test func aDeletedGuestNamesWhoDeletedIt() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-02")
        let deletion = task("qmdestroy", 101, "bob@pam", at: world.now)
        world.inventory.pastTasks = [
            task("qmdestroy", 101, "eve@pam", at: Timestamp(seconds: world.now.seconds + 9), status: "got timeout"),
            task("qmdestroy", 102, "eve@pam", at: world.now), deletion,
        ]
        let found = try #require(items(world).first)
        #expect(found.kind == .deleted && found.live == "absent" && found.server == "web-02")
        #expect(found.culprit == .tasks([deletion]))
    }

    @Test func aMovedGuestNamesWhoMovedItAndPlumbIsNeverTheCulprit() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, _ in guest.node = "pve2" }
        let move = task("qmigrate", 100, "root@pam", at: world.now)
        let own = task("qmigrate", 100, "plumb@pve!p", at: Timestamp(seconds: world.now.seconds + 5))
        world.inventory.pastTasks = [own, move]
        var input = world.input
        input.ownUsers = [World.cluster: "plumb@pve!p"]
        let found = try #require(driftReport(input).first)
        #expect(found.kind == .moved && found.recorded == "pve1" && found.live == "pve2")
        #expect(found.culprit == .tasks([move]))
    }

    @Test func powerIsDriftOnlyWhereItIsDeclared() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        #expect(items(world) == [])
        world.edit("web-01") { $0.power = .running }
        let stop = task("qmstop", 100, "bob@pam", at: world.now)
        world.inventory.pastTasks = [stop]
        let found = try #require(items(world).first)
        #expect(found.kind == .power && found.desired == "running" && found.live == "stopped")
        #expect(found.culprit == .tasks([stop]))
    }

    @Test func whatCannotBeSeenIsNotDrift() throws {
        var world = try MainRoadTests.fleet()
        world.removeGuest("web-01")
        world.inventory.nodes[1].isOnline = false
        #expect(items(world) == [])
    }

    @Test func theStateThatLagsBehindIsTheOneThatDisagrees() throws {
        var world = try MainRoadTests.fleet()
        let stack = StackID(cluster: "lab", name: "main")
        var state = try #require(world.stacks[stack]?.state.value)
        state.resources[0].settings.cores = 16
        world.stacks[stack]?.state = .present(state)
        let found = try #require(items(world).first)
        #expect(found.disagreeing == [.state])
        #expect(found.state == "16" && found.live == "2")
    }
}
